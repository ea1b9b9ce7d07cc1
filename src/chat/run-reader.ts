import { ChatError } from '../model/chat-error.js';
import { reduceAll } from '../model/reduce.js';
import type { Replay } from '../model/replay.js';
import type { RunEvent } from '../model/run-event.js';
import type { Wait } from '../model/thread.js';
import { load } from '../transport/load.js';
import type { RunningRequest, RunRequest, Transport } from '../transport/transport.js';
import { RunGuard } from '../wire/guard.js';
import { nextFrame } from './next-frame.js';
import { answersIn, failureIn } from './reading.js';
import type { Reader, Running } from './run-ports.js';
import { isRefusal, judged, toldOf } from './told.js';
import { Turn } from './turn.js';

/** Milliseconds a connection may stay open after the end of the answer before it is cut. */
const drainTime = 2000;
/** Milliseconds to wait for names and the end mark after an error; the person sees the error by then. */
const errorTime = 500;

type Batches = AsyncIterator<readonly RunEvent[], void>;
type Next = IteratorResult<readonly RunEvent[], void>;

/** The loop that reads the answer of one run, puts it in order and hands it to the thread. */
export class RunReader implements Reader {
  readonly #run: Running;
  readonly #transport: Transport;
  readonly #guard: RunGuard;
  /** Set while an answer that is shown already comes once more from its start. */
  #replay: Replay | undefined;
  /** When an error came that waits for its end. */
  #failedAt: number | undefined;
  #size = 0;
  #parts = 0;
  #endWait: () => void = () => {};

  constructor(run: Running, transport: Transport) {
    this.#run = run;
    this.#transport = transport;
    this.#guard = new RunGuard(!run.quiet);
  }

  async read(request: RunRequest): Promise<void> {
    const run = this.#run;
    let batches: Batches | undefined;
    try {
      const wait = (one: Wait, signal: AbortSignal) => this.#wait(one, signal);
      const messages = toldOf(request.messages);
      const asked = { ...request, messages, key: run.id, wait, nextFrame };
      batches = this.#transport.run(asked, run.signal)[Symbol.asyncIterator]();
      const turn = new Turn();
      while (!run.over) {
        const next = await (this.#guard.failing ? this.#soon(batches) : batches.next());
        if (next.done) this.#finish(this.#atClose());
        else {
          if (next.value.some(({ type }) => type === 'run-replay')) await this.#startReplay();
          this.#take(next.value);
        }
        await turn.yieldIfLong();
      }
    } catch (cause) {
      this.#fail(cause);
    }
    if (batches) await this.#close(batches);
  }

  stop(running: RunningRequest | undefined): void {
    if (running) void this.#tellStop(running);
    // An error that was only waiting for its end mark is the truth about this run; a stop comes too late.
    const guard = this.#guard;
    this.#finish(guard.failing ? guard.end() : guard.push([{ type: 'run-end', stopped: true }]));
  }

  tryNow(): void {
    this.#endWait();
  }

  /** What a page's own transport throws, at once too, is no reason not to stop. */
  async #tellStop(running: RunningRequest): Promise<void> {
    try {
      await this.#transport.stop?.(running);
    } catch (cause) {
      console.warn('chat-stream: the backend was not told of the stop', cause);
    }
  }

  /** Waits where a person sees it. */
  async #wait(wait: Wait, signal: AbortSignal): Promise<void> {
    const { waitFor } = await load(() => import('../transport/wait.js'));
    if (this.#run.over || signal.aborted) return;
    this.#change([{ type: 'run-wait', wait }]);
    await waitFor(wait, signal, (end) => (this.#endWait = end));
    this.#endWait = () => {};
    if (!this.#run.over) this.#change([{ type: 'run-wait' }]);
  }

  async #startReplay(): Promise<void> {
    const { Replay } = await load(() => import('../model/replay.js'));
    this.#replay = new Replay(answersIn(this.#run.ports.thread().messages));
  }

  /** What a clean close means. An error that was held for it is told in any case. */
  #atClose(): readonly RunEvent[] {
    const whole = this.#run.quiet && !this.#guard.failing;
    return whole ? this.#guard.push([{ type: 'run-end' }]) : this.#guard.end();
  }

  #take(batch: readonly RunEvent[]): void {
    // What arrives after a stop belongs to no run any more.
    if (this.#run.over) return;
    if (batch.length) this.#run.mark('firstEvent');
    const events = this.#guard.push(batch);
    if (this.#guard.ended) this.#finish([...events, ...this.#guard.end()]);
    else this.#apply(events);
  }

  /** The next batch after an error: waited for only as long as its end may reasonably take, whatever else comes. */
  async #soon(batches: Batches): Promise<Next> {
    this.#failedAt ??= performance.now();
    let timer;
    const late = new Promise<Next>((resolve) => {
      timer = setTimeout(
        () => {
          this.#run.abort();
          resolve({ done: true, value: undefined });
        },
        this.#failedAt! + errorTime - performance.now(),
      );
    });
    try {
      return await Promise.race([batches.next(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #apply(given: readonly RunEvent[]): void {
    const events = this.#replay?.push(given) ?? given;
    for (const event of events) {
      if (event.type === 'part-delta') this.#size += event.delta.length;
      else if (event.type === 'part-start') this.#parts++;
    }
    this.#change(events);
    const { maxAnswerSize, maxParts } = this.#run.ports.limits;
    if (this.#size > maxAnswerSize) throw tooMuch(`${maxAnswerSize} characters`);
    if (this.#parts > maxParts) throw tooMuch(`${maxParts} parts`);
  }

  #change(events: readonly RunEvent[]): void {
    if (events.length) this.#run.ports.change((thread) => reduceAll(thread, events));
  }

  #fail(cause: unknown): void {
    if (this.#run.over) return;
    const failure = failureIn(cause);
    this.#run.abort();
    this.#finish(this.#guard.end({ type: 'run-error', ...failure }), isRefusal(failure));
  }

  #finish(events: readonly RunEvent[], refused = false): void {
    const last = this.#replay?.push(events) ?? events;
    this.#run.finish((thread) => judged(reduceAll(thread, last), refused));
  }

  /**
   * Leaves the transport behind. After the end mark the backend may close by itself: a connection cut right then looks
   * to it like a lost reader.
   */
  async #close(batches: Batches): Promise<void> {
    const timer = setTimeout(() => this.#run.abort(), drainTime);
    try {
      if (this.#run.signal.aborted) await batches.return?.();
      else while (!(await batches.next()).done);
    } catch {
      // Whatever happens after the end changes nothing.
    } finally {
      clearTimeout(timer);
    }
  }
}

const tooMuch = (limit: string): ChatError =>
  new ChatError('overflow', `The answer holds more than ${limit}`, { detail: 'answer-too-large' });
