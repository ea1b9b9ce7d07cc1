import { ChatError } from '../model/chat-error.js';
import { paused } from './pause.js';

/**
 * Takes bytes in as soon as they come, whenever they are wanted: what lies unread in a stream is lost when its connection
 * breaks. Reads ahead up to a limit.
 */
export class Intake {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #most: number;
  #held: Uint8Array[] = [];
  #size = 0;
  #reading = false;
  #ended = false;
  #failure: ChatError | undefined;
  #since = performance.now();
  /** What comes need not be handed on yet. */
  #resting = false;
  #wake: () => void = () => {};

  /** `most` bytes are held at most, and one chunk. */
  constructor(reader: ReadableStreamDefaultReader<Uint8Array>, most: number) {
    this.#reader = reader;
    this.#most = most;
  }

  /** Since when it waits for bytes, in milliseconds of `performance.now()`. */
  get since(): number {
    return this.#reading ? this.#since : performance.now();
  }

  /** Why it ended, if not well. */
  get failure(): ChatError | undefined {
    return this.#failure;
  }

  /** Nothing more is taken in; what is held can still be had. The first end counts. */
  end(failure?: ChatError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#failure = failure;
    this.#wake();
  }

  /** What came, joined, after `rest` or as soon as there is much of it; undefined at the end. */
  async next(rest: Promise<void> | undefined): Promise<Uint8Array | undefined> {
    this.#read();
    const began = performance.now();
    if (rest) await this.#until(rest);
    if (!this.#size && !this.#ended) await this.#until();
    paused(began);
    return this.#size ? this.#take() : undefined;
  }

  /** Not awaited: a body that never answers must not hold up the end of a run. */
  release(): void {
    this.#ended = true;
    this.#reader.cancel().catch(() => {});
    this.#reader.releaseLock();
  }

  /** Until there is something to hand on, or `rest` is over. */
  #until(rest?: Promise<void>): Promise<void> {
    if (rest && this.#isDue()) return Promise.resolve();
    this.#resting = rest !== undefined;
    return new Promise((resolve) => {
      this.#wake = resolve;
      void rest?.then(resolve);
    });
  }

  #isDue(): boolean {
    return this.#ended || this.#size >= this.#most || (this.#size > 0 && !this.#resting);
  }

  #read(): void {
    if (this.#reading || this.#ended || this.#size >= this.#most) return;
    this.#reading = true;
    this.#since = performance.now();
    this.#reader.read().then(this.#onRead, this.#onError);
  }

  readonly #onRead = ({ value }: ReadableStreamReadResult<Uint8Array>): void => {
    this.#reading = false;
    if (value) {
      this.#held.push(value);
      this.#size += value.length;
      this.#read();
      if (this.#isDue()) this.#wake();
    } else this.end();
  };

  readonly #onError = (cause: unknown): void => {
    this.#reading = false;
    const message = 'The connection broke before the answer was finished';
    this.end(new ChatError('interrupted', message, { retryable: true, cause }));
  };

  #take(): Uint8Array {
    const held = this.#held;
    const size = this.#size;
    this.#held = [];
    this.#size = 0;
    this.#resting = false;
    if (held.length === 1) return held[0]!;
    const joined = new Uint8Array(size);
    let at = 0;
    for (const chunk of held) {
      joined.set(chunk, at);
      at += chunk.length;
    }
    return joined;
  }
}
