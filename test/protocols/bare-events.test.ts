import type { RunEvent } from '../../src/model/run-event.js';
import { protocols } from '../../src/protocols/registry.js';
import { RunGuard } from '../../src/wire/guard.js';
import { reduceAll } from '../../src/model/reduce.js';
import { emptyThread, type Thread } from '../../src/model/thread.js';
import { expect } from '../support/index.js';
import { hints } from './replay.js';

type Bare = readonly [name: string, data: string];

const typed = (...types: string[]): Bare[] => types.map((type) => ['', JSON.stringify({ type })]);
const titled = (...names: string[]): Bare[] => names.map((name) => [name, '{}']);
const under = (key: string, ...values: string[]): Bare[] =>
  values.map((value) => ['', JSON.stringify({ [key]: value })]);
const data = (...values: unknown[]): Bare[] => values.map((value) => ['', JSON.stringify(value)]);

/** Events of every kind that a protocol knows, without anything that they should hold. None of them is an end or an error. */
const bare: Record<string, readonly Bare[]> = {
  a2a: data(
    { result: { kind: 'task' } },
    { result: { kind: 'status-update' } },
    { result: { kind: 'artifact-update' } },
    { result: { kind: 'message' } },
    { task: {} },
    { statusUpdate: {} },
    { artifactUpdate: {} },
    { message: {} },
    { artifactUpdate: { artifact: { parts: [null, 3, {}, { kind: 'file' }, { kind: 'file', file: {} }] } } },
  ),
  'ag-ui': typed(
    ...[
      'RUN_STARTED',
      'STEP_STARTED',
      'SUBAGENT_STARTED',
      'THINKING_START',
      'CUSTOM',
      'RAW',
      'STEP_FINISHED',
    ],
    ...['TEXT_MESSAGE_START', 'TEXT_MESSAGE_CONTENT', 'TEXT_MESSAGE_CHUNK', 'TEXT_MESSAGE_END'],
    ...['REASONING_MESSAGE_START', 'REASONING_MESSAGE_CONTENT', 'REASONING_MESSAGE_END'],
    ...['TOOL_CALL_ARGS', 'TOOL_CALL_END', 'TOOL_CALL_RESULT', 'MESSAGES_SNAPSHOT'],
  ),
  'ai-sdk': typed(
    ...['start', 'message-metadata', 'source-url', 'source-document', 'file', 'reasoning-file', 'reset-step'],
    ...['start-step', 'finish-step', 'custom', 'steering-message', 'text-start', 'text-delta', 'text-end'],
    ...['reasoning-start', 'reasoning-delta', 'reasoning-end', 'tool-input-start', 'tool-input-delta'],
    ...['tool-input-available', 'tool-input-error', 'tool-output-available', 'tool-output-error'],
    ...['tool-output-denied', 'tool-approval-request'],
  ),
  anthropic: typed(
    ...['message_start', 'content_block_start', 'content_block_delta', 'content_block_stop', 'message_delta'],
    ...['ping'],
  ),
  'assistant-transport': [
    ...typed(
      ...['part-start', 'text-delta', 'part-finish', 'tool-call-args-text-finish', 'result', 'annotations'],
      ...['data', 'step-start', 'step-finish', 'message-finish'],
    ),
    ...data(
      { type: 'part-start', part: { type: 'file' } },
      { type: 'part-start', part: { type: 'source' } },
      { type: 'part-start', part: { type: 'text' } },
      { type: 'text-delta', path: [2] },
      { type: 'text-delta', path: [9], textDelta: 'x' },
      { type: 'text-delta', path: [2, 0], textDelta: 'x' },
    ),
  ],
  chatkit: typed(
    ...['thread.created', 'thread.updated', 'thread.item.added', 'thread.item.updated', 'progress_update'],
    ...['stream_options'],
  ),
  cohere: [
    ...typed('message-start', 'content-start', 'content-delta', 'tool-plan-delta', 'tool-call-delta'),
    ...typed('tool-call-end', 'citation-start', 'content-end', 'citation-end', 'debug'),
    ...under('event_type', 'stream-start', 'text-generation', 'search-results', 'tool-calls-generation'),
    ...under('event_type', 'search-queries-generation', 'citation-generation', 'tool-calls-chunk'),
  ],
  coze: [
    ...titled('conversation.message.delta', 'conversation.message.completed', 'conversation.chat.created'),
    ...titled('conversation.chat.in_progress', 'conversation.audio.delta'),
    ...['answer', 'function_call', 'tool_output', 'follow_up', 'verbose'].map((type): Bare => [
      'conversation.message.completed',
      JSON.stringify({ type, role: 'assistant' }),
    ]),
  ],
  dify: under(
    'event',
    ...['message', 'agent_message', 'text_chunk', 'reasoning_chunk', 'agent_thought', 'message_file', 'ping'],
    ...[
      'workflow_started',
      'node_started',
      'iteration_started',
      'loop_started',
      'agent_log',
      'node_finished',
    ],
  ),
  events: [
    ...typed('text', 'delta', 'message', 'start', 'reasoning', 'progress', 'sources', 'thread', 'item'),
    ...titled('delta', 'message', 'reasoning', 'progress', 'thread', 'ping'),
  ],
  flowise: under(
    'event',
    ...['token', 'thinking', 'calledTools', 'usedTools', 'sourceDocuments', 'artifacts', 'fileAnnotations'],
    ...[
      'agentReasoning',
      'action',
      'nextAgent',
      'tool',
      'nextAgentFlow',
      'metadata',
      'usageMetadata',
      'start',
    ],
    ...['agentFlowEvent', 'agentFlowExecutedData', 'tts_start', 'tts_data', 'tts_end', 'tts_abort'],
  ),
  gemini: data(
    { candidates: [] },
    { candidates: [{}] },
    { candidates: [{ content: { parts: [{}, null] } }] },
  ),
  'gemini-interactions': under(
    'event_type',
    ...['interaction.created', 'interaction.start', 'step.start', 'content.start', 'step.delta'],
    ...['content.delta', 'step.stop', 'content.stop', 'interaction.status_update'],
  ),
  'hf-chat-ui': [
    ...typed('status', 'title', 'stream', 'reasoning', 'tool', 'routerMetadata', 'elicitation'),
    ...data({ type: 'tool', subtype: 'call' }, { type: 'tool', subtype: 'result' }),
    ...data({ type: 'tool', subtype: 'progress' }, { type: 'reasoning', subtype: 'stream' }),
  ],
  langgraph: titled(
    ...['metadata', 'messages', 'messages/metadata', 'messages/partial', 'messages/complete', 'values'],
    ...['updates', 'custom', 'events', 'tools', 'lifecycle'],
  ),
  langserve: [...titled('metadata'), ['data', 'null'], ['data', '""'], ['data', '{"context":[{},null]}']],
  lobechat: ['text', 'reasoning', 'content_part', 'reasoning_part', 'base64_image', 'tool_calls']
    .concat('grounding', 'usage', 'data', 'speed', 'reasoning_signature')
    .flatMap((name): Bare[] => [
      [name, '{}'],
      [name, '[null, {}]'],
      [name, 'null'],
    ]),
  n8n: typed('begin', 'item'),
  ollama: data({ message: {} }, { response: '' }, { message: { tool_calls: [null, {}] } }),
  'openai-assistants': titled(
    ...['thread.created', 'thread.run.created', 'thread.message.created', 'thread.message.delta'],
    ...['thread.run.step.created', 'thread.run.step.delta'],
  ),
  'openai-chat': data(
    { choices: [] },
    { choices: [{}] },
    { choices: [{ delta: {} }] },
    { choices: [{ delta: { tool_calls: [null] } }] },
  ),
  'openai-responses': typed(
    ...['response.created', 'response.queued', 'response.in_progress', 'response.output_item.added'],
    ...['response.output_item.done', 'response.output_text.delta', 'response.refusal.delta'],
    ...['response.output_text.done', 'response.refusal.done', 'response.output_text.annotation.added'],
    ...['response.reasoning_summary_text.delta', 'response.reasoning_text.delta'],
    ...['response.image_generation_call.partial_image'],
  ),
};

