import type { RunEvent } from '../model/run-event.js';
import type { PartInit, Usage } from '../model/thread.js';
import type { WireEvent } from '../wire/wire-event.js';
import { encodeCommands } from './assistant-transport/request.js';
import { answersIn, joined, withOperations } from './assistant-transport/state.js';
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
import type { Decoder, Protocol } from './protocol.js';
import { SourceParts } from './shared/source-parts.js';
import { ToolCalls } from './shared/tool-calls.js';

/**
 * The assistant transport of assistant-ui (`AssistantStreamChunk.ts`). Parts have no ids: a chunk says by its `path` which
 * part of the message it belongs to, counted in the order they were started. It ends with `[DONE]` and with nothing else.
 */
export const assistantTransport: Protocol = {
  name: 'assistant-transport',
  encode: encodeCommands,
  decoder: () => new AssistantTransportDecoder(),
};

interface Started {
  id: string;
  kind: string;
}

class AssistantTransportDecoder implements Decoder {
  readonly #tools = new ToolCalls();
  readonly #sources = new SourceParts();
  /** Every part that was started, also those that show nothing: a path counts them all. */
  readonly #parts: Started[] = [];
  #operations: unknown[] = [];
  #state: unknown = null;
  /** Texts that the state holds, by their place in it. */
  #answers = new Map<string, string>();
  #said = false;
  #count = 0;
  #id: string | undefined;
  #finishReason: string | undefined;
  #usage: Usage | undefined;
  #failed = false;

  decode({ data }: WireEvent): readonly RunEvent[] | null {
    if (data.trim() === '[DONE]') return this.#end();
    const chunk = parseJSON(data);
    return isObject(chunk) ? this.#chunk(chunk) : null;
  }

  end(): readonly RunEvent[] {
    return [];
  }

  #chunk(chunk: JSONObject): readonly RunEvent[] | null {
    const type = stringIn(chunk, 'type');
    switch (type) {
      case 'part-start':
        return this.#start(objectIn(chunk, 'part'));
      case 'text-delta':
      case 'part-finish':
      case 'tool-call-args-text-finish':
      case 'result':
        return this.#toPart(type, chunk);
      case 'update-state':
        return this.#update(listIn(chunk, 'operations'));
      case 'data':
      case 'annotations':
        return listIn(chunk, type).flatMap((data) => this.#data(type, data));
      case 'step-start':
        return this.#name(idIn(chunk, 'messageId'));
      case 'step-finish':
      case 'message-finish':
        return this.#finish(type === 'message-finish', chunk);
      case 'error':
        return this.#error(chunk);
      default:
        return null;
    }
  }

  #start(part: JSONObject): RunEvent[] {
    const kind = stringIn(part, 'type') ?? '';
    const id = kind === 'tool-call' ? idIn(part, 'toolCallId') : undefined;
    const started = { kind, id: id ?? `${kind}-${this.#parts.length}` };
    this.#parts.push(started);
    switch (kind) {
      case 'tool-call':
        return this.#tools.open(started.id, stringIn(part, 'toolName'));
      case 'source':
        return this.#sources.from(part, true);
      case 'file':
        return this.#file(started.id, part);
      case 'data':
        return this.#data(stringIn(part, 'name') ?? 'data', own(part, 'data'));
      default:
        // Text is opened by its first piece.
        return [];
    }
  }

  #toPart(type: string, chunk: JSONObject): RunEvent[] {
    const path = listIn(chunk, 'path');
    const part = path.length === 1 ? this.#parts[Number(path[0])] : undefined;
    if (!part) return [];
    const { id, kind } = part;
    const delta = stringIn(chunk, 'textDelta') ?? '';
    if (kind === 'tool-call') return this.#toTool(type, id, delta, chunk);
    if (kind !== 'text' && kind !== 'reasoning') return [];
    if (type === 'part-finish') return [{ type: 'part-end', id }];
    this.#said ||= kind === 'text';
    return delta ? [{ type: 'part-delta', id, delta, kind }] : [];
  }

  #toTool(type: string, id: string, delta: string, chunk: JSONObject): RunEvent[] {
    if (type === 'text-delta') return this.#tools.append(id, delta);
    if (type === 'tool-call-args-text-finish') return this.#tools.run(id);
    if (type !== 'result') return [];
    const output = own(chunk, 'result');
    if (own(chunk, 'isPreliminary') === true) return this.#tools.update(id, { output });
    const failed = own(chunk, 'isError') === true;
    return this.#tools.update(id, { output, state: failed ? 'error' : 'complete' });
  }

  /** Many backends stream no parts, only the state of their application; its messages are the answer then. */
  #update(operations: readonly unknown[]): RunEvent[] {
    const known = this.#operations.length > 0;
    const data = (this.#operations = joined(this.#operations, operations));
    this.#state = withOperations(this.#state, operations);
    const state: RunEvent = known
      ? { type: 'part-update', id: 'state', patch: { data } }
      : { type: 'part-start', part: { type: 'data', id: 'state', name: 'state', data } };
    return [state, ...(this.#said ? [] : this.#answer())];
  }

  #answer(): RunEvent[] {
    const before = this.#answers;
    const now = (this.#answers = answersIn(this.#state));
    const gone = [...before.keys()].filter((place) => !now.has(place));
    const changed = [...now].filter(([place, text]) => text !== (before.get(place) ?? ''));
    return [...gone.map((place) => [place, ''] as const), ...changed].map(([place, text]) => ({
      type: 'part-replace',
      id: `message-${place}`,
      text,
    }));
  }

  #file(id: string, part: JSONObject): RunEvent[] {
    const mediaType = stringIn(part, 'mimeType') ?? 'application/octet-stream';
    const data = stringIn(part, 'data');
    if (data === undefined) return [];
    const url = /^(data|https?):/i.test(data) ? data : `data:${mediaType};base64,${data}`;
    const file: PartInit = { type: 'file', id, mediaType, url, name: stringIn(part, 'filename') };
    return [{ type: 'part-start', part: file }];
  }

  #data(name: string, data: unknown): RunEvent[] {
    return [{ type: 'part-start', part: { type: 'data', id: `data:${this.#count++}`, name, data } }];
  }

  /** A warning, or a mere piece of information, does not end the message. */
  #error(chunk: JSONObject): RunEvent[] {
    const text = stringIn(chunk, 'error');
    if (text && /^(warning|info)$/.test(stringIn(chunk, 'severity') ?? ''))
      return [{ type: 'run-progress', text }];
    this.#failed = true;
    return [backendError(chunk)];
  }

  /** Each step names its message; the first name is the answer's. */
  #name(id: string | undefined): RunEvent[] {
    if (id === undefined || this.#id !== undefined) return [];
    this.#id = id;
    return [{ type: 'message-start', id }];
  }

  /** Steps count their own tokens, the message counts them all. */
  #finish(whole: boolean, chunk: JSONObject): RunEvent[] {
    this.#finishReason = stringIn(chunk, 'finishReason') ?? this.#finishReason;
    const usage = usageIn(chunk);
    if (usage) this.#usage = whole ? usage : sumOf(this.#usage, usage);
    return [];
  }

  #end(): RunEvent[] {
    const end: RunEvent = { type: 'run-end', finishReason: this.#finishReason, usage: this.#usage };
    return this.#finishReason === 'error' && !this.#failed ? [backendError({}), end] : [end];
  }
}

function sumOf(before: Usage = {}, { inputTokens = 0, outputTokens = 0 }: Usage): Usage {
  return {
    inputTokens: (before.inputTokens ?? 0) + inputTokens,
    outputTokens: (before.outputTokens ?? 0) + outputTokens,
  };
}
