import type { RunEvent } from '../../src/model/run-event.js';
import { LangChainMessages } from '../../src/protocols/langchain/messages.js';
import { LangGraphV2 } from '../../src/protocols/langchain/langgraph-v2.js';
import { langGraph } from '../../src/protocols/langgraph.js';
import { expect } from '../support/index.js';
import { decoded, decodedWhole, ended, grown, patched, type Told } from './decoded.js';
import { hints } from './replay.js';

const called = (id: string, name = 'tool'): RunEvent => ({
  type: 'part-start',
  part: { type: 'tool-call', id, name },
});
const named = (id: string, metadata?: object) => ({ type: 'message-start', id, metadata }) as RunEvent;
const v2 = (method: string, data: object, namespace: string[] = []): Told => [
  method,
  { type: 'event', method, params: { namespace, data } },
];

function channels() {
  const messages = new LangChainMessages();
  const second = new LangGraphV2(messages);
  const say = (event: string, data: object, namespace = '') => second.message(namespace, { event, ...data });
  return { messages, second, say };
}

describe('the messages channel of LangGraph', () => {
  it('tells the messages of runs and of graphs apart', () => {
    const { say } = channels();
    expect(
      say('message-start', { run_id: 'r1', id: 'm1', metadata: { ls_model_name: 'opus' } }),
    ).to.deep.equal([named('m1', { model: 'opus' })]);
    expect(say('message-start', { run_id: 'r2', message_id: 'm2', role: 'ai' })).to.deep.equal([]);
    const block = (text: string) => ({ index: 0, content_block: { type: 'text', text } });
    expect(say('content-block-start', { run_id: 'r1', ...block('a') })).to.deep.equal([grown('text-0', 'a')]);
    expect(say('content-block-start', { run_id: 'r2', ...block('b') })).to.deep.equal([grown('text-1', 'b')]);
    expect(say('content-block-delta', { run_id: 'r1', ...block('c') })).to.deep.equal([grown('text-0', 'c')]);
    expect(say('content-block-delta', { run_id: 'r1', ...block('d') }, 'sub')).to.deep.equal([
      grown('text-2', 'd'),
    ]);
    expect(say('content-block-delta', { run_id: 'r1', index: 1, delta: { text: 'e' } })).to.deep.equal([
      grown('text-3', 'e'),
    ]);
    expect(say('nonsense', { run_id: 'r1', ...block('x') })).to.deep.equal([]);
  });

  it('opens no answer for a question, or for what a tool gives back', () => {
    for (const about of [{ role: 'human' }, { role: 'tool' }, { tool_call_id: 'a' }]) {
      const { messages, say } = channels();
      expect(say('message-start', { id: 'm1', ...about })).to.deep.equal([]);
      expect(messages.begun).to.equal(false);
    }
  });

  it('collects what a tool gives back', () => {
    const { say } = channels();
    say('message-start', { id: 't1', tool_call_id: 'a' });
    expect(say('content-block-start', { content: { type: 'text', text: 'sun' } })).to.deep.equal([]);
    expect(say('content-block-delta', { delta: { type: 'text', text: 'ny' } })).to.deep.equal([]);
    expect(say('content-block-delta', { delta: { type: 'image' } })).to.deep.equal([]);
    expect(say('content-block-finish', { content: { type: 'image' } })).to.deep.equal([]);
    const result = { output: 'sunny', state: 'complete', error: undefined };
    expect(say('message-finish', {})).to.deep.equal([called('a'), patched('a', result)]);
    const whole = channels();
    whole.say('message-start', { tool_call_id: 'a' });
    whole.say('content-block-delta', { delta: { text: 'sun' } });
    whole.say('content-block-finish', { content: { text: 'rain' } });
    expect(whole.say('message-finish', {})[1]).to.deep.equal(patched('a', { ...result, output: 'rain' }));
  });

  it('settles a block, counts and finishes', () => {
    const { messages, say } = channels();
    say('message-start', { id: 'm1' });
    say('content-block-start', { index: 0, content: { type: 'text', text: 'on' } });
    expect(messages.finished).to.equal(false);
    expect(say('content-block-finish', { index: 0, content: { type: 'text', text: 'one' } })).to.deep.equal([
      grown('text-0', 'e'),
    ]);
    const usage = { input_tokens: 1, output_tokens: 2 };
    expect(say('message-finish', { reason: 'end_turn', usage })).to.deep.equal([ended('text-0')]);
    expect([messages.finished, messages.finishReason]).to.deep.equal([true, 'stop']);
    expect(messages.usage).to.include({ inputTokens: 1, outputTokens: 2 });
    say('content-block-delta', { index: 1, delta: { type: 'text', text: 'more' } });
    expect(messages.finished).to.equal(false);
    expect(say('message-finish', {}), 'without a count').to.deep.equal([ended('text-0'), ended('text-1')]);
    expect(messages.usage).to.include({ inputTokens: 1 });
  });

  it('reads tool calls in pieces, as inputs so far, and whole', () => {
    const { say } = channels();
    say('message-start', { id: 'm1' });
    const start = { type: 'tool_call_chunk', id: 'a', name: 'look', args: '{' };
    expect(say('content-block-start', { index: 1, content: start })).to.deep.equal([
      called('a', 'look'),
      { type: 'part-delta', id: 'a', delta: '{' },
    ]);
    const soFar = (args: string | undefined, index = 2) => ({
      index,
      delta: { type: 'block-delta', fields: { type: 'tool_call_chunk', args } },
    });
    expect(say('content-block-delta', soFar('{"q"'))).to.deep.equal([
      called('m1:1'),
      { type: 'part-delta', id: 'm1:1', delta: '{"q"' },
    ]);
    expect(say('content-block-delta', soFar('{"q":1}'))).to.deep.equal([
      { type: 'part-delta', id: 'm1:1', delta: ':1}' },
    ]);
    expect(say('content-block-delta', soFar('[]', 3))).to.deep.equal([
      called('m1:2'),
      { type: 'part-delta', id: 'm1:2', delta: '[]' },
    ]);
    expect(say('content-block-delta', soFar(undefined, 4))).to.deep.equal([called('m1:3')]);
    const whole = (content: object) => say('content-block-finish', { index: 1, content });
    expect(whole({ type: 'tool_call', id: 'a', name: 'look', args: { q: 1 } })).to.deep.equal([
      patched('a', { input: { q: 1 }, state: 'running' }),
    ]);
    expect(whole({ type: 'server_tool_call', name: 'search', args: 2 })).to.deep.equal([
      patched('m1:1', { input: 2, state: 'running' }),
    ]);
    expect(
      say('content-block-finish', { index: 9, content: { type: 'server_tool_call', args: 2 } }),
    ).to.deep.equal([called('m1:9'), patched('m1:9', { input: 2, state: 'running' })]);
    expect(whole({ type: 'image' })).to.deep.equal([]);
    expect(whole({ type: 'no_tool_call', id: 'x' })).to.deep.equal([]);
  });
});

