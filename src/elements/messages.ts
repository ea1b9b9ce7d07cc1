import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Chat } from '../chat/chat.js';
import type { Message, RunFailure, Wait } from '../model/thread.js';
import { ChatController } from '../controllers/chat-controller.js';
import { consume, stringsContext } from '../controllers/contexts.js';
import { FollowController } from '../controllers/follow-controller.js';
import type { Follow } from '../controllers/follow-controller.js';
import { handledErrors } from '../controllers/handled-errors.js';
import { english } from '../controllers/strings.js';
import type { Strings } from '../controllers/strings.js';
import { base } from './base.styles.js';
import { emptyStyles, emptyView } from './empty.js';
import type { ChatRegenerateEvent } from './message-events.js';
import { icon } from './icon.js';
import type { ChatStreamMessageElement } from './message.js';
import { MessageList } from './message-list.js';
import { messagesStyles } from './messages.styles.js';
import { MountController } from './mount-controller.js';
import { stopOnEscape } from './submit.js';
import { NetworkController } from '../controllers/network-controller.js';
import { SentenceTeller } from '../controllers/sentence-teller.js';
import { ChatSayEvent, WaitTeller } from './wait-teller.js';
import { isWorthRepeating } from './worth-repeating.js';

const noMessages: readonly Message[] = [];
const offlineFailure: RunFailure = {
  code: 'network',
  detail: 'offline',
  message: 'offline',
  retryable: true,
};

/**
 * The list of messages: what was said, what is being answered, what went wrong; or, before the first question, what to ask.
 *
 * @tag chat-stream-messages
 * @summary The scrolling list of messages.
 * @attr {boolean} disabled - Nothing can be asked
 * @slot empty - Shown before the first message; a heading and the suggestions if left out
 * @csspart log - What scrolls
 * @csspart empty - What is shown before the first message
 * @csspart notice - What is shown when an answer failed
 * @csspart to-end - The button that goes back to the end
 * @cssstate at-end - The end of the list is in view
 * @fires {Event} chat-at-end-changed - The end came into view or left it; does not leave the shadow tree
 * @fires {ChatSayEvent} chat-say - Words to be said aloud; does not leave the shadow tree
 */
export class ChatStreamMessagesElement extends LitElement {
  static override properties = {
    chat: { attribute: false },
    follow: {},
    announce: {},
    disabled: { type: Boolean },
  };
  static override styles = [base, messagesStyles, emptyStyles];

