import { ChatError, failureOf } from '../model/chat-error.js';
import { emptyThread, type Message, type Run, type Thread } from '../model/thread.js';
import type { ThreadInput } from '../model/plain-data.js';
import type { History } from '../transport/history.js';
import { load } from '../transport/load.js';
import type { RunningRequest } from '../transport/transport.js';
import { createId } from './id.js';
import { Keeper } from './keeper.js';
import type { ChatOptions } from './options.js';
import type { Observable } from './observable.js';
import { messagesFrom } from './plain-data.js';
import { runningIn } from './reading.js';
import type { RestoredThread } from './stored-history.js';
import { fetchOptionsOf } from './transport-of.js';

export interface KeepingPorts {
  options: () => ChatOptions;
  /** Told once, when the browser does not keep the thread. */
  failed: (error: ChatError) => void;
}

/** A chat that is to show a thread. */
export interface Restorable {
  readonly busy: boolean;
  readonly thread: Pick<Observable<Thread>, 'get'>;
  resume(running: RunningRequest): Promise<Message | undefined>;
}

/** Where a chat's threads are kept. */
export class Keeping {
  readonly #ports: KeepingPorts;
  #keeper: Keeper | undefined;
  /** What the keeper was made for. */
  #kind: ChatOptions['history'];
  #endpoint = '';
  #told = false;
  /** How often another thread was shown, or asked for. */
  #turns = 0;

  constructor(ports: KeepingPorts) {
    this.#ports = ports;
  }

  /** What keeps threads in the browser, as the options are now; undefined where that is not asked for. */
  keeper(): Keeper | undefined {
    const { history, endpoint = '' } = this.#ports.options();
    if (history !== this.#kind || endpoint !== this.#endpoint) {
      this.#keeper?.turn();
      this.#keeper = undefined;
      this.#kind = history;
      this.#endpoint = endpoint;
    }
    if (history !== 'session' && history !== 'local') return undefined;
    return (this.#keeper ??= new Keeper(history, endpoint, this.#fail));
  }

  /** Shows the thread that was shown last, in place of an empty one, and goes on with its answer. Never rejects. */
  async restore(chat: Restorable, show: (thread: Thread) => void): Promise<void> {
    const before = chat.thread.get();
    const found = await this.#found(before);
    if (!found || chat.thread.get() !== before) return;
    const { title = null, running } = found;
    const thread = { ...emptyThread, id: found.id, title, messages: messagesFrom(found.messages) };
    // What is kept says that the answer runs, until it is known whether it does: this page may be left again.
    if (running) this.leave();
    show(thread);
    if (!running) return;
    const run = await chat
      .resume({ ...runningIn(thread), ...running })
      .then((answer) => (answer ? undefined : interrupted()), interrupted);
    // Something else may be shown by now, or asked.
    if (!run || chat.thread.get() !== thread) return;
    this.#keeper?.begin();
    show({ ...thread, run });
  }

  async #found({ id, messages }: Thread): Promise<RestoredThread | undefined> {
    try {
      return messages.length ? undefined : await this.keeper()?.restore(id);
    } catch (error) {
      if (error instanceof ChatError) this.#fail(error);
      return undefined;
    }
  }

  readonly #fail = (error: ChatError): void => {
    if (!this.#told) this.#ports.failed(error);
    this.#told = true;
  };

  /** A thread of the history, to be shown; undefined where another one was shown, or asked for, meanwhile. */
  async open(id: string): Promise<ThreadInput | undefined> {
    const turn = ++this.#turns;
    const thread = await (await this.history()).load(id);
    return turn === this.#turns ? thread : undefined;
  }

  /** Fails with a `ChatError` of code `history` where there is none. */
  async history(): Promise<History> {
    const { history } = this.#ports.options();
    if (typeof history === 'object') return history;
    const keeper = this.keeper();
    if (keeper) return keeper.history;
    if (history !== 'backend') throw new ChatError('history', 'No history is set', { detail: 'none' });
    const options = fetchOptionsOf(this.#ports.options());
    return (await load(() => import('../transport/history.js'))).backendHistory(options);
  }

  /** A run begins: from here on there is something to keep. */
  begin(thread: () => Thread): void {
    const keeper = this.keeper();
    keeper?.begin();
    keeper?.changed(thread());
  }

  /** A running answer is left behind: the thread as it was then, if that is not kept yet. */
  leave(thread?: Thread): void {
    if (thread) this.changed(thread);
    this.#keeper?.leave();
  }

  changed(thread: Thread): void {
    // A running answer is kept where it began, unless nothing is to be kept there any more.
    if (this.#ports.options().history === this.#kind) this.#keeper?.changed(thread);
  }

  /** Another thread is shown, that of a key or a new one. */
  turn(key?: string): void {
    this.#turns++;
    if (this.#keeper) this.keeper()?.turn(key);
  }

  /** Nothing is kept of the thread any more. */
  forget(): void {
    this.#keeper?.forget();
  }
}

/** A run that nobody goes on with: the page that read it is gone. */
function interrupted(failure?: unknown): Run {
  const error =
    failure instanceof ChatError
      ? failure
      : new ChatError('interrupted', 'The page was left before the answer was finished', { retryable: true });
  return { id: createId(), status: 'error', progress: [], error: failureOf(error) };
}
