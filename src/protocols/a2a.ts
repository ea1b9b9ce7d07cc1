import type { RunEvent } from '../model/run-event.js';
import type { FinishReason } from '../model/thread.js';
import type { WireEvent } from '../wire/wire-event.js';
import { encodeA2A, encodeA2ARest, encodeA2AV1 } from './a2a/request.js';
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
import type { Decoder, Protocol } from './protocol.js';

/**
 * Agent2Agent, versions 0.3 and 1, JSON-RPC and REST (a2a.proto, npm @a2a-js/sdk). The answer reads the same in all;
 * they differ in how they are asked.
 *
 * A task ends with its state (completed, failed, canceled, rejected, input-required) or an update marked `final`; a
 * message without a task is the whole answer, ended by the close.
 */
export const a2a: Protocol = {
  name: 'a2a',
  encode: encodeA2A,
  decoder: () => new A2ADecoder(),
};

export const a2aV1: Protocol = { ...a2a, name: 'a2a-v1', encode: encodeA2AV1 };

export const a2aRest: Protocol = { ...a2a, name: 'a2a-rest', encode: encodeA2ARest };

/** What of one artifact or message is shown. */
interface Shown {
  text: string;
  /** How many of its parts were counted: later ones are appended after them. */
  count: number;
}

class A2ADecoder implements Decoder {
  readonly #shown = new Map<string, Shown>();
  #named = false;
  #settled = false;
  #finishReason: FinishReason | undefined;

