import { randomUUID } from 'node:crypto';
import type { Usage } from '../backend/answer.js';
import { post } from './post.js';
import type { Encoder } from './route.js';

/**
 * Cohere v2 Chat, as its package types it. Its tool calls ask the client to run them; of a search that the server ran
 * itself there is only the plan to tell.
 */
export const cohere = [
  post({
    path: '/v2/chat',
    refusal: (message) => ({ id: randomUUID(), message }),
    encoder,
  }),
];

function encoder(): Encoder {
  let open = false;
  let length = 0;
  const say = (type: string, fields: object = {}) => ({ event: type, data: { type, ...fields } });
  const tell = (type: string, message: object, index = 0) => say(type, { index, delta: { message } });
  const end = (delta: object) => [
    ...(open ? [say('content-end', { index: 0 })] : []),
    say('message-end', { delta }),
    { data: '[DONE]' },
  ];

  return (event) => {
    switch (event.type) {
      case 'start': {
        const message = { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] };
        return [say('message-start', { id: randomUUID(), delta: { message } })];
      }
      case 'tool-call':
        return [
          say('tool-plan-delta', { delta: { message: { tool_plan: 'I will search the documentation.' } } }),
        ];
      case 'text': {
        const opening = open ? [] : [tell('content-start', { content: { type: 'text', text: '' } })];
        open = true;
        length += event.text.length;
        return [...opening, tell('content-delta', { content: { text: event.text } })];
      }
      case 'sources':
        return event.sources.flatMap((document, index) => {
          const source = {
            type: 'document',
            id: `doc:${index}`,
            document: { id: `doc:${index}`, ...document },
          };
          const citations = { start: length, end: length, text: document.title, sources: [source] };
          return [tell('citation-start', { citations }, index), say('citation-end', { index })];
        });
      case 'heartbeat':
        return [{ comment: 'heartbeat' }];
      case 'error':
        return end({ finish_reason: 'ERROR', error: event.message });
      case 'done':
        return end({ finish_reason: 'COMPLETE', usage: { tokens: tokens(event.usage) } });
      default:
        return [];
    }
  };
}

const tokens = ({ input, output }: Usage): object => ({ input_tokens: input, output_tokens: output });
