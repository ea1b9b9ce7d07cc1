import { ChatError } from '../model/chat-error.js';
import { delayOf } from './delay.js';
import { Intake } from './intake.js';

export interface ReadOptions {
  signal: AbortSignal;
  /** Milliseconds without a byte before the read fails as `timeout`. */
  idleTimeout: number;
  /** Milliseconds without progress before the read fails as `timeout`; without it heartbeats are life enough. */
  progressTimeout?: number;
  /** When there last was progress, in milliseconds of `performance.now()`. */
  lastProgress?: () => number;
  /** The start of the next frame; given, what comes within a frame is handed on together. Undefined where none is drawn. */
  nextFrame?: (() => Promise<void> | undefined) | undefined;
}

/** Milliseconds in which what has arrived is read before silence is called one. */
const drainTime = 50;

/** Bytes handed on at once: a body that is already here may come in one chunk, and its reader must be able to pause. */
const largest = 16 * 1024;

/**
 * The chunks of a body, large ones in pieces and little ones joined, until it ends. Throws a `ChatError` (`timeout`, or
 * `interrupted` when the connection broke) after all that came before; ends at once when the signal aborts. The reader is
 * cancelled and released on every path.
 *
 * A body that ends without an error is not therefore whole: WebKit reports a cut chunked body as a clean end, and every
 * engine does so for some cuts. Only the protocol's own end mark counts.
 */
export async function* readChunks(
  body: ReadableStream<Uint8Array>,
  { signal, idleTimeout, progressTimeout = Infinity, lastProgress = () => Infinity, nextFrame }: ReadOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const intake = new Intake(body.getReader(), largest);
  const onAbort = () => intake.end();
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  let overdue = false;
  // One timer that is set anew when it finds that bytes came meanwhile: one for each chunk costs more than reading it.
  const look = () => {
    const now = performance.now();
    const idleFor = intake.since + idleTimeout - now;
    const left = Math.min(idleFor, lastProgress() + progressTimeout - now);
    // A machine that slept finds its timers overdue before it has read what arrived: that is read first, then judged.
    if (left <= 0 && overdue) intake.end(idleFor <= 0 ? silent(idleTimeout) : stuck(progressTimeout));
    overdue = left <= 0;
    timer = setTimeout(look, overdue ? drainTime : delayOf(left));
  };
  let timer = setTimeout(look, delayOf(Math.min(idleTimeout, progressTimeout)));
  try {
    let frame: Promise<void> | undefined;
    for (;;) {
      const chunk = await intake.next(frame);
      if (signal.aborted) return;
      if (!chunk) break;
      // Asked for before the bytes are handed on, so that it comes before all that is asked for because of them.
      frame = chunk.length < largest ? nextFrame?.() : undefined;
      for (let at = 0; at < chunk.length && !signal.aborted; at += largest)
        yield chunk.subarray(at, at + largest);
    }
    if (intake.failure) throw intake.failure;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    intake.release();
  }
}

function stuck(progressTimeout: number): ChatError {
  return new ChatError('timeout', `Nothing but heartbeats arrived for ${progressTimeout} ms`, {
    detail: 'no-progress',
    retryable: true,
  });
}

function silent(idleTimeout: number): ChatError {
  return new ChatError('timeout', `No byte arrived for ${idleTimeout} ms`, {
    detail: 'idle',
    retryable: true,
  });
}
