import type { RunEvent } from '../model/run-event.js';
import type { WireEvent } from '../wire/wire-event.js';
import { AISDKLines, failureOf } from './ai-sdk/lines.js';
import { encodeUIMessages } from './ai-sdk/request.js';
import { AISDKTools } from './ai-sdk/tools.js';
import { backendError, first, usageIn } from './shared/event-parts.js';
import { idIn, isObject, objectIn, own, parseJSON, stringIn, type JSONObject } from './shared/fields.js';
import type { Decoder, Protocol } from './protocol.js';
import { SourceParts } from './shared/source-parts.js';
import { text } from './text.js';

/**
 * The Vercel AI SDK: the UI message stream of ai 5 to 7 (`ui-message-chunks.ts`), the data stream of ai 4, and the plain
 * text stream. A UI message stream ends with `[DONE]`; where that is missing, a clean end after `finish` or `abort`.
 */
export const aiSDK: Protocol = {
  name: 'ai-sdk',
  framing: 'any',
  encode: encodeUIMessages,
  // The server replays a running answer from its start (AI SDK, "Chatbot Resume Streams"); 204 if none is running.
  resume: (endpoint, { threadId }) => {
    if (threadId === null) return undefined;
    const [path, ...query] = endpoint.split('?');
    return { address: [`${path}/${encodeURIComponent(threadId)}/stream`, ...query].join('?') };
  },
  decoder: (hints) => (hints.framing === 'text' ? text.decoder(hints) : new AISDKDecoder()),
};

type End = RunEvent & { type: 'run-end' };

class AISDKDecoder implements Decoder {
  readonly #lines = new AISDKLines();
  readonly #tools = new AISDKTools();
  readonly #sources = new SourceParts();
  /** Part ids by kind and id on the wire, where an id comes again in every step. */
  readonly #open = new Map<string, string>();
  /** What the current step has shown so far, should it be taken back. */
  readonly #step = new Map<string, 'text' | 'tool'>();
  readonly #data = new Set<string>();
  #count = 0;
  #shown = false;
  #id: string | undefined;
  /** What can only be said when the message ends: without a name, it would begin another one. */
  #late: JSONObject | undefined;
  #end: End | undefined;
  #usage: End['usage'];
  #failed = false;

  decode({ data }: WireEvent): readonly RunEvent[] | null {
    if (data.trim() === '[DONE]') return this.#finish();
    if (/^[\da-z]:/.test(data)) return this.#lines.decode(data[0]!, parseJSON(data.slice(2)));
    const chunk = parseJSON(data);
    const type = isObject(chunk) && stringIn(chunk, 'type');
    if (!type) return null;
    const events = this.#chunk(type, chunk);
    this.#shown ||= events?.some((event) => event.type.startsWith('part-')) ?? false;
    return events;
  }

  get finished(): boolean {
    return this.#end !== undefined || this.#lines.finished;
  }

  /** Another model's stream may be merged after a `finish`, and data written: the server says `[DONE]` when it is done. */
  get mayGoOn(): boolean {
    return !this.#end?.stopped;
  }

  end(): readonly RunEvent[] {
    return this.#end ? this.#finish() : this.#lines.end();
  }

