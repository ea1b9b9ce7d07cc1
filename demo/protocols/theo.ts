import { randomUUID } from 'node:crypto';
import { addQuestion, isWaiting } from '../backend/threads.js';
import { json, textOf, type Encoder, type Route } from './route.js';

const path = '/api/chat/conversations/:id';

/** Theo: told in one place, listened to in another; named events. */
export const theo: Route[] = [
  {
    method: 'POST',
    path: `${path}/messages`,
    read({ params, body, threads }) {
      const content = textOf(body.content ?? body.message);
      if (!content) return json({ error: 'content is missing' }, 422);
      addQuestion(threads.open(params.id).thread, content);
      return json({ id: `msg-${randomUUID()}`, conversationId: params.id, role: 'user', content }, 202);
    },
  },
  {
    method: 'GET',
    path: `${path}/stream`,
    read({ params, threads }) {
      const { thread } = threads.open(params.id);
      const question = isWaiting(thread) ? thread.turns.at(-1)!.content : '';
      return { question, thread, sourcesInText: true, reply: { encode: encoder() } };
    },
  },
];

function encoder(): Encoder {
  let chunks = 0;
  let content = '';
  const id = `msg-${randomUUID()}`;

  return (event) => {
    switch (event.type) {
      case 'start':
        return [{ retry: 3000 }, { event: 'typing', data: { isTyping: true } }];
      case 'progress':
        return [{ event: 'progress', data: { percent: event.percent } }];
      case 'text':
        content += event.text;
        return [{ event: 'chunk', id: String(++chunks), data: { content: event.text } }];
      case 'heartbeat':
        return [{ event: 'heartbeat', data: {} }];
      case 'error':
        return [{ event: 'error', data: { code: 'PROCESSING_ERROR', message: event.message } }];
      case 'done':
        return [
          { event: 'message', data: { id, role: 'assistant', content } },
          { event: 'done', data: {} },
        ];
      default:
        return [];
    }
  };
}
