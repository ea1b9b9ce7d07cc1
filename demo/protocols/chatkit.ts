import { randomUUID } from 'node:crypto';
import type { Thread } from '../backend/threads.js';
import { json, textOf, type Encoder, type Route } from './route.js';

/** A ChatKit server in Rails: whole items and progress lines in unnamed data events; the stream just closes. */
export const chatkit: Route[] = [
  {
    method: 'POST',
    path: '/chatkit',
    read({ body, threads }) {
      const params = object(body.params);
      const content = object(params.input).content;
      const input = Array.isArray(content)
        ? content.map(object).find(({ type }) => type === 'input_text')
        : undefined;
      const question = textOf(input?.text);
      if (!question) return json({ error: 'params.input.content holds no input_text' }, 422);
      const { thread, created } = threads.open(params.thread_id);
      return { question, thread, sourcesInText: true, reply: { encode: encoder(thread, created, question) } };
    },
  },
];

function encoder(thread: Thread, created: boolean, question: string): Encoder {
  let text = '';
  const data = (data: object) => [{ data }];
  const item = (type: string, partType: string, text: string) => ({
    type: 'thread.item.done',
    item: {
      id: `msg_${randomUUID()}`,
      thread_id: thread.id,
      created_at: new Date().toISOString(),
      type,
      content: [{ type: partType, text, ...(type === 'assistant_message' && { annotations: [] }) }],
      ...(type === 'user_message' && { attachments: [], inference_options: {} }),
    },
  });
  const threadCreated = {
    type: 'thread.created',
    thread: {
      id: thread.id,
      created_at: new Date().toISOString(),
      status: { type: 'active' },
      items: { data: [] },
    },
  };

  return (event) => {
    switch (event.type) {
      case 'start':
        return [
          { type: 'stream_options', stream_options: { allow_cancel: true } },
          ...(created ? [threadCreated] : []),
          item('user_message', 'input_text', question),
        ].flatMap(data);
      case 'progress':
        return data({ type: 'progress_update', icon: event.icon, text: `${event.text}...` });
      case 'text':
        // No deltas here: the message is stored, and sent, when it is whole.
        text += event.text;
        return [];
      case 'heartbeat':
        return [{ comment: 'heartbeat' }];
      case 'error':
        return data({ type: 'error', code: 'stream_error', allow_retry: true });
      case 'done':
        return data(item('assistant_message', 'output_text', text));
      default:
        return [];
    }
  };
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
