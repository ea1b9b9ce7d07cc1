import { ChatError } from '../model/chat-error.js';
import { reduceAll } from '../model/reduce.js';
import type { RunEvent } from '../model/run-event.js';
import {
  emptyThread,
  textOf,
  type Message,
  type Progress,
  type RunFailure,
  type Status,
  type Thread,
} from '../model/thread.js';
import type { FetchOptions } from '../transport/fetch-transport.js';
import { load } from '../transport/load.js';
import type { RunReport, Transport } from '../transport/transport.js';
import { defaultLimits, type Limits } from '../wire/limits.js';
import type { WidgetAction } from '../protocols/protocol.js';
import { ActiveRun, type RunPorts } from './active-run.js';
import type { ChatFact } from './facts.js';
import type { MessageInput } from '../model/plain-data.js';
import type { History } from '../transport/history.js';
import { createId } from './id.js';
import { call, Slices, type Observable } from './observable.js';
import type { ChatOptions } from './options.js';
import { messagesFrom, questionFrom, type QuestionInput } from './plain-data.js';
import { answersIn, isWorthTelling, newest, newReport, runningIn } from './reading.js';
import { Notice } from './schedule.js';

const noProgress: readonly Progress[] = [];

/**
 * A live conversation with one backend: the thread, and the verbs that change it. It knows no DOM and runs wherever
 * there is `fetch`. Its observables are always current and notify at most once a frame.
 */
export class Chat {
  readonly #slices = new Slices();
  readonly #observers = new Set<(fact: ChatFact) => void>();
  #options: ChatOptions;
  #thread: Thread = emptyThread;
  #run: ActiveRun | undefined;
  #report: RunReport | null = null;
  readonly #notice = new Notice(() => this.#slices.notify());

