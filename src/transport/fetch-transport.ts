import { ChatError } from '../model/chat-error.js';
import type { RunEvent } from '../model/run-event.js';
import { autoProtocol } from '../protocols/auto.js';
import { protocols } from '../protocols/registry.js';
import { threadIdIn } from '../protocols/shared/event-parts.js';
import { isObject, parseJSON } from '../protocols/shared/fields.js';
import type { EncodedRequest, Protocol, WidgetAction } from '../protocols/protocol.js';
import { defaultLimits, type Limits } from '../wire/limits.js';
import { readAnswer } from './answer.js';
import { ask, originOf, type HTTPOptions, type HTTPRequest } from './http.js';
import { load } from './load.js';
import { fillAddress, fillBody, type BodyTemplate } from './template.js';
import type { RunRequest, Transport } from './transport.js';

export interface FetchOptions extends Omit<HTTPOptions, 'headersTimeout'> {
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
  limits?: Partial<Limits>;
}

const streams = 'text/event-stream, application/x-ndjson, application/json;q=0.5';
const json = 'application/json';

/** Statuses that say "not here, or not like this": reason enough to ask the fallback endpoint. */
const noStreamHere = [404, 405, 406, 501];

/** Statuses that say that no answer is running. */
const nothingRuns = [404, 410, 422];

/** A run as one `fetch`: the request in the protocol's words, the answer read as it streams. Nothing is sent twice. */
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
    const encoded = request.action
      ? encodeAction(protocol, request, request.action)
      : this.#fill(protocol.encode(request), request);
    let listen = request;
    if (sendEndpoint !== undefined) {
      const threadId = await this.#tell(fillAddress(sendEndpoint, request), encoded, signal);
      if (threadId !== undefined) {
        listen = { ...request, threadId };
        yield [{ type: 'thread-update', id: threadId }];
      }
    }
    if (signal.aborted) return;
    const posts = method === 'post' && sendEndpoint === undefined;
    let shown = false;
    try {
      const address = fillAddress(endpoint, listen);
      for await (const events of this.#stream(
        protocol,
        { address, ...(posts && encoded) },
        request,
        signal,
      )) {
        shown ||= events.length > 0;
        yield events;
      }
    } catch (error) {
      if (fallbackEndpoint === undefined || shown || signal.aborted || !isNoStream(error)) throw error;
      yield await this.#fallback(fillAddress(fallbackEndpoint, request), encoded, request, signal);
    }
  }

  async resume(
    request: RunRequest,
    signal: AbortSignal,
  ): Promise<AsyncIterable<readonly RunEvent[]> | undefined> {
    const protocol = await protocolOf(this.#options);
    const asked = protocol.resume?.(this.#options.endpoint, request);
    if (!asked) return undefined;
    try {
      const response = await ask({ ...asked, accept: streams }, this.#http, signal);
      return response.status === 204 ? undefined : this.#read(protocol, response, request, signal);
    } catch (error) {
      if (error instanceof ChatError && nothingRuns.includes(error.status ?? 0)) return undefined;
      throw error;
    }
  }

  async *#stream(
    protocol: Protocol,
    asked: Omit<HTTPRequest, 'accept'>,
    request: RunRequest,
    signal: AbortSignal,
  ): AsyncGenerator<readonly RunEvent[], void, void> {
    const response = await ask({ ...asked, accept: streams }, this.#http, signal);
    yield* this.#read(protocol, response, request, signal);
  }

  #read(protocol: Protocol, response: Response, { inspect = () => {} }: RunRequest, signal: AbortSignal) {
    return readAnswer(response, { protocol, limits: this.#limits, signal, inspect });
  }

  #fill({ body, headers }: EncodedRequest, request: RunRequest): EncodedRequest {
    return { body: fillBody(body, this.#options.body, request), headers };
  }

  /** Posts the question to the address that is told; gives the thread's id if the answer names one. */
  async #tell(address: string, encoded: EncodedRequest, signal: AbortSignal): Promise<string | undefined> {
    const response = await ask({ address, ...encoded, accept: json }, this.#http, signal);
    const { readText } = await load(() => import('./in-place.js'));
    const text = await readText(response, { signal, maxSize: 64 * 1024, timeout: 3000, cut: true });
    const body = parseJSON(text);
    return isObject(body) ? threadIdIn(body) : undefined;
  }

  async #fallback(address: string, encoded: EncodedRequest, request: RunRequest, signal: AbortSignal) {
    // A second origin is a second party: it gets the question, never the first one's headers.
    const trusted = originOf(address) === originOf(fillAddress(this.#options.endpoint, request));
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
