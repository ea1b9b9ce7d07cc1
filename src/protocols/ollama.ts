import type { RunEvent } from '../model/run-event.js';
import type { WireEvent } from '../wire/wire-event.js';
import { backendError } from './shared/event-parts.js';
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
import { encodeOllama } from './ollama/request.js';
import type { Decoder, Protocol } from './protocol.js';
import { usageOf } from './shared/run-outcome.js';
import { TextParts } from './shared/text-parts.js';

/**
 * Ollama's own API (ollama `api/types.go`, `docs/api/errors.mdx`): one JSON object a line, from `/api/chat` with a
 * `message`, from `/api/generate` with a `response`. The end is the line with `done: true`.
 */
export const ollama: Protocol = {
  name: 'ollama',
  // Proxies relabel the body as JSON, and a body of that type would only be read once it is whole.
  framing: 'json-lines',
  encode: encodeOllama,
  decoder: () => new OllamaDecoder(),
};

class OllamaDecoder implements Decoder {
  readonly #text = new TextParts();
  #calls = 0;
  #started = false;

  decode({ data }: WireEvent): readonly RunEvent[] | null {
    const line = parseJSON(data);
    if (!isObject(line)) return null;
    if (own(line, 'error')) return [backendError(line)];
    const done = own(line, 'done');
    if (typeof done !== 'boolean') return null;
    const message = isObject(own(line, 'message')) ? objectIn(line, 'message') : line;
    return [
      ...this.#start(line),
      ...this.#text.append(stringIn(message, 'thinking') ?? '', 'reasoning'),
      ...this.#text.append(stringIn(message, 'content', 'response') ?? ''),
      ...listIn(message, 'tool_calls').flatMap((call) => (isObject(call) ? this.#toolCall(call) : [])),
      ...(done ? [this.#end(line)] : []),
    ];
  }

  end(): readonly RunEvent[] {
    return [];
  }

  #start(line: JSONObject): RunEvent[] {
    const model = stringIn(line, 'model');
    if (this.#started) return [];
    this.#started = true;
    return model ? [{ type: 'message-start', metadata: { model } }] : [];
  }

  /** Calls arrive whole, mostly without an id; running them is the page's part. */
  #toolCall(call: JSONObject): RunEvent[] {
    const id = idIn(call, 'id') ?? `call-${this.#calls}`;
    this.#calls++;
    const fn = objectIn(call, 'function');
    const args = own(fn, 'arguments');
    const given = typeof args === 'string' ? { inputText: args } : { input: args ?? {} };
    return [
      ...this.#text.pause(),
      { type: 'part-start', part: { type: 'tool-call', id, name: stringIn(fn, 'name') ?? 'tool', ...given } },
      { type: 'part-end', id },
    ];
  }

  #end(line: JSONObject): RunEvent {
    const reason = stringIn(line, 'done_reason');
    // Ollama says `stop` whether or not it stopped for a tool.
    const finishReason = this.#calls && reason === 'stop' ? 'tool-calls' : reason;
    return { type: 'run-end', finishReason, usage: usageOf(line, 'prompt_eval_count', 'eval_count') };
  }
}
