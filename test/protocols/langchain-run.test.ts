import type { RunEvent } from '../../src/model/run-event.js';
import type { PartInit } from '../../src/model/thread.js';
import { LangChainMessages } from '../../src/protocols/langchain/messages.js';
import { expect } from '../support/index.js';

const grown = (id: string, text: string, kind: 'text' | 'reasoning' = 'text'): RunEvent => ({
  type: 'part-delta',
  id,
  delta: text,
  kind,
});
const replaced = (id: string, text: string, kind: 'text' | 'reasoning' = 'text'): RunEvent => ({
  type: 'part-replace',
  id,
  text,
  kind,
});
const ended = (id: string): RunEvent => ({ type: 'part-end', id });
const named = (id: string | undefined, metadata?: object): RunEvent =>
  ({ type: 'message-start', id, metadata }) as RunEvent;
const said = (content: unknown, rest: object = {}) => ({ type: 'ai', id: 'm1', content, ...rest });
const piece = (content: unknown, rest: object = {}) => ({
  ...said(content, rest),
  type: 'AIMessageChunk',
});

describe('the LangChain messages of a run', () => {
  it('are read in pieces: the first is named, the last ends its parts', () => {
    const messages = new LangChainMessages();
    expect(messages.begun).to.equal(false);
    const metadata = { response_metadata: { model_name: 'opus' } };
    expect(messages.read(piece('one ', metadata), 'piece')).to.deep.equal([
      named('m1', { model: 'opus' }),
      grown('text-0', 'one '),
    ]);
    expect([messages.begun, messages.finished]).to.deep.equal([true, false]);
    expect(messages.read(piece('two'), 'piece')).to.deep.equal([grown('text-0', 'two')]);
    expect(messages.read(piece('', { chunk_position: 'last' }), 'piece')).to.deep.equal([ended('text-0')]);
    expect(messages.finished).to.equal(true);
    expect(messages.read(piece(''), 'piece'), 'counts may come later').to.deep.equal([]);
    expect(messages.finished).to.equal(true);
    expect(messages.read(piece('!'), 'piece')).to.deep.equal([grown('text-0', '!')]);
    expect(messages.finished).to.equal(false);
  });

  it('end where a reason is said, and keep the last one', () => {
    const messages = new LangChainMessages();
    const over = (reason: string) => piece('x', { response_metadata: { finish_reason: reason } });
    expect(messages.read(over('length'), 'piece')).to.deep.equal([
      named('m1'),
      grown('text-0', 'x'),
      ended('text-0'),
    ]);
    expect([messages.finished, messages.finishReason]).to.deep.equal([true, 'length']);
    messages.read(piece('', { chunk_position: 'last' }), 'piece');
    expect(messages.finishReason).to.equal('length');
  });

  it('are whole at once where nothing says that they are pieces', () => {
    const messages = new LangChainMessages();
    expect(messages.read(said('x'), 'piece')).to.deep.equal([
      named('m1'),
      grown('text-0', 'x'),
      ended('text-0'),
    ]);
    expect(messages.read(said('y', { id: 'm2', tool_call_chunks: [] }), 'piece')).to.deep.equal([
      grown('text-1', 'y'),
    ]);
    expect(messages.read(said('z', { id: 'm3', type: 'chunked-ai' }), 'piece'), 'from nobody').to.deep.equal(
      [],
    );
    expect(messages.read({ ...said('z'), id: 'm3', type: 'aiChunks' }, 'piece')).to.deep.equal([
      grown('text-2', 'z'),
      ended('text-2'),
    ]);
  });

  it('have no name where none is said, but their model', () => {
    const unnamed = { type: 'ai', content: 'x' };
    expect(new LangChainMessages().read(unnamed, 'so-far')).to.deep.equal([grown('text-0', 'x')]);
    const model = { ...unnamed, response_metadata: { model: 'opus' } };
    expect(new LangChainMessages().read(model, 'so-far')[0]).to.deep.equal(
      named(undefined, { model: 'opus' }),
    );
    expect(new LangChainMessages().begin('m1')).to.deep.equal([named('m1')]);
    const called = new LangChainMessages();
    called.result({ tool_call_id: 'a', content: 'x' });
    expect(called.begin('m1'), 'something is shown already').to.deep.equal([]);
    const written = new LangChainMessages();
    written.append('', 'text', 'x');
    expect(written.begin('m1')).to.deep.equal([]);
  });

  it('from before are passed over', () => {
    const messages = new LangChainMessages();
    messages.ignore('m1');
    messages.ignore('t1');
    messages.ignore(undefined);
    expect(messages.read(said('x'), 'whole')).to.deep.equal([]);
    expect(messages.result({ id: 't1', tool_call_id: 'a', content: 'x' })).to.deep.equal([]);
    expect(messages.read({ type: 'human', id: 'h', content: 'x' }, 'whole')).to.deep.equal([]);
    expect(messages.begun).to.equal(false);
    expect(messages.read({ type: 'ai', content: 'x' }, 'so-far')).to.have.length(1);
    messages.read(said('y', { id: 'm2' }), 'so-far');
    messages.ignore('m2');
    expect(messages.read(said('yz', { id: 'm2' }), 'so-far'), 'being shown').to.deep.equal([
      grown('text-1', 'z'),
    ]);
  });

  it('show of each state only what is new', () => {
    const messages = new LangChainMessages();
    const read = (content: unknown) => messages.read(said(content), 'so-far');
    expect(read('one')).to.deep.equal([named('m1'), grown('text-0', 'one')]);
    expect(read('one')).to.deep.equal([]);
    expect(read('one two')).to.deep.equal([grown('text-0', ' two')]);
    expect(read(''), 'what was said stays').to.deep.equal([]);
    expect(read('other')).to.deep.equal([replaced('text-0', 'other')]);
    expect(messages.read(said('other!'), 'whole')).to.deep.equal([grown('text-0', '!'), ended('text-0')]);
  });

  it('put what differs into the last part of its kind', () => {
    const messages = new LangChainMessages();
    const thinking = (text: string) => ({ type: 'thinking', thinking: text });
    expect(messages.read(said(['a', thinking('hm'), 'b']), 'so-far')).to.deep.equal([
      named('m1'),
      grown('text-0', 'a'),
      grown('reasoning-1', 'hm', 'reasoning'),
      grown('text-2', 'b'),
    ]);
    expect(messages.read(said(['x', thinking('hm'), 'y']), 'so-far')).to.deep.equal([
      replaced('text-0', ''),
      replaced('text-2', 'xy'),
    ]);
    expect(messages.read(said([thinking('so'), 'xy']), 'so-far')).to.deep.equal([
      replaced('reasoning-1', 'so', 'reasoning'),
    ]);
    expect(messages.read(said('xy'), 'so-far'), 'a copy without the thought').to.deep.equal([]);
  });

  it('grow block by block where blocks are named, and settle', () => {
    const messages = new LangChainMessages();
    expect(messages.append('m1', 'text', '')).to.deep.equal([]);
    expect(messages.append('m1', 'text', 'a', '0')).to.deep.equal([grown('text-0', 'a')]);
    expect(messages.append('m1', 'text', 'b', '1')).to.deep.equal([grown('text-1', 'b')]);
    expect(messages.append('m1', 'text', 'c', '0')).to.deep.equal([grown('text-0', 'c')]);
    expect(messages.settleBlock('m1', 'text', 'ac', '0')).to.deep.equal([]);
    expect(messages.settleBlock('m1', 'text', 'acd', '0')).to.deep.equal([grown('text-0', 'd')]);
    expect(messages.settleBlock('m1', 'text', '', '0'), 'nothing is said').to.deep.equal([]);
    expect(messages.settleBlock('m1', 'text', 'zd', '0')).to.deep.equal([replaced('text-0', 'zd')]);
    expect(messages.settleBlock('m1', 'text', 'zde', '0')).to.deep.equal([grown('text-0', 'e')]);
    expect(messages.settleBlock('m1', 'text', 'new', '2')).to.deep.equal([grown('text-2', 'new')]);
    expect(messages.settleBlock('m1', 'text', '', '3')).to.deep.equal([]);
  });

  it('add their tokens up', () => {
    const messages = new LangChainMessages();
    const usage = (input_tokens: number, output_tokens: number) => ({
      usage_metadata: { input_tokens, output_tokens },
    });
    expect(messages.usage).to.equal(undefined);
    messages.read(piece('x', usage(1, 2)), 'piece');
    messages.read(piece('y', usage(0, 3)), 'piece');
    expect(messages.usage).to.include({ inputTokens: 1, outputTokens: 5 });
    messages.read(said('z', { id: 'm2', ...usage(10, 20) }), 'so-far');
    messages.read(said('z', { id: 'm2', ...usage(10, 30) }), 'so-far');
    expect(messages.usage).to.include({ inputTokens: 11, outputTokens: 35 });
  });

  it('show a file once', () => {
    const messages = new LangChainMessages();
    const url = 'https://a.example/i.png';
    const part: PartInit = { type: 'file', id: url, mediaType: 'image/*', url };
    const image = said([{ type: 'image', url }]);
    expect(messages.read(image, 'so-far')).to.deep.equal([named('m1'), { type: 'part-start', part }]);
    expect(messages.read(image, 'so-far')).to.deep.equal([]);
  });
});
