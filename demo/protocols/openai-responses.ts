import { randomUUID } from 'node:crypto';
import type { AnswerEvent } from '../backend/answer.js';
import { post } from './post.js';
import { textOf, type Encoder, type Fields } from './route.js';
import { inputTokens } from './tokens.js';

/**
 * OpenAI Responses, as `resources/responses` of the official package describes its events. The search is a call of a tool
 * that the server runs itself (`mcp_call`): it alone has an output on this wire.
 */
export const openaiResponses = [
  post({
    path: '/v1/responses',
    turns: ({ input }) => input,
    refusal: (message) => ({ error: { message, type: 'invalid_request_error', param: 'input', code: null } }),
    encoder: ({ body }) => encoder(textOf(body.model) || 'demo'),
  }),
];

/** An item of the output, and its place there. */
interface Item {
  index: number;
  item: Fields & { id: string };
}

function encoder(model: string): Encoder {
  const frame = { id: `resp_${randomUUID()}`, object: 'response', created_at: now(), model };
  const items: Item[] = [];
  let sequence = 0;
  let message: Item | undefined;
  let text = '';
  const annotations: object[] = [];

  const say = (type: string, fields: object) => ({
    event: type,
    data: { type, sequence_number: sequence++, ...fields },
  });
  const life = (status: string, fields: object = {}, type = status) =>
    say(`response.${type}`, {
      response: { ...frame, status, output: [], error: null, usage: null, ...fields },
    });
  const open = (item: Item['item']): Item => {
    items.push({ index: items.length, item });
    return items.at(-1)!;
  };
  const ofItem = (type: string, { index, item }: Item, fields: object = {}) =>
    say(`response.${type}`, { item_id: item.id, output_index: index, ...fields });
  const ofText = (type: string, at: Item, fields: object) =>
    ofItem(type, at, { content_index: 0, ...fields });
  const whole = (type: string, { index, item }: Item) =>
    say(`response.output_item.${type}`, { output_index: index, item: { ...item } });
  const part = () => ({ type: 'output_text', text, annotations: [...annotations] });

  function callTool({ id, name, input }: AnswerEvent & { type: 'tool-call' }) {
    const call = open({
      id,
      type: 'mcp_call',
      status: 'in_progress',
      server_label: 'docs',
      name,
      arguments: '',
    });
    const started = whole('added', call);
    call.item.arguments = JSON.stringify(input);
    return [
      started,
      ofItem('mcp_call.in_progress', call),
      ofItem('mcp_call_arguments.delta', call, { delta: call.item.arguments }),
      ofItem('mcp_call_arguments.done', call, { arguments: call.item.arguments }),
    ];
  }

  function endTool({ id, output }: AnswerEvent & { type: 'tool-result' }) {
    const call = items.find(({ item }) => item.id === id);
    if (!call) return [];
    Object.assign(call.item, { status: 'completed', output: JSON.stringify(output), error: null });
    return [ofItem('mcp_call.completed', call), whole('done', call)];
  }

  function addText(delta: string) {
    const first = !message;
    message ??= open({
      id: `msg_${randomUUID()}`,
      type: 'message',
      status: 'in_progress',
      role: 'assistant',
      content: [],
    });
    const opening = first
      ? [whole('added', message), ofText('content_part.added', message, { part: part() })]
      : [];
    text += delta;
    return [...opening, ofText('output_text.delta', message, { delta })];
  }

  function endText() {
    if (!message) return [];
    Object.assign(message.item, { status: 'completed', content: [part()] });
    return [
      ofText('output_text.done', message, { text }),
      ofText('content_part.done', message, { part: part() }),
      whole('done', message),
    ];
  }

  return (event) => {
    switch (event.type) {
      case 'start':
        return [life('in_progress', {}, 'created'), life('in_progress')];
      case 'tool-call':
        return callTool(event);
      case 'tool-result':
        return endTool(event);
      case 'text':
        return addText(event.text);
      case 'sources':
        return event.sources.flatMap((source) => {
          const annotation = {
            type: 'url_citation',
            ...source,
            start_index: text.length,
            end_index: text.length,
          };
          const annotation_index = annotations.push(annotation) - 1;
          return message
            ? [ofText('output_text.annotation.added', message, { annotation_index, annotation })]
            : [];
        });
      case 'heartbeat':
        return [{ comment: 'heartbeat' }];
      case 'error': {
        const error = { code: 'server_error', message: event.message };
        return [say('error', { ...error, param: null }), life('failed', { error })];
      }
      case 'done': {
        const ended = endText();
        const output = items.map(({ item }) => item);
        return [...ended, life('completed', { output, usage: inputTokens(event.usage) })];
      }
      default:
        return [];
    }
  };
}

const now = (): number => Math.floor(Date.now() / 1000);
