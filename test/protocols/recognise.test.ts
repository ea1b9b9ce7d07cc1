import { recognise } from '../../src/protocols/recognise.js';
import type { Framing } from '../../src/wire/wire-event.js';
import { expect } from '../support/index.js';

interface Hint {
  framing?: Framing;
  header?: string;
  id?: string;
}

function recognised(name: string, data: unknown, { framing = 'sse', header, id = '' }: Hint = {}) {
  const event = { name, data: typeof data === 'string' ? data : JSON.stringify(data), id };
  return recognise(event, { framing, header: (one) => (one === header ? 'v1' : null) });
}

/** Each with the name and the data of an event, and what it is recognised as. */
type Case = readonly [name: string, data: unknown, protocol: string | undefined, hint?: Hint];

const lines: Hint = { framing: 'json-lines' };
const withId: Hint = { id: 'msg_1' };

const cases: Record<string, readonly Case[]> = {
  'what comes before its data': [
    ['', 'x', 'ai-sdk', { header: 'x-vercel-ai-ui-message-stream' }],
    ['', 'x', 'ai-sdk', { header: 'x-vercel-ai-data-stream' }],
    ['', '{"choices":[]}', 'text', { framing: 'text' }],
    ['', '[DONE]', 'events'],
    ['', ' [DONE] ', 'events'],
    ['', '0:"x"', 'ai-sdk', lines],
    ['', 'g:"x"', 'ai-sdk', lines],
    ['', '0:"x"', 'events'],
    ['', 'A:"x"', 'events', lines],
    ['', 'ab:"x"', 'events', lines],
  ],
  'the name of the event': [
    ...['messages', 'messages/partial', 'messages|sub', 'values', 'updates', 'debug', 'custom', 'events'].map(
      (name): Case => [name, {}, 'langgraph'],
    ),
    ...['tasks', 'checkpoints', 'lifecycle'].map((name): Case => [name, {}, 'langgraph']),
    ['my-values', {}, 'events'],
    ['valuesx', {}, 'events'],
    ['metadata', { run_id: 'r' }, 'langserve'],
    ['metadata', { run_id: 'r', attempt: 1 }, 'langgraph'],
    ['metadata', {}, 'events'],
    ['other', { run_id: 'r' }, 'events'],
    ['conversation.chat.created', {}, 'coze'],
    ['output', {}, 'completion'],
    ['message', { results: [] }, 'completion'],
    ['message', { text: 'x' }, 'events'],
    ['thread.run.created', { object: 'thread.run' }, 'openai-assistants'],
    ['thread.run.created', {}, 'events'],
    ['thread.run.created', '"x"', 'events'],
    ['a.thread.run', { object: 'thread.run' }, 'events'],
    ['thread.run-9', { object: 'thread.run' }, 'events'],
    ...['flowNodeStatus', 'flowNodeResponse', 'flowResponses', 'updateVariables', 'workflowDuration'].flatMap(
      (name): Case[] => [
        [name, {}, 'openai-chat'],
        [`x${name}`, {}, 'events'],
        [`${name}x`, {}, 'events'],
      ],
    ),
    ['toolCall', { tool: {} }, 'openai-chat'],
    ['toolCall', {}, 'events'],
    ['call', { tool: {} }, 'events'],
  ],
  'the id that is on every event': [
    ['text', '"x"', 'lobechat', withId],
    ['reasoning', '"x"', 'lobechat', withId],
    ['text', '"x"', 'events', { id: '7' }],
    ['text', { text: 'x' }, 'events', withId],
    ['texts', '"x"', 'events', withId],
    ['a-text', '"x"', 'events', withId],
    ['tool_calls', '[]', 'lobechat', withId],
    ['tool_calls', {}, 'events', withId],
    ['other', '[]', undefined, withId],
    ['data', { a: 1 }, undefined, withId],
    ['data', { text: 'x' }, 'events', withId],
    ['data', { a: 1 }, 'events'],
    ['other', { a: 1 }, 'events', withId],
  ],
  'noise, or text': [
    ...['', ' ', 'null', ' null', '[]', '{', ' {"a":', '[1'].map((data): Case => ['', data, undefined]),
    ...['x', 'x {', 'nullify', '3', 'true', '"'].map((data): Case => ['', data, 'events']),
    ['', '{}', undefined],
    ['named', '{}', 'events'],
  ],
  'the type of its data': [
    ['', { type: 'response.created' }, 'openai-responses'],
    ['', { type: 'RUN_STARTED' }, 'ag-ui'],
    ['', { type: 'RUN' }, 'events'],
    ['', { type: 'xRUN_STARTED' }, 'events'],
    ['', { type: 'RUN_STARTEDx' }, 'events'],
    ...[
      'message_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ].flatMap((type): Case[] => [
      ['', { type }, 'anthropic'],
      ['', { type: `x${type}` }, 'events'],
      ['', { type: `${type}-x` }, 'events'],
    ]),
    ['', { type: 'stream_options' }, 'chatkit'],
    ['', { type: 'thread.created' }, 'chatkit'],
    ['', { type: 'thread.updated' }, 'chatkit'],
    ['', { type: 'thread.item.added' }, 'chatkit'],
    ['', { type: 'a.thread.created' }, 'events'],
    ['named', { type: 'thread.created' }, 'events'],
    ['', { type: 'message-start', delta: {} }, 'cohere'],
    ['', { type: 'message-start' }, 'events'],
    ['', { type: 'other', delta: {} }, 'events'],
    ['', { type: 'part-start' }, 'assistant-transport'],
    ['', { type: 'update-state' }, 'assistant-transport'],
    ['', { type: 'a-part-start' }, 'events'],
    ['', { type: 'part-started' }, 'events'],
    ['', { type: 'text-delta', textDelta: 'x' }, 'assistant-transport'],
    ['', { type: 'other', textDelta: 'x' }, 'events'],
    ['', { type: 'step-start', messageId: 'm' }, 'assistant-transport'],
    ['', { type: 'step-start' }, 'events'],
    ...['start-step', 'finish-step', 'text-start', 'text-delta', 'text-end', 'reasoning-delta'].flatMap(
      (type): Case[] => [
        ['', { type }, 'ai-sdk'],
        ['', { type: `x${type}` }, 'events'],
        ['', { type: `${type}x` }, 'events'],
      ],
    ),
    ...['tool-input-start', 'tool-input-available', 'tool-input-error', 'source-url', 'data-weather'].map(
      (type): Case => ['', { type }, 'ai-sdk'],
    ),
    ['', { type: 'data-' }, 'events'],
    ['', { type: 'start', messageId: 'm' }, 'ai-sdk'],
    ['', { type: 'start' }, undefined],
    ['', { type: 'start', agent: 'a' }, 'events'],
    ['named', { type: 'start' }, 'events'],
    ...['begin', 'item', 'end'].flatMap((type): Case[] => [
      ['', { type, metadata: {} }, 'n8n'],
      ['', { type }, 'events'],
      ['', { type: `x${type}`, metadata: {} }, 'events'],
      ['', { type: `${type}x`, metadata: {} }, 'events'],
    ]),
    ['', { type: 'ping' }, undefined],
    ['ping', { type: 'ping' }, undefined],
    ['other', { type: 'ping' }, 'events'],
    ['', { type: 'title' }, undefined],
    ['named', { type: 'title' }, 'events'],
    ['', { type: 'status', status: 'started' }, undefined],
    ['', { type: 'status', status: 'other' }, 'events'],
    ['', { type: 'other', status: 'started' }, 'events'],
  ],
  'an error': [
    ['', { type: 'error', errorText: 'No' }, 'ai-sdk'],
    ['', { type: 'error', sequence_number: 1 }, 'openai-responses'],
    ['', { type: 'error', param: null }, 'openai-responses'],
    ['', { type: 'error', error: { type: 'x' } }, 'anthropic'],
    ['', { type: 'error', error: { message: 'x' } }, 'events'],
    ['', { type: 'error', allow_retry: true }, 'chatkit'],
    ['', { type: 'error', code: 'stream.error' }, 'chatkit'],
    ['', { type: 'error', code: 'other' }, 'events'],
    ['', { type: 'error' }, 'events'],
  ],
  'a line of chat-ui': [
    ['', { type: 'stream', token: 'x' }, 'hf-chat-ui', lines],
    ['', { type: 'stream', token: 'x' }, 'events'],
    ['', { type: 'stream' }, 'events', lines],
    ['', { type: 'other', token: 'x' }, 'events', lines],
    ['', { type: 'finalAnswer', text: 'x' }, 'hf-chat-ui', lines],
    ['', { type: 'finalAnswer' }, 'events', lines],
    ['', { type: 'other', text: 'x' }, 'events', lines],
    ['', { type: 'status', status: 'keepAlive' }, 'hf-chat-ui', lines],
    ['', { type: 'status', status: 'error', statusCode: 500 }, 'hf-chat-ui', lines],
    ['', { type: 'status', status: 'started' }, undefined, lines],
    ['', { type: 'other', status: 'keepAlive' }, 'events', lines],
    ...['reasoning', 'tool', 'elicitation'].flatMap((type): Case[] => [
      ['', { type, subtype: 'x' }, 'hf-chat-ui', lines],
      ['', { type }, 'events', lines],
      ['', { type: `x${type}`, subtype: 'x' }, 'events', lines],
      ['', { type: `${type}x`, subtype: 'x' }, 'events', lines],
    ]),
    ['', { type: 'routerMetadata', route: 'r' }, 'hf-chat-ui', lines],
    ['', { type: 'routerMetadata' }, 'events', lines],
    ['', { type: 'other', route: 'r' }, 'events', lines],
    ['', { token: 'x', text: 'x' }, 'events', lines],
  ],
  'its fields': [
    ['', { choices: [] }, 'openai-chat'],
    ['', { object: 'chat.completion.chunk' }, 'openai-chat'],
    ['', { object: 'other' }, 'events'],
    ['', { author: 'a', content: {} }, 'gemini'],
    ['', { author: 'a', invocationId: 'i' }, 'gemini'],
    ['', { author: 'a' }, 'events'],
    ...['candidates', 'promptFeedback', 'usageMetadata'].map((field): Case => [
      '',
      { [field]: {} },
      'gemini',
    ]),
    ['', { event_type: 'x', is_finished: false }, 'cohere'],
    ['', { event_type: 'x' }, 'gemini-interactions'],
    ['', { event: 'token', data: 'x' }, 'flowise'],
    ['', { event: 'token', data: 'x', more: 1 }, 'events'],
    ...['task_id', 'message_id', 'workflow_run_id'].flatMap((field): Case[] => [
      ['', { event: 'x', [field]: 'i' }, 'dify'],
      ['', { [field]: 'i' }, 'events'],
    ]),
    ['', { event: 'x' }, 'events'],
    ['', { jsonrpc: '2.0' }, 'a2a'],
    ...['task', 'message', 'status-update', 'artifact-update'].flatMap((kind): Case[] => [
      ['', { kind }, 'a2a'],
      ['', { kind: `x${kind}` }, 'events'],
      ['', { kind: `${kind}x` }, 'events'],
    ]),
    ...['statusUpdate', 'artifactUpdate', 'task'].flatMap((field): Case[] => [
      ['', { [field]: {} }, 'a2a'],
      ['', { [field]: 'x' }, 'events'],
    ]),
    ['', { message: { parts: [{}] } }, 'a2a'],
    ['', { message: { parts: [] } }, 'events'],
    ...['message', 'response', 'model'].flatMap((field): Case[] => [
      ['', { done: false, [field]: 'x' }, 'ollama'],
      ['named', { done: false, [field]: 'x' }, 'events'],
      ['', { done: 'no', [field]: 'x' }, 'events'],
    ]),
    ['', { done: false }, 'events'],
    ['', { token: { text: 'x' } }, 'completion'],
    ['', { stop: false }, 'completion'],
    ['', { stop: 'x' }, 'events'],
  ],
};

describe('an event is recognised', () => {
  for (const [what, list] of Object.entries(cases)) {
    it(`by ${what}`, () => {
      for (const [name, data, protocol, hint] of list)
        expect(recognised(name, data, hint), `${name} ${JSON.stringify(data)}`).to.equal(protocol);
    });
  }
});
