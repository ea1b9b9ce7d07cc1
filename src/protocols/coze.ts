import type { RunEvent } from '../model/run-event.js';
import { textOf, type FilePart, type Message } from '../model/thread.js';
import type { WireEvent } from '../wire/wire-event.js';
import { backendError } from './shared/event-parts.js';
import { idIn, isObject, listIn, objectIn, parseJSON, stringIn, type JSONObject } from './shared/fields.js';
import { CozeMessages } from './coze/messages.js';
import type { Decoder, EncodedRequest, Protocol, ProtocolRequest } from './protocol.js';
import { usageOf } from './shared/run-outcome.js';

/**
 * Coze's chat (`POST /v3/chat`; docs.coze.cn, `developer_guides_chat_v3`). The end is `done`, or a clean close after
 * `conversation.chat.completed`. `bot_id` and `user_id` come from the page's `body`.
 */
export const coze: Protocol = {
  name: 'coze',
  encode,
  decoder: () => new CozeDecoder(),
};

/** Coze takes a conversation only in the address, where a request has no say: so the messages travel along. */
function encode({ messages }: ProtocolRequest): EncodedRequest {
  return {
    body: {
      stream: true,
      additional_messages: messages.filter(({ role }) => role !== 'system').map(messageOf),
    },
  };
}

function messageOf(message: Message): JSONObject {
  const { role } = message;
  const text = textOf(message);
  const files = message.parts.filter(
    (part): part is FilePart => part.type === 'file' && /^https?:/i.test(part.url ?? ''),
  );
  const objects = files.map(({ mediaType, url }) => ({
    type: /^(image|audio)\//.exec(mediaType)?.[1] ?? 'file',
    file_url: url,
  }));
  return {
    role,
    type: role === 'user' ? 'question' : 'answer',
    ...(objects.length
      ? { content_type: 'object_string', content: JSON.stringify([{ type: 'text', text }, ...objects]) }
      : { content_type: 'text', content: text }),
  };
}

type RunEnd = RunEvent & { type: 'run-end' };

class CozeDecoder implements Decoder {
  readonly #messages = new CozeMessages();
  #outcome: RunEnd | undefined;
  #threadId: string | undefined;

  decode({ name, data }: WireEvent): readonly RunEvent[] | null {
    if (name === 'done') return this.#end();
    const value = parseJSON(data);
    if (name === 'error') return [backendError(isObject(value) ? value : { message: data })];
    if (!isObject(value) || !name.startsWith('conversation.')) return null;
    const thread = this.#thread(value);
    const events = this.#event(name.slice('conversation.'.length), value);
    return events && [...thread, ...events];
  }

  end(): readonly RunEvent[] {
    return this.#outcome ? this.#end() : [];
  }

  #event(name: string, value: JSONObject): RunEvent[] | null {
    switch (name) {
      case 'message.delta':
        return this.#messages.delta(value);
      case 'message.completed':
        return this.#messages.completed(value);
      case 'chat.completed':
        this.#settle(value, 'stop');
        return [];
      case 'chat.failed':
        return [backendError(objectIn(value, 'last_error'))];
      case 'chat.canceled':
        this.#outcome = { type: 'run-end', stopped: true };
        return [];
      case 'chat.requires_action': {
        this.#settle(value, 'paused');
        const action = objectIn(objectIn(value, 'required_action'), 'submit_tool_outputs');
        return [
          ...listIn(action, 'tool_calls').flatMap((call) =>
            isObject(call) ? this.#messages.awaited(call) : [],
          ),
          { type: 'run-paused', reason: stringIn(objectIn(value, 'required_action'), 'type') },
        ];
      }
      case 'chat.created':
      case 'chat.in_progress':
      case 'audio.delta':
        return [];
      default:
        return null;
    }
  }

  #thread(value: JSONObject): RunEvent[] {
    const id = idIn(value, 'conversation_id');
    if (id === undefined || id === this.#threadId) return [];
    this.#threadId = id;
    return [{ type: 'thread-update', id }];
  }

  #settle(chat: JSONObject, finishReason: string): void {
    const usage = usageOf(objectIn(chat, 'usage'), 'input_count', 'output_count', 'token_count');
    this.#outcome = { type: 'run-end', finishReason, usage };
  }

  #end(): RunEvent[] {
    return [this.#messages.end(), this.#outcome ?? { type: 'run-end' }];
  }
}
