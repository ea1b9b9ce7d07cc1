import { textOf, type Message, type Part } from '../model/thread.js';
import type { RunEvent } from '../model/run-event.js';
import type { WireEvent } from '../wire/wire-event.js';
import { backendError, usageIn } from './shared/event-parts.js';
import {
  idIn,
  isObject,
  listIn,
  objectIn,
  own,
  parseJSON,
  stringIn,
  type JSONObject,
} from './shared/fields.js';
import type { Decoder, EncodedRequest, Protocol, ProtocolRequest } from './protocol.js';
import { SourceParts } from './shared/source-parts.js';
import { TextParts } from './shared/text-parts.js';
import { ToolParts } from './shared/tool-parts.js';

/**
 * Cohere Chat, version 2 (docs.cohere.com, "Chat with Streaming"; `cohere-ai` types), and the answers of version 1, whose
 * events name themselves `event_type`. The end is `message-end` (`stream-end`); the `[DONE]` after it counts where it is
 * missing.
 */
export const cohere: Protocol = {
  name: 'cohere',
  encode,
  decoder: () => new CohereDecoder(),
};

const finishReasons: Record<string, string> = {
  COMPLETE: 'stop',
  STOP_SEQUENCE: 'stop',
  MAX_TOKENS: 'length',
  TOOL_CALL: 'tool-calls',
  ERROR_TOXIC: 'content-filter',
};

class CohereDecoder implements Decoder {
  readonly #text = new TextParts();
  readonly #tools = new ToolParts();
  readonly #sources = new SourceParts();
  /** The call each index stands for, and whether its input has begun. */
  readonly #calls = new Map<unknown, { id: string; streamed: boolean }>();
  #plan = '';

  decode({ data }: WireEvent): readonly RunEvent[] | null {
    if (data.trim() === '[DONE]') return [{ type: 'run-end' }];
    const value = parseJSON(data);
    if (!isObject(value)) return null;
    const message = objectIn(objectIn(value, 'delta'), 'message');
    const index = own(value, 'index');
    switch (stringIn(value, 'type', 'event_type')) {
      case 'message-start':
        return [{ type: 'message-start', id: idIn(value, 'id') }];
      case 'content-start':
      case 'content-delta':
        return this.#content(objectIn(message, 'content'));
      case 'tool-plan-delta':
        this.#plan += stringIn(message, 'tool_plan') ?? '';
        return [];
      case 'tool-call-start':
        return this.#call(index, objectIn(message, 'tool_calls'));
      case 'tool-call-delta':
        return this.#input(index, objectIn(message, 'tool_calls'));
      case 'tool-call-end':
        return this.#called(index);
      case 'citation-start':
        return this.#cited(objectIn(message, 'citations'));
      case 'message-end':
        return [...this.#planned(), ...end(objectIn(value, 'delta'), objectIn(value, 'delta'))];
      case 'content-end':
      case 'citation-end':
      case 'debug':
        return [];
      default:
        return this.#first(value) ?? this.#failure(value);
    }
  }

  end(): readonly RunEvent[] {
    return [];
  }

  #content(content: JSONObject): RunEvent[] {
    return [
      ...this.#planned(),
      ...this.#text.append(stringIn(content, 'thinking') ?? '', 'reasoning'),
      ...this.#text.append(stringIn(content, 'text') ?? ''),
    ];
  }

