import { randomUUID } from 'node:crypto';
import { post } from './post.js';
import { textOf, type Encoder } from './route.js';

/**
 * Anthropic Messages, as the official package reads them. The search is a tool the server runs itself (`mcp_tool_use`):
 * its result is a block of the same message.
 */
export const anthropic = [
  post({
    path: '/v1/messages',
    refusal: (message) => failure('invalid_request_error', message),
    encoder: ({ body }) => encoder(textOf(body.model) || 'demo'),
  }),
];

function encoder(model: string): Encoder {
  let blocks = 0;
  let open = false;
  const say = (type: string, fields: object = {}) => ({ event: type, data: { type, ...fields } });
  const start = (content_block: object) => say('content_block_start', { index: blocks, content_block });
  const add = (delta: object) => say('content_block_delta', { index: blocks, delta });
  const stop = () => say('content_block_stop', { index: blocks++ });

  return (event) => {
    switch (event.type) {
      case 'start': {
        const usage = { input_tokens: 0, output_tokens: 0 };
        const rest = { content: [], stop_reason: null, stop_sequence: null, usage };
        const message = { id: `msg_${randomUUID()}`, type: 'message', role: 'assistant', model, ...rest };
        return [say('message_start', { message })];
      }
      case 'tool-call': {
        const { id, name, input } = event;
        return [
          start({ type: 'mcp_tool_use', id, name, input: {}, server_name: 'docs' }),
          add({ type: 'input_json_delta', partial_json: '' }),
          add({ type: 'input_json_delta', partial_json: JSON.stringify(input) }),
          stop(),
        ];
      }
      case 'tool-result': {
        const content = [{ type: 'text', text: JSON.stringify(event.output) }];
        return [start({ type: 'mcp_tool_result', tool_use_id: event.id, is_error: false, content }), stop()];
      }
      case 'text': {
        const opening = open ? [] : [start({ type: 'text', text: '' })];
        open = true;
        return [...opening, add({ type: 'text_delta', text: event.text })];
      }
      case 'sources':
        return event.sources.map((source) =>
          add({
            type: 'citations_delta',
            citation: { type: 'web_search_result_location', ...source, cited_text: source.title },
          }),
        );
      case 'heartbeat':
        return [say('ping')];
      case 'error':
        return [{ event: 'error', data: failure('api_error', event.message) }];
      case 'done': {
        const usage = { input_tokens: event.usage.input, output_tokens: event.usage.output };
        return [
          ...(open ? [stop()] : []),
          // Totals, not what was added.
          say('message_delta', { delta: { stop_reason: 'end_turn', stop_sequence: null }, usage }),
          say('message_stop'),
        ];
      }
      default:
        return [];
    }
  };
}

const failure = (type: string, message: string): object => ({ type: 'error', error: { type, message } });
