import { ChatError } from '../model/chat-error.js';
import type { RunEvent } from '../model/run-event.js';
import { autoProtocol } from '../protocols/auto.js';
import { protocols } from '../protocols/registry.js';
import { threadIdIn } from '../protocols/event-parts.js';
import { isObject, parseJSON } from '../protocols/fields.js';
import type { EncodedRequest, Protocol } from '../protocols/protocol.js';
import { defaultLimits, type Limits } from '../wire/limits.js';
import { readAnswer } from './answer.js';
import { load } from './load.js';
import { fillAddress, fillBody, type BodyTemplate } from './template.js';
import type { RunRequest, Transport } from './transport.js';

/** Headers, or a function asked for them before every request. */
export type HeadersSource = HeadersInit | (() => HeadersInit | Promise<HeadersInit>);

export interface FetchOptions {
  /** Where the answer streams from; may hold `{threadId}` and `{message}`. */
  endpoint: string;
  /** Where the question is posted first, for a backend that is told in one place and listened to in another. */
  sendEndpoint?: string;
  /** Asked once, without streaming, when streaming cannot work. */
  fallbackEndpoint?: string;
  /** A name, or a protocol of the page's own; `auto`. */
  protocol?: string | Protocol;
  /** `post` */
  method?: 'post' | 'get';
  body?: BodyTemplate;
  headers?: HeadersSource;
  /** `same-origin` */
  credentials?: RequestCredentials;
  limits?: Partial<Limits>;
  fetch?: typeof fetch;
}

/** What reads an answer that came in place of a stream: most pages never need it. */
const inPlace = () => import('./in-place.js');

/** Statuses that say "not here, or not like this": reason enough to ask the fallback endpoint. */
const noStreamHere = [404, 405, 406, 501];

/** A run as one `fetch`: the request in the protocol's words, the answer read as it streams. Nothing is sent twice. */
export class FetchTransport implements Transport {
  readonly #options: FetchOptions;
  readonly #limits: Limits;

  constructor(options: FetchOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
  }

  async *run(request: RunRequest, signal: AbortSignal): AsyncGenerator<readonly RunEvent[], void, void> {
    const { endpoint, sendEndpoint, fallbackEndpoint, method = 'post' } = this.#options;
    const protocol = await protocolOf(this.#options);
    const encoded = protocol.encode(request);
    let listen = request;
    if (sendEndpoint !== undefined) {
      const threadId = await this.#tell(fillAddress(sendEndpoint, request), encoded, request, signal);
      if (threadId !== undefined) {
        listen = { ...request, threadId };
        yield [{ type: 'thread-update', id: threadId }];
      }
    }
    if (signal.aborted) return;
    let shown = false;
    try {
      const address = fillAddress(endpoint, listen);
      const posts = method === 'post' && sendEndpoint === undefined;
      const response = await this.#fetch(address, posts ? encoded : undefined, request, signal);
      const read = {
        protocol,
        limits: this.#limits,
        signal,
        inspect: request.inspect ?? (() => {}),
      };
      for await (const events of readAnswer(response, read)) {
        shown ||= events.length > 0;
        yield events;
      }
    } catch (error) {
      if (fallbackEndpoint === undefined || shown || signal.aborted || !isNoStream(error)) throw error;
      yield await this.#fallback(fillAddress(fallbackEndpoint, request), encoded, request, signal);
    }
  }

  /** Posts the question to the address that is told; gives the thread's id if the answer names one. */
  async #tell(
    address: string,
    encoded: EncodedRequest,
    request: RunRequest,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const response = await this.#fetch(address, encoded, request, signal, 'application/json');
    const { readText } = await load(inPlace);
    const text = await readText(response, { signal, maxSize: 64 * 1024, timeout: 3000, cut: true });
    const body = parseJSON(text);
    return isObject(body) ? threadIdIn(body) : undefined;
  }

