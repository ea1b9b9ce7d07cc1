import { html, nothing } from 'lit';
import type { PropertyDeclarations, PropertyValues } from 'lit';
import { ChatController } from '../controllers/chat-controller.js';
import type { Follow } from '../controllers/follow-controller.js';
import { base } from './base.styles.js';
import { chatStreamStyles } from './chat-stream.styles.js';
import { emptyStyles, emptyView } from './empty.js';
import { messagesParts } from './message-parts.js';
import type { ChatStreamMessagesElement } from './messages.js';
import { ChatStreamProviderElement } from './provider.js';

const states = ['loading', 'streaming', 'complete', 'stopped', 'error'] as const;

/**
 * A chat in one tag: reads the stream of a backend at `endpoint` and shows a header, the messages and a composer. Each of
 * them can be replaced through its slot.
 *
 * @tag chat-stream
 * @summary A chat with a backend that streams its answers.
 * @slot header - Takes the place of the header
 * @slot empty - Takes the place of what is shown before the first message
 * @slot messages - Takes the place of the list of messages
 * @slot composer - Takes the place of the composer
 * @slot footer - Below the composer; empty by default
 * @attr {string} label - The name of the chat, in the header and for screen readers
 * @attr {string} placeholder - What the empty field says
 * @attr {boolean} disabled - Nothing can be written or sent
 * @attr {boolean} without-header - No header
 * @attr {'end' | 'turn' | 'none'} [follow=end] - Where the list scrolls by itself
 * @attr {'ends' | 'sentences'} [announce=ends] - What a screen reader says of an answer: its start and end, or every five
 * seconds its newest sentences too
 * @csspart base - Everything
 * @csspart header - The header
 * @csspart label - The name in the header
 * @csspart status - The quiet word in the header while an answer is on its way
 * @csspart messages - The list of messages
 * @csspart messages__log - What scrolls in it
 * @csspart messages__notice - What is shown when an answer failed
 * @csspart messages__to-end - The button that goes back to the end
 * @csspart message__bubble - A person's message
 * @csspart message__answer - An answer
 * @csspart message__progress - What the backend does before the first text
 * @csspart message__reasoning - What a model says it thinks
 * @csspart message__wait - Says that the run waits before it goes on, and for how long
 * @csspart message__files - The row of files
 * @csspart message__file - One file
 * @csspart message__sources - The row of sources
 * @csspart message__source - One source
 * @csspart message__mark - Says that an answer is incomplete or was stopped
 * @csspart message__actions - The row of actions under an answer
 * @csspart message__action - One action
 * @csspart empty - What is shown before the first message
 * @csspart suggestion - A suggestion
 * @csspart composer - The composer
 * @csspart composer__box - The frame around its field and button
 * @csspart composer__field - Its text field
 * @csspart composer__button - The button that sends or stops
 * @cssprop [--chat-surface=light-dark(#fff, #16181d)] - Background
 * @cssprop [--chat-text=light-dark(#1b1d22, #e8eaf0)] - Text
 * @cssprop [--chat-muted=light-dark(#646a79, #979eae)] - Quiet text and icons
 * @cssprop [--chat-line=light-dark(#e5e7ec, #2a2e37)] - Borders
 * @cssprop [--chat-soft=light-dark(#f4f5f8, #1e2128)] - Background of code and of what the pointer is on
 * @cssprop [--chat-accent=light-dark(#3b5bdb, #8ea2ff)] - Button, links, caret, focus
 * @cssprop [--chat-on-accent=light-dark(#fff, #10131a)] - Icon on the accent colour
 * @cssprop [--chat-user=light-dark(#eef1fd, #23294a)] - Background of a person's message
 * @cssprop [--chat-danger=light-dark(#b42318, #ff9d92)] - Text of a failure
 * @cssprop [--chat-danger-soft=light-dark(#fdf1f0, #2d1b1b)] - Background of a failure
 * @cssprop [--chat-font=system-ui] - Font family
 * @cssprop [--chat-font-size=15px] - Size of the text; everything else follows
 * @cssprop [--chat-mono=ui-monospace] - Font family of code
 * @cssprop [--chat-radius=16px] - Roundness of the whole
 * @cssprop [--chat-gap=18px] - Room between messages
 * @cssprop [--chat-width=720px] - Longest line
 * @cssprop [--chat-shadow] - Shadow of the whole
 * @cssprop [--chat-code-keyword] - Keywords of code
 * @cssprop [--chat-code-string] - Strings of code
 * @cssprop [--chat-code-comment] - Comments of code
 * @cssprop [--chat-code-number] - Numbers of code
 * @cssprop [--chat-code-name] - Names in code
 * @cssprop [--chat-code-type] - Types in code
 * @cssprop [--chat-code-deleted] - What a patch takes away
 * @cssstate loading - Asked, and nothing to see yet
 * @cssstate streaming - The answer grows
 * @cssstate complete - The last answer is whole
 * @cssstate stopped - The last answer was stopped
 * @cssstate error - The last answer failed
 * @cssstate busy - Loading or streaming
 * @cssstate empty - There are no messages
 * @cssstate at-end - The end of the list is in view
 */
