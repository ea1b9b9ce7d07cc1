import { ChatError } from '../model/chat-error.js';
import { emptyThread, type Thread } from '../model/thread.js';
import type { History } from '../transport/history.js';
import { load } from '../transport/load.js';
import type { Keeper } from './keeper.js';
import type { ChatOptions } from './options.js';
import { messagesFrom } from './plain-data.js';
import type { RestoredThread } from './stored-history.js';
import { fetchOptionsOf } from './transport-of.js';

export interface KeepingPorts {
  options: () => ChatOptions;
  /** Told once, when the browser does not keep the thread. */
  failed: (error: ChatError) => void;
}

interface Restored {
  readonly thread: Thread;
  readonly running: RestoredThread['running'];
}

/** Where a chat's threads are kept. What does the keeping is fetched when there is something to keep. */
export class Keeping {
  readonly #ports: KeepingPorts;
  #keeper: Keeper | undefined;

  constructor(ports: KeepingPorts) {
    this.#ports = ports;
  }

  /** What keeps threads in the browser; undefined where that is not asked for. */
  async keeper(): Promise<Keeper | undefined> {
    const { history, endpoint = '' } = this.#ports.options();
    if (history !== 'session' && history !== 'local') return undefined;
    const { Keeper } = await load(() => import('./keeper.js'));
    return (this.#keeper ??= new Keeper(history, endpoint, this.#ports.failed));
  }

  /** The thread to begin with, in place of an empty one, and what is known of its answer if one was under way. */
  async restored({ id, messages }: Thread): Promise<Restored | undefined> {
    if (messages.length) return undefined;
    try {
      const found = await (await this.keeper())?.restore(id);
      if (!found) return undefined;
      const thread = { ...emptyThread, id: found.id, title: found.title ?? null };
      return { thread: { ...thread, messages: messagesFrom(found.messages) }, running: found.running };
    } catch (error) {
      if (error instanceof ChatError) this.#ports.failed(error);
      return undefined;
    }
  }

  /** Fails with a `ChatError` of code `history` where there is none. */
  async history(): Promise<History> {
    const { history } = this.#ports.options();
    if (typeof history === 'object') return history;
    const keeper = await this.keeper();
    if (keeper) return keeper.history;
    if (history !== 'backend') throw new ChatError('history', 'No history is set', { detail: 'none' });
    const options = fetchOptionsOf(this.#ports.options());
    return (await load(() => import('../transport/history.js'))).backendHistory(options);
  }

  /** A run begins: from here on there is something to keep. */
  begin(thread: () => Thread): void {
    if (!this.#keeper)
      this.keeper().then(
        (keeper) => keeper?.changed(thread()),
        () => {},
      );
  }

  changed(thread: Thread): void {
    this.#keeper?.changed(thread);
  }

  /** Another thread is shown, that of a key or a new one. */
  turn(key?: string): void {
    this.#keeper?.turn(key);
  }

  /** Nothing is kept of the thread any more. */
  forget(): void {
    this.#keeper?.forget();
  }
}
