import { randomUUID } from 'node:crypto';
import { addQuestion, isWaiting } from '../backend/threads.js';
import { json, textOf, type Encoder, type Route } from './route.js';

const path = '/api/chat/conversations/:id';

/** Theo: told in one place, listened to in another; named events, whose ids say where to go on listening. */
export const theo: Route[] = [
  {
    method: 'POST',
    path: `${path}/messages`,
    async read({ params, body, threads, answers }) {
      const content = textOf(body.content ?? body.message);
      if (!content) return json({ error: 'content is missing' }, 422);
      // The address has room for one answer: a new question ends the one before.
      await answers.stop({ location: '', threadId: params.id! });
      addQuestion(threads.open(params.id).thread, content);
      return json({ id: `msg-${randomUUID()}`, conversationId: params.id, role: 'user', content }, 202);
    },
  },
  {
    method: 'GET',
    path: `${path}/stream`,
    read({ params, threads, answers, lastEventId, resume }) {
      const { thread } = threads.open(params.id);
      const latest = answers.latest(thread.id);
      // Whoever has seen an event comes back to its answer; who has seen none may have lost it to a reload.
      const back = lastEventId !== null;
      if (latest && (back || latest.running || !isWaiting(thread))) return resume(latest.id);
      if (back) return new Response(null, { status: 204 });
      const question = isWaiting(thread) ? thread.turns.at(-1)!.content : '';
      const resumption = { always: true };
      return { question, thread, sourcesInText: true, reply: { encode: encoder() }, resumption };
    },
  },
];

function encoder(): Encoder {
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
        return [{ event: 'chunk', data: { content: event.text } }];
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
