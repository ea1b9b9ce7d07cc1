import { ChatError } from '../model/chat-error.js';
import { load } from './load.js';

/** Headers, or a function asked for them before every request. */
export type HeadersSource = HeadersInit | (() => HeadersInit | Promise<HeadersInit>);

export interface HTTPOptions {
  headers?: HeadersSource;
  /** `same-origin` */
  credentials?: RequestCredentials;
  fetch?: typeof fetch;
  /** Milliseconds to wait for the headers of an answer. */
  headersTimeout: number;
}

export interface HTTPRequest {
  address: string;
  /** `POST` with a body, else `GET`. */
  method?: string;
  /** A value for `JSON.stringify`; undefined for no body. */
  body?: unknown;
  /** Taken unless the page's own headers say otherwise. */
  headers?: Readonly<Record<string, string>>;
  accept: string;
  /** Whether the page's headers may go there; true. */
  trusted?: boolean;
}

/**
 * One request by `fetch`, with the page's headers; its answer has a status of success. Throws a `ChatError`: `network`,
 * `timeout`, or `http`. A redirect is refused: it would carry the conversation to another address.
 */
export async function ask(
  request: HTTPRequest,
  options: HTTPOptions,
  signal: AbortSignal,
): Promise<Response> {
  const { address, body, accept, trusted = true } = request;
  const headers = new Headers(trusted ? await resolve(options.headers) : undefined);
  const defaults = {
    accept,
    ...request.headers,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  for (const [name, value] of Object.entries(defaults)) if (!headers.has(name)) headers.set(name, value);
  const response = await headersOf(address, options, signal, {
    method: request.method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    credentials: options.credentials ?? 'same-origin',
    cache: 'no-store',
    redirect: 'error',
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response.ok) return response;
  const { httpError } = await load(() => import('./in-place.js'));
  throw await httpError(response, signal);
}

async function resolve(headers: HeadersSource | undefined): Promise<HeadersInit | undefined> {
  if (typeof headers !== 'function') return headers;
  try {
    return await headers();
  } catch (cause) {
    throw new ChatError('http', 'The headers function failed', { detail: 'auth', retryable: true, cause });
  }
}

/** Waits for the answer's headers. Which of the ends it was is told by flags: engines name their errors differently. */
async function headersOf(
  address: string,
  { fetch: own = fetch, headersTimeout }: HTTPOptions,
  signal: AbortSignal,
  init: RequestInit,
): Promise<Response> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (signal.aborted) abort();
  // Left in place: the signal must reach the body too, and goes with its run.
  signal.addEventListener('abort', abort, { once: true });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    abort();
  }, headersTimeout);
  try {
    return await own(address, { ...init, signal: controller.signal });
  } catch (cause) {
    if (late) {
      const message = `No answer began within ${headersTimeout} ms`;
      throw new ChatError('timeout', message, { detail: 'no-headers', retryable: true, cause });
    }
    // Node has a navigator that knows nothing of the network.
    const { navigator } = globalThis as { navigator?: { onLine?: boolean } };
    const detail = navigator?.onLine === false ? 'offline' : undefined;
    throw new ChatError('network', `The request to ${address} failed`, { detail, retryable: true, cause });
  } finally {
    clearTimeout(timer);
  }
}

/** The origin an address leads to from here; empty where it is relative and there is no page. */
export function originOf(address: string): string {
  try {
    return new URL(new Request(address).url).origin;
  } catch {
    return '';
  }
}
