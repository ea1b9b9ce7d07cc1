import { textOf, type FilePart, type Message } from '../../model/thread.js';
import type { EncodedRequest, ProtocolRequest } from '../protocol.js';
import { dataOf, textOfData } from '../shared/request-files.js';

/**
 * A request of Anthropic Messages. `max_tokens` is required, so there is one; the model, and another limit, come from
 * the page's `body`, the key from whoever stands before the API.
 */
export function encodeAnthropic({ messages }: ProtocolRequest): EncodedRequest {
  const system = messages.filter(({ role }) => role === 'system').map(textOf);
  const turns = messages.flatMap((message) => {
    const content = contentOf(message);
    // An empty message is refused, and one of white space alone.
    return message.role === 'system' || !content.length ? [] : [{ role: message.role, content }];
  });
  return {
    body: {
      max_tokens: 4096,
      ...(system.length && { system: system.join('\n\n') }),
      messages: turns,
      stream: true,
    },
    headers: { 'anthropic-version': '2023-06-01' },
  };
}

/** The text alone, or blocks where there are files: those come first, as the documentation advises. */
function contentOf(message: Message): string | unknown[] {
  const said = textOf(message);
  const text = said.trim() && said;
  const files = message.role === 'user' ? message.parts.flatMap((part) => fileBlock(part)) : [];
  return files.length ? [...files, ...(text ? [{ type: 'text', text }] : [])] : text;
}

function fileBlock(part: Message['parts'][number]): unknown[] {
  if (part.type !== 'file') return [];
  const type = blockType(part);
  const source = type && sourceOf(part);
  return source ? [{ type, source, ...(type === 'document' && part.name && { title: part.name }) }] : [];
}

/** Images and PDFs go as they are, text as a document; the API takes nothing else. */
function blockType({ mediaType }: FilePart): string | undefined {
  if (mediaType.startsWith('image/')) return 'image';
  return mediaType === 'application/pdf' || mediaType === 'text/plain' ? 'document' : undefined;
}

function sourceOf({ mediaType, url = '' }: FilePart): unknown {
  const data = dataOf(url);
  if (data === undefined) return /^https:/i.test(url) ? { type: 'url', url } : undefined;
  if (mediaType !== 'text/plain') return { type: 'base64', media_type: mediaType, data };
  const text = textOfData(data);
  return text === undefined ? undefined : { type: 'text', media_type: mediaType, data: text };
}
