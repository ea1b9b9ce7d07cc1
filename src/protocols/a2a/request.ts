import type { Part } from '../../model/thread.js';
import type { EncodedRequest, ProtocolRequest } from '../protocol.js';
import { dataOf } from '../shared/request-files.js';

/** JSON-RPC as agents up to version 0.3 take it: where no version is named, that one is meant. */
export function encodeA2A(request: ProtocolRequest): EncodedRequest {
  return { body: call('message/stream', message(request, 'user', partOf03)) };
}

/** JSON-RPC of version 1. */
export function encodeA2AV1(request: ProtocolRequest): EncodedRequest {
  return { body: call('SendStreamingMessage', message(request, 'ROLE_USER', partOf1)), headers: version1 };
}

/** The REST binding of version 1, `POST /message:stream`. */
export function encodeA2ARest(request: ProtocolRequest): EncodedRequest {
  return { body: { message: message(request, 'ROLE_USER', partOf1) }, headers: version1 };
}

const version1 = { 'A2A-Version': '1.0' };

function call(method: string, message: { messageId: string }): unknown {
  return { jsonrpc: '2.0', id: message.messageId, method, params: { message } };
}

/** The question alone: the agent keeps the rest. It goes to the task before it where that one asked for it. */
function message(
  { text, messages, threadId }: ProtocolRequest,
  role: string,
  partOf: (part: Part) => object[],
) {
  const question = messages.at(-1);
  const { taskId, taskState } = messages.at(-2)?.metadata ?? {};
  const parts = (question?.parts ?? []).flatMap(partOf);
  return {
    messageId: question?.id ?? text,
    role,
    parts: parts.length ? parts : partOf({ type: 'text', id: '', text, done: true }),
    ...(threadId !== null && { contextId: threadId }),
    ...(taskId !== undefined && taskState === 'input-required' && { taskId }),
  };
}

function partOf03(part: Part): object[] {
  if (part.type === 'text') return part.text ? [{ kind: 'text', text: part.text }] : [];
  if (part.type !== 'file' || !part.url) return [];
  const { url, mediaType: mimeType, name } = part;
  const bytes = dataOf(url);
  return [{ kind: 'file', file: { mimeType, name, ...(bytes === undefined ? { uri: url } : { bytes }) } }];
}

function partOf1(part: Part): object[] {
  if (part.type === 'text') return part.text ? [{ text: part.text }] : [];
  if (part.type !== 'file' || !part.url) return [];
  const { url, mediaType, name: filename } = part;
  const raw = dataOf(url);
  return [{ ...(raw === undefined ? { url } : { raw }), mediaType, filename }];
}