  async #fallback(address: string, encoded: EncodedRequest, request: RunRequest, signal: AbortSignal) {
    // A second origin is a second party: it gets the question, never the first one's headers.
    const withHeaders = originOf(address) === originOf(fillAddress(this.#options.endpoint, request));
    const response = await this.#fetch(address, encoded, request, signal, 'application/json', withHeaders);
    const { idleTimeout: timeout, maxAnswerSize: maxSize } = this.#limits;
    const { readText, readFallback } = await load(inPlace);
    const body = await readText(response, { signal, maxSize, timeout });
    request.inspect?.({ fallback: true, framing: 'json' });
    return readFallback(body, response.headers.get('content-type'));
  }

  /** One request; its answer has a status of success. Throws a `ChatError` otherwise. */
  async #fetch(
    address: string,
    encoded: EncodedRequest | undefined,
    request: RunRequest,
    signal: AbortSignal,
    accept = 'text/event-stream, application/x-ndjson, application/json;q=0.5',
    withHeaders = true,
  ): Promise<Response> {
    const { fetch: ask = fetch, credentials = 'same-origin', body } = this.#options;
    const headers = new Headers(withHeaders ? await this.#headers() : undefined);
    if (!headers.has('accept')) headers.set('accept', accept);
    for (const [name, value] of Object.entries(encoded?.headers ?? {})) {
      if (!headers.has(name)) headers.set(name, value);
    }
    if (encoded && !headers.has('content-type')) headers.set('content-type', 'application/json');
    const init: RequestInit = {
      method: encoded ? 'POST' : 'GET',
      headers,
      credentials,
      cache: 'no-store',
      redirect: 'error',
      body: encoded && JSON.stringify(fillBody(encoded.body, body, request)),
    };
    const response = await this.#headersOf(ask, address, init, signal);
    if (!response.ok) throw await (await load(inPlace)).httpError(response, signal);
    return response;
  }

  async #headers(): Promise<HeadersInit | undefined> {
    const { headers } = this.#options;
    if (typeof headers !== 'function') return headers;
    try {
      return await headers();
    } catch (cause) {
      throw new ChatError('http', 'The headers function failed', { detail: 'auth', retryable: true, cause });
    }
  }

  /** Waits for the answer's headers. Which of the ends it was is told by flags: engines name their errors differently. */
  async #headersOf(
    ask: typeof fetch,
    address: string,
    init: RequestInit,
    signal: AbortSignal,
  ): Promise<Response> {
    const { headersTimeout } = this.#limits;
    const controller = new AbortController();
    const abort = () => controller.abort();
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      abort();
    }, headersTimeout);
    try {
      // Called without a receiver: `fetch` refuses to be a method of anything but the window.
      const response = await ask(address, { ...init, signal: controller.signal });
      return response;
    } catch (cause) {
      if (late) {
        const message = `No answer began within ${headersTimeout} ms`;
        throw new ChatError('timeout', message, { detail: 'no-headers', retryable: true, cause });
      }
      // Node has a navigator that knows nothing of the network.
      const { navigator } = globalThis as { navigator?: { onLine?: boolean } };
      const offline = navigator?.onLine === false;
      throw new ChatError('network', `The request to ${address} failed`, {
        detail: offline ? 'offline' : undefined,
        retryable: true,
        cause,
      });
    } finally {
      clearTimeout(timer);
    }
  }
}

async function protocolOf({ protocol = 'auto', endpoint }: FetchOptions): Promise<Protocol> {
  if (typeof protocol === 'object') return protocol;
  if (protocol === 'auto') return autoProtocol(endpoint);
  if (Object.hasOwn(protocols, protocol)) return protocols[protocol]!();
  const names = ['auto', ...Object.keys(protocols)].join(', ');
  throw new ChatError('protocol', `There is no protocol "${protocol}"; known are ${names}`, {
    detail: 'unknown',
  });
}

function isNoStream(error: unknown): boolean {
  if (!(error instanceof ChatError)) return false;
  return error.code === 'protocol' || (error.code === 'http' && noStreamHere.includes(error.status ?? 0));
}

/** The origin an address leads to from here; the address itself where it is relative and there is no page. */
function originOf(address: string): string {
  try {
    return new URL(new Request(address).url).origin;
  } catch {
    return '';
  }
}
