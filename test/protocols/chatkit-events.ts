import { textOf, type Message, type Part, type Thread } from '../../src/model/thread.js';
import { chatkit } from '../../src/protocols/chatkit.js';
import { bytesOf, replay, stream } from './replay.js';

/** What a thread holds after these events of a ChatKit server. */
export const run = (...events: unknown[]): Thread => replay(chatkit, [bytesOf(stream(...events))]);

/** Events and items of a ChatKit server (chatkit-python `types.py`). */
export const added = (item: object) => ({ type: 'thread.item.added', item });
export const done = (item: object) => ({ type: 'thread.item.done', item });
export const updated = (item_id: string, update: object) => ({
  type: 'thread.item.updated',
  item_id,
  update,
});
export const removed = (item_id: string) => ({ type: 'thread.item.removed', item_id });
export const output = (text: string, annotations: unknown[] = []) => ({
  type: 'output_text',
  text,
  annotations,
});
export const message = (id: string, ...texts: string[]) => ({
  id,
  thread_id: 't1',
  type: 'assistant_message',
  content: texts.map((text) => output(text)),
});
export const delta = (id: string, text: string, content_index = 0) =>
  updated(id, { type: 'assistant_message.content_part.text_delta', content_index, delta: text });
export const widget = (id: string, ...children: object[]) => ({
  id,
  type: 'widget',
  widget: { type: 'Card', children },
});
export const workflow = (id: string, type: string, ...tasks: object[]) => ({
  id,
  type: 'workflow',
  workflow: { type, tasks, expanded: false },
});
export const progress = (text: string, icon?: string) => ({ type: 'progress_update', text, icon });

export const answers = (thread: Thread): Message[] =>
  thread.messages.filter(({ role }) => role === 'assistant');
export const parts = (thread: Thread): readonly Part[] => answers(thread).flatMap((answer) => answer.parts);
export const texts = (thread: Thread) => answers(thread).map(textOf);
