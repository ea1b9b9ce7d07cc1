import { startRun } from '../model/run-state.js';
import {
  emptyThread,
  textOf,
  type Message,
  type Progress,
  type RunFailure,
  type Status,
  type Thread,
} from '../model/thread.js';
import { load } from '../transport/load.js';
import type { RunningRequest, RunReport, Transport } from '../transport/transport.js';
import type { WidgetAction } from '../protocols/protocol.js';
import { ActiveRun } from './active-run.js';
import type { Asking, Change, RunPorts } from './run-ports.js';
import type { ChatFact } from './facts.js';
import type { ThreadInput } from '../model/plain-data.js';
import type { History } from '../transport/history.js';
import { createId } from './id.js';
import { call, Slices, type Observable } from './observable.js';
import type { ChatOptions } from './options.js';
import { messagesFrom, questionFrom, type QuestionInput } from './plain-data.js';
import type { Keeping } from './keeping.js';
import {
  answersIn,
  cutAnswer,
  limitsOf,
  newest,
  newReport,
  noProgress,
  runningIn,
  upToQuestion,
} from './reading.js';
import { Notice } from './schedule.js';

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
  #keeping: Keeping | undefined;
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
    return this.#ask(textOf(question), { messages: [...this.#thread.messages, question] });
  }

  /** Ends the running answer, and tells the backend; what arrived is kept. Does nothing when none is running. */
  stop(): void {
    this.#run?.stop(runningIn(this.#thread));
  }

  /** Ends reading the running answer without a word to the backend: the page leaves, the person did not say stop. */
  detach(): void {
    const thread = this.#thread;
    if (this.busy) this.#keep((keeping) => keeping.leave(thread));
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
    const messages = upToQuestion(this.#thread.messages, messageId);
    const question = messages.at(-1);
    if (!question) return undefined;
    this.#update({ ...this.#thread, messages });
    return this.#ask(textOf(question));
  }

  /** Empties the thread and forgets its id; stops a running answer. */
  clear(): void {
    this.stop();
    this.#keep((keeping) => keeping.forget());
    this.load({ id: null, messages: [] });
  }

  /** Shows another thread; leaves a running answer behind. Messages are plain data, ids and states are optional. */
  load(thread: Partial<ThreadInput> & Pick<ThreadInput, 'messages'>): void {
    this.#show(thread);
  }

  #show({ id = null, title = null, messages }: Parameters<Chat['load']>[0], key?: string): void {
    this.detach();
    this.#keep((keeping) => keeping.turn(key));
    const kept = newest(messages, limitsOf(this.#options).maxMessages);
    this.#update({ ...emptyThread, id, title, messages: messagesFrom(kept) });
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
  async resume(running: RunningRequest = runningIn(this.#thread)): Promise<Message | undefined> {
    if (this.busy) return undefined;
    const thread = this.#thread;
    const { reattached } = await load(() => import('./reattached.js'));
    const transport = await reattached(await this.#transport(), {
      messages: thread.messages,
      ...running,
    });
    // Something else may be shown by now, or asked; and who is told of the run may stop it.
    const goesOn = transport && thread === this.#thread;
    const answer = goesOn ? await this.#ask('', { transport, answerId: cutAnswer(thread) }) : undefined;
    transport?.leave();
    return answer;
  }

  /**
   * With `history` set to `session` or `local`: shows the thread that was shown last, and goes on with its answer if one
   * was under way. Does nothing where there is a thread already. Never rejects.
   */
  async restore(): Promise<void> {
    if (!this.#options.history) return;
    const keeping = await this.#kept().catch(() => undefined);
    await keeping?.restore(this, (thread) => this.#update(thread));
  }

  /**
   * Where threads are kept: the page's `history`, the browser's storage, or with `backend` those the backend keeps. Rejects
   * with a `ChatError` of code `history` where there are none.
   */
  async history(): Promise<History> {
    return (await this.#kept()).history();
  }

  /**
   * Loads a thread from the history and shows it, unless another one is shown meanwhile; the next question goes on with it.
   * Rejects with a `ChatError`.
   */
  async open(threadId: string): Promise<void> {
    const thread = await (await this.#kept()).open(threadId);
    if (thread) this.#show(thread, threadId);
  }

  /** Calls `observer` with every fact, as it happens; returns the function that ends it. */
  observe(observer: (fact: ChatFact) => void): () => void {
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  async #ask(
    text: string,
    { transport, action, answerId, messages = this.#thread.messages }: Asking = {},
  ): Promise<Message | undefined> {
    let answer: Message | undefined;
    const ports: RunPorts = {
      transport: async () => transport ?? this.#transport(),
      change: (change) => this.#change(run, change),
      ended: () => (answer = this.#conclude(run)),
      thread: () => this.#thread,
      limits: limitsOf(this.#options),
    };
    const run = new ActiveRun(createId(), ports, action !== undefined);
    this.#run = run;
    this.#report = newReport;
    this.#keep((keeping) => keeping.begin(() => this.#thread));
    const messageId = action ? undefined : (answerId ?? createId());
    const start = { type: 'run-start', id: run.id, messageId, createdAt: Date.now() } as const;
    this.#change(run, (thread) => startRun({ ...thread, messages }, start));
    this.#tell({ type: 'run-started', runId: run.id, messageId });
    await run.start({
      text,
      messages,
      threadId: this.#thread.id,
      action,
      inspect: (note) => this.#inspect(run, note),
    });
    return answer;
  }

  async #transport(): Promise<Transport> {
    const { transportOf } = await load(() => import('./transport-of.js'));
    return transportOf(this.#options, this.#thread);
  }

  /** Does what is to be done where the thread is kept: at once, or in its order when that is fetched. */
  #keep(work: (keeping: Keeping) => void): void {
    if (this.#keeping) work(this.#keeping);
    else if (this.#options.history) this.#kept().then(work, () => {});
  }

  /** Where the thread is kept; fetched when there is something to keep. */
  async #kept(): Promise<Keeping> {
    const { Keeping } = await load(() => import('./keeping.js'));
    return (this.#keeping ??= new Keeping({
      options: () => this.#options,
      failed: (error) => this.#tell({ type: 'history-failed', error }),
    }));
  }

  /** Takes what a run brings; a run that is no longer the current one brings nothing. */
  #change(run: ActiveRun, change: Change): void {
    if (run !== this.#run) return;
    const before = this.#thread.messages.length;
    this.#update(change(this.#thread));
    if (this.#thread.run?.status !== 'loading' && this.#thread.messages.at(-1)?.parts.length)
      run.mark('firstVisible');
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
    const message = answersIn(messages).at(-1);
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
    this.#keeping?.changed(thread);
    this.#notice.request();
  }

  #tell(fact: ChatFact): void {
    for (const observer of [...this.#observers]) call(observer, fact);
  }
}
