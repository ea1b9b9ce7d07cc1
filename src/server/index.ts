/**
 * The other end, for people who write a backend in JavaScript: Node, Deno, Bun and workers alike.
 *
 * ```ts
 * const { stream, send, close, signal } = createSSEStream({ signal: request.signal });
 * answer(question, signal).then(close);      // calls send({ data: { type: 'text', content: '…' } }) as it goes
 * return sseResponse(stream);
 * ```
 *
 * An answer that a client can come back to goes through a store, which keeps its messages and goes on without a reader:
 *
 * ```ts
 * const answer = streams.open({ owner });
 * answerTo(question, answer).then(answer.close, answer.fail);
 * return streams.respond(answer.id, { owner, location: `/answers/${answer.id}`, signal: request.signal });
 * ```
 */
export { formatSSE, type SSEMessage } from './sse-message.js';
export { createSSEStream, type SSEStream, type SSEStreamOptions } from './sse-stream.js';
export { SSE_HEADERS, sseResponse } from './sse-response.js';
export {
  createStreamStore,
  StreamStoreError,
  type OpenOptions,
  type RespondOptions,
  type ResumableStream,
  type StopOptions,
  type StreamStore,
  type StreamStoreOptions,
} from './stream-store.js';
