import { endRun } from '../model/run-state.js';
import { load } from '../transport/load.js';
import type { RunningRequest, RunRequest } from '../transport/transport.js';
import type { RunTimings } from './facts.js';
import { failureIn } from './reading.js';
import type { Change, Reader, RunPorts, Running } from './run-ports.js';

/** One question on its way: its signal, its clock, and how it ends. What reads its answer is fetched with the transport. */
export class ActiveRun implements Running {
  readonly id: string;
  /** A quiet run opens no answer of its own, and may well bring nothing: a clean close is its end. */
  readonly quiet: boolean;
  readonly ports: RunPorts;
  readonly #controller = new AbortController();
  #reader: Reader | undefined;
  #over = false;
  #timings: RunTimings = { start: performance.now(), end: 0 };
  #release: () => void = () => {};

  constructor(id: string, ports: RunPorts, quiet = false) {
    this.id = id;
    this.ports = ports;
    this.quiet = quiet;
  }

  get timings(): RunTimings {
    return this.#timings;
  }

  get over(): boolean {
    return this.#over;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Takes back what was asked of the transport. */
  abort(): void {
    this.#controller.abort();
  }

  /** Notes the first batch of run events, or the first thing a person can see. */
  mark(moment: 'firstEvent' | 'firstVisible'): void {
    if (this.#timings[moment] === undefined)
      this.#timings = { ...this.#timings, [moment]: performance.now() };
  }

  /**
   * Ends the run at once, whatever the transport is waiting for. Not an error; what arrived is kept. With `running` the
   * backend is told too, where it can be: closing the connection may mean nothing to it.
   */
  stop(running?: RunningRequest): void {
    if (this.#over) return;
    this.abort();
    if (this.#reader) this.#reader.stop(running);
    else this.finish((thread) => endRun(thread, 'stopped'));
  }

  /** Ends a wait before its time. */
  tryNow(): void {
    this.#reader?.tryNow();
  }

  /** Runs to the end, however it ends; never rejects. */
  async start(request: Omit<RunRequest, 'key' | 'wait'>): Promise<void> {
    if (this.#over) return;
    // Not the end of reading: a transport that does not listen to its signal must not hold up a stop.
    const over = new Promise<void>((resolve) => (this.#release = resolve));
    void this.#read(request);
    await over;
  }

  /** The last change is made, and the run is over. */
  finish(change: Change): void {
    if (this.#over) return;
    this.#over = true;
    this.ports.change(change);
    this.#timings = { ...this.#timings, end: performance.now() };
    this.ports.ended();
    this.#release();
  }

  async #read(request: RunRequest): Promise<void> {
    try {
      const [transport, { RunReader }] = await Promise.all([
        this.ports.transport(),
        load(() => import('./run-reader.js')),
      ]);
      if (this.#over) return;
      this.#reader = new RunReader(this, transport);
    } catch (cause) {
      const error = failureIn(cause);
      return this.finish((thread) => endRun(thread, 'error', { error }));
    }
    await this.#reader.read(request);
  }
}
