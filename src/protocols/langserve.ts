import type { RunEvent } from '../model/run-event.js';
import { textOf } from '../model/thread.js';
import type { WireEvent } from '../wire/wire-event.js';
import { backendError } from './shared/event-parts.js';
import {
  isObject,
  listIn,
  objectIn,
  own,
  parseJSON,
  stringIn,
  textIn,
  type JSONObject,
} from './shared/fields.js';
import { messageIn, senderOf } from './langchain/content.js';
import { LangChainMessages } from './langchain/messages.js';
import type { Decoder, EncodedRequest, Protocol, ProtocolRequest } from './protocol.js';
import { ToolParts } from './shared/tool-parts.js';

/**
 * LangServe, `POST {path}/stream` (langserve `api_handler.py`): what a chain gives piece by piece, which may be text,
 * messages of a model, the fields of a retrieval chain or the steps of an agent.
 *
 * Its end mark is an event without data, which the rules of event streams keep from any reader. So the close is the end
 * once a piece was seen: an answer that was cut between pieces cannot be told from a whole one.
 */
export const langServe: Protocol = {
  name: 'langserve',
  encode: encodeLangServe,
  decoder: () => new LangServeDecoder(),
};

/** What `input` holds is the chain's own business: messages where the page's `body` says nothing else. */
function encodeLangServe({ messages, threadId }: ProtocolRequest): EncodedRequest {
  const types = { user: 'human', assistant: 'ai', system: 'system' };
  return {
    body: {
      input: {
        messages: messages.map((message) => ({ type: types[message.role], content: textOf(message) })),
      },
      // `RunnableWithMessageHistory` keeps its history under this.
      ...(threadId !== null && { config: { configurable: { session_id: threadId } } }),
    },
  };
}

class LangServeDecoder implements Decoder {
  readonly #messages = new LangChainMessages();
  readonly #tools = new ToolParts();
  #seen = false;

  decode({ name, data }: WireEvent): readonly RunEvent[] | null {
    const value = parseJSON(data);
    switch (name) {
      case 'metadata':
        return [];
      case 'data':
        this.#seen = true;
        return this.#piece(value);
      case 'error':
        return [
          backendError(isObject(value) ? { ...value, code: own(value, 'status_code') } : { message: data }),
        ];
      case 'end':
        return [this.#end()];
      default:
        return null;
    }
  }

  end(): readonly RunEvent[] {
    return this.#seen ? [this.#end()] : [];
  }

  #end(): RunEvent {
    const { finishReason, usage } = this.#messages;
    return { type: 'run-end', finishReason, usage };
  }

  #piece(value: unknown): RunEvent[] | null {
    if (typeof value === 'string') return this.#messages.append('', 'text', value);
    if (Array.isArray(value)) return value.flatMap((item) => this.#piece(item) ?? []);
    if (!isObject(value)) return value === null ? [] : null;
    const message = messageIn(value);
    return senderOf(message) === 'other' ? this.#fields(value) : this.#messages.read(message, 'piece');
  }

  /** The fields of a chain's output as they come: documents, an agent's steps, the answer. */
  #fields(value: JSONObject): RunEvent[] | null {
    const answer = isObject(own(value, 'answer')) ? messageIn(own(value, 'answer')) : {};
    const text = textIn(value, ['answer', 'output', 'text', 'result', 'response', 'content']);
    const events = [
      ...listIn(value, 'actions').flatMap((action) => (isObject(action) ? this.#call(action) : [])),
      ...listIn(value, 'steps').flatMap((step) => (isObject(step) ? this.#result(step) : [])),
      ...this.#messages.sources.from({ citations: listIn(value, 'context').flatMap(sourceOf) }, false),
      ...(senderOf(answer) === 'ai'
        ? this.#messages.read(answer, 'piece')
        : this.#messages.append('', 'text', text ?? '')),
    ];
    const known = ['actions', 'steps', 'context', 'input', 'question', 'chat_history', 'messages'];
    return events.length || text !== undefined || known.some((name) => own(value, name) !== undefined)
      ? events
      : null;
  }

  #call(action: JSONObject): RunEvent[] {
    return this.#tools.call(noteOf(action));
  }

  #result(step: JSONObject): RunEvent[] {
    return this.#tools.result({ ...noteOf(objectIn(step, 'action')), output: own(step, 'observation') });
  }
}

/** What an agent's action says of its tool, for `ToolParts` (langchain-core `agents.py`). */
function noteOf(action: JSONObject): JSONObject {
  return {
    id: own(action, 'tool_call_id'),
    name: own(action, 'tool'),
    input: own(action, 'tool_input'),
  };
}

/** A document of a retriever: its metadata says where it is from. */
function sourceOf(document: unknown): JSONObject[] {
  const metadata = objectIn(isObject(document) ? messageIn(document) : {}, 'metadata');
  const source = stringIn(metadata, 'url', 'source');
  const title = stringIn(metadata, 'title') ?? source;
  return title ? [{ title, ...(source && /^https?:/i.test(source) && { url: source }) }] : [];
}
