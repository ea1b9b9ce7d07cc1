import type { RunEvent } from '../model/run-event.js';
import type { WireEvent } from '../wire/wire-event.js';
import { backendError } from './shared/event-parts.js';
import { idIn, isObject, objectIn, parseJSON, stringIn, type JSONObject } from './shared/fields.js';
import type { Decoder, EncodedRequest, Protocol, ProtocolRequest } from './protocol.js';
import { answerOf, readWholeAnswer } from './shared/whole-answer.js';

/**
 * n8n's chat trigger (n8n `@n8n/chat`, `src/api/message.ts`): JSON lines, in which every run of a node begins and ends on
 * its own, and several may overlap. A body that closes when every run that began has ended is whole. A workflow that
 * does not stream answers with one JSON value or plain text.
 */
export const n8n: Protocol = {
  name: 'n8n',
  // The content type says JSON, or nothing: a body of that type would only be read once it is whole.
  framing: 'json-lines',
  encode,
  decoder: () => new N8nDecoder(),
  threads: async (endpoint) => (await import('./threads/n8n.js')).n8nThreads(endpoint),
};

/**
 * The workflow's memory keeps the thread under an id that the client chooses: the id of the thread's first message, which
 * is random and stays. Files would need a form, so they stay out.
 */
function encode({ text, messages, threadId }: ProtocolRequest): EncodedRequest {
  const sessionId = threadId ?? messages[0]?.id;
  return { body: { action: 'sendMessage', sessionId, chatInput: text } };
}

/** The most characters kept of a body that is no stream. */
const longestWhole = 1_000_000;

class N8nDecoder implements Decoder {
  /** Parts of the runs that began and did not end. */
  readonly #open = new Set<string>();
  #ended = false;
  #streams = false;
  /** Lines that are no events, before the first event: they may be a whole answer. */
  #whole = '';

  decode({ data }: WireEvent): readonly RunEvent[] | null {
    const line = parseJSON(data);
    const events = isObject(line) ? this.#line(line) : null;
    if (events) {
      this.#streams = true;
      return events;
    }
    if (this.#streams || this.#whole.length + data.length > longestWhole) return null;
    this.#whole += `${data}\n`;
    return [];
  }

  end(): readonly RunEvent[] {
    if (this.#streams) return this.#ended && !this.#open.size ? [{ type: 'run-end' }] : [];
    const whole = this.#whole.trim();
    const isText = whole && !/^[[{"<]/.test(whole);
    return readWholeAnswer(whole) ?? (isText ? answerOf(whole) : []);
  }

  #line(line: JSONObject): RunEvent[] | null {
    const metadata = objectIn(line, 'metadata');
    const id = `${idIn(metadata, 'nodeId') ?? 'node'}:${idIn(metadata, 'runIndex') ?? 0}`;
    const content = stringIn(line, 'content') ?? '';
    switch (line.type) {
      case 'begin': {
        this.#open.add(id);
        const text = stringIn(metadata, 'nodeName');
        return text ? [{ type: 'run-progress', text }] : [];
      }
      case 'item':
        return content ? [{ type: 'part-delta', id, delta: content }] : [];
      case 'end':
        this.#open.delete(id);
        this.#ended = true;
        return [{ type: 'part-end', id }];
      case 'error':
        return [backendError({ message: content })];
      default:
        return null;
    }
  }
}
