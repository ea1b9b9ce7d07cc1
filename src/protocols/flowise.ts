import type { RunEvent } from '../model/run-event.js';
import { textOf, type Usage } from '../model/thread.js';
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
import { FlowiseParts } from './flowise/parts.js';
import type { Decoder, EncodedRequest, Protocol, ProtocolRequest } from './protocol.js';
import { TextParts } from './shared/text-parts.js';

/**
 * A Flowise prediction (Flowise `SSEStreamer.ts`): every event is `{event, data}`. The end is `end`, or `abort` where
 * somebody stopped the run at the server.
 */
export const flowise: Protocol = {
  name: 'flowise',
  encode,
  decoder: () => new FlowiseDecoder(),
};

/** The server keeps the thread by its chat id; until there is one, earlier messages travel along. */
function encode({ text, messages, threadId }: ProtocolRequest): EncodedRequest {
  const history = messages.slice(0, -1).map((message) => ({
    role: message.role === 'user' ? 'userMessage' : 'apiMessage',
    content: textOf(message),
  }));
  const uploads = (messages.at(-1)?.parts ?? []).flatMap((part) => {
    if (part.type !== 'file' || part.url === undefined) return [];
    const type = part.url.startsWith('data:') ? 'file' : 'url';
    return [{ type, data: part.url, name: part.name ?? 'file', mime: part.mediaType }];
  });
  return {
    body: {
      question: text,
      streaming: true,
      ...(threadId !== null && { chatId: threadId }),
      ...(threadId === null && history.length && { history }),
      ...(uploads.length && { uploads }),
    },
  };
}

class FlowiseDecoder implements Decoder {
  readonly #text = new TextParts();
  readonly #parts = new FlowiseParts();
  #message: RunEvent & { type: 'message-end' } = { type: 'message-end' };
  #usage: Usage | undefined;
  #paused = false;

  decode({ data }: WireEvent): readonly RunEvent[] | null {
    const event = parseJSON(data);
    if (!isObject(event)) return null;
    const value = own(event, 'data');
    switch (own(event, 'event')) {
      case 'token':
        return this.#text.append(typeof value === 'string' ? value : '');
      case 'thinking':
        return this.#text.append(typeof value === 'string' ? value : '', 'reasoning');
      case 'calledTools':
      case 'usedTools':
      case 'sourceDocuments':
      case 'artifacts':
      case 'fileAnnotations':
      case 'agentReasoning':
        return [...this.#text.pause(), ...this.#parts.of(event)];
      case 'action':
        if (!isObject(value)) return [];
        this.#paused = true;
        return [...this.#text.pause(), ...this.#parts.of(event)];
      case 'nextAgent':
      case 'tool':
        return typeof value === 'string' && value ? [{ type: 'run-progress', text: value }] : [];
      case 'nextAgentFlow':
        return this.#step(objectIn(event, 'data'));
      case 'metadata':
        return this.#metadata(objectIn(event, 'data'));
      case 'usageMetadata':
        this.#count(objectIn(event, 'data'));
        return [];
      case 'error':
        return [backendError(isObject(value) ? value : { message: value })];
      case 'abort':
        return [{ type: 'run-end', stopped: true, finishReason: 'abort' }];
      case 'end':
        return this.#end();
      // `start` repeats the first token; the others are traces for Flowise's own canvas, or speech.
      case 'start':
      case 'agentFlowEvent':
      case 'agentFlowExecutedData':
      case 'tts_start':
      case 'tts_data':
      case 'tts_end':
      case 'tts_abort':
        return [];
      default:
        return null;
    }
  }

  end(): readonly RunEvent[] {
    return [];
  }

  #step(step: JSONObject): RunEvent[] {
    const text = stringIn(step, 'nodeLabel');
    return text && step.status === 'INPROGRESS' ? [{ type: 'run-progress', text }] : [];
  }

  /** Comes last; the message is named by its end, for a start with a name would open a second one. */
  #metadata(value: JSONObject): RunEvent[] {
    const suggestions = listIn(value, 'followUpPrompts').filter((prompt) => typeof prompt === 'string');
    const metadata = suggestions.length ? { suggestions } : undefined;
    this.#message = { type: 'message-end', id: idIn(value, 'chatMessageId'), metadata };
    const id = idIn(value, 'chatId');
    return id === undefined ? [] : [{ type: 'thread-update', id }];
  }

  /** Each model of a flow counts its own tokens. */
  #count(usage: JSONObject): void {
    const next = usageIn({ usage });
    const sum = (name: keyof Usage): number | undefined => {
      const [before, more] = [this.#usage?.[name], next?.[name]];
      return before === undefined ? more : before + (more ?? 0);
    };
    this.#usage = {
      inputTokens: sum('inputTokens'),
      outputTokens: sum('outputTokens'),
      totalTokens: sum('totalTokens'),
    };
  }

  #end(): RunEvent[] {
    const finishReason = this.#paused ? 'paused' : undefined;
    return [
      this.#message,
      ...(this.#paused ? [{ type: 'run-paused' } as const] : []),
      { type: 'run-end', finishReason, usage: this.#usage },
    ];
  }
}