  readonly messages: Observable<readonly Message[]> = this.#slices.add(() => this.#thread.messages);
  /** `idle`, `loading`, `streaming`, `complete`, `stopped` or `error`: that of the newest run. */
  readonly status: Observable<Status> = this.#slices.add(() => this.#thread.run?.status ?? 'idle');
  /** Why the newest run failed; null unless its status is `error`. */
  readonly error: Observable<RunFailure | null> = this.#slices.add(() => this.#thread.run?.error ?? null);
  readonly thread: Observable<Thread> = this.#slices.add(() => this.#thread);
  /** What the backend said it is doing in the newest run; the last entry is the newest. */
  readonly progress: Observable<readonly Progress[]> = this.#slices.add(
    () => this.#thread.run?.progress ?? noProgress,
  );
  /** What the newest run saw on the wire; for debuggers. Null before the first. */
  readonly report: Observable<RunReport | null> = this.#slices.add(() => this.#report);

  constructor(options: ChatOptions = {}) {
    this.#options = options;
    if (options.threadId) this.#thread = { ...emptyThread, id: options.threadId };
  }

  /** Whether a run is under way: loading or streaming. */
  get busy(): boolean {
    return this.#run !== undefined;
  }

  /** Changes options, those left out stay. A running answer ends on the old ones; a new thread id starts anew. */
  configure(options: ChatOptions): void {
    const { threadId } = options;
    this.#options = { ...this.#options, ...options };
    if (threadId !== undefined && threadId !== this.#thread.id) this.load({ id: threadId, messages: [] });
  }

  /**
   * Asks. The promise resolves with the answer's message when the run ended, however it ended; with undefined, and
   * nothing sent, if a run is under way or there is nothing to ask. It never rejects for a failed run.
   */
  async send(input: QuestionInput): Promise<Message | undefined> {
    const question = questionFrom(input);
    // Before any await, so that two calls in one task cannot both pass.
    if (this.busy || !question) return undefined;
    this.#update({ ...this.#thread, messages: [...this.#thread.messages, question] });
    this.#tell({ type: 'message-added', message: question });
    return this.#ask(textOf(question));
  }

  /** Ends the running answer, and tells the backend; what arrived is kept. Does nothing when none is running. */
  stop(): void {
    this.#run?.stop(runningIn(this.#thread));
  }

  /** Ends reading the running answer without a word to the backend: the page leaves, the person did not say stop. */
  detach(): void {
    this.#run?.stop();
  }

  /** Ends the wait before a question is sent again, or an answer taken up again; does nothing where there is none. */
  tryNow(): void {
    this.#run?.tryNow();
  }

  /**
   * Asks again for an answer, the last one by default: it and everything after it is taken back first. Resolves like
   * `send`.
   */
  async regenerate(messageId?: string): Promise<Message | undefined> {
    if (this.busy) return undefined;
    const { messages } = this.#thread;
    const last =
      messageId === undefined ? messages.length - 1 : messages.findIndex(({ id }) => id === messageId);
    const asked = messages.findLastIndex(({ role }, index) => role === 'user' && index <= last);
    const question = messages[asked];
    if (!question) return undefined;
    this.#update({ ...this.#thread, messages: messages.slice(0, asked + 1) });
    return this.#ask(textOf(question));
  }

  /** Empties the thread and forgets its id; stops a running answer. */
  clear(): void {
    this.stop();
    this.load({ id: null, messages: [] });
  }

  /** Shows another thread; leaves a running answer behind. Messages are plain data, ids and states are optional. */
  load(thread: { id?: string | null; title?: string | null; messages: readonly MessageInput[] }): void {
    this.detach();
    const { id = null, title = null, messages } = thread;
    this.#update({ ...emptyThread, id, title, messages: messagesFrom(newest(messages, this.#limits)) });
    this.#notice.now();
  }

  /**
   * Tells the backend what a person did in a widget. Resolves when what came of it is shown; does nothing while a run is
   * under way.
   */
  async act(action: WidgetAction): Promise<void> {
    if (!this.busy) await this.#ask('', { action });
  }

  /**
   * Reattaches to the thread's running answer, where the backend keeps one and the protocol knows how to ask for it.
   * Resolves like `send`; with undefined where nothing is running. Rejects with a `ChatError` if asking fails.
   */
  async resume(): Promise<Message | undefined> {
    if (this.busy) return undefined;
    const transport = await this.#transport();
    // The request begins before its run does: a stop of the run must reach it.
    const controller = new AbortController();
    const abort = () => controller.abort();
    const { messages } = this.#thread;
    const running = runningIn(this.#thread);
    const batches = await transport.resume?.({ text: '', messages, ...running }, controller.signal);
    if (!batches) return undefined;
    if (this.busy) {
      abort();
      return undefined;
    }
    const run: Transport['run'] = (_request, signal) => {
      signal.addEventListener('abort', abort, { once: true });
      return batches;
    };
    // An answer that was cut goes on; where there is none, or a whole one, another begins.
    const last = messages.at(-1);
    const answerId = last?.role === 'assistant' && last.status === 'error' ? last.id : undefined;
    return this.#ask('', {
      transport: { run, stop: transport.stop?.bind(transport) },
      answerId,
    });
  }

  /**
   * Where threads are kept: the page's `history`, or with `backend` those the backend keeps. Rejects with a `ChatError` of
   * code `history` where there are none.
   */
  async history(): Promise<History> {
    const { history } = this.#options;
    if (typeof history === 'object') return history;
    if (history !== 'backend') throw new ChatError('history', 'No history is set', { detail: 'none' });
    const options = this.#fetchOptions();
    return (await load(() => import('../transport/history.js'))).backendHistory(options);
  }

  /** Loads a thread from the history and shows it; the next question goes on with it. Rejects with a `ChatError`. */
  async open(threadId: string): Promise<void> {
    this.load(await (await this.history()).load(threadId));
  }

  /** Calls `observer` with every fact, as it happens; returns the function that ends it. */
  observe(observer: (fact: ChatFact) => void): () => void {
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  async #ask(
    text: string,
    { transport, action, answerId }: { transport?: Transport; action?: WidgetAction; answerId?: string } = {},
  ): Promise<Message | undefined> {
    const { messages, id: threadId } = this.#thread;
    let answer: Message | undefined;
    const ports: RunPorts = {
      transport: async () => transport ?? this.#transport(),
      apply: (events) => this.#apply(run, events),
      ended: () => (answer = this.#conclude(run)),
      answers: () => answersIn(this.#thread.messages),
      maxAnswerSize: this.#limits.maxAnswerSize,
    };
    const run = new ActiveRun(createId(), ports, action !== undefined);
    this.#run = run;
    this.#report = newReport;
    const messageId = action ? undefined : (answerId ?? createId());
    this.#apply(run, [{ type: 'run-start', id: run.id, messageId, createdAt: Date.now() }]);
    this.#tell({ type: 'run-started', runId: run.id, messageId });
    await run.start({
      text,
      messages: messages.filter(isWorthTelling),
      threadId,
      action,
      inspect: (note) => this.#inspect(run, note),
    });
    return answer;
  }

  async #transport(): Promise<Transport> {
    const { transport } = this.#options;
    const { maxMessages } = this.#limits;
    if (this.#thread.messages.length > maxMessages) {
      throw new ChatError('overflow', `A thread holds ${maxMessages} messages at most`, {
        detail: 'thread-too-long',
      });
    }
    if (transport) return transport;
    const options = this.#fetchOptions();
    // Not needed before there is a question: the first download does without it.
    const { FetchTransport } = await load(() => import('../transport/fetch-transport.js'));
    return new FetchTransport(options);
  }

  get #limits(): Limits {
    return { ...defaultLimits, ...this.#options.limits };
  }

  #fetchOptions(): FetchOptions {
    const { endpoint } = this.#options;
    if (!endpoint) throw new ChatError('protocol', 'No endpoint is set', { detail: 'endpoint' });
    return { ...this.#options, endpoint };
  }

  /** Takes what a run brings; a run that is no longer the current one brings nothing. */
  #apply(run: ActiveRun, events: readonly RunEvent[]): void {
    if (run !== this.#run || !events.length) return;
    const before = this.#thread.messages.length;
    this.#update(reduceAll(this.#thread, events));
    if (this.#thread.run?.status !== 'loading' && this.#thread.messages.at(-1)?.parts.length)
      run.markVisible();
    for (const message of this.#thread.messages.slice(before)) this.#tell({ type: 'message-added', message });
  }

  /** The run is over: the last notice, and the fact; gives its answer. */
  #conclude(run: ActiveRun): Message | undefined {
    const { messages, run: record } = this.#thread;
    if (run !== this.#run || !record) return undefined;
    this.#run = undefined;
    // The end is never left waiting for a frame: a hidden tab may not draw one for hours.
    this.#notice.now();
    const { error, finishReason, usage, status } = record;
    const message = messages.findLast(({ role }) => role === 'assistant');
    this.#tell({
      type: 'run-ended',
      runId: run.id,
      outcome: status === 'stopped' || status === 'error' ? status : 'complete',
      message,
      timings: run.timings,
      error,
      finishReason,
      usage,
    });
    return message;
  }

  #inspect(run: ActiveRun, note: Partial<RunReport>): void {
    if (run !== this.#run || !this.#report) return;
    this.#report = { ...this.#report, ...note };
    this.#notice.request();
  }

  #update(thread: Thread): void {
    if (thread === this.#thread) return;
    this.#thread = thread;
    this.#notice.request();
  }

  #tell(fact: ChatFact): void {
    for (const observer of [...this.#observers]) call(observer, fact);
  }
}
