import type { ChatFact } from '../chat/facts.js';
import type { Message, RunFailure, Status, Thread } from '../model/thread.js';
import { cancelable, reaching } from './event-reach.js';

// Their fields are declared only: the constructors set them.

/** Asked for before a person's message is sent; cancel it to send something else, or nothing. */
export class ChatSubmitEvent extends Event {
  declare readonly text: string;
  constructor(text: string) {
    super('chat-submit', cancelable);
    this.text = text;
  }
}

/** A run failed; cancel it to tell the person in the page's own way. */
export class ChatErrorEvent extends Event {
  declare readonly error: RunFailure;
  constructor(error: RunFailure) {
    super('chat-error', cancelable);
    this.error = error;
  }
}

export class ChatMessageAddedEvent extends Event {
  declare readonly message: Message;
  constructor(message: Message) {
    super('chat-message-added', reaching);
    this.message = message;
  }
}

type RunStarted = Extract<ChatFact, { type: 'run-started' }>;
type RunEnded = Extract<ChatFact, { type: 'run-ended' }>;

export class ChatRunStartedEvent extends Event {
  declare readonly runId: string;
  /** Of the answer that will grow; undefined for what a person did in a widget. */
  declare readonly messageId: string | undefined;
  constructor({ runId, messageId }: Omit<RunStarted, 'type'>) {
    super('chat-run-started', reaching);
    this.runId = runId;
    this.messageId = messageId;
  }
}

/** Exactly one for each run that started, however it ended. */
export class ChatRunEndedEvent extends Event {
  declare readonly runId: string;
  declare readonly outcome: RunEnded['outcome'];
  declare readonly message: RunEnded['message'];
  declare readonly error: RunEnded['error'];
  declare readonly usage: RunEnded['usage'];
  declare readonly finishReason: RunEnded['finishReason'];
  declare readonly timings: RunEnded['timings'];
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
  declare readonly status: Status;
  constructor(status: Status) {
    super('chat-status-changed', reaching);
    this.status = status;
  }
}

/** The thread got another id or title. */
export class ChatThreadChangedEvent extends Event {
  declare readonly thread: Thread;
  constructor(thread: Thread) {
    super('chat-thread-changed', reaching);
    this.thread = thread;
  }
}

declare global {
  interface HTMLElementEventMap {
    'chat-submit': ChatSubmitEvent;
    'chat-error': ChatErrorEvent;
    'chat-message-added': ChatMessageAddedEvent;
    'chat-run-started': ChatRunStartedEvent;
    'chat-run-ended': ChatRunEndedEvent;
    'chat-status-changed': ChatStatusChangedEvent;
    'chat-thread-changed': ChatThreadChangedEvent;
  }
}