  decode({ data }: WireEvent): readonly RunEvent[] | null {
    const value = parseJSON(data);
    if (!isObject(value)) return null;
    if (own(value, 'error')) return [backendError(value)];
    const result = isObject(own(value, 'result')) ? objectIn(value, 'result') : value;
    const task = bodyOf(result, 'task', 'task');
    if (task) return this.#task(task);
    const status = bodyOf(result, 'status-update', 'statusUpdate');
    if (status) return this.#update(status);
    const artifact = bodyOf(result, 'artifact-update', 'artifactUpdate');
    if (artifact) return [...this.#names(artifact), ...this.#artifact(artifact)];
    const message = bodyOf(result, 'message', 'message');
    return message ? this.#message(message) : null;
  }

  get finished(): boolean {
    return this.#settled;
  }

  end(): readonly RunEvent[] {
    return this.#settled ? [this.#end()] : [];
  }

  #end(): RunEvent {
    return { type: 'run-end', finishReason: this.#finishReason };
  }

  /** The context is the thread; an answer is named after its task, or its message where there is none. */
  #names(about: JSONObject, id = idIn(about, 'taskId')): RunEvent[] {
    if (this.#named) return [];
    this.#named = true;
    const thread = idIn(about, 'contextId');
    const taskId = idIn(about, 'taskId');
    const start: RunEvent = { type: 'message-start', id, metadata: taskId ? { taskId } : undefined };
    return thread === undefined ? [start] : [{ type: 'thread-update', id: thread }, start];
  }

  /** A task as it stands: the first event of most streams, the only one of some. */
  #task(task: JSONObject): RunEvent[] {
    return [
      ...this.#names({ ...task, taskId: own(task, 'id') }),
      ...listIn(task, 'artifacts').flatMap((artifact) => this.#artifact({ artifact })),
      ...this.#status(objectIn(task, 'status'), false),
    ];
  }

  #update(update: JSONObject): RunEvent[] {
    const final = own(update, 'final') === true;
    return [...this.#names(update), ...this.#status(objectIn(update, 'status'), final)];
  }

  #status(status: JSONObject, final: boolean): RunEvent[] {
    const state = (stringIn(status, 'state') ?? '')
      .replace(/^TASK_STATE_/, '')
      .toLowerCase()
      .replace('cancelled', 'canceled')
      .replaceAll('_', '-');
    const message = objectIn(status, 'message');
    const text = textOfParts(listIn(message, 'parts'));
    switch (state) {
      case 'completed':
        this.#finishReason = state;
        return [...this.#closing(message, text), this.#end()];
      case 'failed':
      case 'rejected':
        return [backendError({ message: text, code: state }), this.#end()];
      case 'canceled':
        return [{ type: 'run-end', finishReason: state, stopped: true }];
      case 'input-required':
      case 'auth-required':
        return this.#question(message, text, state, final);
      default: {
        const progress: RunEvent[] = text ? [{ type: 'run-progress', text }] : [];
        return final ? [...progress, this.#end()] : progress;
      }
    }
  }

  /** The last words of a task, unless they only repeat its artifact. */
  #closing(message: JSONObject, text: string): RunEvent[] {
    const repeated = [...this.#shown.values()].some((shown) => shown.text === text);
    return text && repeated ? [] : this.#said(message);
  }

  /** The agent waits: for an answer, which ends the stream, or for a sign-in elsewhere, after which it may go on. */
  #question(message: JSONObject, text: string, state: string, final: boolean): RunEvent[] {
    this.#settled = true;
    this.#finishReason = 'paused';
    const events: RunEvent[] = [...this.#said(message), { type: 'run-paused', reason: text || state }];
    if (state !== 'input-required' && !final) return events;
    return [...events, { type: 'message-end', metadata: { taskState: state } }, this.#end()];
  }

  #message(message: JSONObject): RunEvent[] {
    if (/user$/i.test(stringIn(message, 'role') ?? '')) return [];
    this.#settled = true;
    return [...this.#names(message, idIn(message, 'taskId', 'messageId')), ...this.#said(message)];
  }

  #said(message: JSONObject): RunEvent[] {
    const key = `message-${idIn(message, 'messageId') ?? this.#shown.size}`;
    return this.#shown.has(key) ? [] : this.#show(key, listIn(message, 'parts'), false);
  }

  #artifact(update: JSONObject): RunEvent[] {
    const artifact = objectIn(update, 'artifact');
    const key = `artifact-${idIn(artifact, 'artifactId') ?? ''}`;
    const parts = listIn(artifact, 'parts');
    const events = this.#show(key, parts, own(update, 'append') === true, stringIn(artifact, 'name'));
    const last = own(update, 'lastChunk') === true && this.#shown.get(key)?.text;
    return last ? [...events, { type: 'part-end', id: key }] : events;
  }

  /** Shows parts, after those before or in their place: the text of an artifact is one part, however it is cut. */
  #show(key: string, parts: readonly unknown[], append: boolean, name?: string): RunEvent[] {
    const shown = this.#shown.get(key) ?? { text: '', count: 0 };
    this.#shown.set(key, shown);
    const text = textOfParts(parts);
    const events: RunEvent[] = [];
    if (append || !shown.text) {
      if (text) events.push({ type: 'part-delta', id: key, delta: text });
      shown.text += text;
    } else if (text !== shown.text) {
      events.push({ type: 'part-replace', id: key, text });
      shown.text = text;
    }
    if (!append) shown.count = 0;
    for (const part of parts) {
      const id = `${key}-${shown.count++}`;
      if (isObject(part)) events.push(...attached(part, id, name));
    }
    return events;
  }
}

/** A result of one kind: 0.3 says it in `kind`, 1 by the key it stands under. */
function bodyOf(result: JSONObject, kind: string, key: string): JSONObject | undefined {
  if (own(result, 'kind') === kind) return result;
  return own(result, 'kind') === undefined && isObject(own(result, key)) ? objectIn(result, key) : undefined;
}

function textOfParts(parts: readonly unknown[]): string {
  return parts.map((part) => (isObject(part) ? (stringIn(part, 'text') ?? '') : '')).join('');
}

/** A part that is no text: a file by address or as base64, or data. */
function attached(part: JSONObject, id: string, name = 'data'): RunEvent[] {
  const data = own(part, 'data');
  if (data !== undefined)
    return [
      { type: 'part-start', part: { type: 'data', id, name, data } },
      { type: 'part-update', id, patch: { data } },
    ];
  const file = isObject(own(part, 'file')) ? objectIn(part, 'file') : part;
  const mediaType = stringIn(file, 'mediaType', 'mimeType') || 'application/octet-stream';
  const bytes = stringIn(file, 'bytes', 'raw', 'fileWithBytes');
  const url = stringIn(file, 'url', 'uri', 'fileWithUri') || (bytes && `data:${mediaType};base64,${bytes}`);
  if (!url) return [];
  const title = stringIn(file, 'filename', 'name') || undefined;
  return [{ type: 'part-start', part: { type: 'file', id, mediaType, url, name: title } }];
}
