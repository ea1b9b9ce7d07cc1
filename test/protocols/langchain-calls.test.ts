import type { RunEvent } from '../../src/model/run-event.js';
import { LangChainMessages } from '../../src/protocols/langchain/messages.js';
import { expect } from '../support/index.js';

const delta = (id: string, text: string): RunEvent => ({ type: 'part-delta', id, delta: text });
const called = (id: string, name = 'tool'): RunEvent => ({
  type: 'part-start',
  part: { type: 'tool-call', id, name },
});
const update = (id: string, patch: object): RunEvent => ({ type: 'part-update', id, patch });
const named = (id: string | undefined, metadata?: object): RunEvent =>
  ({ type: 'message-start', id, metadata }) as RunEvent;
const said = (content: unknown, rest: object = {}) => ({ type: 'ai', id: 'm1', content, ...rest });
const piece = (content: unknown, rest: object = {}) => ({
  ...said(content, rest),
  type: 'AIMessageChunk',
});

describe('the tool calls of LangChain messages', () => {
  it('grow in pieces, told apart by their index or their place', () => {
    const messages = new LangChainMessages();
    const pieces = (...tool_call_chunks: unknown[]) =>
      messages.read(piece('', { tool_call_chunks }), 'piece');
    expect(pieces({ index: 0, id: 'a', name: 'look', args: '{"q"' })).to.deep.equal([
      named('m1'),
      called('a', 'look'),
      delta('a', '{"q"'),
    ]);
    expect(pieces({ index: 0, args: ':1}' }, null, { index: 1, id: 'b' })).to.deep.equal([
      delta('a', ':1}'),
      called('b'),
    ]);
    expect(pieces({ index: 1, id: 'b', args: '{}' }), 'the same id again').to.deep.equal([delta('b', '{}')]);
    expect(pieces({ index: 1, id: 'c' }), 'another id').to.deep.equal([called('c')]);
    expect(pieces({ args: '1' }), 'by place').to.deep.equal([delta('a', '1')]);
    expect(pieces({ index: 7, args: '2' }), 'without an id').to.deep.equal([
      called('m1:2'),
      delta('m1:2', '2'),
    ]);
    expect(messages.finish('m1')).to.deep.equal([
      update('a', { state: 'running' }),
      update('c', { state: 'running' }),
      update('m1:2', { state: 'running' }),
    ]);
    expect(messages.finish('m1'), 'once').to.deep.equal([]);
  });

  it('run with their whole input, once', () => {
    const messages = new LangChainMessages();
    const message = said('', { tool_calls: [{ id: 'a', name: 'look', args: { q: 1 } }, 'no', { input: 2 }] });
    expect(messages.read(message, 'whole')).to.deep.equal([
      named('m1'),
      called('a', 'look'),
      update('a', { input: { q: 1 }, state: 'running' }),
      called('m1:2'),
      update('m1:2', { input: 2, state: 'running' }),
    ]);
    expect(messages.read(message, 'whole')).to.deep.equal([]);
  });

  it('show their raw input as long as the message grows', () => {
    const messages = new LangChainMessages();
    const tool_calls = [{ id: 'a', tool_name: 'look', args: {} }];
    const raw = said('', { tool_calls, tool_call_chunks: [{ id: 'a', args: '{"q"' }] });
    expect(messages.read(raw, 'so-far')).to.deep.equal([
      named('m1'),
      called('a', 'look'),
      { type: 'part-replace', id: 'a', text: '{"q"' },
    ]);
    expect(messages.read(said('', { tool_calls }), 'so-far')).to.deep.equal([]);
  });

  it('give back text, or what JSON text says', () => {
    const output = (content: unknown) => {
      const events = new LangChainMessages().result({ tool_call_id: 'a', name: 'look', content });
      expect(events[0]).to.deep.equal(called('a', 'look'));
      return (events[1] as RunEvent & { type: 'part-update' }).patch;
    };
    const whole = { state: 'complete', error: undefined };
    expect(output('sunny')).to.deep.equal({ output: 'sunny', ...whole });
    expect(output('say {"a":1}')).to.deep.equal({ output: 'say {"a":1}', ...whole });
    expect(output('7')).to.deep.equal({ output: '7', ...whole });
    expect(output(' {"a":1}')).to.deep.equal({ output: { a: 1 }, ...whole });
    expect(output('[1]')).to.deep.equal({ output: [1], ...whole });
    expect(output('{"a":')).to.deep.equal({ output: '{"a":', ...whole });
    expect(output([{ type: 'text', text: '[2]' }])).to.deep.equal({ output: [2], ...whole });
    expect(output([{ type: 'image' }])).to.deep.equal({ output: [{ type: 'image' }], ...whole });
    expect(output({ a: 1 })).to.deep.equal({ output: { a: 1 }, ...whole });
  });

  it('fail in the tool’s words, or in ours', () => {
    const failed = (content: unknown) =>
      new LangChainMessages().read({ type: 'tool', tool_call_id: 'a', status: 'error', content }, 'whole');
    expect(failed('No such city')).to.deep.equal([
      called('a'),
      update('a', { output: 'No such city', state: 'error', error: 'No such city' }),
    ]);
    expect(failed([{ type: 'text', text: 'No' }])[1]).to.deep.equal(
      update('a', { output: 'No', state: 'error', error: 'No' }),
    );
    expect(failed({})[1]).to.deep.equal(
      update('a', { output: {}, state: 'error', error: 'The tool failed' }),
    );
  });

  it('are over once, and the model goes on after them', () => {
    const messages = new LangChainMessages();
    messages.read(said('x'), 'whole');
    expect(messages.finished).to.equal(true);
    expect(messages.result({ content: 'x' }), 'of no call').to.deep.equal([]);
    expect(messages.finished).to.equal(true);
    expect(messages.result({ tool_call_id: 'a', content: 'x' })).to.have.length(2);
    expect(messages.finished).to.equal(false);
    expect(messages.result({ tool_call_id: 'a', content: 'y' })).to.deep.equal([]);
    expect(messages.runs('a', { args: 1 })).to.deep.equal([]);
  });
});
