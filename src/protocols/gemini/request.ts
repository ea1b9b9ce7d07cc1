import { textOf, type FilePart, type Message } from '../../model/thread.js';
import type { EncodedRequest, ProtocolRequest } from '../protocol.js';
import { dataOf } from '../shared/request-files.js';

/**
 * A request of `generateContent`; the model is in the endpoint's path. An agent of the Agent Development Kit keeps the
 * thread and is asked in another shape, which a page gives as its `body`.
 */
export function encodeGemini({ messages }: ProtocolRequest): EncodedRequest {
  const system = messages
    .filter(({ role }) => role === 'system')
    .map((message) => ({ text: textOf(message) }));
  const contents = messages.flatMap((message) => {
    const parts = partsOf(message);
    // A content without parts is refused.
    if (message.role === 'system' || !parts.length) return [];
    return [{ role: message.role === 'user' ? 'user' : 'model', parts }];
  });
  return { body: { contents, ...(system.length && { systemInstruction: { parts: system } }) } };
}

/** A request of the Interactions API, which keeps the thread; model or agent come from the page's `body`. */
export function encodeInteraction({ text, messages, threadId }: ProtocolRequest): EncodedRequest {
  const files = filesOf(messages.at(-1)).map(({ url = '', mediaType }) => {
    const type = /^(image|audio|video)(?=\/)/.exec(mediaType)?.[0] ?? 'document';
    const data = dataOf(url);
    return { type, mime_type: mediaType, ...(data === undefined ? { uri: url } : { data }) };
  });
  const input = files.length ? [...files, ...(text ? [{ type: 'text', text }] : [])] : text;
  return { body: { input, stream: true, ...(threadId !== null && { previous_interaction_id: threadId }) } };
}

function partsOf(message: Message): unknown[] {
  const text = textOf(message);
  const files = filesOf(message).map(({ mediaType: mimeType, url = '' }) => {
    const data = dataOf(url);
    return data === undefined ? { fileData: { mimeType, fileUri: url } } : { inlineData: { mimeType, data } };
  });
  return [...files, ...(text ? [{ text }] : [])];
}

/** The files of a question whose bytes are at hand, or whose address the backend can reach. */
function filesOf(message: Message | undefined): FilePart[] {
  if (message?.role !== 'user') return [];
  return message.parts.filter(
    (part): part is FilePart =>
      part.type === 'file' && (dataOf(part.url ?? '') !== undefined || /^(https|gs):/i.test(part.url ?? '')),
  );
}
