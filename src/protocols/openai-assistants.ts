import type { RunEvent } from '../model/run-event.js';
import { textOf, type Message, type Usage } from '../model/thread.js';
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
import { OpenAISteps } from './openai/steps.js';
import type { Decoder, EncodedRequest, Protocol, ProtocolRequest } from './protocol.js';

/**
 * OpenAI Assistants, deprecated but alive behind Azure and copies (openai-node `resources/beta/assistants.ts`,
 * `AssistantStreamEvent`). Events are known by the `object` and `status` in their data, which say what their names say.
 *
 * The end is `done`; where it is missing, a run that reached its last state and the close.
 */
export const openAIAssistants: Protocol = {
  name: 'openai-assistants',
  encode: encodeRun,
  decoder: () => new OpenAIAssistantsDecoder(),
};

class OpenAIAssistantsDecoder implements Decoder {
  readonly #citations = new OpenAICitations();
  readonly #steps = new OpenAISteps();
  #metadata: Record<string, unknown> | undefined;
  #threadId: string | undefined;
  /** Parts were given out that belong to no finished message. */
  #open = false;
  #messageId: string | undefined;
  #files = 0;
  #finishReason: string | undefined;
  #usage: Usage | undefined;
  #stopped = false;

  decode({ name, data }: WireEvent): readonly RunEvent[] | null {
    if (name === 'done' || data.trim() === '[DONE]') return this.#end();
    const value = parseJSON(data);
    if (!isObject(value)) return name === 'error' ? [backendError({ message: data })] : null;
    if (name === 'error' || own(value, 'error')) return [backendError(value)];
    const object = stringIn(value, 'object');
    const threadId = object === 'thread' ? idIn(value, 'id') : idIn(value, 'thread_id');
    const known = this.#object(object, value);
    if (!known || threadId === undefined || threadId === this.#threadId) return known;
    this.#threadId = threadId;
    return [{ type: 'thread-update', id: threadId }, ...known];
  }

  end(): readonly RunEvent[] {
    return this.#finishReason === undefined ? [] : this.#end();
  }

  #end(): RunEvent[] {
    const stopped = this.#stopped || undefined;
    return [{ type: 'run-end', finishReason: this.#finishReason, usage: this.#usage, stopped }];
  }

  #object(object: string | undefined, value: JSONObject): RunEvent[] | null {
    const status = stringIn(value, 'status');
    switch (object) {
      case 'thread':
        return [];
      case 'thread.run':
        return this.#run(status, value);
      case 'thread.message':
        return this.#message(status, value);
      case 'thread.message.delta':
        return listIn(objectIn(value, 'delta'), 'content').flatMap((part, at) =>
          isObject(part) ? this.#content(part, at, false) : [],
        );
      case 'thread.run.step':
        return this.#parts(this.#steps.step(value, status));
      case 'thread.run.step.delta':
        return this.#parts(this.#steps.delta(value));
      default:
        return null;
    }
  }

  #parts(events: RunEvent[]): RunEvent[] {
    this.#open ||= events.length > 0;
    return events;
  }

  #run(status: string | undefined, run: JSONObject): RunEvent[] {
    this.#usage = usageIn(run) ?? this.#usage;
    const model = stringIn(run, 'model');
    const started: RunEvent[] = [];
    if (!this.#metadata && model) {
      this.#metadata = { model };
      if (!this.#open) started.push({ type: 'message-start', metadata: this.#metadata });
    }
    const failure = own(run, 'last_error');
    if (status === 'failed' || status === 'expired')
      return [...started, backendError(isObject(failure) ? failure : { message: `The run ${status}` })];
    if (status === 'requires_action') this.#finishReason = 'tool-calls';
    this.#stopped = status === 'cancelled';
    if (/^(completed|incomplete|cancelled)$/.test(status ?? '')) {
      const reason = stringIn(objectIn(run, 'incomplete_details'), 'reason') ?? 'stop';
      this.#finishReason = reason.startsWith('max_') ? 'length' : reason.replaceAll('_', '-');
    }
    return started;
  }

  /** A message is opened by its name where nothing stands before it; else, as after tools, it is named by its end. */
  #message(status: string | undefined, message: JSONObject): RunEvent[] {
    const id = idIn(message, 'id');
    if (message.role === 'user') return id === undefined ? [] : [{ type: 'message-start', role: 'user', id }];
    if (status === 'completed' || status === 'incomplete') {
      const parts = listIn(message, 'content').flatMap((part, at) =>
        isObject(part) ? this.#content(part, at, true) : [],
      );
      this.#open = false;
      return [...parts, { type: 'message-end', id }];
    }
    if (this.#open || id === this.#messageId) return [];
    this.#messageId = id;
    return [{ type: 'message-start', id, metadata: this.#metadata }];
  }

  /** A content part, in pieces or whole: text with its annotations, a refusal, an image. */
  #content(part: JSONObject, at: number, whole: boolean): RunEvent[] {
    const id = `text-${idIn(part, 'index') ?? at}`;
    const text = objectIn(part, 'text');
    const words = stringIn(text, 'value') ?? stringIn(part, 'refusal');
    const url = stringIn(objectIn(part, 'image_url'), 'url');
    const file = idIn(objectIn(part, 'image_file'), 'file_id');
    this.#open = true;
    const events: RunEvent[] = this.#citations.add(
      listIn(text, 'annotations').map(
        (note) => isObject(note) && { title: idIn(objectIn(note, 'file_citation'), 'file_id') },
      ),
    );
    if (words && whole) events.unshift({ type: 'part-replace', id, text: words }, { type: 'part-end', id });
    else if (words) events.unshift({ type: 'part-delta', id, delta: words });
    if ((url ?? file) && !whole) {
      const image = {
        type: 'file',
        id: `image-${this.#files++}`,
        mediaType: 'image/*',
        url,
        name: file,
      } as const;
      events.push({ type: 'part-start', part: image });
    }
    return events;
  }
}

/** A run in a thread that exists, or of a new one; the assistant's id comes from the page's `body`. */
function encodeRun({ messages, threadId }: ProtocolRequest): EncodedRequest {
  const said = messages.filter(({ role }) => role !== 'system');
  if (threadId !== null)
    return { body: { additional_messages: said.slice(-1).map(messageOf), stream: true } };
  const instructions = messages
    .filter(({ role }) => role === 'system')
    .map(textOf)
    .join('\n\n');
  return {
    body: { thread: { messages: said.map(messageOf) }, stream: true, ...(instructions && { instructions }) },
  };
}

/** Images travel by address; other files have to be uploaded first. */
function messageOf(message: Message): object {
  const { role, parts } = message;
  const images = parts.flatMap((part) =>
    part.type === 'file' && part.mediaType.startsWith('image/') && /^https?:/i.test(part.url ?? '')
      ? [{ type: 'image_url', image_url: { url: part.url } }]
      : [],
  );
  const text = textOf(message);
  return { role, content: images.length ? [...(text ? [{ type: 'text', text }] : []), ...images] : text };
}
