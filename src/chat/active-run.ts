import { ChatError, failureOf } from '../model/chat-error.js';
import type { Replay } from '../model/replay.js';
import type { RunEvent } from '../model/run-event.js';
import type { Message, Wait } from '../model/thread.js';
import type { RunningRequest, RunRequest, Transport } from '../transport/transport.js';
import { load } from '../transport/load.js';
import type { RunGuard } from '../wire/guard.js';
import type { RunTimings } from './facts.js';
import { Turn } from './schedule.js';

/** Milliseconds a connection may stay open after the end of the answer before it is cut. */
const drainTime = 2000;
/** Milliseconds to wait for names and the end mark after an error; the person sees the error by then. */
const errorTime = 500;

export interface RunPorts {
  /** Made inside the run, so that a bad option fails the run and not the page. */
  transport: () => Promise<Transport>;
  /** Takes every batch of run events as it comes. */
  apply: (events: readonly RunEvent[]) => void;
  /** Told once, when the run is over and its last event applied. */
  ended: () => void;
  /** The answers of this run so far. */
  answers: () => readonly Message[];
  /** The most characters of text the answer may hold. */
  maxAnswerSize: number;
}

/** One question on its way: its signal, its clock, and the loop that reads its answer. */
export class ActiveRun {
  readonly id: string;
  readonly #controller = new AbortController();
  /** Made with the transport: the first download does without it. */
  #guard: RunGuard | undefined;
  readonly #quiet: boolean;
  /** Set while an answer that is shown already comes once more from its start. */
  #replay: Replay | undefined;
  #endWait: () => void = () => {};
  readonly #ports: RunPorts;
  #transport: Transport | undefined;
  #over = false;
  #size = 0;
  #timings: RunTimings = { start: performance.now(), end: 0 };
  #release: () => void = () => {};

  /** A quiet run opens no answer of its own, and may well bring nothing: a clean close is its end. */
  constructor(id: string, ports: RunPorts, quiet = false) {
    this.id = id;
    this.#ports = ports;
    this.#quiet = quiet;
  }

  get timings(): RunTimings {
    return this.#timings;
  }

