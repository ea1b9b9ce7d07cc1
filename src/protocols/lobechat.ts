import type { RunEvent } from '../model/run-event.js';
import type { Usage } from '../model/thread.js';
import type { WireEvent } from '../wire/wire-event.js';
import { backendError } from './shared/event-parts.js';
import { idIn, isObject, objectIn, parseJSON, stringIn, type JSONObject } from './shared/fields.js';
import type { Decoder, Protocol } from './protocol.js';
import { encodeOpenAIMessages } from './openai/messages.js';
import { finishReasonOf, usageOf } from './shared/run-outcome.js';
import { SourceParts } from './shared/source-parts.js';
import { TextParts } from './shared/text-parts.js';

/**
 * LobeChat's own stream (lobe-chat `model-runtime/src/core/streams/protocol.ts`), the same whatever model is behind it.
 * Every event repeats the message's id as its own. `stop` may come twice, and before `usage`: so the end is a clean close
 * after either, as the server itself counts it.
 */
export const lobeChat: Protocol = {
  name: 'lobechat',
  encode: encodeOpenAIMessages,
  decoder: () => new LobeChatDecoder(),
};

class LobeChatDecoder implements Decoder {
  readonly #text = new TextParts();
  readonly #sources = new SourceParts();
  readonly #calls = new Map<unknown, string>();
  #named = false;
  #images = 0;
  #ended = false;
  #finishReason: string | undefined;
  #usage: Usage | undefined;

  decode({ name, data, id }: WireEvent): readonly RunEvent[] | null {
    const events = this.#event(name, parseJSON(data), data);
    if (!events || this.#named || !id) return events;
    this.#named = true;
    return [{ type: 'message-start', id }, ...events];
  }

  end(): readonly RunEvent[] {
    if (!this.#ended) return [];
    return [{ type: 'run-end', finishReason: this.#finishReason, usage: this.#usage }];
  }

  #event(name: string, value: unknown, data: string): RunEvent[] | null {
    const text = typeof value === 'string' ? value : '';
    switch (name) {
      case 'text':
        return this.#text.append(text);
      case 'reasoning':
        return this.#text.append(text, 'reasoning');
      case 'content_part':
      case 'reasoning_part':
        return isObject(value) ? this.#piece(name, value) : [];
      case 'base64_image':
        return text ? this.#image(text) : [];
      case 'tool_calls':
        return (Array.isArray(value) ? value : []).flatMap((call, index) =>
          isObject(call) ? this.#toolCall(call, index) : [],
        );
      case 'grounding':
        return isObject(value) ? this.#sources.from(value, false) : [];
      case 'usage':
        if (!isObject(value)) return [];
        this.#ended = true;
        this.#usage = usageOf(value, 'totalInputTokens', 'totalOutputTokens', 'totalTokens');
        return [];
      case 'stop':
        this.#stop(text);
        return [];
      case 'error':
        return [errorOf(isObject(value) ? value : { message: text || data })];
      case 'data':
      case 'speed':
      case 'reasoning_signature':
      case 'flagged_reasoning_signature':
        return [];
      default:
        return null;
    }
  }

  /** Anthropic's models stop twice: the first time with the reason. */
  #stop(word: string): void {
    this.#ended = true;
    if (word !== 'message_stop') this.#finishReason ??= finishReasonOf(word);
  }

  #piece(name: string, piece: JSONObject): RunEvent[] {
    const content = stringIn(piece, 'content') ?? '';
    const mediaType = stringIn(piece, 'mimeType') ?? 'image/png';
    if (piece.partType === 'image') return this.#image(`data:${mediaType};base64,${content}`);
    return this.#text.append(content, name === 'reasoning_part' ? 'reasoning' : 'text');
  }

  #image(url: string): RunEvent[] {
    const mediaType = /^data:([^;,]+)/.exec(url)?.[1] ?? 'image/png';
    const id = `image-${this.#images++}`;
    return [...this.#text.pause(), { type: 'part-start', part: { type: 'file', id, mediaType, url } }];
  }

  #toolCall(call: JSONObject, position: number): RunEvent[] {
    const key = idIn(call, 'index') ?? String(position);
    const fn = objectIn(call, 'function');
    let id = this.#calls.get(key);
    const events: RunEvent[] = [];
    if (id === undefined) {
      id = idIn(call, 'id') ?? `call-${key}`;
      this.#calls.set(key, id);
      const name = stringIn(fn, 'name') ?? 'tool';
      events.push(...this.#text.pause(), { type: 'part-start', part: { type: 'tool-call', id, name } });
    }
    const delta = stringIn(fn, 'arguments') ?? '';
    return delta ? [...events, { type: 'part-delta', id, delta }] : events;
  }
}

/** What kind of error it is stands beside its message, as `type`; some have their message in `body`. */
function errorOf(value: JSONObject): RunEvent {
  const event = backendError({ ...objectIn(value, 'body'), ...value });
  const detail = idIn(value, 'type');
  return event.type === 'run-error' && detail !== undefined ? { ...event, detail } : event;
}
