import type { RunEvent } from '../model/run-event.js';
import type { WireEvent } from '../wire/wire-event.js';
import { backendError, itemParts, messageIdIn, threadIdIn, usageIn } from './shared/event-parts.js';
import { kindOf, type EventKind } from './shared/event-kinds.js';
import {
  idIn,
  isObject,
  objectIn,
  own,
  parseJSON,
  stringIn,
  textIn,
  type JSONObject,
} from './shared/fields.js';
import type { Decoder, Protocol } from './protocol.js';
import { encodeGeneral } from './shared/request-shapes.js';
import { SourceParts } from './shared/source-parts.js';
import { TextParts } from './shared/text-parts.js';
import { ToolParts } from './shared/tool-parts.js';

/**
 * One tolerant protocol for the backends people write themselves: named events, typed data, JSON strings, tokens, and
 * the whole items of a Rails ChatKit server. Names and fields vary in the wild, so text is taken from the usual fields
 * and what is unknown is passed over. `docs/protocols.md` lists what is understood.
 */
export const events: Protocol = {
  name: 'events',
  encode: encodeGeneral,
  decoder: () => new EventsDecoder(),
};

class EventsDecoder implements Decoder {
  readonly #text = new TextParts();
  readonly #tools = new ToolParts();
  readonly #sources = new SourceParts();
  #lastMessageId: string | undefined;
  #threadKnown = false;
  /** Whole items were seen, and nothing since then announced more: a close is then the end. */
  #settled = false;
  /** Data has been plain text, not JSON: from then on a bare number or word is text too. */
  #plain = false;

  decode({ name, data }: WireEvent): readonly RunEvent[] | null {
    if (data.trim() === '[DONE]') return this.#end({});
    const value = parseJSON(data);
    if (isObject(value)) return this.#object(name, value);
    const text = typeof value === 'string' ? value : this.#plainText(data, value);
    const kind = name ? kindOf(name) : 'delta';
    if (text === undefined)
      return kind === 'error' ? [backendError({})] : kind === 'end' ? this.#end({}) : null;
    return this.#string(kind, text);
  }

  end(): readonly RunEvent[] {
    return this.#settled ? [{ type: 'run-end' }] : [];
  }

