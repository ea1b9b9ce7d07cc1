import { chatKitThread, chatKitTurns, item, opening, streamOptions } from './chatkit-items.js';
import { post, type Asked } from './post.js';
import type { Encoder } from './route.js';

/** A ChatKit server in Python (chatkit-python `server.py`): the answer's item is announced, grows by deltas, and is done. */
export const chatkitPython = [
  post({
    path: '/py/chatkit',
    turns: chatKitTurns,
    thread: chatKitThread,
    refusal: (message) => ({ error: message }),
    encoder,
  }),
];

function encoder(asked: Asked): Encoder {
  const answer = item(asked.threadId, 'assistant_message', { content: [] });
  const annotations: object[] = [];
  let open = false;
  let text = '';
  const data = (data: object) => [{ data }];
  const part = () => ({ annotations: [...annotations], text, type: 'output_text' });
  const update = (type: string, fields: object) =>
    data({
      type: 'thread.item.updated',
      item_id: answer.id,
      update: { type: `assistant_message.content_part.${type}`, content_index: 0, ...fields },
    });

  function begin() {
    if (open) return [];
    open = true;
    return [...data({ type: 'thread.item.added', item: answer }), ...update('added', { content: part() })];
  }

  return (event) => {
    switch (event.type) {
      case 'start': {
        const { thread, question } = opening(asked);
        return [...thread, question, streamOptions].flatMap(data);
      }
      case 'progress':
        return data({ type: 'progress_update', icon: event.icon, text: event.text });
      case 'text': {
        const before = begin();
        text += event.text;
        return [...before, ...update('text_delta', { delta: event.text })];
      }
      case 'sources':
        return event.sources.flatMap((source) => {
          const annotation = {
            type: 'annotation',
            source: { type: 'url', ...source },
            index: text.length,
          };
          const annotation_index = annotations.push(annotation) - 1;
          return update('annotation_added', { annotation_index, annotation });
        });
      case 'error':
        return data({ type: 'error', code: 'stream.error', message: event.message, allow_retry: true });
      case 'done':
        return [
          ...begin(),
          ...update('done', { content: part() }),
          ...data({ type: 'thread.item.done', item: { ...answer, content: [part()] } }),
        ];
      default:
        return [];
    }
  };
}
