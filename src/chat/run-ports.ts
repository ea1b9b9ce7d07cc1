import type { Message, Thread } from '../model/thread.js';
import type { WidgetAction } from '../protocols/protocol.js';
import type { RunningRequest, RunRequest, Transport } from '../transport/transport.js';
import type { Limits } from '../wire/limits.js';

/** What a run makes of the thread. */
export type Change = (thread: Thread) => Thread;

/** What a run asks besides the text of a question. */
export interface Asking {
  /** In place of the one that the options name. */
  transport?: Transport;
  action?: WidgetAction;
  /** The answer that goes on, in place of a new one. */
  answerId?: string;
  /** Those that the thread holds from now on. */
  messages?: readonly Message[];
}

export interface RunPorts {
  /** Made inside the run, so that a bad option fails the run and not the page. */
  transport: () => Promise<Transport>;
  /** Changes the thread. */
  change: (change: Change) => void;
  /** Told once, when the run is over and its last change made. */
  ended: () => void;
  /** The thread as it is. */
  thread: () => Thread;
  limits: Pick<Limits, 'maxAnswerSize' | 'maxParts'>;
}

/** A run, as what reads its answer knows it. */
export interface Running {
  readonly id: string;
  readonly quiet: boolean;
  readonly ports: RunPorts;
  readonly over: boolean;
  readonly signal: AbortSignal;
  abort(): void;
  mark(moment: 'firstEvent'): void;
  finish(change: Change): void;
}

/** What reads the answer of one run. */
export interface Reader {
  /** Reads to the end, however it ends; never rejects. */
  read(request: RunRequest): Promise<void>;
  stop(running: RunningRequest | undefined): void;
  tryNow(): void;
}