  /** Notes the first thing a person can see. */
  markVisible(): void {
    if (this.#timings.firstVisible === undefined)
      this.#timings = { ...this.#timings, firstVisible: performance.now() };
  }

  /**
   * Ends the run at once, whatever the transport is waiting for. Not an error; what arrived is kept. With `running` the
   * backend is told too, where it can be: closing the connection may mean nothing to it.
   */
  stop(running?: RunningRequest): void {
    if (this.#over) return;
    this.#controller.abort();
    if (running) this.#transport?.stop?.(running).catch(warnOfStop);
    // An error that was only waiting for its end mark is the truth about this run; a stop comes too late.
    const stop: RunEvent[] = [{ type: 'run-end', stopped: true }];
    const guard = this.#guard;
    this.#finish(guard?.failing ? guard.end() : (guard?.push(stop) ?? stop));
  }

  /** Ends a wait before its time. */
  tryNow(): void {
    this.#endWait();
  }

  /** Runs to the end, however it ends; never rejects. */
  async start(request: Omit<RunRequest, 'key' | 'wait'>): Promise<void> {
    if (this.#over) return;
    // Not the end of reading: a transport that does not listen to its signal must not hold up a stop.
    const over = new Promise<void>((resolve) => (this.#release = resolve));
    void this.#read({ ...request, key: this.id, wait: (wait, signal) => this.#wait(wait, signal) });
    await over;
  }

  async #read(request: RunRequest): Promise<void> {
    let batches: AsyncIterator<readonly RunEvent[]> | undefined;
    try {
      const [transport, { RunGuard }] = await Promise.all([
        this.#ports.transport(),
        load(() => import('../wire/guard.js')),
      ]);
      if (this.#over) return;
      this.#transport = transport;
      const guard = (this.#guard = new RunGuard(!this.#quiet));
      batches = transport.run(request, this.#controller.signal)[Symbol.asyncIterator]();
      const turn = new Turn();
      while (!this.#over) {
        const batch = await this.#next(batches, guard);
        if (!batch) this.#finish(this.#atClose(guard));
        else {
          if (batch.some(({ type }) => type === 'run-replay')) await this.#startReplay();
          this.#take(batch, guard);
        }
        await turn.yieldIfLong();
      }
    } catch (error) {
      this.#fail(error);
    }
    if (batches) await this.#close(batches);
  }

  /** Waits where a person sees it. */
  async #wait(wait: Wait, signal: AbortSignal): Promise<void> {
    const { waitFor } = await load(() => import('../transport/wait.js'));
    if (this.#over || signal.aborted) return;
    this.#ports.apply([{ type: 'run-wait', wait }]);
    await waitFor(wait, signal, (end) => (this.#endWait = end));
    this.#endWait = () => {};
    if (!this.#over) this.#ports.apply([{ type: 'run-wait' }]);
  }

  async #startReplay(): Promise<void> {
    const { Replay } = await load(() => import('../model/replay.js'));
    this.#replay = new Replay(this.#ports.answers());
  }

  /** What a clean close means. An error that was held for it is told in any case. */
  #atClose(guard: RunGuard): readonly RunEvent[] {
    const whole = this.#quiet && !guard.failing;
    return whole ? guard.push([{ type: 'run-end' }]) : guard.end();
  }

  #take(batch: readonly RunEvent[], guard: RunGuard): void {
    // What arrives after a stop belongs to no run any more.
    if (this.#over) return;
    if (batch.length && this.#timings.firstEvent === undefined) {
      this.#timings = { ...this.#timings, firstEvent: performance.now() };
    }
    const events = guard.push(batch);
    if (guard.ended) this.#finish([...events, ...guard.end()]);
    else this.#apply(events);
  }

  /** The next batch; after an error only for as long as its end may reasonably take. */
  async #next(
    batches: AsyncIterator<readonly RunEvent[]>,
    guard: RunGuard,
  ): Promise<readonly RunEvent[] | undefined> {
    const next = batches.next().then(({ done, value }) => (done ? undefined : value));
    if (!guard.failing) return next;
    let timer;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        this.#controller.abort();
        resolve(undefined);
      }, errorTime);
    });
    try {
      return await Promise.race([next, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #apply(given: readonly RunEvent[]): void {
    const events = this.#replay?.push(given) ?? given;
    for (const event of events) if (event.type === 'part-delta') this.#size += event.delta.length;
    this.#ports.apply(events);
    if (this.#size > this.#ports.maxAnswerSize) {
      throw new ChatError('overflow', `The answer is longer than ${this.#ports.maxAnswerSize} characters`, {
        detail: 'answer-too-large',
      });
    }
  }

  #fail(cause: unknown): void {
    if (this.#over) return;
    const known = cause instanceof ChatError;
    if (!known) console.warn('chat-stream: the transport threw', cause);
    const error = known
      ? cause
      : new ChatError('protocol', 'The transport failed', { retryable: true, cause });
    this.#controller.abort();
    const failure = { type: 'run-error', ...failureOf(error) } as const;
    this.#finish(this.#guard?.end(failure) ?? [failure]);
  }

  #finish(events: readonly RunEvent[]): void {
    if (this.#over) return;
    this.#over = true;
    this.#ports.apply(this.#replay?.push(events) ?? events);
    this.#timings = { ...this.#timings, end: performance.now() };
    this.#ports.ended();
    this.#release();
  }

  /**
   * Leaves the transport behind. After the end mark the backend may close by itself: a connection cut right then looks
   * to it like a lost reader.
   */
  async #close(batches: AsyncIterator<readonly RunEvent[]>): Promise<void> {
    const timer = setTimeout(() => this.#controller.abort(), drainTime);
    try {
      if (this.#controller.signal.aborted) await batches.return?.();
      else while (!(await batches.next()).done);
    } catch {
      // Whatever happens after the end changes nothing.
    } finally {
      clearTimeout(timer);
    }
  }
}

const warnOfStop = (cause: unknown): void =>
  console.warn('chat-stream: the backend was not told of the stop', cause);
