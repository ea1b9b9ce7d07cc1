import type { RunEvent } from '../model/run-event.js';
import type { Usage } from '../model/thread.js';
import type { WireEvent } from '../wire/wire-event.js';
import { backendError, usageIn } from './shared/event-parts.js';
import { fastGPTEvent } from './openai/fastgpt-events.js';
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
} from './shared/fields.js';
import { OpenAICitations } from './openai/citations.js';
import { encodeOpenAIMessages } from './openai/messages.js';
import { OpenAIToolCalls } from './openai/tool-calls.js';
import type { Decoder, Protocol } from './protocol.js';
import { hostFailure } from './shared/host-failure.js';
import { RepeatedJSON } from './shared/repeated-json.js';
import { TextParts } from './shared/text-parts.js';
import { ThinkTags, type ThinkPiece } from './openai/think-tags.js';

/**
 * OpenAI Chat Completions, as its many hosts send it (platform.openai.com, API reference, Chat), the older Completions,
 * and FastGPT, which puts its workflow around the same chunks.
 *
 * The end is `[DONE]`; where a host leaves it out, a finish reason and the close. With several choices (`n` > 1) the
 * first is the answer. A refusal is what the model says, so it is text.
 */
export const openAIChat: Protocol = {
  name: 'openai-chat',
  encode: encodeOpenAIMessages,
  decoder: () => new OpenAIChatDecoder(),
};

/** A generation that failed, mostly without an error to go with it: Mistral and OpenRouter, SGLang, Z.ai, DeepSeek. */
const brokenOff = /^(error|abort|network_error|insufficient_system_resource)$/;

/** What chunks say of themselves. */
const usual = [
  'id',
  'object',
  'created',
  'model',
  'choices',
  'system_fingerprint',
  'service_tier',
  'obfuscation',
];

/** The text of a chunk that brings nothing else, as nearly all do: to look for all that hosts add costs ten times as much. */
function onlyContent(chunk: JSONObject): string | undefined {
  const { choices } = chunk;
  if (!hasOnly(chunk, usual) || !Array.isArray(choices) || choices.length !== 1) return undefined;
  const choice: unknown = choices[0];
  if (!isObject(choice) || choice.index !== 0 || !hasOnly(choice, ['index', 'delta'])) return undefined;
  const { delta } = choice;
  if (!isObject(delta) || !hasOnly(delta, ['role', 'content'])) return undefined;
  return typeof delta.content === 'string' ? delta.content : undefined;
}

/** Whether no other property holds anything. */
function hasOnly(object: JSONObject, names: readonly string[]): boolean {
  for (const name in object) {
    const value = object[name];
    if (value !== null && value !== '' && !names.includes(name)) return false;
  }
  return true;
}

class OpenAIChatDecoder implements Decoder {
  readonly #text = new TextParts();
  readonly #think = new ThinkTags();
  readonly #calls = new OpenAIToolCalls();
  /** A chunk that brought text alone: nearly all others differ from it in nothing but that. */
  readonly #repeated = new RepeatedJSON('content');
  readonly #citations = new OpenAICitations();
  #images = 0;
  #started = false;
  /** The host has a field for reasoning: its list of details, if it has one, repeats it. */
  #reasoned = false;
  /** Reasoning from that field that was not found within the content as well: MiniMax sends it in both. */
  #told = '';
  /** The answer is written: what is spoken repeats it. */
  #written = false;
  #finishReason: string | undefined;
  #usage: Usage | undefined;

