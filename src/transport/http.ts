import { ChatError, failureOf } from '../model/chat-error.js';
import type { Wait } from '../model/thread.js';
import { delayOf } from '../wire/delay.js';
import { explainFailure, warnOfSecrets } from './explain.js';
import { openedBy } from './leave.js';
import { load } from './load.js';
import { retryDelay, type Refusal } from './retry.js';

/** Milliseconds in which the report of a violated policy comes: it is a task of its own, behind others. */
const reportTime = 200;

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
  /** Whether the page's headers and credentials may go there; true. */
  trusted?: boolean;
  /** Lets the request outlive its page. */
  keepalive?: boolean;
}

/** How a request is sent again by itself, before a byte of its answer. */
export interface Retry {
  /** Resolves when it is time, or when the signal aborts. */
  wait: (wait: Wait, signal: AbortSignal) => Promise<void>;
  /** Whether a request that may have arrived can be sent again: it asks for nothing to be made, or carries a key. */
  repeatable: boolean;
  /** How often at most. */
  maxRetries: number;
}

/**
 * One request by `fetch`, with the page's headers; its answer has a status of success. Throws a `ChatError`: `network`,
 * `timeout`, or `http`. A redirect is refused: it would carry the conversation to another address. Without `retry` it is
 * sent once, apart from a 401 that asks the headers function once more.
 */
export async function ask(
  request: HTTPRequest,
  options: HTTPOptions,
  signal: AbortSignal,
  retry?: Retry,
): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const response = await sent(request, options, signal);
    const failed = response instanceof ChatError;
    if (!failed && response.ok) return response;
    const refusal: Refusal = failed
      ? { error: response }
      : { error: await errorOf(response, signal), headers: response.headers };
    const mayRetry = retry && tries < retry.maxRetries && !signal.aborted;
    const delay = mayRetry ? retryDelay(refusal, tries, retry.repeatable) : undefined;
    if (!mayRetry || delay === undefined) throw refusal.error;
    await retry.wait({ kind: 'retry', until: Date.now() + delay, reason: failureOf(refusal.error) }, signal);
    if (signal.aborted) throw refusal.error;
  }
}

async function errorOf(response: Response, signal: AbortSignal): Promise<ChatError> {
  const { httpError } = await load(() => import('./in-place.js'));
  return httpError(response, signal);
}

/** The answer to a request, or why there is none. */
async function sent(
  request: HTTPRequest,
  options: HTTPOptions,
  signal: AbortSignal,
): Promise<Response | ChatError> {
  const { trusted = true } = request;
  const refreshable = trusted && typeof options.headers === 'function';
  try {
    const response = await sendOnce(request, options, signal);
    // A token that has run out: the page gets one chance to hand over another one.
    if (response.status !== 401 || !refreshable || signal.aborted) return response;
    void response.body?.cancel().catch(() => {});
    return await sendOnce(request, options, signal);
  } catch (error) {
    if (error instanceof ChatError && error.code === 'network') return error;
    throw error;
  }
}

async function sendOnce(request: HTTPRequest, options: HTTPOptions, signal: AbortSignal): Promise<Response> {
  const { body, accept, trusted = true } = request;
  const address = checked(request.address);
  const headers = new Headers(trusted ? await resolve(options.headers, signal) : undefined);
  // Whoever stopped while the page made its headers does not want the request any more.
  if (signal.aborted) throw new ChatError('network', 'The request was stopped before it was sent');
  const defaults = {
    accept,
    ...request.headers,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  for (const [name, value] of Object.entries(defaults)) if (!headers.has(name)) headers.set(name, value);
  warnOfSecrets(headers);
  return headersOf(address, options, signal, {
    method: request.method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    credentials: trusted ? (options.credentials ?? 'same-origin') : 'omit',
    cache: 'no-store',
    redirect: 'error',
    referrerPolicy: 'strict-origin-when-cross-origin',
    keepalive: request.keepalive ?? false,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

/** An address that `fetch` may be given: what comes out of an attribute may be anything. */
function checked(address: string): string {
  const scheme = /^\s*([a-z][a-z\d+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === 'http' || scheme === 'https') return address;
  throw new ChatError('protocol', `An endpoint cannot be a ${scheme}: address`, { detail: 'endpoint' });
}

/** What each headers function is asked just now: runs of two chats that need a new token share it. */
const asking = new WeakMap<object, Promise<HeadersInit>>();

async function resolve(
  headers: HeadersSource | undefined,
  signal: AbortSignal,
): Promise<HeadersInit | undefined> {
  if (typeof headers !== 'function') return headers;
  let answer = asking.get(headers);
  const forget = () => asking.get(headers) === answer && asking.delete(headers);
  // A stop gives up on a function that may never answer: the next question asks it anew.
  signal.addEventListener('abort', forget, { once: true });
  try {
    if (!answer) {
      answer = Promise.resolve(headers()).finally(forget);
      asking.set(headers, answer);
    }
    return await answer;
  } catch (cause) {
    throw new ChatError('http', 'The headers function failed', { detail: 'auth', retryable: true, cause });
  } finally {
    signal.removeEventListener('abort', forget);
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
  let blocked = false;
  const { document } = globalThis as { document?: Document };
  const onViolation = ({ effectiveDirective }: SecurityPolicyViolationEvent) =>
    void (blocked ||= effectiveDirective === 'connect-src');
  document?.addEventListener('securitypolicyviolation', onViolation);
  const timer = setTimeout(() => {
    late = true;
    abort();
  }, delayOf(headersTimeout));
  try {
    const response = await own(address, { ...init, signal: controller.signal });
    openedBy(response, abort);
    return response;
  } catch (cause) {
    if (late) {
      const message = `No answer began within ${headersTimeout} ms`;
      throw new ChatError('timeout', message, { detail: 'no-headers', retryable: true, cause });
    }
    const detail = isOffline() ? 'offline' : undefined;
    if (!detail && !signal.aborted) setTimeout(() => explainFailure(address, blocked), reportTime);
    throw new ChatError('network', `The request to ${address} failed`, { detail, retryable: true, cause });
  } finally {
    clearTimeout(timer);
    if (document)
      setTimeout(() => document.removeEventListener('securitypolicyviolation', onViolation), reportTime);
  }
}

/** Whether the browser says that there is no network. Node has a navigator that knows nothing of it. */
export function isOffline(): boolean {
  const { navigator } = globalThis as { navigator?: { onLine?: boolean } };
  return navigator?.onLine === false;
}

/** The origin an address leads to from here; empty where it is relative and there is no page. */
export function originOf(address: string): string {
  try {
    return new URL(new Request(address).url).origin;
  } catch {
    return '';
  }
}
