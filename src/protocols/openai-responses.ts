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
import { OpenAICitations } from './openai/citations.js';
import { encodeOpenAIResponses } from './openai/input.js';
import { OpenAIItems } from './openai/items.js';
import type { Decoder, Protocol } from './protocol.js';

/**
 * OpenAI Responses (openai-node `resources/responses/responses.d.ts`), also of Azure, xAI, OpenRouter, LM Studio and
 * other gateways. Events are known by the `type` in their data, since proxies drop the names; parts by `output_index`,
 * since GitHub Copilot's gateway changes the ids of items at every event.
 *
 * The end is `response.completed`, `.incomplete` or `.failed`; a body without one was cut.
 */
export const openAIResponses: Protocol = {
  name: 'openai-responses',
  encode: encodeOpenAIResponses,
  decoder: () => new OpenAIResponsesDecoder(),
};

class OpenAIResponsesDecoder implements Decoder {
  readonly #citations = new OpenAICitations();
  readonly #items = new OpenAIItems(this.#citations);
  /** Ids of items whose server gives no places (llama.cpp): each stands where its id came up. */
  readonly #ids: string[] = [];
  #started = false;

  decode({ data }: WireEvent): readonly RunEvent[] | null {
    const event = parseJSON(data);
    // Some gateways add the mark of Chat Completions; it says nothing new.
    if (!isObject(event)) return data.trim() === '[DONE]' ? [] : null;
    const type = stringIn(event, 'type') ?? '';
    if (/^(response\.)?error$/.test(type) || (!type && own(event, 'error'))) return [backendError(event)];
    const named = /^response\.(.+)$/.exec(type)?.[1];
    if (named === undefined) return null;
    const response = objectIn(event, 'response');
    switch (named) {
      case 'created':
      case 'queued':
      case 'in_progress':
        return this.#start(response);
      case 'completed':
      case 'incomplete':
        return this.#end(response);
      case 'failed':
        return [
          ...this.#start(response),
          // Perplexity says it beside the response.
          backendError(own(response, 'error') ? response : event),
          { type: 'run-end' },
        ];
      default:
        return this.#part(named, event);
    }
  }

  end(): readonly RunEvent[] {
    return [];
  }

  #start(response: JSONObject): RunEvent[] {
    const id = idIn(response, 'id');
    if (this.#started || id === undefined) return [];
    this.#started = true;
    const thread = idIn(objectIn(response, 'conversation'), 'id');
    const start: RunEvent = { type: 'message-start', id, metadata: aboutIn(response) };
    return thread === undefined ? [start] : [{ type: 'thread-update', id: thread }, start];
  }

  /** The last event repeats the whole answer: what was missed of it is shown now, and the name it gives is the last. */
  #end(response: JSONObject): RunEvent[] {
    const output = listIn(response, 'output').flatMap((item, at) => {
      if (!isObject(item)) return [];
      const index = this.#ids.length ? this.#placeOf(item) : at;
      return this.#items.isDone(index) ? [] : this.#items.item(index, item, true);
    });
    const reason = stringIn(objectIn(response, 'incomplete_details'), 'reason');
    const finishReason =
      reason?.replace('max_output_tokens', 'length').replaceAll('_', '-') ?? this.#items.finishReason;
    return [
      ...output,
      { type: 'message-end', id: idIn(response, 'id'), metadata: aboutIn(response) },
      { type: 'run-end', finishReason, usage: usageIn(response) },
    ];
  }

  #part(named: string, event: JSONObject): readonly RunEvent[] | null {
    const item = objectIn(event, 'item');
    const index = own(event, 'output_index') ?? this.#placeOf({ ...item, ...event });
    const content = own(event, 'content_index') ?? own(event, 'summary_index');
    const delta = stringIn(event, 'delta') ?? '';
    switch (named) {
      case 'output_item.added':
      case 'output_item.done':
        return this.#items.item(index, item, named === 'output_item.done');
      case 'output_text.delta':
      case 'refusal.delta':
        return this.#items.text(index, content, delta);
      case 'output_text.done':
      case 'refusal.done':
        return this.#items.wholeText(this.#items.textId(index, content), event);
      case 'output_text.annotation.added':
        return this.#citations.add([own(event, 'annotation')]);
      case 'reasoning_summary_text.delta':
      case 'reasoning_text.delta':
        return this.#items.reasoning(index, `${named}${String(content)}`, delta);
      case 'image_generation_call.partial_image':
        return this.#items.image(index, stringIn(event, 'partial_image_b64'), event);
    }
    // Arguments, code and diffs of tools; a tool's step by step; parts that begin and end.
    if (/_call\w*\.delta$/.test(named)) return this.#items.input(index, delta);
    return /_(call\w*|part|text|tools)\.\w+$/.test(named) ? [] : null;
  }

  #placeOf(about: JSONObject): number | undefined {
    const id = idIn(about, 'item_id', 'id', 'call_id');
    if (id === undefined) return undefined;
    const place = this.#ids.indexOf(id);
    return place < 0 ? this.#ids.push(id) - 1 : place;
  }
}

function aboutIn(response: JSONObject): Record<string, unknown> | undefined {
  const model = stringIn(response, 'model');
  return model ? { model } : undefined;
}
