import type { ChatFact } from '../chat/facts.js';
import type { Message, RunFailure, Status, Thread } from '../model/thread.js';

const reaching = { bubbles: true, composed: true };
const cancelable = { ...reaching, cancelable: true };

/** Asked for before a person's message is sent; cancel it to send something else, or nothing. */
export class ChatSubmitEvent extends Event {
  readonly text: string;
  constructor(text: string) {
    super('chat-submit', cancelable);
    this.text = text;
  }
}

/** A run failed; cancel it to tell the person in the page's own way. */
export class ChatErrorEvent extends Event {
  readonly error: RunFailure;
  constructor(error: RunFailure) {
    super('chat-error', cancelable);
    this.error = error;
  }
}

/** A link of an answer was clicked; cancel it to open it in another way. */
export class ChatLinkClickEvent extends Event {
  readonly href: string;
  constructor(href: string) {
    super('chat-link-click', cancelable);
    this.href = href;
  }
}

/** Another answer to the last question is wanted, asked by a message of the list that holds it. */
export class ChatRegenerateEvent extends Event {
  readonly message: Message;
  constructor(message: Message) {
    super('chat-regenerate', cancelable);
    this.message = message;
  }
}

export class ChatMessageAddedEvent extends Event {
  readonly message: Message;
  constructor(message: Message) {
    super('chat-message-added', reaching);
    this.message = message;
  }
}

type RunStarted = Extract<ChatFact, { type: 'run-started' }>;
type RunEnded = Extract<ChatFact, { type: 'run-ended' }>;

export class ChatRunStartedEvent extends Event {
  readonly runId: string;
  /** Of the answer that will grow; undefined for what a person did in a widget. */
  readonly messageId: string | undefined;
  constructor({ runId, messageId }: Omit<RunStarted, 'type'>) {
    super('chat-run-started', reaching);
    this.runId = runId;
    this.messageId = messageId;
  }
}

/** Exactly one for each run that started, however it ended. */
export class ChatRunEndedEvent extends Event {
  readonly runId: string;
  readonly outcome: RunEnded['outcome'];
  readonly message: RunEnded['message'];
  readonly error: RunEnded['error'];
  readonly usage: RunEnded['usage'];
  readonly finishReason: RunEnded['finishReason'];
  readonly timings: RunEnded['timings'];
  constructor(fact: Omit<RunEnded, 'type'>) {
    super('chat-run-ended', reaching);
    this.runId = fact.runId;
    this.outcome = fact.outcome;
    this.message = fact.message;
    this.error = fact.error;
    this.usage = fact.usage;
    this.finishReason = fact.finishReason;
    this.timings = fact.timings;
  }
}

export class ChatStatusChangedEvent extends Event {
  readonly status: Status;
  constructor(status: Status) {
    super('chat-status-changed', reaching);
    this.status = status;
  }
}

/** The thread got another id or title. */
export class ChatThreadChangedEvent extends Event {
  readonly thread: Thread;
  constructor(thread: Thread) {
    super('chat-thread-changed', reaching);
    this.thread = thread;
  }
}

export type Rating = 'good' | 'bad' | null;

/** A person rated an answer, or took the rating back (`null`). */
export class ChatRatedEvent extends Event {
  readonly message: Message;
  readonly rating: Rating;
  constructor(message: Message, rating: Rating) {
    super('chat-rated', reaching);
    this.message = message;
    this.rating = rating;
  }
}

/** What a button or a field of a widget asks for, in the backend's words. */
export interface WidgetAction {
  readonly type: string;
  /** What the backend gave, with the values of the form around it. */
  readonly payload?: unknown;
  /** `client` is for the page alone. */
  readonly handler: 'client' | 'server';
  /** Whether the answer to it is a stream. */
  readonly streaming: boolean;
}

/** A person pressed, chose or sent something in a widget; cancel it to do something else than tell the backend. */
export class ChatWidgetActionEvent extends Event {
  readonly action: WidgetAction;
  /** Of the item that the widget came in. */
  readonly itemId: string | undefined;
  constructor(action: WidgetAction, itemId: string | undefined) {
    super('chat-widget-action', cancelable);
    this.action = action;
    this.itemId = itemId;
  }
}

declare global {
  interface HTMLElementEventMap {
    'chat-submit': ChatSubmitEvent;
    'chat-error': ChatErrorEvent;
    'chat-link-click': ChatLinkClickEvent;
    'chat-regenerate': ChatRegenerateEvent;
    'chat-message-added': ChatMessageAddedEvent;
    'chat-run-started': ChatRunStartedEvent;
    'chat-run-ended': ChatRunEndedEvent;
    'chat-status-changed': ChatStatusChangedEvent;
    'chat-thread-changed': ChatThreadChangedEvent;
    'chat-rated': ChatRatedEvent;
    'chat-widget-action': ChatWidgetActionEvent;
  }
}
