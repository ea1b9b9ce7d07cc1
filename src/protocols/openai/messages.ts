import { textOf, type FilePart, type Message, type Part, type ToolCallPart } from '../../model/thread.js';
import type { EncodedRequest, ProtocolRequest } from '../protocol.js';

/**
 * A request to OpenAI Chat Completions (API reference, Chat, "create"). The model comes from the page's `body` where
 * the server wants one; nothing else is asked for, since strict hosts refuse options they do not know.
 */
export function encodeOpenAIMessages({ messages }: ProtocolRequest): EncodedRequest {
  return { body: { messages: messages.flatMap(messagesOf), stream: true } };
}

function messagesOf(message: Message): object[] {
  const { role, parts } = message;
  if (role === 'user' && parts.some(({ type }) => type === 'file'))
    return [{ role, content: parts.flatMap(contentOf) }];
  if (parts.some(wasAnswered)) return turnsOf(message);
  const content = textOf(message);
  // Mistral, Moonshot and others refuse an answer that says nothing.
  return role === 'assistant' && !content.trim() ? [] : [{ role, content }];
}

/** Files travel as content parts, only in questions. */
function contentOf(part: Part): object[] {
  if (part.type === 'text') return part.text ? [{ type: 'text', text: part.text }] : [];
  return part.type === 'file' && part.url && /^(data|https?):/i.test(part.url)
    ? [fileOf(part, part.url)]
    : [];
}

function fileOf({ mediaType, name }: FilePart, url: string): object {
  if (mediaType.startsWith('image/')) return { type: 'image_url', image_url: { url } };
  const format = /^audio\/.*(wav|mp3|mpeg)/.exec(mediaType)?.[1]?.replace('mpeg', 'mp3');
  const data = /^data:[^,]*;base64,(.*)$/s.exec(url)?.[1];
  if (format && data) return { type: 'input_audio', input_audio: { data, format } };
  return { type: 'file', file: { filename: name ?? 'file', file_data: url } };
}

/** A call without its output may not be sent back, and what a host ran itself is none of the model's calls. */
const wasAnswered = (part: Part): part is ToolCallPart =>
  part.type === 'tool-call' &&
  (part.output !== undefined || part.error !== undefined) &&
  !part.id.startsWith('executed-');

/** An answer with tool calls: each call is a message of its own, with the text before it, and its output follows. */
function turnsOf({ parts }: Message): object[] {
  const turns: object[] = [];
  const role = 'assistant';
  let text = '';
  for (const part of parts) {
    if (part.type === 'text') text += part.text;
    else if (wasAnswered(part)) {
      const { id, name, input, inputText, output, error } = part;
      const call = { name, arguments: inputText || JSON.stringify(input ?? {}) };
      const content = error ?? (typeof output === 'string' ? output : JSON.stringify(output));
      turns.push(
        { role, content: text || null, tool_calls: [{ id, type: 'function', function: call }] },
        { role: 'tool', tool_call_id: id, content },
      );
      text = '';
    }
  }
  return text ? [...turns, { role, content: text }] : turns;
}
