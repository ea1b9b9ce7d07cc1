import { ChatError } from '../model/chat-error.js';
import { failureTextIn, parseJSON } from '../protocols/shared/fields.js';
import { readText } from './read-text.js';

const errorBodySize = 64 * 1024;
const errorBodyTime = 3000;

/** The `ChatError` for an answer whose status is no success. Reads at most 64 KiB and 3 s of its body. */
export async function httpError(response: Response, signal: AbortSignal): Promise<ChatError> {
  const { status } = response;
  const body = await readText(response, {
    signal,
    maxSize: errorBodySize,
    timeout: errorBodyTime,
    cut: true,
  });
  return new ChatError('http', `The backend answered with status ${status}`, {
    status,
    retryable: status >= 500 || [408, 425, 429].includes(status),
    detail: detailOf(status),
    retryAfter: retryAfterOf(response.headers),
    backendMessage: backendMessageIn(body, response.headers.get('content-type')),
  });
}

function detailOf(status: number): string {
  if (status >= 500) return 'server-error';
  return details[status] ?? 'invalid-request';
}

const details: Record<number, string> = {
  401: 'auth',
  403: 'auth',
  404: 'not-found',
  407: 'auth',
  410: 'not-found',
  413: 'too-large',
  429: 'rate-limited',
};

/** The backend's own words in the body of an error; HTML and long text are never shown. */
function backendMessageIn(body: string, contentType: string | null): string | undefined {
  const value = parseJSON(body);
  if (value !== undefined) return clean(failureTextIn(value));
  if (contentType?.toLowerCase().startsWith('text/html') || body.trimStart().startsWith('<'))
    return undefined;
  return body.length <= 300 ? clean(body) : undefined;
}

function clean(text: string | undefined): string | undefined {
  // Control characters and marks that turn the direction of text have no place in a short notice.
  const plain = text?.replace(/[\s\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim();
  return plain || undefined;
}

/** Seconds to wait (RFC 9110, section 10.2.3, and `retry-after-ms`); the longer of the two where both are given. */
function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim() || 'absent';
  const date = /^[\d.]+$/.test(value) ? Number.NaN : Date.parse(value);
  const waits = [
    Number(headers.get('retry-after-ms')?.trim() || 'absent') / 1000,
    Number.isNaN(date) ? Number(value) : (date - Date.now()) / 1000,
  ].filter((seconds) => seconds >= 0);
  return waits.length ? Math.max(...waits) : undefined;
}
