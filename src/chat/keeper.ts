import type { ChatError } from '../model/chat-error.js';
import type { Thread } from '../model/thread.js';
import { createId } from './id.js';
import { StoredHistory, type RestoredThread } from './stored-history.js';

/** Milliseconds between two looks at a growing answer. */
const interval = 500;

/** Keeps a thread as it changes: soon, and before the page goes away. */
export class Keeper {
  readonly history: StoredHistory;
  readonly #failed: (error: ChatError) => void;
  #key = createId();
  #thread: Thread | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #left = false;

  /** `failed` is told of every time that the thread cannot be kept. */
  constructor(kind: 'session' | 'local', endpoint: string, failed: (error: ChatError) => void) {
    this.history = new StoredHistory(kind, endpoint);
    this.#failed = failed;
  }

  /** The thread to show first; what is kept from now on takes its place. */
  async restore(threadId: string | null): Promise<RestoredThread | undefined> {
    const thread = await this.history.restore(threadId);
    if (thread) this.#key = thread.key;
    return thread;
  }

  /** Another thread is shown: the one before is kept as it is. */
  turn(key: string = createId()): void {
    this.#flush();
    this.#left = false;
    this.#key = key;
  }

  /** Nothing is kept of the thread any more. */
  forget(): void {
    this.#thread = undefined;
    this.#flush();
    void this.history.remove(this.#key).catch(this.#failed);
    this.#key = createId();
  }

  /** A run begins. */
  begin(): void {
    this.#left = false;
  }

  /** The page leaves a running answer: it is kept as one that runs, for whoever comes back to it. */
  leave(): void {
    this.#flush();
    this.#left = true;
  }

  /** The thread changed. */
  changed(thread: Thread): void {
    if (this.#left) return;
    this.#thread = thread;
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(this.#flush, interval);
    // A page that is put away may never come back.
    globalThis.addEventListener?.('pagehide', this.#flush);
  }

  readonly #flush = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    globalThis.removeEventListener?.('pagehide', this.#flush);
    const thread = this.#thread;
    this.#thread = undefined;
    // An empty thread is nothing to come back to.
    if (!thread?.messages.length) return;
    const key = this.#key;
    this.history.save(key, thread).then((kept) => {
      if (this.#key === key) this.#key = kept;
    }, this.#failed);
  };
}
