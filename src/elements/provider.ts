import { ContextProvider } from '@lit/context';
import { LitElement, css, html } from 'lit';
import type { CSSResultGroup, PropertyDeclarations, PropertyValues } from 'lit';
import { Chat } from '../chat/chat.js';
import type { ChatOptions } from '../chat/options.js';
import type { QuestionInput } from '../chat/plain-data.js';
import type { MessageInput } from '../model/plain-data.js';
import type { BlockRenderers } from '../markdown/index.js';
import type { Message, RunFailure, Status, Thread } from '../model/thread.js';
import {
  chatContext,
  renderingContext,
  stringsContext,
  suggestionsContext,
} from '../controllers/contexts.js';
import type { Suggestion } from '../controllers/contexts.js';
import { Announcer } from '../controllers/announcer.js';
import { plainRendering } from '../controllers/rendering.js';
import { english } from '../controllers/strings.js';
import type { Strings } from '../controllers/strings.js';
import type { ChatWidgetActionEvent } from './message-events.js';
import { FactTeller } from './fact-teller.js';
import { jsonAttribute } from './json-attribute.js';
import { chatProperties, optionNames } from './provider-options.js';
import type { ChatSayEvent } from './wait-teller.js';

/** How long a removed element may stay away before its running answer is stopped: a move takes one task at most. */
const grace = 1000;

/**
 * Makes a chat from its attributes and provides it to the parts inside; draws nothing, and says aloud what happens.
 *
 * @tag chat-stream-provider
 * @summary A chat for the parts inside, laid out by the page.
 * @slot - The parts, and anything else
 * @attr {string} endpoint - Where the answer streams from; may hold `{threadId}` and `{message}`
 * @attr {string} send-endpoint - Where the question is posted, for a backend that is listened to at `endpoint`
 * @attr {string} fallback-endpoint - Asked once, without streaming, when streaming cannot work
 * @attr {string} resume-endpoint - Asked, with `Last-Event-ID`, for the rest of an answer that was cut
 * @attr {string} stop-endpoint - Told when a person stops an answer
 * @attr {string} idempotency-header - A header that names a question, the same for every try
 * @attr {string} [protocol=auto] - How the backend speaks
 * @attr {'post' | 'get'} [method=post] - How the endpoint is asked
 * @attr {object} body - JSON merged into the request; with placeholders such as `"$message"` it is the request
 * @attr {'omit' | 'same-origin' | 'include'} [credentials=same-origin] - As in `fetch`
 * @attr {'none' | 'session' | 'local' | 'backend'} [history=none] - Where threads are kept: in the browser, for this tab or for good, or by the backend
 * @attr {string} thread-id - The thread to go on with; read the property for the one the backend named
 * @attr {boolean} smooth - Evens out bursts of text into a steady pace, at most 300 ms behind what has arrived
 * @attr {string} allowed-image-origins - Origins whose images load by themselves, with spaces between; `self` is the page's own
 * @attr {string} allowed-link-origins - The only origins that links may lead to; also `self`, `mailto:`, `tel:`
 * @attr {array} suggestions - Questions to offer, as JSON
 * @fires {ChatSubmitEvent} chat-submit - A person's message is about to be sent; cancelable
 * @fires {ChatErrorEvent} chat-error - A run failed; cancel it to tell the person in another way
 * @fires {ChatMessageAddedEvent} chat-message-added - The thread has one more message
 * @fires {ChatRunStartedEvent} chat-run-started - The backend is being asked
 * @fires {ChatRunEndedEvent} chat-run-ended - A run is over, once for each, however it ended
 * @fires {ChatStatusChangedEvent} chat-status-changed - The status has another word, at most once a frame
 * @fires {ChatThreadChangedEvent} chat-thread-changed - The thread got another id or title
 * @fires {ChatRatedEvent} chat-rated - A person rated an answer
 * @fires {ChatLinkClickEvent} chat-link-click - A link in an answer was clicked; cancelable
 * @fires {ChatWidgetActionEvent} chat-widget-action - A person used a widget of an answer; cancelable
 */
