import type { LitElement, ReactiveController } from 'lit';
import type { Strings } from '../controllers/strings.js';
import type { Message, Run, Wait } from '../model/thread.js';

/** Milliseconds after a question in which something of its answer is expected. */
const slowAfter = 10_000;
/** A shorter wait, in milliseconds, is over before its words are read: nothing flashes up for it. */
const shortest = 500;

/** Words for the announcer of the chat around; bubbles to it, and does not leave its shadow tree. */
export class ChatSayEvent extends Event {
  readonly words: string;
  constructor(words: string) {
    super('chat-say', { bubbles: true });
    this.words = words;
  }
}

/**
 * Follows a run and says what its answer does not: that it waits, that it goes on, that it takes long. Each is said once,
 * however many tries there are and however long they take.
 */
export class WaitTeller implements ReactiveController {
  readonly #host: LitElement;
  readonly #words: () => Strings;
  #run: string | undefined;
  /** The last wait, and whether it is long enough to be shown. */
  #wait: Wait | undefined;
  #shown = false;
  #said: string | undefined;
  /** As it was when the wait was said. */
  #answer: Message | undefined;
  #asked = false;
  #slow = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement, words: () => Strings) {
    this.#host = host;
    this.#words = words;
    host.addController(this);
  }

  /** The wait to show now. */
  get wait(): Wait | undefined {
    return this.#shown ? this.#wait : undefined;
  }

  /** Whether the run has nothing to show for long. */
  get slow(): boolean {
    return this.#slow && this.#asked;
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#asked = false;
  }

  /** Takes how things stand, as often as they may have changed; `answer` is the last message. */
  look(run: Run | null | undefined, answer: Message | undefined): void {
    if (run?.id !== this.#run) {
      this.#run = run?.id;
      this.#lookAtClock(false);
      this.#slow = false;
      this.#said = undefined;
    }
    this.#lookAtWait(run?.wait);
    this.#lookAtClock(run?.status === 'loading' && !run.wait);
    if (run?.status !== 'loading' && run?.status !== 'streaming') this.#said = undefined;
    else if (this.wait) this.#sayWait(this.#words().waiting(this.wait), answer);
    else if (this.#said !== undefined && answer !== this.#answer) {
      this.#said = undefined;
      this.#say(this.#words().answering);
    }
  }

  #lookAtWait(wait: Wait | undefined): void {
    if (wait === this.#wait) return;
    this.#wait = wait;
    this.#shown = wait !== undefined && (wait.until === null || wait.until - Date.now() >= shortest);
  }

  /** What waits, or has something to show, says so by itself. */
  #lookAtClock(asked: boolean): void {
    if (asked === this.#asked) return;
    this.#asked = asked;
    clearTimeout(this.#timer);
    if (asked && !this.#slow && this.#host.isConnected)
      this.#timer = setTimeout(() => this.#onSlow(), slowAfter);
  }

  #onSlow(): void {
    this.#slow = true;
    this.#host.requestUpdate();
    this.#say(this.#words().stillWorking);
  }

  #sayWait(words: string, answer: Message | undefined): void {
    if (words === this.#said) return;
    this.#said = words;
    this.#answer = answer;
    this.#say(words);
  }

  #say(words: string): void {
    this.#host.dispatchEvent(new ChatSayEvent(words));
  }
}

declare global {
  interface HTMLElementEventMap {
    'chat-say': ChatSayEvent;
  }
}