  /** What the model is about to do with its tools, told once it is whole: neither answer nor reasoning. */
  #planned(): RunEvent[] {
    const text = this.#plan;
    this.#plan = '';
    return text ? [{ type: 'run-progress', text }] : [];
  }

  #call(index: unknown, call: JSONObject): RunEvent[] {
    const fn = objectIn(call, 'function');
    const id = idIn(call, 'id') ?? `call-${this.#calls.size}`;
    this.#calls.set(index, { id, streamed: false });
    const part = { type: 'tool-call', id, name: stringIn(fn, 'name') ?? 'tool' } as const;
    return [
      ...this.#planned(),
      ...this.#text.pause(),
      { type: 'part-start', part },
      ...this.#input(index, call),
    ];
  }

  #input(index: unknown, call: JSONObject): RunEvent[] {
    const delta = stringIn(objectIn(call, 'function'), 'arguments');
    const open = this.#calls.get(index);
    if (!open || !delta) return [];
    open.streamed = true;
    return [{ type: 'part-delta', id: open.id, delta }];
  }

  /** A call without arguments never gets any, or `null`. */
  #called(index: unknown): RunEvent[] {
    const call = this.#calls.get(index);
    if (!call) return [];
    const { id, streamed } = call;
    return [
      { type: 'part-update', id, patch: streamed ? {} : { input: {} } },
      { type: 'part-end', id },
    ];
  }

  /** A document by its title or address, failing those by its id; what a tool told has an id that says nothing. */
  #cited(citation: JSONObject): RunEvent[] {
    const citations = listIn(citation, 'sources').flatMap((source) => {
      if (!isObject(source)) return [];
      const about = { ...objectIn(source, 'document'), ...objectIn(source, 'tool_output') };
      const title =
        stringIn(about, 'title', 'name') ?? (own(source, 'document') ? idIn(source, 'id') : undefined);
      return [{ title, url: stringIn(about, 'url', 'link', 'uri') }];
    });
    return this.#sources.from({ citations }, false);
  }

  /** Version 1. */
  #first(value: JSONObject): RunEvent[] | undefined {
    switch (stringIn(value, 'event_type')) {
      case 'stream-start':
        return [{ type: 'message-start', id: idIn(value, 'generation_id') }];
      case 'text-generation':
        return this.#text.append(stringIn(value, 'text') ?? '');
      case 'search-results':
        return this.#sources.from(value, false);
      case 'tool-calls-generation': {
        const calls = listIn(value, 'tool_calls').filter(isObject);
        return [...this.#text.pause(), ...calls.flatMap((call) => this.#tools.call(call))];
      }
      case 'stream-end':
        return end(value, objectIn(objectIn(value, 'response'), 'meta'));
      case 'search-queries-generation':
      case 'citation-generation':
      case 'tool-calls-chunk':
        return [];
      default:
        return undefined;
    }
  }

  /** The API's errors are a bare message. */
  #failure(value: JSONObject): RunEvent[] | null {
    return own(value, 'error') || (own(value, 'type') === undefined && stringIn(value, 'message'))
      ? [backendError(value)]
      : null;
  }
}

function end(outcome: JSONObject, counted: JSONObject): RunEvent[] {
  const reason = stringIn(outcome, 'finish_reason') ?? '';
  const known = Object.hasOwn(finishReasons, reason) ? finishReasons[reason] : undefined;
  const finishReason = known ?? (reason.toLowerCase().replaceAll('_', '-') || undefined);
  const usage = usageIn({
    usage: { ...objectIn(counted, 'tokens'), ...objectIn(objectIn(counted, 'usage'), 'tokens') },
  });
  const error = own(outcome, 'error') ?? (/^(ERROR|TIMEOUT)/.test(reason) && !known ? reason : undefined);
  const failure = error ? [backendError({ code: reason, error })] : [];
  return [...failure, { type: 'run-end', finishReason, usage }];
}

/** Version 2; the model comes from the page's `body`. */
function encode({ messages }: ProtocolRequest): EncodedRequest {
  const turns = messages.map((message) => ({ role: message.role, content: contentOf(message) }));
  // An empty message is refused.
  return { body: { messages: turns.filter(({ content }) => content.length), stream: true } };
}

/** The text alone, or content parts where there are pictures, which is all the API takes. */
function contentOf(message: Message): string | object[] {
  const text = textOf(message);
  const images = message.role === 'user' ? message.parts.flatMap((part) => imageOf(part)) : [];
  return images.length ? [...(text ? [{ type: 'text', text }] : []), ...images] : text;
}

function imageOf(part: Part): object[] {
  if (part.type !== 'file' || !part.mediaType.startsWith('image/') || !part.url) return [];
  return /^(data|https?):/i.test(part.url) ? [{ type: 'image_url', image_url: { url: part.url } }] : [];
}