export class ChatStreamElement extends ChatStreamProviderElement {
  static override properties: PropertyDeclarations = {
    label: {},
    placeholder: {},
    disabled: { type: Boolean, reflect: true },
    withoutHeader: { type: Boolean, attribute: 'without-header' },
    follow: {},
    announce: {},
  };
  static override styles = [base, chatStreamStyles, emptyStyles];

  declare label: string | undefined;
  declare placeholder: string | undefined;
  declare disabled: boolean;
  declare withoutHeader: boolean;
  declare follow: Follow;
  declare announce: ChatStreamMessagesElement['announce'];
  readonly #internals = this.attachInternals();
  #shown = '';

  constructor() {
    super();
    this.disabled = false;
    this.withoutHeader = false;
    this.follow = 'end';
    this.announce = 'ends';
    // Of a frame's news it matters only whether there are messages, and whether the run waits.
    new ChatController(this, ['thread'], () => this.#shown !== this.#showing);
    for (const type of ['chat-submit', 'chat-regenerate', 'chat-widget-action'])
      this.addEventListener(type, this.#onRequest, true);
  }

  protected override render() {
    const words = this.words;
    // What waits neither works nor answers.
    const word = !this.#wait && { loading: words.working, streaming: words.answering }[this.status as string];
    return html`<section class="base" part="base" aria-label=${this.label || words.chat}>
      ${
        this.withoutHeader
          ? nothing
          : html`<slot name="header"
              ><header part="header">
                <span class="label" part="label" dir="auto">${this.label}</span
                ><span class="status" part="status">${word || nothing}</span>
              </header></slot
            >`
      }
      <slot name="messages" @chat-at-end-changed=${this.#onAtEnd} @chat-submit=${this.#onSuggested}>
        <chat-stream-messages
          part="messages"
          .follow=${this.follow}
          .announce=${this.announce}
          .disabled=${this.disabled}
          exportparts=${messagesParts}
        >
          <slot name="empty" slot="empty">${emptyView(words, this.disabled)}</slot>
        </chat-stream-messages>
      </slot>
      <slot name="composer">
        <chat-stream-composer
          part="composer"
          .placeholder=${this.placeholder}
          .disabled=${this.disabled}
          exportparts="box:composer__box,field:composer__field,button:composer__button"
        ></chat-stream-composer>
      </slot>
      <slot name="footer"></slot>
      ${this.announcer.template}
    </section>`;
  }

  get #wait(): boolean {
    return this.thread.run?.wait !== undefined;
  }

  get #showing(): string {
    return `${this.status} ${this.#wait} ${this.messages.length > 0}`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { status } = this;
    this.#shown = this.#showing;
    for (const state of states) this.#state(state, state === status);
    this.#state('busy', this.busy);
    this.#state('empty', !this.messages.length);
  }

  #state(name: string, on: boolean): void {
    this.#internals.states[on ? 'add' : 'delete'](name);
  }

  /** Also of what the page put into the slots; nobody hears of what is not sent. */
  readonly #onRequest = (event: Event): void => {
    if (!this.disabled) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  readonly #onAtEnd = (event: Event): void =>
    this.#state('at-end', (event.target as ChatStreamMessagesElement).atEnd);

  /** A suggestion goes away with its focus. On a touch screen the field would bring up the keyboard. */
  readonly #onSuggested = (): void => {
    if (!matchMedia('(pointer: coarse)').matches) this.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-stream': ChatStreamElement;
  }
}
