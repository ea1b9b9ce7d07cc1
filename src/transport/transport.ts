import type { RunEvent } from '../model/run-event.js';
import type { Wait } from '../model/thread.js';
import type { ProtocolRequest, WidgetAction } from '../protocols/protocol.js';

/** What a transport tells a debugger while a run goes on. */
export interface RunReport {
  /** The protocol that reads the answer; null until it is recognised. */
  readonly protocol: string | null;
  /** How the answer is cut into events: `sse`, `json-lines`, or `json` and `text` for a whole body. */
  readonly framing: string | null;
  /** Bytes of the body so far. */
  readonly bytes: number;
  /** Wire events so far. */
  readonly events: number;
  /** Wire events that meant nothing to the protocol. */
  readonly ignored: number;
  /** Names or types of the ignored events, the first twenty different ones. */
  readonly ignoredNames: readonly string[];
  /** Whether the answer came from the fallback endpoint. */
  readonly fallback: boolean;
}

export interface RunRequest extends ProtocolRequest {
  /** What a person did in a widget, in place of a question. */
  readonly action?: WidgetAction;
  /** Told what changed; optional, and never needed for the answer. */
  readonly inspect?: (note: Partial<RunReport>) => void;
  /** Waits where a person can see it, and cut it short; resolves when it is time, or when the signal aborts. */
  readonly wait?: (wait: Wait, signal: AbortSignal) => Promise<void>;
  /** The start of the next frame, up to which a stream need not be read; undefined where none will be drawn. */
  readonly nextFrame?: () => Promise<void> | undefined;
  /** Names the question, the same for every try, so that a backend can tell a repetition. */
  readonly key?: string;
}

/** An answer that a backend is giving. */
export interface RunningRequest {
  readonly threadId: string | null;
  /** The backend's id for the message. */
  readonly messageId?: string | undefined;
  /** Where the backend said it can be read again. */
  readonly location?: string | undefined;
}

/**
 * How a run reaches a backend and its answer comes back.
 *
 * `run` yields run events in batches, one for each piece that arrives. A failure is a thrown `ChatError`; when the signal
 * aborts it ends quietly. Whether the answer is whole is not judged here: a run without `run-end` is interrupted.
 */
export interface Transport {
  run(request: RunRequest, signal: AbortSignal): AsyncIterable<readonly RunEvent[]>;
  /**
   * Reattaches to the thread's running answer, which comes from its start, `run-replay` first. Undefined where the backend
   * cannot, or where nothing is running.
   */
  resume?(
    request: RunRequest & RunningRequest,
    signal: AbortSignal,
  ): Promise<AsyncIterable<readonly RunEvent[]> | undefined>;
  /** Tells the backend that the person stopped the answer; where closing the connection says so, nothing. */
  stop?(running: RunningRequest): Promise<void>;
}
