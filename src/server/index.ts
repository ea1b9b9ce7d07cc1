/**
 * The other end, for people who write a backend in JavaScript: Node, Deno, Bun and workers alike.
 *
 * ```ts
 * const { stream, send, close, signal } = createSSEStream({ signal: request.signal });
 * answer(question, signal).then(close);      // calls send({ data: { type: 'text', content: '…' } }) as it goes
 * return sseResponse(stream);
 * ```
 */
export { formatSSE, type SSEMessage } from './sse-message.js';
export { createSSEStream, type SSEStream, type SSEStreamOptions } from './sse-stream.js';
export { SSE_HEADERS, sseResponse } from './sse-response.js';
