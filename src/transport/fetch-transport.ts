import { ChatError } from '../model/chat-error.js';
import type { RunEvent } from '../model/run-event.js';
import { autoProtocol } from '../protocols/auto.js';
import { protocols } from '../protocols/registry.js';
import { threadIdIn } from '../protocols/shared/event-parts.js';
import { isObject, parseJSON } from '../protocols/shared/fields.js';
import type {
  BackendRequest,
  EncodedRequest,
  Protocol,
  RunningAnswer,
  WidgetAction,
} from '../protocols/protocol.js';
import { defaultLimits, type Limits } from '../wire/limits.js';
import { Answer } from './answer.js';
import { ask, originOf, type HTTPOptions, type HTTPRequest, type Retry } from './http.js';
import { headerOf } from './journal.js';
import { load } from './load.js';
import { Reattachments } from './reattach.js';
import { fillAddress, fillBody, type BodyTemplate } from './template.js';
import type { RunningRequest, RunRequest, Transport } from './transport.js';
import { waitFor } from './wait.js';

export interface FetchOptions extends Omit<HTTPOptions, 'headersTimeout'> {
  /** Where the answer streams from; may hold `{threadId}` and `{message}`. */
  endpoint: string;
  /** Where the question is posted first, for a backend that is told in one place and listened to in another. */
  sendEndpoint?: string;
  /** Asked once, without streaming, when streaming cannot work. */
  fallbackEndpoint?: string;
  /** Asked by `GET`, with `Last-Event-ID`, for the rest of an answer that was cut; may hold `{threadId}`. */
  resumeEndpoint?: string;
  /** Told by `POST` when a person stops an answer: `{ threadId, messageId, location }`; may hold `{threadId}`. */
  stopEndpoint?: string;
  /**
   * The name of a header, such as `Idempotency-Key`, that names a question: the same for every try. A backend that takes it
   * answers once however often it is asked, so a question is also sent again where it may have arrived.
   */
  idempotencyHeader?: string;
  /** A name, or a protocol of the page's own; `auto`. */
  protocol?: string | Protocol;
  /** `post` */
  method?: 'post' | 'get';
  body?: BodyTemplate;
  limits?: Partial<Limits>;
}

interface Reading {
  protocol: Protocol;
  request: RunRequest;
  location: string | undefined;
  signal: AbortSignal;
}

const streams = 'text/event-stream, application/x-ndjson, application/json;q=0.5';
const json = 'application/json';

/** Statuses that say "not here, or not like this": reason enough to ask the fallback endpoint. */
const noStreamHere = [404, 405, 406, 501];

/** Statuses that say that no answer is running. */
const nothingRuns = [404, 410, 422];

/**
 * A run by `fetch`: the request in the protocol's words, the answer read as it streams. A question is sent again only
 * before a byte of its answer, and only where that cannot bring two answers; an answer that was cut is taken up again
 * where the backend has a way to.
 */
export class FetchTransport implements Transport {
  readonly #options: FetchOptions;
  readonly #limits: Limits;
  readonly #http: HTTPOptions;

  constructor(options: FetchOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#http = { ...options, headersTimeout: this.#limits.headersTimeout };
  }