  #chunk(type: string, chunk: JSONObject): readonly RunEvent[] | null {
    const [, kind, step] = /^(text|reasoning)-(start|delta|end)$/.exec(type) ?? [];
    if (kind) return this.#text(kind as 'text' | 'reasoning', step!, chunk);
    if (type.startsWith('tool-')) {
      const events = this.#tools.decode(type, chunk);
      if (type.startsWith('tool-input'))
        this.#step.set(this.#tools.partOf(idIn(chunk, 'toolCallId') ?? ''), 'tool');
      return events;
    }
    if (type.startsWith('data-')) return this.#dataPart(type, chunk);
    switch (type) {
      case 'start':
        return this.#start(chunk);
      case 'message-metadata':
        return this.#metadata(chunk);
      case 'source-url':
      case 'source-document':
        return this.#sources.from(chunk, true);
      case 'file':
      case 'reasoning-file':
        return this.#file(chunk);
      case 'reset-step':
        return this.#resetStep();
      case 'start-step':
        this.#step.clear();
        this.#tools.startStep();
        return [];
      case 'finish': {
        const metadata = this.#metadata(chunk);
        this.#end = { ...this.#end, type: 'run-end', finishReason: stringIn(chunk, 'finishReason') };
        return metadata;
      }
      case 'abort':
        this.#end = { type: 'run-end', finishReason: 'abort', stopped: true };
        return [];
      case 'error':
        this.#failed = true;
        return [backendError(chunk)];
      case 'finish-step':
      case 'custom':
      case 'steering-message':
        return [];
      default:
        return null;
    }
  }

  /** Streams that were merged on the server each send a start; without a name it says nothing new. */
  #start(chunk: JSONObject): RunEvent[] {
    const id = idIn(chunk, 'messageId');
    if (id === undefined || id === this.#id) return this.#metadata(chunk);
    const another = this.#id !== undefined;
    const events = another ? this.#lastWords() : [];
    if (another) this.#open.clear();
    this.#id = id;
    return [...events, { type: 'message-start', id }, ...this.#metadata(chunk)];
  }

  #metadata(chunk: JSONObject): RunEvent[] {
    const metadata = objectIn(chunk, 'messageMetadata');
    if (!Object.keys(metadata).length) return [];
    // Where servers put the usage, after the example in the SDK's documentation of message metadata.
    const usage = usageIn({ usage: first(metadata, 'usage', 'totalUsage') ?? metadata });
    if (usage) this.#usage = usage;
    if (this.#id !== undefined || !this.#shown) return [{ type: 'message-start', id: this.#id, metadata }];
    this.#late = { ...this.#late, ...metadata };
    return [];
  }

  /** A part is opened by its first text: reasoning that a provider keeps to itself would be an empty one. */
  #text(kind: 'text' | 'reasoning', step: string, chunk: JSONObject): RunEvent[] {
    const key = `${kind} ${idIn(chunk, 'id')}`;
    if (step === 'start') this.#open.delete(key);
    const id = this.#open.get(key);
    if (step === 'end') {
      this.#open.delete(key);
      const end: RunEvent[] = id === undefined ? [] : [{ type: 'part-end', id }];
      return [...end, ...this.#sources.from(chunk, false)];
    }
    const delta = stringIn(chunk, 'delta');
    if (!delta) return [];
    if (id !== undefined) return [{ type: 'part-delta', id, delta, kind }];
    const next = `${kind}-${this.#count++}`;
    this.#open.set(key, next);
    this.#step.set(next, 'text');
    return [{ type: 'part-delta', id: next, delta, kind }];
  }

  #file(chunk: JSONObject): RunEvent[] {
    const url = stringIn(chunk, 'url');
    if (url === undefined) return [];
    const mediaType = stringIn(chunk, 'mediaType') ?? 'application/octet-stream';
    const name = stringIn(chunk, 'filename');
    return [
      { type: 'part-start', part: { type: 'file', id: `file-${this.#count++}`, mediaType, url, name } },
    ];
  }

  /** Transient data is no part of the message; the notices among it say what the backend is doing. */
  #dataPart(type: string, chunk: JSONObject): RunEvent[] {
    const data = own(chunk, 'data');
    if (own(chunk, 'transient') === true) {
      const notice = isObject(data) ? stringIn(data, 'message', 'text', 'label') : undefined;
      return notice ? [{ type: 'run-progress', text: notice }] : [];
    }
    const given = idIn(chunk, 'id');
    const id = given === undefined ? `data-${this.#count++}` : `${type}:${given}`;
    if (this.#data.has(id)) return [{ type: 'part-update', id, patch: { data } }];
    this.#data.add(id);
    return [{ type: 'part-start', part: { type: 'data', id, name: type.slice(5), data } }];
  }

  /** The model call is made again: what it had said goes, what it had done shows as failed. */
  #resetStep(): RunEvent[] {
    const step = [...this.#step];
    this.#step.clear();
    this.#open.clear();
    return step.map(([id, kind]) =>
      kind === 'text'
        ? { type: 'part-replace', id, text: '' }
        : { type: 'part-update', id, patch: { state: 'error', error: 'The step was started again' } },
    );
  }

  #lastWords(): RunEvent[] {
    const late = this.#late;
    this.#late = undefined;
    return late ? [{ type: 'message-end', metadata: late }] : [];
  }

  #finish(): RunEvent[] {
    const end: End = { type: 'run-end', ...this.#end, usage: this.#usage };
    // Naming a message closes it, and a stopped one must stay open until its end.
    if (end.stopped) return [end];
    if (this.#tools.waiting) end.finishReason = 'paused';
    const failure = this.#failed ? [] : failureOf(end.finishReason);
    return [...failure, ...this.#lastWords(), end];
  }
}
