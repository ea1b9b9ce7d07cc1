import { randomUUID } from 'node:crypto';
import { post, type Asked } from './post.js';
import type { Encoder } from './route.js';
import { promptTokens } from './tokens.js';

/**
 * Dify's `chat-messages` for an agent app, strings escaped to ASCII as its server writes them. What it knows of a source
 * holds no address, so the links stand in the text.
 */
export const dify = [
  post({
    path: '/v1/chat-messages',
    turns: ({ query }) => query,
    thread: ({ conversation_id }) => conversation_id,
    sourcesInText: true,
    refusal: (message) => ({ code: 'invalid_param', message, status: 400 }),
    encoder,
  }),
];

function encoder({ threadId }: Asked): Encoder {
  const frame = { task_id: randomUUID(), message_id: randomUUID(), conversation_id: threadId };
  const thoughts = new Map<string, object>();
  const say = (event: string, fields: object) => [
    { data: toASCII({ event, ...frame, created_at: Math.floor(Date.now() / 1000), ...fields }) },
  ];

  return (event) => {
    switch (event.type) {
      case 'tool-call': {
        const tool_input = JSON.stringify({ [event.name]: event.input });
        const id = randomUUID();
        const thought = { id, position: thoughts.size + 1, thought: '', tool: event.name, tool_input };
        thoughts.set(event.id, thought);
        return say('agent_thought', { ...thought, observation: '' });
      }
      case 'tool-result': {
        // The same thought again, with what the tool found.
        const observation = JSON.stringify({ [event.name]: JSON.stringify(event.output) });
        return say('agent_thought', { ...thoughts.get(event.id), observation });
      }
      case 'text':
        return say('agent_message', { id: frame.message_id, answer: event.text });
      case 'heartbeat':
        return [{ event: 'ping' }];
      case 'error':
        return say('error', { status: 400, code: 'completion_request_error', message: event.message });
      case 'done':
        return say('message_end', { id: frame.message_id, metadata: { usage: promptTokens(event.usage) } });
      default:
        return [];
    }
  };
}

/** JSON as Python's `json.dumps` writes it by default. */
const toASCII = (value: object): string =>
  JSON.stringify(value).replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