  /** The chat to show, instead of the provider's. */
  declare chat: Chat | undefined;
  /** Where the list scrolls by itself: `end`, `turn` or `none`. */
  declare follow: Follow;
  /** What is said of an answer while it grows: nothing but its ends, or now and then its newest sentences. */
  declare announce: 'ends' | 'sentences';
  /** Nothing can be asked again. */
  declare disabled: boolean;
  readonly #chat = new ChatController(this, ['thread', 'status'], () => !this.#grows());
  readonly #strings = consume(this, stringsContext);
  readonly #scroll = new FollowController(this, () => this.#mount.hurry());
  readonly #mount = new MountController<Message>(this, 'chat-stream-message', {
    before: () => this.#scroll.keep(),
    done: () => this.#scroll.letGo(),
  });
  readonly #list = new MessageList(this);
  readonly #teller = new WaitTeller(this, () => this.#strings.value ?? english);
  readonly #sentences = new SentenceTeller(this, (words) => this.dispatchEvent(new ChatSayEvent(words)));
  readonly #network = new NetworkController(this);
  readonly #internals = this.attachInternals();
  /** What is shown, as far as it decides what is drawn. */
  #shown: readonly Message[] = noMessages;
  #state: readonly unknown[] = [];
  #run: string | undefined;
  #atEnd: boolean | undefined;
  /** Where it is shown that the run waits, or takes long. */
  #told: ChatStreamMessageElement | null = null;

  constructor() {
    super();
    this.follow = 'end';
    this.announce = 'ends';
    this.disabled = false;
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
    const focused = this.shadowRoot!.activeElement;
    if (focused) void this.#keepFocusOf(focused);
  }

  protected override render() {
    const strings = this.#strings.value ?? english;
    const chat = this.#chat.chat;
    const messages = chat?.messages.get() ?? noMessages;
    const failure = chat?.thread.get().run?.error;
    const { scrollable, atEnd } = this.#scroll;
    // Also of an empty thread, so that what was drawn before is not kept.
    const drawn = chat && this.#messages(chat, messages);
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
        @chat-try-now=${this.#onTryNow}
        @chat-stop=${this.#onStop}
      >
        <div class="list ${messages.length ? this.follow : 'blank'}">
          ${messages.length ? drawn : html`<slot name="empty">${emptyView(strings, this.disabled)}</slot>`}
          ${failure && !handledErrors.has(failure) ? this.#notice(failure) : nothing}
        </div>
      </div>
      ${atEnd ? nothing : html`<button class="to-end" part="to-end" type="button" aria-label=${strings.scrollToEnd} title=${strings.scrollToEnd} @click=${this.#toEnd}>${icon('down')}</button>`}`;
  }

  protected override updated(): void {
    this.#shown = this.#chat.chat?.messages.get() ?? noMessages;
    this.#state = this.#stateOf(this.#chat.chat);
    this.#tellRun(this.#last);
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
    const run = chat?.thread.get().run;
    return [chat, chat?.busy, chat?.progress.get(), run?.error, run?.wait];
  }

  get #last(): ChatStreamMessageElement | null {
    return this.#log.querySelector('.section:not(.past) > .group:not(.past) > :last-child');
  }

  /** A run waits, or takes long: its answer's element shows that in the place where the answer grows. */
  #tellRun(last: ChatStreamMessageElement | null): void {
    const run = this.#chat.chat?.thread.get().run;
    this.#teller.look(run, this.#shown.at(-1));
    const grows = this.announce === 'sentences' && this.isConnected && run?.status === 'streaming';
    this.#sentences.follow((grows && last) || undefined);
    // Another message may have come since.
    if (this.#told !== last) this.#tell(this.#told, undefined, false);
    this.#told = last;
    this.#tell(last, this.#teller.wait, this.#teller.slow);
  }

  #tell(element: ChatStreamMessageElement | null, wait: Wait | undefined, slow: boolean): void {
    if (!element) return;
    element.wait = wait;
    element.slow = slow;
  }

  /** An update may take along the button that has the focus: of a wait that is over, of an answer that is not the last. */
  async #keepFocusOf(element: Element & { updateComplete?: Promise<unknown> }): Promise<void> {
    await this.updateComplete;
    await element.updateComplete;
    if (document.activeElement === document.body) this.#keepFocus();
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
    // Loops without a closure: of a thread of thousands this is what a frame costs.
    for (let index = messages.length - 2; index >= 0; index--)
      if (messages[index] !== shown[index]) return false;
    if (this.#stateOf(chat).some((value, index) => value !== this.#state[index])) return false;
    const element = this.#told;
    if (element?.message?.id !== last.id) return false;
    this.#shown = messages;
    element.message = last;
    this.#tellRun(element);
    return true;
  }

  #messages(chat: Chat, messages: readonly Message[]): unknown {
    const drawn = this.#mount.take(messages, this.follow === 'none');
    // Without a network nothing would take the place of the answer that another one begins by taking back.
    const now = { progress: chat.progress.get(), busy: chat.busy || this.#network.offline || this.disabled };
    return this.#list.render(drawn, drawn.at(-1) === messages.at(-1) ? now : undefined);
  }

  #notice(failure: RunFailure): TemplateResult {
    const strings = this.#strings.value ?? english;
    const wasOffline = failure.detail === 'offline';
    // The words of a failure may be untrue by the time they are read.
    const shown = wasOffline && !this.#network.offline ? { ...failure, detail: undefined } : failure;
    return html`<div class="notice" part="notice">
      <span id=${wasOffline ? 'offline' : nothing} dir="auto">${strings.error(shown)}</span>
      ${failure.backendMessage ? html`<small dir="auto">${failure.backendMessage}</small>` : nothing}
      ${isWorthRepeating(failure) ? this.#choice(strings, !wasOffline) : nothing}
    </div>`;
  }

  /** Without a network asking again waits for it, and says so unless that is what the notice is about. */
  #choice(strings: Strings, explained: boolean): TemplateResult {
    const { offline } = this.#network;
    return html`${offline && explained ? html`<small id="offline" dir="auto">${strings.error(offlineFailure)}</small>` : nothing}
      <button
        type="button"
        aria-disabled=${offline || this.disabled}
        aria-describedby=${offline ? 'offline' : nothing}
        @click=${this.#onAgain}
      >
        ${strings.tryAgain}
      </button>`;
  }

  readonly #toEnd = (): void => {
    this.scrollToEnd();
    this.#keepFocus();
  };

  readonly #onKey = (event: KeyboardEvent): void => stopOnEscape(event, this.#chat.chat);

  readonly #onRegenerate = (event: ChatRegenerateEvent): void => {
    if (!event.defaultPrevented) this.#again(event.message.id);
  };

  /** The second click of a double click may meet the notice of a try that failed at once. */
  readonly #onAgain = ({ detail }: MouseEvent): void => {
    if (detail < 2) this.#again();
  };

  readonly #onTryNow = (): void => {
    this.#chat.chat?.tryNow();
    this.#keepFocus();
  };

  readonly #onStop = (): void => {
    this.#chat.chat?.stop();
    this.#keepFocus();
  };

  /** Never by itself, nor into nothing: it is the person who asks again, when the network is back. */
  #again(messageId?: string): void {
    if (this.#network.offline || this.disabled) return;
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
