import { ChatError } from '../model/chat-error.js';
import { paused } from './pause.js';

export interface ReadOptions {
  signal: AbortSignal;
  /** Milliseconds without a byte before the read fails as `timeout`. */
  idleTimeout: number;
  /** Milliseconds without progress before the read fails as `timeout`; without it heartbeats are life enough. */
  progressTimeout?: number;
  /** When there last was progress, in milliseconds of `performance.now()`. */
  lastProgress?: () => number;
}

/** Milliseconds in which what has arrived is read before silence is called one. */
const drainTime = 50;

/** Bytes handed on at once: a body that is already here may come in one chunk, and its reader must be able to pause. */
const largest = 16 * 1024;

/**
 * The chunks of a body, large ones in pieces, until it ends. Throws a `ChatError` (`timeout`, or `interrupted` when the
 * connection broke); ends at once when the signal aborts. The reader is cancelled and released on every path.
 *
 * A body that ends without an error is not therefore whole: WebKit reports a cut chunked body as a clean end, and every
 * engine does so for some cuts. Only the protocol's own end mark counts.
 */
export async function* readChunks(
  body: ReadableStream<Uint8Array>,
  { signal, idleTimeout, progressTimeout = Infinity, lastProgress = () => Infinity }: ReadOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const reader = body.getReader();
  let settle: (outcome: ReadableStreamReadResult<Uint8Array> | ChatError) => void = () => {};
  const onAbort = () => settle({ done: true, value: undefined });
  signal.addEventListener('abort', onAbort, { once: true });
  let since = performance.now();
  let overdue = false;
  // One timer that is set anew when it finds that bytes came meanwhile: one for each chunk costs more than reading it.
  const look = () => {
    const now = performance.now();
    const idleFor = since + idleTimeout - now;
    const left = Math.min(idleFor, lastProgress() + progressTimeout - now);
    // A machine that slept finds its timers overdue before it has read what arrived: that is read first, then judged.
    const judged = left > 0 || !overdue;
    overdue = left <= 0;
    if (judged) timer = setTimeout(look, overdue ? drainTime : left);
    else settle(idleFor <= 0 ? silent(idleTimeout) : stuck(progressTimeout));
  };
  let timer = setTimeout(look, Math.min(idleTimeout, progressTimeout));
  try {
    while (!signal.aborted) {
      since = performance.now();
      // Not `Promise.race`: racing one long-lived promise against every read would keep a reaction for each chunk.
      const result = await new Promise<ReadableStreamReadResult<Uint8Array> | ChatError>((resolve) => {
        settle = resolve;
        reader.read().then(resolve, (cause: unknown) => resolve(broken(cause)));
      });
      paused(since);
      if (result instanceof ChatError) {
        if (signal.aborted) return;
        throw result;
      }
      if (result.done) return;
      const { value } = result;
      for (let at = 0; at < value.length && !signal.aborted; at += largest)
        yield value.subarray(at, at + largest);
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    // Not awaited: a body that never answers must not hold up the end of a run.
    reader.cancel().catch(() => {});
    reader.releaseLock();
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

function broken(cause: unknown): ChatError {
  return new ChatError('interrupted', 'The connection broke before the answer was finished', {
    retryable: true,
    cause,
  });
}
