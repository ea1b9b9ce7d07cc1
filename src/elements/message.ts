import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { DataPart, Message, Part, Progress, Wait } from '../model/thread.js';
import { textOf } from '../model/thread.js';
import { copyText } from '../controllers/clipboard.js';
import { consume, renderingContext, stringsContext } from '../controllers/contexts.js';
import { english } from '../controllers/strings.js';
import { base } from './base.styles.js';
import { ChatRatedEvent, ChatRegenerateEvent } from './message-events.js';
import type { Rating } from './message-events.js';
import { filesView } from './files.js';
import { icon } from './icon.js';
import type { IconName } from './icon.js';
import type { ChatStreamMarkdownElement } from './markdown.js';
import { messageStyles } from './message.styles.js';
import { progressView } from './progress.js';
import { sourcesView } from './sources.js';
import { steps } from './steps.styles.js';
import { WaitView } from './wait.js';
import { waitStyles } from './wait.styles.js';

/**
 * One message: a question in its bubble, or an answer with its parts in order and what can be done with it.
 *
 * @tag chat-stream-message
 * @summary One message of a thread or of a static transcript. A leaf: needs no chat.
 * @csspart bubble - A person's message
 * @csspart answer - An answer
 * @csspart reasoning - What a model says it thinks
 * @csspart progress - What the backend does before the first text
 * @csspart wait - Says that the run waits before it goes on, and for how long
 * @csspart files - The row of files
 * @csspart file - One file
 * @csspart sources - The row of sources
 * @csspart source - One source
 * @csspart note - What the backend says beside its answer
 * @csspart mark - Says that an answer is incomplete or was stopped
 * @csspart actions - The row of actions
 * @csspart action - One action
 * @fires {ChatRatedEvent} chat-rated - A person rated the answer
 * @fires {ChatLinkClickEvent} chat-link-click - A link was clicked; cancelable
 * @fires {ChatRegenerateEvent} chat-regenerate - Another answer is wanted; cancelable
 * @fires {Event} chat-try-now - The wait is to end; does not leave the shadow tree
 * @fires {Event} chat-stop - The run that waits is to end; does not leave the shadow tree
 */
export class ChatStreamMessageElement extends LitElement {
  static override properties = {
    message: { attribute: false, noAccessor: true },
    progress: { attribute: false },
    wait: { attribute: false },
    slow: { attribute: false },
    unseen: { attribute: false },
    regenerable: { type: Boolean, reflect: true },
    copied: { state: true, attribute: false },
    rating: { state: true, attribute: false },
  };
  /** One sheet, as in `markdown.ts`. */
  static override styles = css`
    ${base}${steps}${messageStyles}${waitStyles}
  `;
  /** Asked to register what draws widgets, when there is the first one; set by the door that registers messages. */
  static needWidget: () => void = () => {};

  /** What the backend does while nothing of the answer has come. */
  declare progress: readonly Progress[] | undefined;
  /** Until when the answer's run waits, and why; what moves by itself rests meanwhile. */
  declare wait: Wait | undefined;
  /** Whether the answer takes longer than a person expects. */
  declare slow: boolean;
  /**
   * Out of view since it is there: the icons of its buttons wait. Each drawing in a document costs a little of every
   * frame, in view or not (an engine asks them all for their animations).
   */
  declare unseen: boolean;
  /** Whether another answer can be asked for: shows the button for it. */
  declare regenerable: boolean;
  declare private copied: boolean | undefined;
  declare private rating: Rating;
  readonly #strings = consume(this, stringsContext);
  readonly #rendering = consume(this, renderingContext);
  readonly #wait = new WaitView(this);
  #message: Message | undefined;
  /** What the last part is written in, if that is text. */
  #writing: ChatStreamMarkdownElement | null = null;

  constructor() {
    super();
    this.slow = false;
    this.unseen = false;
    this.regenerable = false;
    this.rating = null;
  }

  /** The message to show: plain data. */
  get message(): Message | undefined {
    return this.#message;
  }

  set message(message: Message | undefined) {
    const before = this.#message;
    this.#message = message;
    const more = this.isUpdatePending ? undefined : moreText(before, message);
    // Past the template: of a frame of an answer there is nothing else to look at.
    if (more !== undefined && this.#writing) this.#writing.grow(more);
    else this.requestUpdate('message', before);
  }

  protected override updated(): void {
    const written = this.renderRoot.querySelectorAll<ChatStreamMarkdownElement>(
      '.answer > chat-stream-markdown',
    );
    this.#writing =
      this.#message?.parts.at(-1)?.type === 'text' ? (written[written.length - 1] ?? null) : null;
  }

  get #words() {
    return this.#strings.value ?? english;
  }

  protected override render() {
    const { message } = this;
    if (!message) return nothing;
    if (message.role === 'user') {
      return html`<span class="sr">${this.#words.you}</span>
        <div class="bubble" part="bubble"><div dir="auto">${textOf(message)}</div></div>`;
    }
    const streaming = message.status === 'streaming';
    return html`<span class="sr">${this.#words.answer}</span>
      <div class="answer" part="answer">
        ${repeat(
          message.parts,
          (part) => part.id,
          (part, index) => this.#part(part, streaming && index === message.parts.length - 1),
        )}
        ${streaming && !this.wait && waits(message) ? this.#progress(message) : nothing}
        ${this.#wait.render(this.wait, this.#words, (verb) => this.dispatchEvent(new Event(`chat-${verb}`, { bubbles: true })))}
        ${filesView(
          message.parts.filter((part) => part.type === 'file'),
          this.#words.files,
          this.#rendering.value?.linkOrigins,
        )}
        ${sourcesView(
          message.parts.filter((part) => part.type === 'source'),
          this.#words.sources,
          this.#rendering.value?.linkOrigins,
        )}
        ${streaming ? nothing : this.#end(message)}
      </div>`;
  }

