import { formatSSE, type SSEMessage } from './sse-message.js';

export interface SSEStreamOptions {
  /** Milliseconds between comments that keep a silent connection open; 15,000 by default, 0 for none. */
  heartbeat?: number;
  /** Closes the stream when it aborts; pass the request's signal where the platform has one. */
  signal?: AbortSignal;
}

export interface SSEStream {
  /** The body of the response. */
  readonly stream: ReadableStream<Uint8Array>;
  /** Aborts when the stream is over, also because the client went away; pass it on to the model. */
  readonly signal: AbortSignal;
  /**
   * Sends a message; after the end it does nothing. The promise resolves once the client keeps up, so a fast
   * sender that awaits it never fills the memory. It never rejects; a malformed message throws at once.
   */
  send(message: SSEMessage): Promise<void>;
  /** Ends the stream. What was sent still arrives. */
  close(): void;
  /** Breaks the connection off after what was sent, so that no client takes the answer for a whole one. */
  fail(reason?: unknown): void;
}

/** Bytes that may wait for a slow client before `send` asks its caller to wait. */
const BUFFER = 64 * 1024;

/** A stream of events to answer a request with. */
export function createSSEStream({ heartbeat = 15_000, signal }: SSEStreamOptions = {}): SSEStream {
  const encoder = new TextEncoder();
  const ended = new AbortController();
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  const waiting: Array<() => void> = [];
  let failure: { reason: unknown } | undefined;

  const stream = new ReadableStream<Uint8Array>(
    { start: (it) => void (controller = it), pull: drained, cancel: end },
    new ByteLengthQueuingStrategy({ highWaterMark: BUFFER }),
  );
  const timer = heartbeat > 0 ? setInterval(() => void send({ comment: 'heartbeat' }), heartbeat) : undefined;
  // An abort that came before the stream closes it too.
  if (signal?.aborted) close();
  else signal?.addEventListener('abort', close, { once: true });

  function drained(): void {
    for (const resume of waiting.splice(0)) resume();
    // error() throws away what is queued, so it has to wait until the queue is empty.
    if (failure && controller.desiredSize === BUFFER) controller.error(failure.reason);
  }
  function end(): void {
    clearInterval(timer);
    signal?.removeEventListener('abort', close);
    ended.abort();
    drained();
  }
  function send(message: SSEMessage): Promise<void> {
    const text = formatSSE(message);
    if (ended.signal.aborted || !text) return Promise.resolve();
    controller.enqueue(encoder.encode(text));
    if (controller.desiredSize! > 0) return Promise.resolve();
    return new Promise((resolve) => waiting.push(resolve));
  }
  function close(): void {
    if (ended.signal.aborted) return;
    end();
    controller.close();
  }
  function fail(reason: unknown = new Error('The stream was broken off')): void {
    if (ended.signal.aborted) return;
    failure = { reason };
    end();
  }

  return { stream, signal: ended.signal, send, close, fail };
}