export class ChatStreamProviderElement extends LitElement {
  static override properties: PropertyDeclarations = {
    ...chatProperties,
    threadId: { attribute: 'thread-id', noAccessor: true },
    chat: { attribute: false, noAccessor: true },
    messages: { attribute: false, noAccessor: true },
    strings: { attribute: false },
    suggestions: { converter: jsonAttribute('suggestions') },
    smooth: { type: Boolean },
    allowedImageOrigins: { attribute: 'allowed-image-origins' },
    allowedLinkOrigins: { attribute: 'allowed-link-origins' },
    blockRenderers: { attribute: false },
  };
  static override styles: CSSResultGroup = css`
    :host {
      display: contents;
    }
    :host([hidden]) {
      display: none;
    }
    /* Only heard, and nothing that could be scrolled to. */
    .sr {
      position: fixed;
      clip-path: inset(50%);
    }
  `;

  declare endpoint: string | undefined;
  declare sendEndpoint: string | undefined;
  declare fallbackEndpoint: string | undefined;
  declare resumeEndpoint: string | undefined;
  declare stopEndpoint: string | undefined;
  declare idempotencyHeader: string | undefined;
  /** A name, or a protocol of the page's own. */
  declare protocol: ChatOptions['protocol'];
  declare method: ChatOptions['method'];
  declare body: ChatOptions['body'];
  /** An object, or a function asked before every request; never an attribute, because headers hold secrets. */
  declare headers: ChatOptions['headers'];
  declare credentials: ChatOptions['credentials'];
  /** Takes the place of `fetch` and of every option about the request. */
  declare transport: ChatOptions['transport'];
  /** A word of the attribute, or a port of the page's own. */
  declare history: ChatOptions['history'];
  declare limits: ChatOptions['limits'];
  /** Words in place of our own, as many as there are to change. */
  declare strings: Partial<Strings> | undefined;
  declare suggestions: readonly Suggestion[] | undefined;
  declare smooth: boolean;
  /** Origins whose images load by themselves; none by default. Counts for new images. */
  declare allowedImageOrigins: string | undefined;
  /** The only origins that links may lead to; any by default. Counts for new links. */
  declare allowedLinkOrigins: string | undefined;
  /** What shows code of a language, math and tables in another way; see `BlockRenderers`. Counts for new blocks. */
  declare blockRenderers: BlockRenderers | undefined;

  #given: Chat | undefined;
  #own: Chat | undefined;
  protected readonly announcer = new Announcer(this);
  readonly #facts = new FactTeller(this, (words, urgent) => this.announcer.say(words(this.words), urgent));
  #leaving: ReturnType<typeof setTimeout> | undefined;
  /** The thread to show, kept until the next look: an id and messages may be set in either order. */
  #asked: { id?: string | null; messages?: readonly MessageInput[] } | undefined;
  readonly #chatContext = new ContextProvider(this, { context: chatContext });
  readonly #stringsContext = new ContextProvider(this, { context: stringsContext, initialValue: english });
  readonly #rendering = { ...plainRendering };
  readonly #suggestionsContext = new ContextProvider(this, { context: suggestionsContext });