  /** Data that is no JSON value is text, unless it looks like JSON that went wrong. */
  #plainText(data: string, value: unknown): string | undefined {
    if (value === undefined && !/^\s*[[{"]/.test(data)) this.#plain ||= data !== '';
    else if (!this.#plain || typeof value === 'object') return undefined;
    return data;
  }

  #string(kind: EventKind | undefined, text: string): readonly RunEvent[] | null {
    switch (kind) {
      case 'delta':
      case 'message':
        return this.#text.append(text);
      case 'reasoning':
        return this.#text.append(text, 'reasoning');
      case 'progress':
        return text ? [{ type: 'run-progress', text }] : [];
      case 'thread':
        return text ? [{ type: 'thread-update', id: text }] : [];
      case 'error':
        return [backendError({ message: text })];
      case 'end':
        return this.#end({});
      case 'start':
      case 'quiet':
        return [];
      default:
        return null;
    }
  }

  #object(name: string, value: JSONObject): readonly RunEvent[] | null {
    const type = stringIn(value, 'type', 'event');
    // `message` and `data` are also what any stream calls its events: a type inside says more.
    const generic = name === 'message' || name === 'data' || name === '';
    const outer = name ? kindOf(name) : undefined;
    const inner = type ? kindOf(type) : undefined;
    const kind = generic ? (inner ?? (type && name !== 'message' ? undefined : outer)) : (outer ?? inner);
    if (kind) return this.#kind(kind, value);
    return type || !generic ? null : this.#untyped(value);
  }

  #kind(kind: EventKind, value: JSONObject): readonly RunEvent[] | null {
    switch (kind) {
      case 'delta':
        return this.#delta(value);
      case 'message':
        return this.#message(value);
      case 'start':
        return this.#start(value);
      case 'reasoning':
        return this.#text.append(textIn(value) ?? '', 'reasoning');
      case 'progress':
        return this.#progress(value);
      case 'tool-call':
        return [...this.#text.pause(), ...this.#tools.call(value)];
      case 'tool-result':
        return [...this.#text.pause(), ...this.#tools.result(value)];
      case 'sources':
        return this.#sources.from(value, true);
      case 'thread':
        return this.#thread(value);
      case 'item':
        return this.#item(value);
      case 'error':
        return [backendError(value)];
      case 'end':
        return this.#end(value);
      case 'quiet': {
        const options = own(value, 'stream_options');
        return isObject(options) ? [{ type: 'message-start', metadata: { streamOptions: options } }] : [];
      }
    }
  }

  /** An object with neither a name nor a type: what it holds says what it is. */
  #untyped(value: JSONObject): readonly RunEvent[] | null {
    const failed = own(value, 'error');
    if (failed) return [backendError(value)];
    if (value.role === 'user') return [];
    const text = textIn(value);
    if (value.done === true || value.finished === true) {
      return [
        ...(text === undefined ? [] : this.#text.append(text)),
        ...this.#end({ ...value, content: undefined }),
      ];
    }
    const found = [...this.#threadId(value), ...this.#sources.from(value, false)];
    if (text === undefined && !found.length) return null;
    return [...found, ...(text === undefined ? [] : this.#text.append(text))];
  }

  #delta(value: JSONObject): RunEvent[] {
    if (value.role === 'user') return [];
    return [...this.#text.append(textIn(value) ?? ''), ...this.#sources.from(value, false)];
  }

  /**
   * A whole message takes the place of the chunks before it. Without chunks it is a message of its own if it has a name
   * or a role; bare content may as well be one piece of several, so it is appended.
   */
  #message(value: JSONObject): RunEvent[] {
    const id = idIn(value, 'id', 'message_id', 'messageId');
    const role = stringIn(value, 'role');
    if (role === 'user') return id === undefined ? [] : [{ type: 'message-start', role, id }];
    if (own(value, 'token') !== undefined || own(value, 'delta') !== undefined) return this.#delta(value);
    const text = textIn(value) ?? textIn(own(value, 'message'));
    const rest = [...this.#threadId(value), ...this.#sources.from(value, false)];
    if (!this.#text.chunked && id === undefined && role === undefined) {
      return [...this.#text.append(text ?? '', 'text', false), ...rest];
    }
    if (id !== undefined && id === this.#lastMessageId) return rest;
    this.#lastMessageId = id;
    const whole = text === undefined ? [] : this.#text.replace(text);
    // Named by its end: a start with a new name would open a second message beside the chunks.
    const end: RunEvent = { type: 'message-end', id };
    this.#text.reset();
    return [...whole, ...rest, end];
  }

  #start(value: JSONObject): RunEvent[] {
    const id = messageIdIn(value);
    const metadata: Record<string, unknown> = {};
    for (const key of ['agent', 'model']) {
      const about = stringIn(value, key);
      if (about !== undefined) metadata[key] = about;
    }
    const thread = this.#threadId(value);
    if (this.#text.chunked || (id === undefined && !Object.keys(metadata).length)) return thread;
    return [...thread, { type: 'message-start', id, metadata }];
  }

  #progress(value: JSONObject): RunEvent[] {
    this.#settled = false;
    const text = stringIn(value, 'text', 'message', 'label', 'title', 'description', 'content') || undefined;
    const icon = stringIn(value, 'icon') || undefined;
    const share = own(value, 'percent') ?? own(value, 'percentage') ?? own(value, 'progress');
    const fraction =
      own(value, 'percent') === undefined && typeof share === 'number' && share > 0 && share < 1;
    const percent = typeof share === 'number' ? (fraction ? share * 100 : share) : undefined;
    if (text === undefined && percent === undefined) return [];
    return [{ type: 'run-progress', text, icon, percent }];
  }

  #thread(value: JSONObject): RunEvent[] {
    const thread = isObject(own(value, 'thread'))
      ? objectIn(value, 'thread')
      : objectIn(value, 'conversation');
    const id = idIn(thread, 'id') ?? threadIdIn(value) ?? idIn(value, 'id');
    const title = stringIn(thread, 'title') ?? stringIn(value, 'title');
    this.#threadKnown ||= id !== undefined;
    if (id === undefined && title === undefined) return [];
    return [{ type: 'thread-update', id, title }];
  }

  #threadId(value: JSONObject): RunEvent[] {
    const id = threadIdIn(value);
    if (id === undefined || this.#threadKnown) return [];
    this.#threadKnown = true;
    return [{ type: 'thread-update', id }];
  }

  /** A ChatKit item arrives whole; the echo of the question only names it. */
  #item(value: JSONObject): readonly RunEvent[] | null {
    const removed = idIn(value, 'item_id');
    if (removed !== undefined && !isObject(own(value, 'item')))
      return [{ type: 'message-remove', id: removed }];
    const item = objectIn(value, 'item');
    const id = idIn(item, 'id');
    const thread = this.#threadId(item);
    if (item.type === 'user_message') return [...thread, { type: 'message-start', role: 'user', id }];
    const parts = itemParts(item);
    this.#settled = true;
    if (!parts.length) return null;
    this.#text.reset();
    return [
      ...thread,
      { type: 'message-start', id },
      ...parts.map((part): RunEvent => ({ type: 'part-start', part })),
      { type: 'message-end', id },
    ];
  }

  #end(value: JSONObject): RunEvent[] {
    const status = stringIn(value, 'status');
    if (status === 'error' || status === 'failed')
      return [...this.#named(value), backendError(value), { type: 'run-end' }];
    const whole = stringIn(value, 'content', 'text', 'answer', 'response', 'full_response');
    const finishReason = stringIn(value, 'finish_reason', 'finishReason', 'stop_reason', 'reason') ?? status;
    const usage = usageIn(value);
    return [
      ...this.#threadId(value),
      // Only what completes the text shown: a closing word such as "ok" is no answer.
      ...(whole && this.#text.isCompletedBy(whole) ? this.#text.replace(whole) : []),
      ...this.#sources.from(value, false),
      ...this.#named(value),
      { type: 'run-end', finishReason, usage },
    ];
  }

  #named(value: JSONObject): RunEvent[] {
    const id = messageIdIn(value) ?? idIn(value, 'id');
    return id === undefined ? [] : [{ type: 'message-end', id }];
  }
}
