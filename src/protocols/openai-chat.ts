import type { RunEvent } from '../model/run-event.js';
import type { WireEvent } from '../wire/wire-event.js';
import { backendError, usageIn } from './event-parts.js';
import {
  idIn,
  isObject,
  listIn,
  objectIn,
  own,
  parseJSON,
  stringIn,
  textIn,
  type JSONObject,
} from './fields.js';
import type { Decoder, Protocol } from './protocol.js';
import { encodeOpenAIChat } from './request-shapes.js';
import { TextParts } from './text-parts.js';

/** OpenAI Chat Completions, as its many hosts send it (platform.openai.com, API reference, Chat). */
export const openAIChat: Protocol = {
  name: 'openai-chat',
  encode: encodeOpenAIChat,
  decoder: () => new OpenAIChatDecoder(),
};

class OpenAIChatDecoder implements Decoder {
  readonly #text = new TextParts();
  /** Part ids of tool calls by their index in the stream. */
  readonly #calls = new Map<unknown, string>();
  readonly #urls = new Set<string>();
  #named = false;
  #finishReason: string | undefined;
  #usage: RunEvent & { type: 'run-end' } = { type: 'run-end' };

  decode({ name, data }: WireEvent): readonly RunEvent[] | null {
    if (data.trim() === '[DONE]') return [this.#end()];
    const chunk = parseJSON(data);
    if (name === 'error' || (isObject(chunk) && own(chunk, 'error')))
      return [backendError(isObject(chunk) ? chunk : { message: data })];
    if (!isObject(chunk) || !Array.isArray(own(chunk, 'choices'))) return null;
    const events: RunEvent[] = [];
    const id = idIn(chunk, 'id');
    if (!this.#named && id !== undefined) {
      this.#named = true;
      const model = stringIn(chunk, 'model');
      events.push({ type: 'message-start', id, metadata: model ? { model } : undefined });
    }
    const usage = usageIn(chunk) ?? usageIn(objectIn(chunk, 'x_groq'));
    if (usage) this.#usage = { ...this.#usage, usage };
    for (const choice of listIn(chunk, 'choices')) {
      // With several choices (n > 1) the chunks interleave; the first choice is the answer shown.
      if (isObject(choice) && (choice.index ?? 0) === 0) events.push(...this.#choice(choice));
    }
    return events;
  }

  /** Hosts that leave out `[DONE]` still give a finish reason: that is end enough. */
  end(): readonly RunEvent[] {
    return this.#finishReason === undefined ? [] : [this.#end()];
  }

  #end(): RunEvent {
    return { ...this.#usage, finishReason: this.#finishReason };
  }

  #choice(choice: JSONObject): RunEvent[] {
    const delta = objectIn(choice, 'delta');
    const reasoning = stringIn(delta, 'reasoning_content') ?? stringIn(delta, 'reasoning') ?? '';
    const events = [
      ...this.#text.append(reasoning, 'reasoning'),
      ...this.#content(own(delta, 'content')),
      ...this.#text.append(stringIn(delta, 'refusal') ?? ''),
      ...listIn(delta, 'tool_calls').flatMap((call, index) =>
        isObject(call) ? this.#toolCall(call, index) : [],
      ),
      ...listIn(delta, 'annotations').flatMap((entry) => (isObject(entry) ? this.#citation(entry) : [])),
    ];
    const usage = usageIn(choice);
    if (usage) this.#usage = { ...this.#usage, usage };
    const reason = stringIn(choice, 'finish_reason');
    if (reason) this.#finishReason = reason.replace('_', '-');
    return events;
  }

  /** A string, or Mistral's list of text and thinking pieces. */
  #content(content: unknown): RunEvent[] {
    if (!Array.isArray(content)) return this.#text.append(typeof content === 'string' ? content : '');
    return content.flatMap((piece) => {
      if (!isObject(piece)) return [];
      const thinking = own(piece, 'thinking');
      return thinking === undefined
        ? this.#text.append(textIn(piece, ['text']) ?? '')
        : this.#text.append(textIn(thinking, ['text']) ?? '', 'reasoning');
    });
  }

  #toolCall(call: JSONObject, position: number): RunEvent[] {
    const key = own(call, 'index') ?? position;
    const fn = objectIn(call, 'function');
    const given = idIn(call, 'id');
    let id = this.#calls.get(key);
    const events: RunEvent[] = [];
    // Without an index a new id starts a new call.
    if (id === undefined || (given !== undefined && given !== id && own(call, 'index') === undefined)) {
      id = given ?? `call-${this.#calls.size}`;
      this.#calls.set(key, id);
      events.push(...this.#text.pause(), {
        type: 'part-start',
        part: { type: 'tool-call', id, name: stringIn(fn, 'name') ?? 'tool' },
      });
    }
    const args = own(fn, 'arguments');
    if (typeof args === 'string' && args) events.push({ type: 'part-delta', id, delta: args });
    else if (isObject(args)) events.push({ type: 'part-update', id, patch: { input: args } });
    return events;
  }

  #citation(annotation: JSONObject): RunEvent[] {
    const { url, title } = { url: undefined, title: undefined, ...objectIn(annotation, 'url_citation') };
    if (typeof url !== 'string' || this.#urls.has(url)) return [];
    this.#urls.add(url);
    const id = `source-${this.#urls.size}`;
    return [
      {
        type: 'part-start',
        part: { type: 'source', id, url, title: typeof title === 'string' ? title : undefined },
      },
    ];
  }
}
