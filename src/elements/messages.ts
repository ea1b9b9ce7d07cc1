import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Chat } from '../chat/chat.js';
import type { Message, RunFailure } from '../model/thread.js';
import { ChatController } from '../controllers/chat-controller.js';
import { consume, stringsContext } from '../controllers/contexts.js';
import { FollowController } from '../controllers/follow-controller.js';
import type { Follow } from '../controllers/follow-controller.js';
import { handledErrors } from '../controllers/handled-errors.js';
import { english } from '../controllers/strings.js';
import { base } from './base.styles.js';
import { emptyStyles, emptyView } from './empty.js';
import type { ChatRegenerateEvent } from './events.js';
import { icon } from './icon.js';
import type { ChatStreamMessageElement } from './message.js';
import { MessageList } from './message-list.js';
import { messagesStyles } from './messages.styles.js';
import { MountController } from './mount-controller.js';
import { stopOnEscape } from './submit.js';

const noMessages: readonly Message[] = [];

/**
 * The list of messages: what was said, what is being answered, what went wrong; or, before the first question, what to ask.
 *
 * @tag chat-stream-messages
 * @summary The scrolling list of messages.
 * @slot empty - Shown before the first message; a heading and the suggestions if left out
 * @csspart log - What scrolls
 * @csspart empty - What is shown before the first message
 * @csspart notice - What is shown when an answer failed
 * @csspart to-end - The button that goes back to the end
 * @cssstate at-end - The end of the list is in view
 * @fires {Event} chat-at-end-changed - The end came into view or left it; does not leave the shadow tree
 */
export class ChatStreamMessagesElement extends LitElement {
  static override properties = { chat: { attribute: false }, follow: {} };
  static override styles = [base, messagesStyles, emptyStyles];

  /** The chat to show, instead of the provider's. */
  declare chat: Chat | undefined;
  /** Where the list scrolls by itself: `end`, `turn` or `none`. */
  declare follow: Follow;
  readonly #chat = new ChatController(this, ['thread', 'status'], () => !this.#grows());
  readonly #strings = consume(this, stringsContext);
  readonly #scroll = new FollowController(this, () => this.#mount.hurry());
  readonly #mount = new MountController<Message>(this, 'chat-stream-message', {
    before: () => this.#scroll.keep(),
    done: () => this.#scroll.letGo(),
  });
  readonly #list = new MessageList(this);
  readonly #internals = this.attachInternals();
  /** What is shown, as far as it decides what is drawn. */
  #shown: readonly Message[] = noMessages;
  #state: readonly unknown[] = [];
  #run: string | undefined;
  #atEnd: boolean | undefined;

  constructor() {
    super();
    this.follow = 'end';
  }

  /** Whether the end of the list is in view. */
  get atEnd(): boolean {
    return this.#scroll.atEnd;
  }

  get #log(): HTMLElement {
    return this.renderRoot.querySelector('.log')!;
  }

  /** Goes to the end, and stays there while it grows. */
  scrollToEnd(): void {
    if (this.isConnected) this.#scroll.scrollToEnd();
  }

  protected override willUpdate(): void {
    this.#scroll.follow = this.follow;
  }

  protected override render() {
    const strings = this.#strings.value ?? english;
    const chat = this.#chat.chat;
    const messages = chat?.messages.get() ?? noMessages;
    const failure = chat?.thread.get().run?.error;
    const { scrollable, atEnd } = this.#scroll;
    return html`<div
        class="log"
        part="log"
        role="log"
        aria-live="off"
        aria-label=${strings.messages}
        tabindex=${scrollable ? 0 : -1}
        @keydown=${this.#onKey}
        @chat-submit=${this.#keepFocus}
        @chat-regenerate=${this.#onRegenerate}
      >
        <div class="list ${this.follow}">
          ${
            chat && messages.length
              ? this.#messages(chat, messages)
              : html`<slot name="empty">${emptyView(strings)}</slot>`
          }
          ${failure && !handledErrors.has(failure) ? this.#notice(failure) : nothing}
        </div>
      </div>
      ${atEnd ? nothing : html`<button class="to-end" part="to-end" type="button" aria-label=${strings.scrollToEnd} title=${strings.scrollToEnd} @click=${this.#toEnd}>${icon('down')}</button>`}`;
  }

  protected override updated(): void {
    this.#shown = this.#chat.chat?.messages.get() ?? noMessages;
    this.#state = this.#stateOf(this.#chat.chat);
    const items = this.#log.firstElementChild as HTMLElement;
    if (this.isConnected) this.#scroll.observe(this.#log, items);
    const run = this.#chat.chat?.thread.get().run?.id;
    if (run && run !== this.#run) {
      this.#scroll.asked([...items.querySelectorAll<HTMLElement>('[question]')].at(-1));
    }
    this.#run = run;
    if (this.atEnd === this.#atEnd) return;
    this.#atEnd = this.atEnd;
    this.#internals.states[this.atEnd ? 'add' : 'delete']('at-end');
    this.dispatchEvent(new Event('chat-at-end-changed', { bubbles: true }));
  }

  #stateOf(chat: Chat | undefined): readonly unknown[] {
    return [chat, chat?.busy, chat?.progress.get(), chat?.thread.get().run?.error];
  }

  /**
   * Whether nothing changed but the last message, as with every frame of an answer: it is handed to its element past the
   * list.
   */
  #grows(): boolean {
    const chat = this.#chat.chat;
    const messages = chat?.messages.get() ?? noMessages;
    const shown = this.#shown;
    const last = messages.at(-1);
    if (this.isUpdatePending || !last || messages.length !== shown.length || last.id !== shown.at(-1)!.id)
      return false;
    if (messages.some((message, index) => message !== shown[index] && message !== last)) return false;
    if (this.#stateOf(chat).some((value, index) => value !== this.#state[index])) return false;
    const element = this.#log.querySelector<ChatStreamMessageElement>(
      '.section:not(.past) > .group:not(.past) > :last-child',
    );
    if (element?.message?.id !== last.id) return false;
    this.#shown = messages;
    element.message = last;
    return true;
  }

  #messages(chat: Chat, messages: readonly Message[]): unknown {
    const drawn = this.#mount.take(messages, this.follow === 'none');
    const now = { progress: chat.progress.get(), busy: chat.busy };
    return this.#list.render(drawn, drawn.at(-1) === messages.at(-1) ? now : undefined);
  }

  #notice(failure: RunFailure): TemplateResult {
    const strings = this.#strings.value ?? english;
    return html`<div class="notice" part="notice">
      <span dir="auto">${strings.error(failure)}</span>
      ${failure.backendMessage ? html`<small dir="auto">${failure.backendMessage}</small>` : nothing}
      <button type="button" @click=${() => this.#again()}>${strings.tryAgain}</button>
    </div>`;
  }

  readonly #toEnd = (): void => {
    this.scrollToEnd();
    this.#keepFocus();
  };

  readonly #onKey = (event: KeyboardEvent): void => stopOnEscape(event, this.#chat.chat);

  readonly #onRegenerate = (event: ChatRegenerateEvent): void => {
    if (!event.defaultPrevented) this.#again(event.message.id);
  };

  #again(messageId?: string): void {
    void this.#chat.chat?.regenerate(messageId);
    this.#keepFocus();
  }

  /** The button that has the focus goes away: the list takes it, so that the keyboard goes on from here. */
  readonly #keepFocus = (): void => this.#log.focus({ preventScroll: true });
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-stream-messages': ChatStreamMessagesElement;
  }
}
