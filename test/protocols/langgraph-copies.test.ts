import { textOf, type Message, type Thread, type ToolCallPart } from '../../src/model/thread.js';
import { langGraph } from '../../src/protocols/langgraph.js';
import { expect } from '../support/index.js';
import { bytesOf, replay, stream } from './replay.js';

const run = (...list: unknown[]): Thread => replay(langGraph, [bytesOf(stream(...list))]);
const answer = (thread: Thread): Message => thread.messages.at(-1)!;
const thinking = ({ parts }: Message) =>
  parts.map((part) => (part.type === 'reasoning' ? part.text : '')).join('');
const calls = (thread: Thread) =>
  answer(thread)
    .parts.filter((part): part is ToolCallPart => part.type === 'tool-call')
    .map(({ name, input, output, state }) => [name, input, output, state]);

const piece = (id: string | undefined, content: unknown, fields: object = {}) => [
  'messages',
  [{ type: 'ai', id, content, tool_call_chunks: [], ...fields }, {}],
];
const over = { response_metadata: { stop_reason: 'end_turn' } };
const whole = (id: string, content: unknown, fields: object = {}) => ({ type: 'ai', id, content, ...fields });
const updates = (node: string, ...messages: object[]) => ['updates', { [node]: { messages } }];
const values = (...messages: object[]) => ['values', { messages }];

describe('a message of LangGraph that comes under two ids', () => {
  // langgraphjs#1321: Anthropic's models stream as `run-…`, and are in the state as `msg_…`.
  const streamed = [piece('run-1', 'Hel'), piece('run-1', 'lo', over)];

  it('is shown once', () => {
    const copy = whole('msg_1', 'Hello');
    for (const copies of [
      [updates('agent', copy)],
      [updates('agent', copy), values({ type: 'human', id: 'h', content: 'Hi' }, copy), values(copy)],
      [['messages', [copy, {}]], updates('agent', copy)],
    ]) {
      const thread = run(...streamed, ...copies);
      expect(textOf(answer(thread))).to.equal('Hello');
      expect(thread.run?.status).to.equal('complete');
    }
  });

  it('is shown once where it thinks and calls', () => {
    const thought = [{ type: 'thinking', thinking: 'Hm' }];
    const tool_calls = [{ id: 'toolu_01VdUTV', name: 'look', args: {} }];
    const thread = run(
      piece('run-1', thought),
      piece('run-1', '', {
        tool_call_chunks: [{ index: 0, id: 'toolu_01VdUTV', name: 'look', args: '{}' }],
        ...over,
      }),
      updates('agent', whole('msg_1', thought, { tool_calls })),
      updates('tools', { type: 'tool', id: 't1', tool_call_id: 'toolu_01VdUTV', content: 'x' }),
      // The node above the graph repeats all of it in the end.
      updates('graph', whole('msg_9', '', { tool_calls }), whole('msg_8', 'Done')),
    );
    expect(thinking(answer(thread))).to.equal('Hm');
    expect(calls(thread)).to.deep.equal([['look', {}, 'x', 'complete']]);
    expect(textOf(answer(thread))).to.equal('Done');
  });

  it('is told from another one that says the same', () => {
    const thread = run(
      ...streamed,
      updates('agent', whole('msg_1', 'Hello')),
      piece('run-2', 'Hello', over),
      updates('agent', whole('msg_2', 'Hello')),
    );
    expect(textOf(answer(thread))).to.equal('HelloHello');
    const own = run(...streamed, updates('a', whole('run-1', 'Hello')), updates('b', whole('n', 'Hello')));
    expect(textOf(answer(own))).to.equal('HelloHello');
  });

  it('is shown once where its pieces have no id', () => {
    // vercel/ai#15309: some graphs stream pieces without one.
    const thread = run(
      piece(undefined, 'One', over),
      updates('a', whole('m1', 'One')),
      piece(undefined, ' two'),
      piece(undefined, '.', over),
      updates('b', whole('m2', ' two.')),
    );
    expect(textOf(answer(thread))).to.equal('One two.');
  });
});

describe('calls of LangGraph that are counted from nothing in each turn', () => {
  const call = (id: string, args: string) =>
    piece(id, '', { tool_call_chunks: [{ index: 0, id: 'call_0', name: 'look', args }], ...over });
  const made = (id: string, q: number) =>
    whole(id, '', { tool_calls: [{ id: 'call_0', name: 'look', args: { q } }] });
  const told = (id: string, content: string) => ({ type: 'tool', id, tool_call_id: 'call_0', content });
  const both = [
    ['look', { q: 1 }, 'one', 'complete'],
    ['look', { q: 2 }, 'two', 'complete'],
  ];

  it('stay apart, each with its result', () => {
    const thread = run(
      call('m1', '{"q":1}'),
      updates('agent', made('m1', 1)),
      updates('tools', told('t1', 'one')),
      call('m2', '{"q":2}'),
      updates('agent', made('m2', 2)),
      ['messages', [told('t2', 'two'), {}]],
      updates('tools', told('t2', 'two')),
      values({ type: 'human', id: 'h', content: 'Hi' }),
      values(made('m1', 1), told('t1', 'one'), made('m2', 2), told('t2', 'two'), whole('m3', 'Done')),
    );
    expect(calls(thread)).to.deep.equal(both);
    expect(textOf(answer(thread))).to.equal('Done');
  });

  it('stay apart where each state comes whole', () => {
    const asked = { type: 'human', id: 'h', content: 'Hi' };
    const thread = run(
      values(asked),
      values(asked, made('m1', 1)),
      values(asked, made('m1', 1), told('t1', 'one')),
      values(asked, made('m1', 1), told('t1', 'one'), made('m2', 2)),
      values(asked, made('m1', 1), told('t1', 'one'), made('m2', 2), told('t2', 'two')),
    );
    expect(calls(thread)).to.deep.equal(both);
  });

  it('stay apart in protocol v2', () => {
    const v2 = (method: string, data: object) => [
      method,
      { type: 'event', method, params: { namespace: [], data } },
    ];
    const turn = (id: string, q: number, output: string) => [
      v2('messages', { event: 'message-start', id, role: 'ai' }),
      v2('messages', {
        event: 'content-block-finish',
        index: 0,
        content: { type: 'tool_call', id: 'call_0', name: 'look', args: { q } },
      }),
      v2('messages', { event: 'message-finish', reason: 'tool_use' }),
      v2('tools', { event: 'tool-started', tool_call_id: 'call_0', tool_name: 'look', input: { q } }),
      v2('tools', { event: 'tool-finished', tool_call_id: 'call_0', output }),
    ];
    expect(calls(run(...turn('m1', 1, 'one'), ...turn('m2', 2, 'two')))).to.deep.equal(both);
  });
});