  async *run(request: RunRequest, signal: AbortSignal): AsyncGenerator<readonly RunEvent[], void, void> {
    const { endpoint, sendEndpoint, fallbackEndpoint, method = 'post' } = this.#options;
    const protocol = await protocolOf(this.#options);
    const encoded = this.#encode(protocol, request);
    let listen = request;
    if (sendEndpoint !== undefined) {
      const threadId = await this.#tell(fillAddress(sendEndpoint, request), encoded, request, signal);
      if (threadId !== undefined) {
        listen = { ...request, threadId };
        yield [{ type: 'thread-update', id: threadId }];
      }
    }
    if (signal.aborted) return;
    const posts = method === 'post' && sendEndpoint === undefined;
    let answer: Answer | undefined;
    try {
      const asked = { address: fillAddress(endpoint, listen), accept: streams, ...(posts && encoded) };
      const response = await ask(asked, this.#http, signal, this.#retry(request, !posts));
      const location = this.#locationOf(response);
      if (location !== undefined) yield [{ type: 'run-location', address: location }];
      answer = this.#answer(protocol, response, request, signal);
      yield* this.#read(answer, response, { protocol, request: listen, location, signal });
    } catch (error) {
      if (fallbackEndpoint === undefined || answer?.shown || signal.aborted || !isNoStream(error))
        throw error;
      yield await this.#fallback(fillAddress(fallbackEndpoint, request), encoded, request, signal);
    }
  }

  async resume(
    request: RunRequest & RunningRequest,
    signal: AbortSignal,
  ): Promise<AsyncIterable<readonly RunEvent[]> | undefined> {
    const protocol = await protocolOf(this.#options);
    const asked = this.#resumeRequest(protocol, { ...request, lastEventId: '' });
    if (!asked) return undefined;
    try {
      const response = await ask(asked, this.#http, signal, this.#retry(request, true));
      if (response.status === 204) return undefined;
      const { location } = request;
      const answer = this.#answer(protocol, response, request, signal);
      const events = this.#read(answer, response, { protocol, request, location, signal });
      return fromItsStart(events, location);
    } catch (error) {
      if (error instanceof ChatError && nothingRuns.includes(error.status ?? 0)) return undefined;
      throw error;
    }
  }

  async stop(running: RunningRequest): Promise<void> {
    const { stopEndpoint, endpoint } = this.#options;
    const protocol = await protocolOf(this.#options);
    const { threadId, messageId, location } = running;
    const fill = (template: string) => fillAddress(template, { text: '', messages: [], threadId });
    const asked: BackendRequest | undefined =
      stopEndpoint === undefined
        ? protocol.stop?.(fill(endpoint), { ...running, lastEventId: '' })
        : {
            address: fill(stopEndpoint),
            body: { threadId, messageId, location },
          };
    if (!asked) return;
    // The person may leave right after the click.
    const request = { ...asked, accept: json, trusted: this.#isTrusted(asked.address), keepalive: true };
    const response = await ask(request, this.#http, new AbortController().signal);
    await response.body?.cancel();
  }

  #answer(
    protocol: Protocol,
    { headers }: Response,
    { inspect = () => {}, nextFrame }: RunRequest,
    signal: AbortSignal,
  ) {
    return new Answer(headers, { protocol, limits: this.#limits, signal, inspect, nextFrame });
  }

  /** The run events of an answer, to its end. */
  #read(answer: Answer, response: Response, { protocol, request, location, signal }: Reading) {
    const reattachments = new Reattachments({
      request: (lastEventId) => {
        const threadId = answer.threadId ?? request.threadId;
        return this.#resumeRequest(protocol, { threadId, location, lastEventId }, true);
      },
      ask: (asked) => ask(asked, this.#http, signal),
      wait: this.#retry(request, true).wait,
      limits: this.#limits,
      signal,
    });
    return answer.read(response, (cut) => reattachments.next(answer, cut));
  }

  /** How to ask for an answer once more; with `cut` for the one that was being read. */
  #resumeRequest(protocol: Protocol, running: RunningAnswer, cut = false): HTTPRequest | undefined {
    const { threadId, location, lastEventId } = running;
    const { resumeEndpoint, sendEndpoint, endpoint } = this.#options;
    // Some backends send all of it, some only what is new: without an id there is no telling which.
    const marked = lastEventId !== '' || !cut;
    // An address that needs a thread's id is no place to ask at without one.
    const fill = (template: string) =>
      threadId === null && template.includes('{threadId}')
        ? undefined
        : { address: fillAddress(template, { text: '', messages: [], threadId }) };
    const own = fill(endpoint);
    const asked: BackendRequest | undefined =
      (own && protocol.resume?.(own.address, running)) ??
      (resumeEndpoint !== undefined && marked ? fill(resumeEndpoint) : undefined) ??
      (location === undefined ? undefined : { address: location }) ??
      (sendEndpoint !== undefined && cut && marked ? fill(endpoint) : undefined);
    if (!asked) return undefined;
    const cursor = lastEventId ? { 'last-event-id': headerOf(lastEventId) } : undefined;
    return {
      ...asked,
      accept: streams,
      headers: { ...asked.headers, ...cursor },
      trusted: this.#isTrusted(asked.address),
    };
  }

  /** Where the answer can be read again (RFC 9110, section 8.7), if the backend says so and it is its own origin. */
  #locationOf(response: Response): string | undefined {
    const told = response.headers.get('content-location');
    if (!told || !response.url || !URL.canParse(told, response.url)) return undefined;
    const { href, origin } = new URL(told, response.url);
    return href !== response.url && origin === new URL(response.url).origin ? href : undefined;
  }

  /** A second origin is a second party: it never gets the headers meant for the first. */
  #isTrusted(address: string): boolean {
    return originOf(address) === originOf(this.#options.endpoint);
  }

  #retry({ wait = waitFor, key }: RunRequest, safe: boolean): Retry {
    const { idempotencyHeader } = this.#options;
    const repeatable = safe || (idempotencyHeader !== undefined && key !== undefined);
    return { wait, repeatable, maxRetries: this.#limits.maxRetries };
  }

  #encode(protocol: Protocol, request: RunRequest): EncodedRequest {
    const { idempotencyHeader } = this.#options;
    const encoded = request.action
      ? encodeAction(protocol, request, request.action)
      : this.#fill(protocol.encode(request), request);
    if (idempotencyHeader === undefined || request.key === undefined) return encoded;
    return { ...encoded, headers: { ...encoded.headers, [idempotencyHeader]: request.key } };
  }

  #fill({ body, headers }: EncodedRequest, request: RunRequest): EncodedRequest {
    return { body: fillBody(body, this.#options.body, request), headers };
  }

  /** Posts the question to the address that is told; gives the thread's id if the answer names one. */
  async #tell(
    address: string,
    encoded: EncodedRequest,
    request: RunRequest,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const trusted = this.#isTrusted(address);
    const asked = { address, ...encoded, accept: json, trusted };
    const response = await ask(asked, this.#http, signal, this.#retry(request, false));
    const { readText } = await load(() => import('./in-place.js'));
    const text = await readText(response, { signal, maxSize: 64 * 1024, timeout: 3000, cut: true });
    const body = parseJSON(text);
    return isObject(body) ? threadIdIn(body) : undefined;
  }

  async #fallback(address: string, encoded: EncodedRequest, request: RunRequest, signal: AbortSignal) {
    const trusted = this.#isTrusted(address);
    const response = await ask({ address, ...encoded, accept: json, trusted }, this.#http, signal);
    const { idleTimeout: timeout, maxAnswerSize: maxSize } = this.#limits;
    const { readText, readFallback } = await load(() => import('./in-place.js'));
    const body = await readText(response, { signal, maxSize, timeout });
    request.inspect?.({ fallback: true, framing: 'json' });
    return readFallback(body, response.headers.get('content-type'));
  }
}

/** The protocol that the options name, fetched if need be. Throws a `ChatError` where there is none of that name. */
export async function protocolOf({ protocol = 'auto', endpoint }: FetchOptions): Promise<Protocol> {
  if (typeof protocol === 'object') return protocol;
  if (protocol === 'auto') return autoProtocol(endpoint);
  if (Object.hasOwn(protocols, protocol)) return load(async () => protocols[protocol]!());
  const names = ['auto', ...Object.keys(protocols)].join(', ');
  throw new ChatError('protocol', `There is no protocol "${protocol}"; known are ${names}`, {
    detail: 'unknown',
  });
}

/** What is read of an answer that was under way before. */
async function* fromItsStart(events: AsyncIterable<readonly RunEvent[]>, address: string | undefined) {
  yield [{ type: 'run-replay' } as const];
  if (address !== undefined) yield [{ type: 'run-location', address } as const];
  yield* events;
}

function encodeAction(protocol: Protocol, request: RunRequest, action: WidgetAction): EncodedRequest {
  if (protocol.encodeAction) return protocol.encodeAction(request, action);
  throw new ChatError('protocol', `The protocol "${protocol.name}" takes no actions`, {
    detail: 'unsupported',
  });
}

function isNoStream(error: unknown): boolean {
  if (!(error instanceof ChatError)) return false;
  return error.code === 'protocol' || (error.code === 'http' && noStreamHere.includes(error.status ?? 0));
}
