import type { Message, Part } from '../../model/thread.js';
import { withOperations } from './state.js';
import type { JSONObject } from '../shared/fields.js';
import type { EncodedRequest, ProtocolRequest } from '../protocol.js';

/**
 * The commands of an assistant transport (assistant-ui `useAssistantTransportRuntime.ts`). The thread is in the state, which
 * goes back as the backend last told it; a question is what is added to it.
 */
export function encodeCommands({ messages, threadId }: ProtocolRequest): EncodedRequest {
  const question = messages.at(-1);
  const parts = question?.parts.flatMap(partOf) ?? [];
  const command = { type: 'add-message', message: { role: 'user', parts } };
  return {
    body: { commands: [command], state: stateOf(messages), ...(threadId !== null && { threadId }) },
  };
}

function partOf(part: Part): JSONObject[] {
  if (part.type === 'text') return [{ type: 'text', text: part.text }];
  const image = part.type === 'file' && part.mediaType.startsWith('image/') && part.url;
  return image ? [{ type: 'image', image }] : [];
}

/** What the operations of all answers made of the state. */
function stateOf(messages: readonly Message[]): unknown {
  const parts = messages.flatMap<Part>((message) => message.parts);
  return parts.reduce<unknown>((state, part) => {
    const operations = part.type === 'data' && part.id === 'state' && part.data;
    return Array.isArray(operations) ? withOperations(state, operations) : state;
  }, null);
}
