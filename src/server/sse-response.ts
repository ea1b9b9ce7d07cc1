/** Headers of an event stream that no proxy may store, compress or hold back. */
export const SSE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache, no-transform',
  // nginx and those who follow it otherwise collect an answer and deliver it whole.
  'X-Accel-Buffering': 'no',
};

/** Answers a request with an event stream; headers in `init` are added, and win where both name one. */
export function sseResponse(stream: ReadableStream<Uint8Array>, init: ResponseInit = {}): Response {
  const headers = new Headers(SSE_HEADERS);
  new Headers(init.headers).forEach((value, name) => headers.set(name, value));
  return new Response(stream, { ...init, headers });
}
