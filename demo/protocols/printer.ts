import { randomUUID } from 'node:crypto';
import { json, textOf, type Call, type Encoder, type Route } from './route.js';

/** Printer AI: named events, a token each; the conversation's id comes once and is to be sent back. */
export const printer: Route[] = ['/printer/chat/stream', '/api/chat/stream'].map((path) => ({
  method: 'POST' as const,
  path,
  read,
}));

function read({ body, threads }: Call): ReturnType<Route['read']> {
  const question = textOf(body.user_message);
  if (!question) {
    return json(
      { detail: [{ loc: ['body', 'user_message'], msg: 'field required', type: 'value_error.missing' }] },
      422,
    );
  }
  const { thread, created } = threads.open(body.conversation_id);
  return {
    question,
    thread,
    sourcesInText: true,
    reply: { encode: encoder(created ? thread.id : undefined) },
  };
}

/** @param newId The conversation's id, if the client does not know it yet. */
function encoder(newId?: string): Encoder {
  return (event) => {
    switch (event.type) {
      case 'start':
        return [
          { event: 'stream_start', data: { status: 'streaming' } },
          ...(newId ? [{ event: 'conversation_id', data: { conversation_id: newId } }] : []),
        ];
      case 'text':
        return [{ event: 'message', data: { token: event.text } }];
      case 'heartbeat':
        return [{ comment: 'heartbeat' }];
      case 'error':
        return [{ event: 'error', data: { error: event.message } }];
      case 'done':
        return [{ event: 'stream_end', data: { message_id: randomUUID(), status: 'complete' } }];
      default:
        return [];
    }
  };
}
