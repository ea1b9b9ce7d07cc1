import { chatKitThread, chatKitTurns, item, opening, streamOptions } from './chatkit-items.js';
import { post, type Asked } from './post.js';
import type { Encoder } from './route.js';

/** A ChatKit server in Rails: whole items and progress lines in unnamed data events; the stream just closes. */
export const chatkit = [
  post({
    path: '/chatkit',
    turns: chatKitTurns,
    thread: chatKitThread,
    sourcesInText: true,
    refusal: () => ({ error: 'params.input.content holds no input_text' }),
    encoder,
  }),
];

function encoder(asked: Asked): Encoder {
  let text = '';
  const data = (data: object) => [{ data }];
  const before = opening(asked);

  return (event) => {
    switch (event.type) {
      case 'start':
        return [streamOptions, ...before.thread, before.question].flatMap(data);
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
      case 'done': {
        const content = [{ type: 'output_text', text, annotations: [] }];
        return data({
          type: 'thread.item.done',
          item: item(asked.threadId, 'assistant_message', { content }),
        });
      }
      default:
        return [];
    }
  };
}
