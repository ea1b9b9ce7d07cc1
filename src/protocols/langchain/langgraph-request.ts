import { textOf, type FilePart, type Message } from '../../model/thread.js';
import { isObject, own } from '../shared/fields.js';
import type { EncodedRequest, ProtocolRequest } from '../protocol.js';
import { dataOf } from '../shared/request-files.js';

/**
 * A run of LangGraph Platform (langgraph-sdk `client.py`). A thread keeps its messages, so only the question travels; a
 * run without a thread gets them all. After an interrupt that asked in plain words the question is the reply to it.
 * `assistant_id` is the graph's name, "agent" in the project templates; the page's `body` may name another.
 */
export function encodeLangGraph(request: ProtocolRequest): EncodedRequest {
  const { messages, threadId, text } = request;
  const told = threadId === null ? messages : messages.slice(-1);
  return {
    body: {
      assistant_id: 'agent',
      ...(threadId !== null && isAsked(messages.at(-2))
        ? { command: { resume: text } }
        : { input: { messages: told.map(encodeMessage) } }),
      // Pieces to show, and each step whole: so interrupts are seen, and a stream that was cut is known.
      stream_mode: ['messages-tuple', 'updates'],
      // Closing the stream is how a run is stopped.
      on_disconnect: 'cancel',
    },
  };
}

function isAsked(message: Message | undefined): boolean {
  const last = message?.parts.at(-1);
  if (last?.type !== 'data' || last.name !== 'interrupt' || !isObject(last.data)) return false;
  return typeof own(last.data, 'value') === 'string';
}

function encodeMessage(message: Message): unknown {
  const text = textOf(message);
  const files = message.parts.filter((part) => part.type === 'file').flatMap(encodeFile);
  if (!files.length || message.role !== 'user') return { role: message.role, content: text };
  return { role: message.role, content: [...(text ? [{ type: 'text', text }] : []), ...files] };
}

/** LangChain's content blocks: images as OpenAI writes them, which every integration takes. */
function encodeFile({ url, mediaType, name }: FilePart): object[] {
  if (!url) return [];
  if (mediaType.startsWith('image')) return [{ type: 'image_url', image_url: { url } }];
  const data = dataOf(url);
  const source = data === undefined ? { source_type: 'url', url } : { source_type: 'base64', data };
  return [{ type: 'file', ...source, mime_type: mediaType, metadata: { filename: name } }];
}