describe('the tools channel of LangGraph', () => {
  it('starts, finishes and fails calls', () => {
    const { second } = channels();
    const tool = (event: string, data: object = {}) =>
      second.tool({ event, tool_call_id: 'a', tool_name: 'look', ...data });
    expect(second.tool({ event: 'tool-started' })).to.deep.equal([]);
    expect(tool('nonsense')).to.deep.equal([]);
    expect(tool('tool-started', { input: { q: 1 } })).to.deep.equal([
      called('a', 'look'),
      patched('a', { input: { q: 1 }, state: 'running' }),
    ]);
    expect(tool('tool-finished', { output: { content: 'sunny' } })).to.deep.equal([
      patched('a', { output: 'sunny', state: 'complete', error: undefined }),
    ]);
    const other = (event: string, data: object) =>
      channels().second.tool({ event, tool_call_id: 'b', ...data });
    expect(other('tool-finished', { output: { degrees: 7 } })[1]).to.deep.equal(
      patched('b', { output: { degrees: 7 }, state: 'complete', error: undefined }),
    );
    expect(other('tool-finished', { output: 'sunny' })[1]).to.deep.equal(
      patched('b', { output: 'sunny', state: 'complete', error: undefined }),
    );
    expect(other('tool-error', { tool_name: 'look', message: 'No' })).to.deep.equal([
      called('b', 'look'),
      patched('b', { output: 'No', state: 'error', error: 'No' }),
    ]);
  });
});

