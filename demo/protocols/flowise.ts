import { randomUUID } from 'node:crypto';
import type { AnswerEvent } from '../backend/answer.js';
import { post, type Asked } from './post.js';
import type { Encoder } from './route.js';
import { inputTokens } from './tokens.js';

/** Flowise's predictions (its `SSEStreamer.ts`): a line `message:` before every event, fields without the usual space. */
export const flowise = [
  post({
    path: '/api/v1/prediction/demo',
    turns: ({ question }) => question,
    thread: ({ chatId }) => chatId,
    wire: {
      format: ({ comment, data }) =>
        comment === undefined ? `message:\ndata:${JSON.stringify(data)}\n\n` : `:${comment}\n\n`,
    },
    refusal: (message) => ({ statusCode: 400, success: false, message, stack: {} }),
    encoder,
  }),
];

function encoder({ question, threadId: chatId }: Asked): Encoder {
  const calls = new Map<string, { tool: string; toolInput: object }>();
  let started = false;
  const say = (event: string, data: unknown) => ({ data: { event, data } });
  const end = say('end', '[DONE]');

  function endTool({ id, output }: AnswerEvent & { type: 'tool-result' }) {
    return [say('usedTools', [{ ...calls.get(id), toolOutput: JSON.stringify(output) }])];
  }

  return (event) => {
    switch (event.type) {
      case 'tool-call': {
        const call = { tool: event.name, toolInput: event.input };
        calls.set(event.id, call);
        return [say('calledTools', [{ ...call, toolOutput: '' }])];
      }
      case 'tool-result':
        return endTool(event);
      case 'text': {
        // The start repeats the first token.
        const opening = started ? [] : [say('start', event.text)];
        started = true;
        return [...opening, say('token', event.text)];
      }
      case 'sources':
        return [
          say(
            'sourceDocuments',
            event.sources.map(({ title, url }) => ({ pageContent: title, metadata: { source: url, title } })),
          ),
        ];
      case 'heartbeat':
        return [{ comment: 'heartbeat' }];
      case 'error':
        return [say('error', event.message), end];
      case 'done':
        return [
          say('usageMetadata', inputTokens(event.usage)),
          say('metadata', { chatId, chatMessageId: randomUUID(), question, sessionId: chatId }),
          end,
        ];
      default:
        return [];
    }
  };
}
