import type { Chat } from '../chat/chat.js';
import type { ChatFact } from '../chat/facts.js';
import type { Thread } from '../model/thread.js';
import { handledErrors } from '../controllers/handled-errors.js';
import type { Strings } from '../controllers/strings.js';
import {
  ChatErrorEvent,
  ChatMessageAddedEvent,
  ChatRunEndedEvent,
  ChatRunStartedEvent,
  ChatStatusChangedEvent,
  ChatThreadChangedEvent,
} from './events.js';

type Say = (words: (strings: Strings) => string, urgent?: boolean) => void;

/** Tells what happens in a chat: an element's listeners as DOM events, and a person in words. */
export class FactTeller {
  readonly #host: EventTarget;
  readonly #say: Say;
  #chat: Chat | undefined;
  #shown: Thread | undefined;
  #ends: (() => void)[] = [];

  constructor(host: EventTarget, say: Say) {
    this.#host = host;
    this.#say = say;
  }

  get telling(): boolean {
    return this.#chat !== undefined;
  }

  listen(chat: Chat): void {
    if (chat === this.#chat) return;
    this.unlisten();
    this.#chat = chat;
    this.#shown = chat.thread.get();
    this.#ends = [
      chat.observe((fact) => this.#tell(fact)),
      chat.status.subscribe(() => this.#host.dispatchEvent(new ChatStatusChangedEvent(chat.status.get()))),
      chat.thread.subscribe(() => this.#onThread(chat.thread.get())),
    ];
  }

  unlisten(): void {
    for (const end of this.#ends) end();
    this.#ends = [];
    this.#chat = undefined;
  }

  #onThread(thread: Thread): void {
    const shown = this.#shown;
    this.#shown = thread;
    if (thread.id !== shown?.id || thread.title !== shown?.title)
      this.#host.dispatchEvent(new ChatThreadChangedEvent(thread));
  }

  #tell(fact: ChatFact): void {
    if (fact.type === 'message-added') this.#host.dispatchEvent(new ChatMessageAddedEvent(fact.message));
    else if (fact.type === 'run-started') {
      this.#host.dispatchEvent(new ChatRunStartedEvent(fact));
      this.#say(({ working }) => working);
    } else if (fact.type === 'history-failed') this.#host.dispatchEvent(new ChatErrorEvent(fact.error));
    else {
      const { error, outcome } = fact;
      const untold = error && this.#host.dispatchEvent(new ChatErrorEvent(error));
      if (error && !untold) handledErrors.add(error);
      this.#host.dispatchEvent(new ChatRunEndedEvent(fact));
      if (untold) this.#say((words) => words.error(error), true);
      else if (!error)
        this.#say((words) => (outcome === 'stopped' ? words.answerStopped : words.answerComplete));
    }
  }
}