describe('the other channels of LangGraph', () => {
  const usage = undefined;
  it('say how the run stands', () => {
    const lifecycle = (event: string, namespace?: string[]) =>
      decoded(langGraph, v2('lifecycle', { event, error: 'Broken' }, namespace));
    const end = (finishReason?: string) => ({ type: 'run-end', finishReason, usage });
    expect(lifecycle('completed')).to.deep.equal([end()]);
    expect(lifecycle('interrupted')).to.deep.equal([{ type: 'run-paused' }, end('paused')]);
    expect(lifecycle('cancelled')).to.deep.equal([end('cancelled')]);
    expect(lifecycle('failed').map(({ type }) => type)).to.deep.equal(['run-error', 'run-end']);
    expect(lifecycle('started')).to.deep.equal([]);
    expect(lifecycle('completed', ['sub'])).to.deep.equal([]);
    expect(decoded(langGraph, ['end', {}])).to.deep.equal([end()]);
  });

  it('add to the state, and a step that was reported is an end', () => {
    const messages = [{ type: 'ai', id: 'm1', content: 'x' }];
    const shown = [named('m1'), grown('text-0', 'x'), ended('text-0')];
    const end = { type: 'run-end', finishReason: undefined, usage };
    expect(decodedWhole(langGraph, v2('updates', { values: { messages } }))).to.deep.equal([...shown, end]);
    expect(decodedWhole(langGraph, v2('updates', { node: { messages } }))).to.deep.equal([...shown, end]);
    expect(decodedWhole(langGraph, ['updates', { node: [{ messages: messages[0] }, 3] }])).to.deep.equal([
      ...shown,
      end,
    ]);
    expect(
      decodedWhole(langGraph, ['updates', { node: { messages: [{ type: 'remove' }, ...messages] } }]),
    ).to.deep.equal([end]);
  });

  it('tell the run’s own end from that of its parts', () => {
    const chain = (event: string, run_id?: string): Told => ['events', { event, run_id }];
    const types = (...events: Told[]) =>
      decodedWhole(langGraph, ['metadata', { run_id: 'r1' }], ...events).map(({ type }) => type);
    expect(types(chain('on_chain_end', 'r1'))).to.deep.equal(['run-end']);
    expect(types(chain('on_chain_end', 'r2'))).to.deep.equal([]);
    expect(types(chain('on_chain_start', 'r1'))).to.deep.equal([]);
    expect(types()).to.deep.equal([]);
  });

  it('ask a person, once for each question', () => {
    const asked = { id: 'i1', value: 'Go on?' };
    expect(decodedWhole(langGraph, ['values', { __interrupt__: [asked, asked, 3] }])).to.deep.equal([
      grown('text-0', 'Go on?'),
      { type: 'part-start', part: { type: 'data', id: 'interrupt-i1', name: 'interrupt', data: asked } },
      { type: 'run-paused', reason: 'Go on?' },
      { type: 'run-end', finishReason: 'paused', usage },
    ]);
    const form = { interrupt_id: 'i2', payload: { fields: [] } };
    expect(decoded(langGraph, v2('input.requested', form))).to.deep.equal([
      { type: 'part-start', part: { type: 'data', id: 'interrupt-i2', name: 'interrupt', data: form } },
      { type: 'run-paused', reason: undefined },
    ]);
    expect(decoded(langGraph, ['updates', { __interrupt__: [{}] }])[0]).to.have.nested.property(
      'part.id',
      'interrupt-0',
    );
  });

  it('name the question, and take the first state for the past', () => {
    const question = { type: 'human', id: 'q', content: 'Why?' };
    const old = { type: 'ai', id: 'm0', content: 'old' };
    const fresh = { type: 'ai', id: 'm1', content: 'new' };
    expect(
      decoded(
        langGraph,
        ['values', { messages: [old, question] }],
        ['values', { messages: [old, question, fresh] }],
      ),
    ).to.deep.equal([
      { type: 'message-start', role: 'user', id: 'q' },
      named('m1'),
      grown('text-0', 'new'),
      ended('text-0'),
    ]);
    expect(decoded(langGraph, ['messages/partial', [question, fresh]])).to.deep.equal([
      named('m1'),
      grown('text-0', 'new'),
    ]);
  });

  it('that are for others are known and mean nothing; the rest is not known', () => {
    const decoder = langGraph.decoder(hints);
    const decode = (name: string, data: string) => decoder.decode({ name, data, id: '' });
    for (const mode of ['debug', 'tasks', 'checkpoints', 'tools', 'lifecycle', 'feedback'])
      expect(decode(mode, '{}'), mode).to.deep.equal([]);
    for (const mode of ['other', 'messages', 'messages/partial', 'messages/complete'])
      expect(decode(mode, '{}'), mode).to.equal(null);
  });
});

describe('a run of LangGraph', () => {
  const at = (location: string | undefined, lastEventId = '') => ({ threadId: null, location, lastEventId });
  it('is read again and stopped at its own address', () => {
    const run = 'https://a.example/threads/t/runs/r-1';
    for (const location of [run, `${run}/stream`, `${run}?x=1`, `${run}#y`]) {
      expect(langGraph.resume!('', at(location, '7'))).to.deep.equal({
        address: `${run}/stream`,
        headers: { 'last-event-id': '7' },
      });
      expect(langGraph.stop!('', at(location))).to.deep.equal({
        address: `${run}/cancel?wait=false`,
        method: 'POST',
      });
    }
    expect(langGraph.resume!('', at(run))?.headers).to.deep.equal({ 'last-event-id': '-1' });
    for (const location of [undefined, '', 'https://a.example/threads/t', 'https://a.example/runs/']) {
      expect(langGraph.resume!('', at(location))).to.equal(undefined);
      expect(langGraph.stop!('', at(location))).to.equal(undefined);
    }
  });
});
