import { formatSSE, type SSEMessage } from '../../src/server/index.js';

/** How messages become bytes, where that is not the usual event stream. */
export interface Wire {
  headers?: Record<string, string>;
  /** One message as it is written; empty for what this framing has no way to say. */
  format?: (message: SSEMessage) => string;
}

/** An event stream with CRLF, as Google and sse-starlette write it. */
export const crlf: Wire = { format: (message) => formatSSE(message).replaceAll('\n', '\r\n') };

/** One JSON value a line. */
export const jsonLines: Wire = {
  headers: { 'Content-Type': 'application/x-ndjson' },
  format: ({ data }) => (data === undefined ? '' : `${JSON.stringify(data)}\n`),
};

/** Data as it is, and nothing else. */
export const plainText: Wire = {
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  format: ({ data }) => (typeof data === 'string' ? data : ''),
};
