import { reduce } from '../../src/model/reduce.js';
import type { RunEvent } from '../../src/model/run-event.js';
import { textOf, type Thread } from '../../src/model/thread.js';
import { expect } from '../support/index.js';
import { after, asked, delta, opened, parts, question } from './threads.js';

const open = opened({ type: 'text', id: 'a' });
const begin = (id?: string, metadata?: Record<string, unknown>): RunEvent => ({
  type: 'message-start',
  ...(id !== undefined && { id }),
  ...(metadata && { metadata }),
});
const finish = (id?: string, metadata?: Record<string, unknown>): RunEvent => ({
  ...begin(id, metadata),
  type: 'message-end',
});
const answers = (thread: Thread) => thread.messages.filter(({ role }) => role === 'assistant');
const told = (thread: Thread) =>
  answers(thread).map((message) => [message.backendId, textOf(message), message.status]);

describe('the name of a question', () => {
  const name = (id?: string): RunEvent => ({
    type: 'message-start',
    role: 'user',
    ...(id !== undefined && { id }),
  });

  it('goes to the newest question, and opens no answer', () => {
    const again: Thread = { ...asked, messages: [question, { ...question, id: 'q2' }] };
    const thread = reduce(again, name('u1'));
    expect(thread.messages.map(({ backendId }) => backendId)).to.deep.equal([undefined, 'u1']);
    expect(thread.messages[0]).to.equal(question);
    const answered = after(name('u1'), open, delta('x'));
    expect(answered.messages[0]).to.deep.equal({ ...question, backendId: 'u1' });
    expect(told(answered)).to.deep.equal([[undefined, 'x', 'streaming']]);
  });

  it('changes nothing that is known already, or where nothing is named', () => {
    const thread = after(name('u1'));
    expect(reduce(thread, name('u1'))).to.equal(thread);
    expect(reduce(thread, name())).to.equal(thread);
    expect(reduce(thread, name('u2')).messages[0]).to.include({ backendId: 'u2' });
    const none: Thread = { ...asked, messages: [] };
    expect(reduce(none, name('u1'))).to.equal(none);
  });
});

describe('a message that starts', () => {
  it('is the empty answer, whatever was said of it before', () => {
    expect(told(after(begin('m1'), begin('m2'), open, delta('x')))).to.deep.equal([['m2', 'x', 'streaming']]);
    expect(told(after(begin('m1'), begin(), open, delta('x')))).to.deep.equal([['m1', 'x', 'streaming']]);
  });

  it('a second time under its own name is the same one', () => {
    expect(told(after(begin('m1'), open, delta('one'), begin('m1'), delta('!')))).to.deep.equal([
      ['m1', 'one!', 'streaming'],
    ]);
  });

  it('without a name is another one as soon as the first shows something, and closes that', () => {
    const thread = after(open, delta('one'), begin(), open, delta('two'));
    expect(told(thread)).to.deep.equal([
      [undefined, 'one', 'complete'],
      [undefined, 'two', 'streaming'],
    ]);
    expect(answers(thread)[0]?.parts[0]?.done).to.equal(true);
    expect(thread.messages[2]).to.include({ id: 'run:2', createdAt: 7 });
    expect(thread.messages[2]).to.not.have.property('backendId');
  });

  it('opens an answer after one that has ended, which stays as it ended', () => {
    const stopped = after(begin('m1'), open, delta('one'), { type: 'run-end', stopped: true });
    const thread = reduce(stopped, begin('m1'));
    expect(told(thread)).to.deep.equal([
      ['m1', 'one', 'stopped'],
      ['m1', '', 'streaming'],
    ]);
    expect(thread.messages[1]).to.equal(stopped.messages[1]);
  });

  it('opens an answer behind a question, and in an empty thread without a run', () => {
    const silent = reduce(asked, { type: 'run-start', id: 'run', createdAt: 7 });
    const thread = reduce(silent, begin('m1'));
    expect(thread.messages[0]).to.equal(question);
    expect(thread.messages[1]).to.deep.equal({
      id: 'run:1',
      backendId: 'm1',
      role: 'assistant',
      parts: [],
      status: 'streaming',
      createdAt: 1,
      metadata: {},
    });
    const first = reduce({ ...asked, messages: [] }, begin());
    expect(first.messages[0]).to.deep.include({ id: 'run:0', createdAt: 0, parts: [] });
  });

  it('adds what is said about it to what is known', () => {
    const thread = after(begin('m1', { model: 'a', agent: 'x' }), begin('m1', { model: 'b' }));
    expect(thread.messages[1]?.metadata).to.deep.equal({ model: 'b', agent: 'x' });
  });
});

describe('a message that ends', () => {
  it('is complete with its parts, and takes the name and what is said about it', () => {
    const thread = after(begin(undefined, { model: 'a' }), open, delta('x'), finish('m1', { tokens: 3 }));
    expect(told(thread)).to.deep.equal([['m1', 'x', 'complete']]);
    expect(thread.messages[1]?.metadata).to.deep.equal({ model: 'a', tokens: 3 });
    expect(parts(thread)[0]?.done).to.equal(true);
    expect(after(begin('m1'), open, finish()).messages[1]).to.include({
      backendId: 'm1',
      status: 'complete',
    });
    expect(after(open, finish()).messages[1]).to.not.have.property('backendId');
  });

  it('once more may bring its name, and never another one', () => {
    const unnamed = after(open, delta('x'), { type: 'run-end', stopped: true });
    expect(reduce(unnamed, finish())).to.equal(unnamed);
    const named = reduce(unnamed, finish('m1', { model: 'a' }));
    expect(told(named)).to.deep.equal([['m1', 'x', 'stopped']]);
    expect(named.messages[1]?.metadata).to.deep.equal({ model: 'a' });
    expect(reduce(named, finish('m2'))).to.equal(named);
  });

  it('is the newest answer, whatever stands behind it', () => {
    const thread = after(open, delta('x'));
    const asked: Thread = { ...thread, messages: [...thread.messages, { ...question, id: 'q2' }] };
    const next = reduce(asked, finish('m1'));
    expect(next.messages.map(({ backendId }) => backendId)).to.deep.equal([undefined, 'm1', undefined]);
  });
});

describe('a message that is taken back', () => {
  it('is found by either of its names, and the others stay', () => {
    const thread = after(begin('m1'), open, delta('one'), begin('m2'), open, delta('two'));
    const left = (id: string) => reduce(thread, { type: 'message-remove', id }).messages.map((one) => one.id);
    expect(left('m1')).to.deep.equal(['q', 'run:2']);
    expect(left('run:2')).to.deep.equal(['q', 'answer']);
    expect(left('q')).to.deep.equal(['answer', 'run:2']);
    expect(reduce(thread, { type: 'message-remove', id: 'unknown' })).to.equal(thread);
  });
});
