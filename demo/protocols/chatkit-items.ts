import { randomUUID } from 'node:crypto';
import type { Asked } from './post.js';
import { fieldsOf, type Fields } from './route.js';

/** What both ChatKit servers of the demo have in common: the envelope of a question, threads and items. */

/** The message of a request such as `threads.create`, as a list of one turn. */
export function chatKitTurns({ params }: Fields): unknown {
  const { content } = fieldsOf(fieldsOf(params).input);
  return Array.isArray(content) ? [{ role: 'user', content }] : undefined;
}

export const chatKitThread = ({ params }: Fields): unknown => fieldsOf(params).thread_id;

/** An item of a thread; the time is the server's own, without a zone. */
export const item = (thread_id: string, type: string, fields: object): Fields & { id: string } => ({
  id: `msg_${randomUUID()}`,
  thread_id,
  created_at: new Date().toISOString().replace('Z', ''),
  type,
  ...fields,
});

/** What the server tells of the thread and the question before it answers. */
export function opening({ threadId, created, question }: Asked): { thread: object[]; question: object } {
  const thread = {
    id: threadId,
    created_at: new Date().toISOString(),
    status: { type: 'active' },
    items: { data: [] },
  };
  const content = [{ type: 'input_text', text: question }];
  const asked = item(threadId, 'user_message', { content, attachments: [], inference_options: {} });
  return {
    thread: created ? [{ type: 'thread.created', thread }] : [],
    question: { type: 'thread.item.done', item: asked },
  };
}

export const streamOptions = { type: 'stream_options', stream_options: { allow_cancel: true } };