  constructor() {
    super();
    this.smooth = false;
    new ContextProvider(this, { context: renderingContext, initialValue: this.#rendering });
    this.addEventListener('chat-widget-action', (event) => void this.#onAction(event));
  }

  /** The chat: our own, made when first needed, or the page's. A page's chat is configured and stopped by the page alone. */
  get chat(): Chat {
    const chat = this.#given ?? (this.#own ??= new Chat(this.#options()));
    const shown = this.#asked;
    this.#asked = undefined;
    if (shown?.messages) chat.load({ id: chat.thread.get().id, ...shown, messages: shown.messages });
    else if (shown && !this.#given) chat.configure({ threadId: shown.id ?? null });
    return chat;
  }
  set chat(chat: Chat | null | undefined) {
    this.#given = chat ?? undefined;
    if (chat) this.#own?.stop();
    this.requestUpdate();
    if (this.#facts.telling) this.#facts.listen(this.chat);
  }

  /** The backend's id of the thread. */
  get threadId(): string | null {
    return this.chat.thread.get().id;
  }
  set threadId(threadId: string | null | undefined) {
    this.#asked = { ...this.#asked, id: threadId ?? null };
    this.requestUpdate();
  }

  /** The messages, as plain data; set them to show others. */
  get messages(): readonly Message[] {
    return this.chat.messages.get();
  }
  set messages(messages: readonly MessageInput[]) {
    if (Array.isArray(messages)) this.#asked = { ...this.#asked, messages };
    else console.warn('chat-stream: messages is no array', messages);
    this.requestUpdate();
  }

  get status(): Status {
    return this.chat.status.get();
  }
  get error(): RunFailure | null {
    return this.chat.error.get();
  }
  get busy(): boolean {
    return this.chat.busy;
  }
  get thread(): Thread {
    return this.chat.thread.get();
  }

  /** The words in use: ours, with those of `strings` in their place. */
  protected get words(): Strings {
    return this.#stringsContext.value;
  }

  /** Asks; resolves with the answer's message when the run ended, or with undefined if nothing was sent. */
  async send(input: QuestionInput): Promise<Message | undefined> {
    return this.#ready()?.send(input);
  }

  /** Ends the running answer; what arrived is kept. */
  stop(): void {
    this.#ready()?.stop();
  }

  /** Asks again for an answer, the last one by default. */
  async regenerate(messageId?: string): Promise<Message | undefined> {
    return this.#ready()?.regenerate(messageId);
  }

  /** Empties the thread. */
  clear(): void {
    this.#ready()?.clear();
  }

  /** Shows a thread of the history; rejects with a `ChatError`. */
  async open(threadId: string): Promise<void> {
    await this.#ready()?.open(threadId);
  }

  /** Reattaches to the thread's running answer, where the backend keeps one. */
  async resume(): Promise<Message | undefined> {
    return this.#ready()?.resume();
  }

  /** Puts the cursor into the composer. */
  override focus(options?: FocusOptions): void {
    this.#ready();
    this.#find('chat-stream-composer')?.focus(options);
  }

  scrollToEnd(): void {
    // Its definition may still be on its way.
    this.#find('chat-stream-messages')?.scrollToEnd?.();
  }

  override connectedCallback(): void {
    clearTimeout(this.#leaving);
    this.#facts.listen(this.chat);
    super.connectedCallback();
    this.renderRoot.addEventListener('chat-say', this.#onSay);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leaving = setTimeout(() => {
      this.#own?.detach();
      // What that tells comes first.
      this.#leaving = setTimeout(() => this.#facts.unlisten());
    }, grace);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (optionNames.some((name) => changed.has(name))) this.#own?.configure(this.#options());
    if (changed.has('history') && !this.#given) void this.chat.restore();
    if (changed.has('strings')) this.#stringsContext.setValue({ ...english, ...this.strings });
    if (changed.has('suggestions')) this.#suggestionsContext.setValue(this.suggestions ?? []);
    this.#rendering.smooth = this.smooth;
    this.#rendering.imageOrigins = this.allowedImageOrigins ?? undefined;
    this.#rendering.linkOrigins = this.allowedLinkOrigins ?? undefined;
    this.#rendering.renderers = this.blockRenderers ?? {};
    this.#chatContext.setValue(this.chat);
  }

  protected override render(): unknown {
    return html`<slot></slot>${this.announcer.template}`;
  }

  /** The words of a list; nobody around is to say them as well. */
  readonly #onSay = (event: Event): void => {
    event.stopPropagation();
    this.announcer.say((event as ChatSayEvent).words);
  };

  /** Sends what a person did in a widget, unless a listener of the page, which may come later, says no. */
  async #onAction(event: ChatWidgetActionEvent): Promise<void> {
    await Promise.resolve();
    const { type, payload, handler } = event.action;
    if (!event.defaultPrevented && handler !== 'client')
      await this.#ready()?.act({ type, payload, itemId: event.itemId });
  }

  #options(): ChatOptions {
    return Object.fromEntries(optionNames.map((name) => [name, this[name] ?? undefined]));
  }

  /** The chat with the newest options, also in the task that set them; nothing on a detached element. */
  #ready(): Chat | undefined {
    if (!this.isConnected) return undefined;
    // Lit hands over what was set before the upgrade with the first update.
    if (this.isUpdatePending) this.performUpdate();
    return this.chat;
  }

  #find<K extends keyof HTMLElementTagNameMap>(tag: K): HTMLElementTagNameMap[K] | null | undefined {
    return this.querySelector(tag) ?? this.shadowRoot?.querySelector(tag);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-stream-provider': ChatStreamProviderElement;
  }
}