  #progress(message: Message): unknown {
    const { working, stillWorking } = this.#words;
    const progress = textOf(message) ? [] : (this.progress ?? []);
    const steps = progressView(progress, this.slow ? stillWorking : working);
    // What the backend says it does stands where the words would.
    return this.slow && progress.at(-1)?.text
      ? [steps, html`<div class="step">${stillWorking}</div>`]
      : steps;
  }

  #part(part: Part, last: boolean): TemplateResult | typeof nothing {
    switch (part.type) {
      case 'text':
        return html`<chat-stream-markdown
          .text=${live(part.text)}
          .unseen=${this.unseen}
          ?complete=${part.done || !last}
          ?streaming=${last && !part.done && !this.wait}
        ></chat-stream-markdown>`;
      case 'reasoning':
        return html`<details part="reasoning">
          <summary class="step">
            ${icon('sparkle')}<span>${this.#words.reasoning}</span>${icon('chevron')}
          </summary>
          <chat-stream-markdown .text=${part.text} ?complete=${part.done || !last}></chat-stream-markdown>
        </details>`;
      case 'tool-call':
        return html`<chat-stream-tool-call
          .call=${part}
          .over=${this.message?.status !== 'streaming'}
        ></chat-stream-tool-call>`;
      case 'data':
        return this.#data(part);
      default:
        return nothing;
    }
  }

  /** Widgets and notices; any other data is for the page. */
  #data({ id, name, data }: DataPart): TemplateResult | typeof nothing {
    if (data === null || typeof data !== 'object') return nothing;
    if (name === 'notice') return noteView(data);
    if (name !== 'widget') return nothing;
    if (!customElements.get('chat-stream-widget')) ChatStreamMessageElement.needWidget();
    return html`<chat-stream-widget .widget=${data} item-id=${id}></chat-stream-widget>`;
  }

  #end(message: Message): TemplateResult {
    const words = this.#words;
    const { status } = message;
    const mark =
      status === 'stopped'
        ? words.stopped
        : status === 'error' && message.parts.length
          ? words.incomplete
          : undefined;
    const copy = this.copied === undefined ? words.copyAnswer : this.copied ? words.copied : words.copyFailed;
    return html`${mark ? html`<div class="mark" part="mark">${mark}</div>` : nothing}
    ${
      status === 'error' || message.role !== 'assistant'
        ? nothing
        : html`<div class="actions" part="actions">
            ${textOf(message) ? this.#action(copy, this.copied ? 'tick' : this.copied === false ? 'cross' : 'copy', this.#copy) : nothing}
            ${this.regenerable ? this.#action(words.regenerate, 'again', () => this.dispatchEvent(new ChatRegenerateEvent(message))) : nothing}
            ${status === 'complete' ? [this.#rate('good', message), this.#rate('bad', message)] : nothing}
          </div>`
    }`;
  }

  #icon(name: IconName): TemplateResult | typeof nothing {
    return this.unseen ? nothing : icon(name);
  }

  #action(name: string, drawing: IconName, act: () => void): TemplateResult {
    return html`<button
      class="quiet"
      part="action"
      type="button"
      aria-label=${name}
      title=${name}
      @click=${act}
    >
      ${this.#icon(drawing)}
    </button>`;
  }

  #rate(rating: 'good' | 'bad', message: Message): TemplateResult {
    const rated = this.rating === rating;
    const act = () => {
      this.rating = rated ? null : rating;
      this.dispatchEvent(new ChatRatedEvent(message, this.rating));
    };
    const name = this.#words[rating];
    return html`<button
      class="quiet ${rating}"
      part="action"
      type="button"
      aria-label=${name}
      title=${name}
      aria-pressed=${rated}
      @click=${act}
    >
      ${this.#icon('thumb')}
    </button>`;
  }

  readonly #copy = (): void => copyText(textOf(this.message!), (copied) => (this.copied = copied));
}

/** What the backend says beside its answer: a level, words in Markdown, and perhaps a title. */
function noteView(data: { level?: unknown; title?: unknown; message?: unknown }): TemplateResult {
  const { level, title, message } = data;
  return html`<div class="note ${level === 'warning' || level === 'danger' ? level : ''}" part="note">
    ${typeof title === 'string' && title ? html`<strong dir="auto">${title}</strong>` : nothing}
    <chat-stream-markdown .text=${typeof message === 'string' ? message : ''} complete></chat-stream-markdown>
  </div>`;
}

/** The text of the last part, if that grew and all else is as it was. */
function moreText(before: Message | undefined, message: Message | undefined): string | undefined {
  const last = message?.parts.at(-1);
  const was = before?.parts.at(-1);
  if (last?.type !== 'text' || was?.type !== 'text' || last.id !== was.id || last.done || was.done)
    return undefined;
  // With its first words the answer stops saying that it is worked on.
  if (!was.text || message!.id !== before!.id || message!.status !== before!.status) return undefined;
  if (message!.parts.length !== before!.parts.length) return undefined;
  return message!.parts.every((part, index) => part === before!.parts[index] || part === last)
    ? last.text
    : undefined;
}

/** Whether a streaming answer shows nothing that moves by itself: no open text, no running tool. */
function waits({ parts }: Message): boolean {
  const last = parts.at(-1);
  if (!last || last.done) return true;
  return last.type === 'text'
    ? !last.text
    : last.type === 'tool-call'
      ? last.state === 'complete'
      : last.type !== 'reasoning';
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-stream-message': ChatStreamMessageElement;
  }
}
