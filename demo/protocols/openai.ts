import { randomUUID } from 'node:crypto';
import { json, textOf, type Encoder, type Route } from './route.js';
import { promptTokens } from './tokens.js';
import { readTurns } from './turns.js';

/** OpenAI Chat Completions, streamed or whole. */
export const openai: Route[] = [
  {
    method: 'POST',
    path: '/v1/chat/completions',
    read({ body }) {
      const turns = readTurns(body.messages);
      const last = turns.at(-1);
      if (last?.role !== 'user')
        return json(failure('messages must end with a message of the user', 'messages'), 400);
      const frame = {
        id: `chatcmpl-${randomUUID()}`,
        created: Math.floor(Date.now() / 1000),
        model: textOf(body.model) || 'demo',
      };
      const withUsage =
        (body.stream_options as { include_usage?: boolean } | undefined)?.include_usage === true;
      const reply = body.stream
        ? { encode: encoder(frame, withUsage) }
        : { json: (text: string) => whole(frame, text) };
      return { question: last.content, history: turns.slice(0, -1), sourcesInText: true, reply };
    },
  },
];

interface Frame {
  id: string;
  created: number;
  model: string;
}

function encoder(frame: Frame, withUsage: boolean): Encoder {
  const chunk = (rest: object) => ({ data: { ...frame, object: 'chat.completion.chunk', ...rest } });
  const delta = (delta: object, finish_reason: string | null = null) =>
    chunk({ choices: [{ index: 0, delta, finish_reason }] });

  return (event) => {
    switch (event.type) {
      case 'start':
        return [delta({ role: 'assistant', content: '' })];
      case 'text':
        return [delta({ content: event.text })];
      case 'sources':
        return [
          delta({
            annotations: event.sources.map((source) => ({
              type: 'url_citation',
              url_citation: { ...source },
            })),
          }),
        ];
      case 'heartbeat':
        return [{ comment: 'heartbeat' }];
      case 'error':
        return [{ data: failure(event.message) }];
      case 'done':
        return [
          delta({}, 'stop'),
          ...(withUsage ? [chunk({ choices: [], usage: promptTokens(event.usage) })] : []),
          { data: '[DONE]' },
        ];
      default:
        return [];
    }
  };
}

const whole = (frame: Frame, content: string): object => ({
  ...frame,
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
});

const failure = (message: string, param: string | null = null): object => ({
  error: { message, type: param ? 'invalid_request_error' : 'server_error', param, code: null },
});
