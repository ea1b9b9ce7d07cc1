import { html } from 'lit';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Message, Progress } from '../model/thread.js';
import { Grouping } from './message-groups.js';
import type { Group } from './message-groups.js';
import { messageParts } from './message-parts.js';

/** What the last message shows beside itself. */
export interface Now {
  readonly progress: readonly Progress[];
  readonly busy: boolean;
}

/** Whether past groups skip drawing while they are out of view, and tell when they do not. */
const skips =
  typeof CSS === 'object' &&
  CSS.supports('overflow-anchor', 'auto') &&
  'ContentVisibilityAutoStateChangeEvent' in globalThis;

/**
 * Draws messages in sections of groups. What has not changed is not looked at again, so that the work of a frame does not
 * grow with the thread.
 */
export class MessageList {
  readonly #host: ReactiveControllerHost;
  readonly #groups = new Grouping<Message>((a, b) => a.id === b.id);
  readonly #sections = new Grouping<Group<Message>>((a, b) => a.key === b.key);
  /** The keys of the groups that were in view. */
  readonly #seen = new Set<number>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** `now` belongs to the last of the messages, if that is the last of the thread. */
  render(messages: readonly Message[], now: Now | undefined): unknown {
    const sections = this.#sections.update(this.#groups.update(messages));
    return each(sections, now, (section, now) =>
      guard(
        [section, now?.progress, now?.busy, this.#seen.size],
        () =>
          html`<div class=${now ? 'section' : 'past section'}>
            ${each(section.items, now, (group, now) => this.#group(group, now))}
          </div>`,
      ),
    );
  }

  #group(group: Group<Message>, now: Now | undefined): unknown {
    if (now || !skips) this.#seen.add(group.key);
    const unseen = !this.#seen.has(group.key);
    const state = (event: Event) => {
      if (!(event as ContentVisibilityAutoStateChangeEvent).skipped) this.#see(group.key);
    };
    return guard(
      [group, now?.progress, now?.busy, unseen],
      () =>
        html`<div class=${now ? 'group' : 'past group'} @contentvisibilityautostatechange=${state}>
          ${messageViews(group.items, now, unseen)}
        </div>`,
    );
  }

  #see(key: number): void {
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#host.requestUpdate();
  }
}

/** Draws one group after the other; the last one knows what goes on now. */
function each<T>(
  groups: readonly Group<T>[],
  now: Now | undefined,
  draw: (group: Group<T>, now: Now | undefined) => unknown,
): unknown {
  return repeat(
    groups,
    ({ key }) => key,
    (group, index) => draw(group, index === groups.length - 1 ? now : undefined),
  );
}

function messageViews(messages: readonly Message[], now: Now | undefined, unseen: boolean): unknown {
  const ids = new Set<string>();
  return repeat(
    messages,
    // A page may hand in the same id twice; what is drawn needs one of its own.
    ({ id }, index) => (ids.size < ids.add(id).size ? id : `${id} ${index}`),
    (message, index) => messageView(message, index === messages.length - 1 ? now : undefined, unseen),
  );
}

function messageView(message: Message, now: Now | undefined, unseen: boolean): TemplateResult {
  return html`<chat-stream-message
    .message=${message}
    .progress=${now?.progress}
    .unseen=${unseen}
    ?regenerable=${now && !now.busy}
    ?question=${message.role === 'user'}
    ?hidden=${message.status === 'error' && !message.parts.length}
    exportparts=${messageParts}
  ></chat-stream-message>`;
}
