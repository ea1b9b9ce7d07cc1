import type { RunEvent } from '../../model/run-event.js';
import type { Usage } from '../../model/thread.js';
import { backendError, usageIn } from '../shared/event-parts.js';
import { idIn, isObject, own, stringIn, type JSONObject } from '../shared/fields.js';
import { SourceParts } from '../shared/source-parts.js';
import { TextParts } from '../shared/text-parts.js';
import { ToolCalls } from '../shared/tool-calls.js';

/**
 * The older data stream of the AI SDK (ai 4, `@ai-sdk/ui-utils` `dataStreamParts`): lines of a code, a colon and JSON.
 * It ends where the body ends once a finish line (`d`) was seen: an app may append data after it.
 */
export class AISDKLines {
  readonly #text = new TextParts();
  readonly #tools = new ToolCalls();
  readonly #sources = new SourceParts();
  #count = 0;
  #id: string | undefined;
  /** Each step may bring a new name for the same message; only the end can give it another one. */
  #lateId: string | undefined;
  #finish: { finishReason: string | undefined; usage: Usage | undefined } | undefined;
  #failed = false;

  decode(code: string, value: unknown): readonly RunEvent[] | null {
    if (typeof value === 'string') return this.#string(code, value);
    if (Array.isArray(value)) {
      const name = code === '2' ? 'data' : code === '8' ? 'annotation' : undefined;
      return name ? value.flatMap((data) => this.#data(name, data)) : null;
    }
    return isObject(value) ? this.#object(code, value) : null;
  }

  get finished(): boolean {
    return this.#finish !== undefined;
  }

  end(): readonly RunEvent[] {
    if (!this.#finish) return [];
    const failure = this.#failed ? [] : failureOf(this.#finish.finishReason);
    const named: RunEvent[] = this.#lateId === undefined ? [] : [{ type: 'message-end', id: this.#lateId }];
    return [...failure, ...named, { type: 'run-end', ...this.#finish }];
  }

  #string(code: string, value: string): readonly RunEvent[] | null {
    switch (code) {
      case '0':
        return this.#text.append(value);
      case 'g':
        return this.#text.append(value, 'reasoning');
      case '3':
        this.#failed = true;
        return [backendError({ message: value })];
      default:
        return null;
    }
  }

  #object(code: string, value: JSONObject): readonly RunEvent[] | null {
    switch (code) {
      case 'f':
        return this.#start(idIn(value, 'messageId'));
      case 'b':
      case 'c':
      case '9':
      case 'a':
        return this.#tool(code, value);
      case 'h':
        return this.#sources.from(value, true);
      case 'k':
        return this.#file(value);
      case 'd':
        this.#finish = { finishReason: stringIn(value, 'finishReason'), usage: usageIn(value) };
        return [];
      // The end of a step, redacted reasoning, the signature of a piece of reasoning.
      case 'e':
      case 'i':
      case 'j':
        return [];
      default:
        return null;
    }
  }

  #start(id: string | undefined): RunEvent[] {
    if (id === undefined || id === this.#id) return [];
    if (this.#id !== undefined) {
      this.#lateId = id;
      return [];
    }
    this.#id = id;
    return [{ type: 'message-start', id }];
  }

  #tool(code: string, value: JSONObject): readonly RunEvent[] | null {
    const id = idIn(value, 'toolCallId');
    if (id === undefined) return null;
    const pause = this.#text.pause();
    if (code === 'c') return [...pause, ...this.#tools.append(id, stringIn(value, 'argsTextDelta') ?? '')];
    const name = stringIn(value, 'toolName');
    if (code === 'b') return [...pause, ...this.#tools.open(id, name)];
    if (code === '9')
      return [...pause, ...this.#tools.update(id, { name, input: own(value, 'args'), state: 'running' })];
    return [...pause, ...this.#tools.update(id, { output: own(value, 'result'), state: 'complete' })];
  }

  #file(value: JSONObject): RunEvent[] {
    const mediaType = stringIn(value, 'mimeType') ?? 'application/octet-stream';
    const data = stringIn(value, 'data');
    if (data === undefined) return [];
    const url = `data:${mediaType};base64,${data}`;
    return [{ type: 'part-start', part: { type: 'file', id: `file-${this.#count++}`, mediaType, url } }];
  }

  #data(name: string, data: unknown): RunEvent[] {
    return [{ type: 'part-start', part: { type: 'data', id: `${name}-${this.#count++}`, name, data } }];
  }
}

/** Ends that no error event came with, though the answer is not whole. */
export function failureOf(finishReason: string | undefined): RunEvent[] {
  if (finishReason === 'error') return [backendError({})];
  if (finishReason !== 'interrupted') return [];
  const message = 'The model broke off before the answer was finished';
  return [{ type: 'run-error', code: 'interrupted', message, retryable: true }];
}
