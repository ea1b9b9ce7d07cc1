import type { RunEvent } from '../model/run-event.js';
import type { Usage } from '../model/thread.js';
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
import { usageOf } from './gemini/facts.js';
import { GeminiParts } from './gemini/parts.js';
import { encodeGemini } from './gemini/request.js';
import type { Decoder, Protocol } from './protocol.js';
import { SourceParts } from './shared/source-parts.js';

/**
 * Gemini `generateContent` (ai.google.dev, "GenerateContentResponse"; Vertex AI alike), and the events of the Agent
 * Development Kit (adk-python `events/event.py`), which wrap the same parts. There is no end mark: a clean close is the
 * end once a finish reason was seen, for an agent once its last event was a whole answer.
 */
export const gemini: Protocol = {
  name: 'gemini',
  encode: encodeGemini,
  decoder: () => new GeminiDecoder(),
};

const counts = {
  input: ['promptTokenCount', 'toolUsePromptTokenCount'],
  output: ['candidatesTokenCount', 'thoughtsTokenCount'],
  total: ['totalTokenCount'],
};

class GeminiDecoder implements Decoder {
  readonly #parts = new GeminiParts();
  readonly #sources = new SourceParts();
  #started = false;
  #usage: Usage | undefined;
  #finishReason: string | undefined;
  #finishMessage: string | undefined;
  /** Of an agent: whether its last event was a whole answer; undefined for a model. */
  #answered: boolean | undefined;
  #paused = false;
  /** Pieces were shown that a whole event will repeat. */
  #partial = false;

  decode({ data }: WireEvent): readonly RunEvent[] | null {
    const value = parseJSON(data);
    if (value === undefined) return unparsed(data);
    if (!isObject(value)) return null;
    if (own(value, 'error')) return [backendError(value)];
    if (own(value, 'author') !== undefined) return this.#agent(value);
    const known = ['candidates', 'promptFeedback', 'usageMetadata'].some((name) =>
      Object.hasOwn(value, name),
    );
    return known ? this.#response(value) : null;
  }

  end(): readonly RunEvent[] {
    const events = this.#parts.close();
    if (!(this.#answered ?? this.#finishReason !== undefined)) return events;
    if (this.#finishMessage !== undefined)
      events.push({ type: 'message-end', metadata: { finishMessage: this.#finishMessage } });
    if (this.#paused) events.push({ type: 'run-paused' });
    // A model that asks for a tool stops like any other.
    const calling = this.#finishReason === 'stop' && this.#parts.calling;
    const finishReason = this.#paused ? 'paused' : calling ? 'tool-calls' : this.#finishReason;
    return [...events, { type: 'run-end', finishReason, usage: this.#usage }];
  }

  #response(value: JSONObject): RunEvent[] {
    const events = this.#start(value, idIn(value, 'responseId'));
    for (const candidate of listIn(value, 'candidates')) {
      // With several candidates the first is the answer shown.
      if (!isObject(candidate) || (own(candidate, 'index') ?? 0) !== 0) continue;
      const parts = listIn(objectIn(candidate, 'content'), 'parts');
      events.push(...parts.flatMap((part) => (isObject(part) ? this.#parts.add(part) : [])));
      events.push(...this.#about(candidate));
    }
    const feedback = objectIn(value, 'promptFeedback');
    const reason = stringIn(feedback, 'blockReason');
    if (!reason) return events;
    // The question itself was refused: there is no answer, and asking again will not help.
    const message = stringIn(feedback, 'blockReasonMessage');
    return [...events, backendError({ code: reason, message, retryable: false })];
  }

  /** One event of an agent: a piece of an answer, or a whole that takes the place of its pieces. */
  #agent(value: JSONObject): RunEvent[] {
    const author = stringIn(value, 'author');
    if (author === 'user') return [];
    const events = this.#start(value, undefined, author);
    const parts = listIn(objectIn(value, 'content'), 'parts').filter(isObject);
    const code = stringIn(value, 'errorCode');
    if (own(value, 'partial') === true) {
      this.#answered = false;
      this.#partial = true;
      events.push(...parts.filter(hasText).flatMap((part) => this.#parts.add(part)));
    } else if (parts.length) {
      events.push(...this.#whole(parts));
      const waits = listIn(value, 'longRunningToolIds').length > 0;
      this.#paused = waits;
      this.#answered =
        waits || !parts.some((part) => own(part, 'functionCall') ?? own(part, 'functionResponse'));
    }
    events.push(...this.#about(value));
    // Some versions report an empty answer that way.
    if (!code || code === 'STOP') return events;
    return [...events, backendError({ code, message: stringIn(value, 'errorMessage') || code })];
  }

  #whole(parts: JSONObject[]): RunEvent[] {
    const { text } = this.#parts;
    const events: RunEvent[] = [];
    let rest = parts;
    if (this.#partial) {
      rest = parts.filter((part) => !hasText(part));
      const whole = parts.map((part) =>
        own(part, 'thought') === true ? '' : (stringIn(part, 'text') ?? ''),
      );
      if (whole.some(Boolean)) events.push(...text.replace(whole.join('')));
    }
    events.push(...rest.flatMap((part) => this.#parts.add(part)), ...text.pause());
    text.reset();
    this.#partial = false;
    return events;
  }

  #start(value: JSONObject, id: string | undefined, agent?: string): RunEvent[] {
    this.#usage = usageOf(objectIn(value, 'usageMetadata'), counts) ?? this.#usage;
    if (this.#started) return [];
    this.#started = true;
    const model = stringIn(value, 'modelVersion');
    if ((id ?? model ?? agent) === undefined) return [];
    return [{ type: 'message-start', id, metadata: { ...(model && { model }), ...(agent && { agent }) } }];
  }

  /** What a candidate says besides its parts; an agent's event says it of itself. */
  #about(value: JSONObject): RunEvent[] {
    const reason = stringIn(value, 'finishReason');
    if (reason) this.#finishReason = finishReasonOf(reason);
    this.#finishMessage = stringIn(value, 'finishMessage') ?? this.#finishMessage;
    const cited = objectIn(value, 'citationMetadata');
    const chunks = listIn(objectIn(value, 'groundingMetadata'), 'groundingChunks');
    const citations = [
      ...listIn(cited, 'citationSources'),
      ...listIn(cited, 'citations'),
      // `{web: …}`, `{retrievedContext: …}` or `{maps: …}`.
      ...chunks.flatMap((chunk) => (isObject(chunk) ? Object.values(chunk).filter(isObject) : [])),
    ];
    return this.#sources.from({ citations }, false);
  }
}

const hasText = (part: JSONObject): boolean => typeof own(part, 'text') === 'string';

function finishReasonOf(reason: string): string {
  if (/SAFETY|RECITATION|BLOCKLIST|PROHIBITED|SPII/.test(reason)) return 'content-filter';
  return reason === 'MAX_TOKENS' ? 'length' : reason.toLowerCase().replaceAll('_', '-');
}

/** The Agent Development Kit puts an error's words between quotes as they are, so their own quotes break the JSON. */
function unparsed(data: string): RunEvent[] | null {
  const message = /^\s*\{\s*"error":\s*"(.*)"\s*\}\s*$/s.exec(data)?.[1];
  return message === undefined ? null : [backendError({ message })];
}
