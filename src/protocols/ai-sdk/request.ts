import type { Message, Part, ToolCallPart } from '../../model/thread.js';
import type { JSONObject } from '../shared/fields.js';
import type { EncodedRequest, ProtocolRequest } from '../protocol.js';

/**
 * What the AI SDK's default transport sends (ai 7 `http-chat-transport.ts`): the whole thread as UI messages. The client
 * names the thread; the id of its first message is as lasting and as unique as one made for it.
 */
export function encodeUIMessages({ messages, threadId }: ProtocolRequest): EncodedRequest {
  return {
    body: { id: threadId ?? messages[0]?.id, messages: messages.map(messageOf), trigger: 'submit-message' },
  };
}

function messageOf({ id, backendId, role, parts, metadata }: Message): JSONObject {
  const known = Object.keys(metadata).length ? { metadata } : {};
  return { id: backendId ?? id, role, ...known, parts: partsOf(parts) };
}

/** A step ends with the outcomes of its tools: the server puts these before what is said in the next one. */
function partsOf(parts: readonly Part[]): JSONObject[] {
  const out: JSONObject[] = [];
  let called = false;
  for (const part of parts) {
    const said = partOf(part);
    if (!said) continue;
    if (called && (part.type === 'text' || part.type === 'reasoning')) {
      out.push({ type: 'step-start' });
      called = false;
    }
    called ||= part.type === 'tool-call';
    out.push(said);
  }
  return out;
}

function partOf(part: Part): JSONObject | undefined {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return part.text ? { type: part.type, text: part.text } : undefined;
    case 'file':
      return part.url === undefined
        ? undefined
        : { type: 'file', mediaType: part.mediaType, url: part.url, filename: part.name };
    case 'source':
      return part.url === undefined
        ? undefined
        : { type: 'source-url', sourceId: part.id, url: part.url, title: part.title };
    case 'tool-call':
      return toolOf(part);
    case 'data': {
      const type = `data-${part.name}`;
      const id = part.id.startsWith(`${type}:`) ? part.id.slice(type.length + 1) : undefined;
      return { type, id, data: part.data };
    }
  }
}

/** A call without an outcome is left out: no model takes one, and no answer to it will come. */
function toolOf({ id, name, input, inputText, output, state, error }: ToolCallPart): JSONObject | undefined {
  const call = { type: `tool-${name}`, toolCallId: id, input: input ?? inputText };
  if (state === 'complete') return { ...call, state: 'output-available', output: output ?? null };
  return state === 'error' ? { ...call, state: 'output-error', errorText: error ?? '' } : undefined;
}