/** What a thread holds after these events, and whether the protocol knew each of them. */
async function after(name: string, events: readonly Bare[]): Promise<{ thread: Thread; known: boolean[] }> {
  const decoder = (await protocols[name]!()).decoder(hints);
  const guard = new RunGuard();
  const start: RunEvent = { type: 'run-start', id: 'run', messageId: 'answer', createdAt: 0 };
  let thread = reduceAll(emptyThread, [start]);
  const known = events.map(([name, data]) => {
    const decoded = decoder.decode({ name, data, id: '' });
    expect(decoded === null || Array.isArray(decoded), `${name} ${data}`).to.equal(true);
    thread = reduceAll(thread, guard.push(decoded ?? []));
    return decoded !== null;
  });
  return { thread, known };
}

const said = (thread: Thread): string[] =>
  thread.messages.flatMap(({ parts }) =>
    parts.flatMap((part) =>
      'text' in part ? [part.text] : part.type === 'tool-call' ? [part.inputText] : [],
    ),
  );

describe('events that hold nothing', () => {
  for (const [name, events] of Object.entries(bare)) {
    it(`of ${name} say nothing and end nothing`, async () => {
      const { thread } = await after(name, events);
      expect(said(thread).join('')).to.equal('');
      expect(thread).to.include({ id: null, title: null });
      expect(thread.run?.status).to.be.oneOf(['loading', 'streaming']);
      for (const { backendId, parts } of thread.messages) {
        expect(backendId).to.equal(undefined);
        expect(parts.filter(({ type }) => type === 'file' || type === 'source')).to.deep.equal([]);
      }
      expect(
        thread.run?.progress.filter(({ text, percent }) => text === '' || percent !== undefined),
      ).to.deep.equal([]);
    });
  }
});

