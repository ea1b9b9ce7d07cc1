import type { AnswerEvent } from '../backend/answer.js';
import { post } from './post.js';
import { textOf, type Encoder } from './route.js';
import { jsonLines } from './wire.js';

/**
 * Ollama's own chat API (its `docs/api.md`): JSON lines. Its tool calls ask the client to run them, so a search that the
 * server ran itself goes unsaid.
 */
export const ollama = [
  post({
    path: '/ollama/api/chat',
    sourcesInText: true,
    wire: jsonLines,
    refusal: (error) => ({ error }),
    encoder: ({ body }) => encoder(textOf(body.model) || 'demo'),
  }),
];

function encoder(model: string): Encoder {
  const line = (content: string, rest: object) => [
    {
      data: { model, created_at: new Date().toISOString(), message: { role: 'assistant', content }, ...rest },
    },
  ];
  return (event: AnswerEvent) => {
    switch (event.type) {
      case 'text':
        return line(event.text, { done: false });
      case 'error':
        return [{ data: { error: event.message } }];
      case 'done': {
        const { input, output } = event.usage;
        return line('', {
          done: true,
          done_reason: 'stop',
          prompt_eval_count: input,
          eval_count: output,
        });
      }
      default:
        return [];
    }
  };
}