  decode({ name, data }: WireEvent): readonly RunEvent[] | null {
    const repeated = name ? undefined : this.#repeated.read(data);
    if (repeated !== undefined) return this.#says(repeated);
    if (data.trim() === '[DONE]') return this.#end();
    const chunk = parseJSON(data);
    if (!isObject(chunk)) return name === 'error' ? this.#fail(backendError({ message: data })) : null;
    const content = name ? undefined : onlyContent(chunk);
    if (content !== undefined) {
      this.#repeated.learn(data);
      return [...this.#start(chunk), ...this.#says(content)];
    }
    if (name === 'error' || own(chunk, 'error')) return this.#fail(backendError(chunk));
    const failure = hostFailure(chunk);
    if (failure) return this.#fail(failure);
    const citations = this.#citations.inChunk(chunk);
    if (own(chunk, 'choices') === undefined) return this.#aside(name, chunk, citations);
    const events = this.#start(chunk);
    this.#usage = usageIn(chunk) ?? usageIn(objectIn(chunk, 'x_groq')) ?? this.#usage;
    for (const choice of listIn(chunk, 'choices')) {
      if (isObject(choice) && (choice.index ?? 0) === 0) events.push(...this.#choice(choice));
    }
    return [...events, ...citations];
  }

  /** After tool calls a gateway that runs the tools itself (LiteLLM) goes on, however long they take. */
  get finished(): boolean {
    return this.#finishReason !== undefined && this.#finishReason !== 'tool-calls';
  }

  end(): readonly RunEvent[] {
    return this.#finishReason === undefined ? this.#flush() : this.#end();
  }

  #end(): RunEvent[] {
    return [...this.#flush(), { type: 'run-end', finishReason: this.#finishReason, usage: this.#usage }];
  }

  #fail(failure: RunEvent): RunEvent[] {
    return [...this.#flush(), failure];
  }

  /** The first chunk with a name names the message; Azure sends one without before it. */
  #start(chunk: JSONObject): RunEvent[] {
    const id = idIn(chunk, 'id');
    const model = stringIn(chunk, 'model');
    if (this.#started || !(id ?? model)) return [];
    this.#started = true;
    return [{ type: 'message-start', id, metadata: model ? { model } : undefined }];
  }

  /** What is no chunk: events of FastGPT, citations alone, and the pieces of Writer's completions. */
  #aside(name: string, value: JSONObject, citations: RunEvent[]): RunEvent[] | null {
    const told = fastGPTEvent(name, value);
    const text = told
      ? [...this.#flush(), ...this.#text.pause()]
      : this.#text.append(stringIn(value, 'value') ?? '');
    const events = [...text, ...(told ?? citations)];
    if (!told && !events.length) return null;
    // A name that comes after parts would open a second message.
    this.#started = true;
    return events;
  }

  #choice(choice: JSONObject): RunEvent[] {
    const delta = this.#deltaOf(choice);
    // What a tool of the host told the model (MiniMax); its end is not that of the answer.
    if (delta.role === 'tool') return [];
    const events = [...this.#reasoning(delta), ...this.#content(delta)];
    const calls = this.#toolCalls(delta);
    this.#usage = usageIn(choice) ?? this.#usage;
    if (calls.length) this.#goOn();
    const reason = stringIn(choice, 'finish_reason');
    if (reason)
      this.#finishReason = reason.toLowerCase().replaceAll('_', '-').replace('function-call', 'tool-calls');
    if (reason) this.#calls.endTurn();
    if (calls.length || reason) events.push(...this.#flush());
    const spoken = this.#written ? undefined : stringIn(objectIn(delta, 'audio'), 'transcript');
    events.push(
      ...this.#text.append(stringIn(delta, 'refusal') || spoken || ''),
      ...(calls.length ? this.#text.pause() : []),
      ...calls,
      ...listIn(delta, 'images').flatMap((image) => this.#image(image)),
      ...this.#citations.inDelta(delta),
    );
    if (brokenOff.test(reason ?? '')) events.push(backendError({ error: own(choice, 'error') }));
    return events;
  }

  /** Completions say `text`; a host that cannot stream sends a whole `message`, others one beside each delta. */
  #deltaOf(choice: JSONObject): JSONObject {
    if (isObject(own(choice, 'delta'))) return objectIn(choice, 'delta');
    if (!isObject(own(choice, 'message'))) return { content: own(choice, 'text') };
    return this.#text.chunked ? {} : objectIn(choice, 'message');
  }

  #reasoning(delta: JSONObject): RunEvent[] {
    const told = stringIn(delta, 'reasoning_content') || stringIn(delta, 'reasoning');
    this.#reasoned ||= Boolean(told);
    this.#told += told ?? '';
    return this.#thinks(
      told ?? (this.#reasoned ? '' : (textIn(own(delta, 'reasoning_details'), ['text', 'summary']) ?? '')),
    );
  }

  /** A string, or Mistral's list of text and thinking pieces. */
  #content(delta: JSONObject): RunEvent[] {
    const content = own(delta, 'content');
    if (typeof content === 'string') return this.#says(content);
    return listIn(delta, 'content').flatMap((piece) => {
      if (!isObject(piece)) return [];
      const thinking = own(piece, 'thinking');
      return thinking === undefined
        ? this.#text.append(textIn(piece, ['text']) ?? '')
        : this.#thinks(textIn(thinking, ['text']) ?? '');
    });
  }

  #thinks(text: string): RunEvent[] {
    if (!text) return [];
    this.#goOn();
    this.#think.keepText();
    return [...this.#flush(), ...this.#text.append(text, 'reasoning')];
  }

  #says(content: string): RunEvent[] {
    if (content) this.#goOn();
    this.#written ||= content !== '';
    const kind = this.#think.pass(content);
    if (kind === 'text') return this.#text.append(content);
    return this.#show(kind ? [{ kind, text: content }] : this.#think.push(content));
  }

  /** The tool calls that ended the turn before did not end the answer. */
  #goOn(): void {
    if (this.#finishReason === 'tool-calls') this.#finishReason = undefined;
  }

  #flush(): RunEvent[] {
    return this.#show(this.#think.flush());
  }

  #show(pieces: readonly ThinkPiece[]): RunEvent[] {
    return pieces.flatMap(({ kind, text }) =>
      kind === 'unsaid'
        ? [...this.#text.replace(''), ...this.#text.append(text, 'reasoning')]
        : kind === 'reasoning' && this.#wasTold(text)
          ? []
          : this.#text.append(text, kind),
    );
  }

  #wasTold(text: string): boolean {
    const [told, said] = [this.#told.trimStart(), text.trimStart()];
    const repeats = this.#reasoned && told.startsWith(said);
    if (repeats) this.#told = told.slice(said.length);
    return repeats;
  }

  #toolCalls(delta: JSONObject): RunEvent[] {
    const old = own(delta, 'function_call');
    const calls = isObject(old) ? [{ function: old }] : listIn(delta, 'tool_calls');
    return [
      ...calls.flatMap((call, index) => (isObject(call) ? this.#calls.read(call, index) : [])),
      ...listIn(delta, 'executed_tools').flatMap((call) =>
        isObject(call) ? this.#calls.executed(call) : [],
      ),
    ];
  }

  #image(image: unknown): RunEvent[] {
    const url = isObject(image) ? stringIn(objectIn(image, 'image_url'), 'url') : undefined;
    if (!url) return [];
    const mediaType = /^data:([^;,]+)/.exec(url)?.[1] ?? 'image/*';
    return [{ type: 'part-start', part: { type: 'file', id: `image-${this.#images++}`, mediaType, url } }];
  }
}