/** Protocols that know an event by the start of its type, or by other things. */
const lenient = ['dify', 'n8n', 'openai-responses'];

describe('events that only look like known ones', () => {
  for (const [name, events] of Object.entries(bare)) {
    it(`mean nothing to ${name}`, async () => {
      const around = (type: string) => [`x${type}`, `${type}x`];
      const alike = events.flatMap(([title, data]): Bare[] => {
        const value = JSON.parse(data) as Record<string, unknown> | null;
        const key = ['type', 'event', 'event_type'].find((one) => typeof value?.[one] === 'string');
        if (title) return around(title).map((other): Bare => [other, data]);
        if (key === undefined || Object.keys(value!).length > 1) return [];
        return around(String(value![key])).map((other): Bare => ['', JSON.stringify({ [key]: other })]);
      });
      const { thread, known } = await after(name, alike);
      const taken = alike.filter((_event, index) => known[index]).map(([title, data]) => title + data);
      if (!lenient.includes(name)) expect(taken).to.deep.equal([]);
      expect(thread.messages.flatMap(({ parts }) => parts)).to.deep.equal([]);
    });
  }
});

describe('the protocols', () => {
  it('are called as they are asked for', async () => {
    for (const [name, load] of Object.entries(protocols)) expect((await load()).name).to.equal(name);
  });

  it('end nothing that has not begun', async () => {
    for (const [name, load] of Object.entries(protocols)) {
      const decoder = (await load()).decoder(hints);
      expect(
        decoder.end().filter(({ type }) => type !== 'run-end'),
        name,
      ).to.deep.equal([]);
    }
  });

  it('take what is no JSON for nothing, or for text', async () => {
    for (const [name, load] of Object.entries(protocols)) {
      if (['events', 'text', 'langserve'].includes(name)) continue;
      for (const text of ['{"a":', 'null', '3', '[]', '"x"']) {
        const decoded = (await load()).decoder(hints).decode({ name: '', data: text, id: '' });
        expect(decoded ?? [], `${name}: ${text}`).to.deep.equal([]);
      }
    }
  });
});
