import type { RunEvent } from '../model/run-event.js';
import type { WireEvent } from '../wire/wire-event.js';
import { backendError } from './shared/event-parts.js';
import { idIn, isObject, objectIn, own, parseJSON, stringIn, type JSONObject } from './shared/fields.js';
import type { Decoder, EncodedRequest, Protocol, ProtocolRequest } from './protocol.js';
import { dataOf } from './shared/request-files.js';
import { TextParts } from './shared/text-parts.js';
import { ToolParts } from './shared/tool-parts.js';

/**
 * Hugging Face's chat-ui (chat-ui `MessageUpdate.ts`): JSON lines, each an update of the message. The end is the status
 * `finished`; it comes last of all. chat-ui itself takes a form whose field `data` holds what is sent here as JSON.
 */
export const hfChatUI: Protocol = {
  name: 'hf-chat-ui',
  framing: 'json-lines',
  encode,
  decoder: () => new HfChatUIDecoder(),
};

/** The thread is in the address (`/conversation/{threadId}`) and the server keeps it. */
function encode({ text, messages }: ProtocolRequest): EncodedRequest {
  const files = (messages.at(-1)?.parts ?? []).flatMap((part) => {
    const value = part.type === 'file' && dataOf(part.url ?? '');
    return value ? [{ type: 'base64', name: part.name ?? 'file', value, mime: part.mediaType }] : [];
  });
  return { body: { inputs: text, is_retry: false, ...(files.length && { files }) } };
}

/** Tokens are padded, so that their length tells an eavesdropper nothing. */
const unpadded = (token: string | undefined): string => token?.replaceAll('\0', '') ?? '';

class HfChatUIDecoder implements Decoder {
  readonly #text = new TextParts();
  readonly #tools = new ToolParts();
  /** What was shown as text. */
  #shown = '';
  #metadata: Record<string, unknown> = {};
  #usedTools = false;
  #started = false;
  #files = 0;
  #waiting = false;
  #stopped = false;

  decode({ data }: WireEvent): readonly RunEvent[] | null {
    const update = parseJSON(data);
    if (!isObject(update)) return null;
    if (update.type !== 'status' && update.type !== 'title' && update.type !== 'routerMetadata')
      this.#started = true;
    switch (update.type) {
      case 'status':
        return this.#status(update);
      case 'title': {
        const title = stringIn(update, 'title')
          ?.replace(/<\/?think>/gi, '')
          .trim();
        return title ? [{ type: 'thread-update', title }] : [];
      }
      case 'stream':
        return this.#append(unpadded(stringIn(update, 'token')));
      case 'reasoning':
        return this.#reasoning(update);
      case 'tool':
        return this.#tool(update);
      case 'file':
        return this.#file(update);
      case 'finalAnswer':
        return this.#final(update);
      case 'routerMetadata':
        return this.#router(update);
      case 'elicitation':
        return this.#elicitation(update);
      default:
        return null;
    }
  }

  end(): readonly RunEvent[] {
    return [];
  }

  #status(update: JSONObject): RunEvent[] {
    if (update.status === 'error') {
      return [backendError({ message: own(update, 'message'), code: own(update, 'statusCode') })];
    }
    if (update.status !== 'finished') return [];
    const metadata = this.#metadata;
    return [
      ...(Object.keys(metadata).length ? [{ type: 'message-end', metadata } as const] : []),
      this.#stopped
        ? { type: 'run-end', stopped: true }
        : { type: 'run-end', finishReason: this.#waiting ? 'paused' : 'stop' },
    ];
  }

  #append(text: string): RunEvent[] {
    this.#shown += text;
    return this.#text.append(text);
  }

  #reasoning(update: JSONObject): RunEvent[] {
    const status = stringIn(update, 'status');
    if (status) return [{ type: 'run-progress', text: status }];
    return this.#text.append(unpadded(stringIn(update, 'token')), 'reasoning');
  }

  #tool(update: JSONObject): readonly RunEvent[] {
    const id = idIn(update, 'uuid');
    const result = objectIn(update, 'result');
    const call = own(update, 'call') ? objectIn(update, 'call') : objectIn(result, 'call');
    const name = stringIn(call, 'name');
    this.#usedTools = true;
    switch (update.subtype) {
      case 'call':
        return [...this.#text.pause(), ...this.#tools.call({ id, name, input: own(call, 'parameters') })];
      case 'result': {
        const error =
          result.status === 'error' ? (stringIn(result, 'message') ?? 'The tool failed') : undefined;
        return this.#tools.result({ id, name, output: own(result, 'outputs'), error });
      }
      case 'error':
        return this.#tools.result({ id, name, error: own(update, 'message') ?? true });
      case 'progress':
        return progressOf(update);
      default:
        return [];
    }
  }

  /** The server keeps the file under its hash, beside the conversation; its address is not said. */
  #file(update: JSONObject): RunEvent[] {
    const id = idIn(update, 'sha') ?? `file-${this.#files}`;
    this.#files++;
    const mediaType = stringIn(update, 'mime') ?? 'application/octet-stream';
    return [
      ...this.#text.pause(),
      { type: 'part-start', part: { type: 'file', id, mediaType, name: stringIn(update, 'name') } },
    ];
  }

  /** The whole text. After tools it may be only what came last, as in the server's own `+server.ts`. */
  #final(update: JSONObject): RunEvent[] {
    this.#stopped = update.interrupted === true;
    const whole = stringIn(update, 'text');
    if (whole === undefined || (this.#usedTools && this.#shown.endsWith(whole))) return [];
    if (!this.#usedTools || whole.startsWith(this.#shown)) return this.#text.replace(whole);
    return this.#append(this.#shown.endsWith('\n\n') || whole.startsWith('\n') ? whole : `\n\n${whole}`);
  }

  #router(update: JSONObject): RunEvent[] {
    for (const key of ['model', 'route', 'provider']) {
      const about = stringIn(update, key);
      if (about) this.#metadata[key] = about;
    }
    // Once something is shown, a start would open a second message.
    return this.#started ? [] : [{ type: 'message-start', metadata: { ...this.#metadata } }];
  }

  #elicitation(update: JSONObject): RunEvent[] {
    const request = objectIn(update, 'request');
    const asked = update.subtype === 'request';
    const id = idIn(asked ? request : update, 'elicitationId') ?? 'elicitation';
    this.#waiting = asked;
    return asked
      ? [
          ...this.#text.pause(),
          { type: 'part-start', part: { type: 'data', id, name: 'elicitation', data: request } },
          { type: 'run-paused', reason: 'elicitation' },
        ]
      : [{ type: 'part-update', id, patch: { data: update } }];
  }
}

function progressOf(update: JSONObject): RunEvent[] {
  const { progress, total } = { progress: own(update, 'progress'), total: own(update, 'total') };
  const text = stringIn(update, 'message');
  const known = typeof progress === 'number' && typeof total === 'number' && total > 0;
  const percent = known ? (100 * progress) / total : undefined;
  return text || known ? [{ type: 'run-progress', text, percent }] : [];
}
