import { textOf, type Message, type Thread, type ToolCallPart } from '../../src/model/thread.js';
import { agUI } from '../../src/protocols/ag-ui.js';
import { expect } from '../support/index.js';
import { decoded } from './decoded.js';
import { bytesOf, replay, stream } from './replay.js';

const run = (...list: unknown[]): Thread => replay(agUI, [bytesOf(stream(...list))]);
const answer = (thread: Thread): Message => thread.messages.at(-1)!;
const calls = (thread: Thread) =>
  answer(thread)
    .parts.filter((part): part is ToolCallPart => part.type === 'tool-call')
    .map(({ name, input, output }) => [name, input, output]);

const started = { type: 'RUN_STARTED', threadId: 't1', runId: 'r1' };
const finished = { type: 'RUN_FINISHED', threadId: 't1', runId: 'r1' };
const say = (delta: string) => ({ type: 'TEXT_MESSAGE_CONTENT', messageId: 'm1', delta });

describe('calls of ag-ui that are counted from nothing in each turn', () => {
  const toolCallId = 'call_0';
  const turn = (q: number, content: string) => [
    { type: 'TOOL_CALL_START', toolCallId, toolCallName: 'look' },
    { type: 'TOOL_CALL_ARGS', toolCallId, delta: `{"q":${q}}` },
    { type: 'TOOL_CALL_END', toolCallId },
    { type: 'TOOL_CALL_RESULT', messageId: `t${q}`, toolCallId, content },
  ];
  const both = [
    ['look', { q: 1 }, 'one'],
    ['look', { q: 2 }, 'two'],
  ];

  it('stay apart, each with its result', () => {
    const thread = run(started, ...turn(1, 'one'), ...turn(2, 'two'), say('Done'), finished);
    expect(calls(thread)).to.deep.equal(both);
    expect(thread.run).to.include({ status: 'complete', finishReason: 'stop' });
  });

  it('stay apart in chunks, and where all messages come once more', () => {
    const chunks = (q: number, content: string) => [
      { type: 'TOOL_CALL_CHUNK', toolCallId, toolCallName: 'look', delta: '{"q":' },
      { type: 'TOOL_CALL_CHUNK', toolCallId, delta: `${q}}` },
      { type: 'TOOL_CALL_RESULT', messageId: `t${q}`, toolCallId, content },
    ];
    const made = (id: string, q: number) => ({
      id,
      role: 'assistant',
      toolCalls: [{ id: toolCallId, type: 'function', function: { name: 'look', arguments: `{"q":${q}}` } }],
    });
    const told = (id: string, content: string) => ({ id, role: 'tool', toolCallId, content });
    const messages = [
      { id: 'u', role: 'user', content: 'Hi' },
      made('a1', 1),
      told('t1', 'one'),
      made('a2', 2),
      told('t2', 'two'),
    ];
    const thread = run(
      started,
      ...chunks(1, 'one'),
      ...chunks(2, 'two'),
      { type: 'MESSAGES_SNAPSHOT', messages },
      finished,
    );
    expect(calls(thread).map(([, , output]) => output)).to.deep.equal(['one', 'two']);
  });
});

describe('ag-ui as TanStack AI speaks it', () => {
  // TanStack/ai `docs/protocol/chunk-definitions.md`.
  it('tells why a run ended, and what it cost', () => {
    const usage = { promptTokens: 3, completionTokens: 2, totalTokens: 5 };
    const thread = run(started, say('par'), { ...finished, finishReason: 'length', usage });
    expect(thread.run).to.deep.include({
      finishReason: 'length',
      usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
    });
    expect(
      run(started, say('par'), { ...finished, finishReason: 'content_filter' }).run?.finishReason,
    ).to.equal('content-filter');
  });

  it('names its tools as older versions do, and gives their results at their end', () => {
    const toolCallId = 'a';
    const thread = run(
      started,
      { type: 'TOOL_CALL_START', toolCallId, toolName: 'look' },
      { type: 'TOOL_CALL_ARGS', toolCallId, delta: '{"q":1}', args: '{"q":1}' },
      { type: 'TOOL_CALL_END', toolCallId, toolName: 'look', input: { q: 1 }, result: 'one' },
      say('Done'),
      { ...finished, finishReason: 'stop' },
    );
    expect(calls(thread)).to.deep.equal([['look', { q: 1 }, 'one']]);
    expect([textOf(answer(thread)), thread.run?.finishReason]).to.deep.equal(['Done', 'stop']);
  });

  it('does not show the id of a step as what is being done', () => {
    const step = (stepName: string, stepId?: string) => ({ type: 'STEP_STARTED', stepName, stepId });
    expect(decoded(agUI, step('step-17', 'step-17'))).to.deep.equal([]);
    expect(decoded(agUI, step('Planning'))).to.deep.equal([{ type: 'run-progress', text: 'Planning' }]);
  });
});
