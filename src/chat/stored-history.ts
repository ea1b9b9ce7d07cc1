import { ChatError } from '../model/chat-error.js';
import type { MessageInput, ThreadInput, ThreadSummary } from '../model/plain-data.js';
import type { Thread } from '../model/thread.js';
import type { History } from '../transport/history.js';
import { createId } from './id.js';
import { answersIn } from './reading.js';

/** The version of what is stored; another one is left alone. */
const version = 1;
/** The most threads that are kept; the ones used longest ago go first. */
const mostThreads = 50;
/** The most characters a thread may take in the store; its oldest messages go first. */
const largestThread = 1_000_000;

/** What the store holds of a thread. */
interface Stored extends ThreadInput {
  readonly version: number;
  /** The answer that was under way, and where it can be read again. */
  readonly running?: { readonly location?: string | undefined } | undefined;
}

interface Index {
  readonly version: number;
  /** The thread that was shown last. */
  readonly current: string | null;
  /** The newest first. */
  readonly threads: readonly Required<ThreadSummary>[];
}

/** A thread that comes out of the store. */
export interface RestoredThread extends ThreadInput {
  /** What the store calls it: the backend may have no name for it. */
  readonly key: string;
  readonly running: { readonly location?: string | undefined } | undefined;
}

/**
 * Threads in the browser's own storage, those of one endpoint apart from others. Whatever runs on the page's origin can
 * read them. Every call may fail with a `ChatError` of code `history`: storage may be full, or forbidden.
 */
export class StoredHistory implements History {
  readonly #name: string;
  readonly #storage: () => Storage;
  /** Ids of the messages that were saved from here. */
  readonly #saved = new Set<string>();
  /** The thread as it was written last. */
  #written = '';

  constructor(kind: 'session' | 'local', endpoint: string) {
    this.#name = `chat-stream:${endpoint}`;
    // Asking for it may throw already.
    this.#storage = () => (kind === 'local' ? localStorage : sessionStorage);
  }

  list(): Promise<readonly ThreadSummary[]> {
    return attempt(() => this.#index().threads);
  }

  load(id: string): Promise<ThreadInput> {
    return attempt(() => {
      const found = this.#read(id);
      if (!found) throw new ChatError('history', 'There is no such thread', { detail: 'not-found' });
      return found;
    });
  }

  rename(id: string, title: string): Promise<void> {
    return attempt(() => {
      const found = this.#read(id);
      if (!found) return;
      const { key, ...thread } = found;
      this.#write(key, { version, ...thread, title });
    });
  }

  remove(id: string): Promise<void> {
    return attempt(() => this.#forget([id]));
  }

  /** Removes every thread: for a page that signs its reader out. */
  clear(): Promise<void> {
    return attempt(() => this.#forget(this.#index().threads.map(({ id }) => id)));
  }

  /** The thread that was shown last, or the one the backend calls by that id. */
  restore(threadId: string | null): Promise<RestoredThread | undefined> {
    return attempt(() => {
      const { current, threads } = this.#index();
      if (threadId === null) return current === null ? undefined : this.#read(current);
      return threads.map(({ id }) => this.#read(id)).find((thread) => thread?.id === threadId);
    });
  }

  /**
   * Keeps a thread as it is now; what was being answered is kept as far as it came. Resolves with its key, which is a new one
   * where another tab has gone on with what the store holds: neither loses what the other was told.
   */
  save(key: string, thread: Thread): Promise<string> {
    return attempt(() => {
      for (const { id } of thread.messages) this.#saved.add(id);
      const own = this.#isForeign(key) ? createId() : key;
      this.#write(own, stored(thread));
      return own;
    });
  }

  #isForeign(key: string): boolean {
    const text = this.#storage().getItem(`${this.#name}:${key}`);
    if (text === this.#written) return false;
    const messages = this.#read(key)?.messages ?? [];
    return messages.some(({ id }) => id !== undefined && !this.#saved.has(id));
  }

  #index(): Index {
    const empty: Index = { version, current: null, threads: [] };
    const index = parse(this.#storage().getItem(this.#name)) as Index | undefined;
    return index?.version === version && Array.isArray(index.threads) ? index : empty;
  }

  #read(key: string): RestoredThread | undefined {
    const thread = parse(this.#storage().getItem(`${this.#name}:${key}`)) as Stored | undefined;
    if (thread?.version !== version || !Array.isArray(thread.messages)) return undefined;
    const { id, title = null, messages, running } = thread;
    return { key, id, title, messages, running };
  }

  #write(key: string, thread: Stored): void {
    const storage = this.#storage();
    const index = this.#index();
    const others = index.threads.filter(({ id }) => id !== key);
    const summary = { id: key, title: thread.title ?? null, updatedAt: Date.now() };
    const kept = [summary, ...others].slice(0, mostThreads);
    const text = fitting(thread);
    const put = (threads: readonly Required<ThreadSummary>[]) => {
      storage.setItem(`${this.#name}:${key}`, text);
      this.#written = text;
      storage.setItem(this.#name, JSON.stringify({ version, current: key, threads }));
    };
    this.#drop(others.slice(mostThreads - 1));
    try {
      put(kept);
    } catch {
      // Full: what was used longest ago makes room, once. Where that is not enough it goes back to its place.
      const half = Math.ceil(kept.length / 2);
      const oldest = kept.slice(half).map(({ id }) => {
        const name = `${this.#name}:${id}`;
        return [name, storage.getItem(name)] as const;
      });
      this.#drop(kept.slice(half));
      try {
        put(kept.slice(0, half));
      } catch (cause) {
        for (const [name, text] of oldest) if (text !== null) storage.setItem(name, text);
        throw cause;
      }
    }
  }

  #drop(threads: readonly Required<ThreadSummary>[]): void {
    for (const { id } of threads) this.#storage().removeItem(`${this.#name}:${id}`);
  }

  #forget(keys: readonly string[]): void {
    const index = this.#index();
    const threads = index.threads.filter(({ id }) => !keys.includes(id));
    const current = index.current !== null && keys.includes(index.current) ? null : index.current;
    this.#drop(index.threads.filter(({ id }) => keys.includes(id)));
    if (threads.length) this.#storage().setItem(this.#name, JSON.stringify({ version, current, threads }));
    else this.#storage().removeItem(this.#name);
  }
}

/** A thread as it is stored: an answer that still grows is one that was cut, should nobody go on with it. */
function stored({ id, title, messages, run }: Thread): Stored {
  const runs = run?.status === 'loading' || run?.status === 'streaming';
  const open = answersIn(messages).at(-1);
  const kept = messages.flatMap((message) => {
    if (message.status !== 'streaming') return [message];
    return message.parts.length ? [{ ...message, status: 'error' as const }] : [];
  });
  const running = runs && (open || messages.length) ? { location: run.location } : undefined;
  return { version, id, title, messages: kept, running };
}

/** A thread as text that is short enough. */
function fitting(thread: Stored): string {
  let text = JSON.stringify(thread);
  let { messages } = thread;
  while (text.length > largestThread && messages.length > 1) {
    messages = messages.slice(Math.ceil(messages.length / 4)) satisfies readonly MessageInput[];
    text = JSON.stringify({ ...thread, messages });
  }
  return text;
}

function parse(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function attempt<T>(work: () => T): Promise<T> {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof ChatError) throw cause;
    throw new ChatError('history', 'The browser does not keep the thread', { detail: 'storage', cause });
  }
}
