import { textOf, type FilePart, type Message, type Part } from '../../model/thread.js';
import type { EncodedRequest, ProtocolRequest } from '../protocol.js';

/**
 * A request to OpenAI Responses (API reference, Responses, "create"): the messages so far, or only the question where a
 * conversation keeps them. The model comes from the page's `body`.
 */
export function encodeOpenAIResponses({ messages, threadId }: ProtocolRequest): EncodedRequest {
  const sent = threadId === null ? messages : messages.slice(-1);
  const input = sent.flatMap(itemsOf);
  return { body: { input, stream: true, ...(threadId !== null && { conversation: threadId }) } };
}

function itemsOf(message: Message): object[] {
  const { role, parts } = message;
  if (role === 'user' && parts.some(({ type }) => type === 'file'))
    return [{ role, content: parts.flatMap(contentOf) }];
  if (role !== 'assistant') return [{ role, content: textOf(message) }];
  const items: object[] = [];
  let text = '';
  const say = (): void => {
    if (text) items.push({ role, content: text });
    text = '';
  };
  for (const part of parts) {
    if (part.type === 'text') text += part.text;
    const call = callOf(part);
    if (!call.length) continue;
    say();
    items.push(...call);
  }
  say();
  return items;
}

function contentOf(part: Part): object[] {
  if (part.type === 'text') return part.text ? [{ type: 'input_text', text: part.text }] : [];
  return part.type === 'file' && part.url && /^(data|https?):/i.test(part.url)
    ? [fileOf(part, part.url)]
    : [];
}

function fileOf({ mediaType, name }: FilePart, url: string): object {
  if (mediaType.startsWith('image/')) return { type: 'input_image', image_url: url };
  return url.startsWith('data:')
    ? { type: 'input_file', filename: name ?? 'file', file_data: url }
    : { type: 'input_file', file_url: url };
}

/** A call of a function and its output; what the server ran itself, and what has no output, stays here. */
function callOf(part: Part): object[] {
  if (part.type !== 'tool-call' || (part.output === undefined && part.error === undefined)) return [];
  const { id, name, input, inputText, output, error } = part;
  if (
    id.startsWith('mcp_') ||
    /^(web_search|file_search|code_interpreter|(local_)?shell|tool_search)_call$/.test(name)
  )
    return [];
  const result = error ?? (typeof output === 'string' ? output : JSON.stringify(output));
  return [
    { type: 'function_call', call_id: id, name, arguments: inputText || JSON.stringify(input ?? {}) },
    { type: 'function_call_output', call_id: id, output: result },
  ];
}
