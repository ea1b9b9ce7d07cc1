import fc from 'fast-check';
import { tries } from '../support/seed.js';

import { reduce } from '../../src/model/reduce.js';
import type { RunEvent } from '../../src/model/run-event.js';
import { emptyThread, textOf, type Message, type Thread } from '../../src/model/thread.js';
import { expect } from '../support/index.js';

const start: RunEvent = { type: 'run-start', id: 'run', messageId: 'answer', createdAt: 7 };
const question: Message = {
  id: 'q',
  role: 'user',
  status: 'complete',
  createdAt: 1,
  metadata: {},
  parts: [{ type: 'text', id: 't', text: 'Why?', done: true }],
};
const asked: Thread = { ...emptyThread, messages: [question] };
const after = (...events: RunEvent[]): Thread => [start, ...events].reduce(reduce, asked);
const open: RunEvent = { type: 'part-start', part: { type: 'text', id: 'a' } };
const delta = (text: string): RunEvent => ({ type: 'part-delta', id: 'a', delta: text });

describe('reduce', () => {
  it('is loading until something can be seen, then streaming, then how it ended', () => {
    expect(after().run?.status).to.equal('loading');
    expect(after({ type: 'run-progress', text: 'Looking' }).run?.status).to.equal('loading');
    expect(after(open).run?.status).to.equal('loading');
    expect(after(open, delta('x')).run?.status).to.equal('streaming');
    expect(after(open, delta('x'), { type: 'run-end' }).run?.status).to.equal('complete');
    expect(after(open, delta('x'), { type: 'run-end', stopped: true }).messages[1]?.status).to.equal(
      'stopped',
    );
    expect(after({ type: 'run-error', code: 'network' }).messages[1]?.status).to.equal('error');
  });

  it('copies what changed and nothing else', () => {
    const before = after(open, delta('x'), {
      type: 'part-start',
      part: { type: 'source', id: 's', title: 'S' },
    });
    const next = reduce(before, delta('y'));
    expect(next.messages[0]).to.equal(before.messages[0]);
    expect(next.messages[1]).not.to.equal(before.messages[1]);
    expect(next.messages[1]?.parts[1]).to.equal(before.messages[1]?.parts[1]);
    expect(next.run).to.equal(before.run);
    expect(reduce(next, delta('')), 'nothing new').to.equal(next);
    expect(reduce(next, { type: 'thread-update' })).to.equal(next);
    expect(reduce(next, { type: 'part-replace', id: 'a', text: 'xy' })).to.equal(next);
    expect(reduce(next, { type: 'part-delta', id: 'unknown', delta: 'z' })).to.equal(next);
  });

  it('takes the empty answer of the run for the first message, and opens the next ones itself', () => {
    const thread = after(
      { type: 'message-start', id: 'm1', metadata: { agent: 'A' } },
      open,
      delta('one'),
      { type: 'message-end', id: 'm1' },
      { type: 'message-start', id: 'm2' },
      open,
      delta('two'),
      { type: 'run-end' },
    );
    expect(
      thread.messages.slice(1).map((message) => [message.backendId, textOf(message), message.status]),
    ).to.deep.equal([
      ['m1', 'one', 'complete'],
      ['m2', 'two', 'complete'],
    ]);
    expect(thread.messages[1]).to.deep.include({ id: 'answer', metadata: { agent: 'A' } });
    expect(new Set(thread.messages.map(({ id }) => id)).size, 'different ids').to.equal(3);
  });

  it('names a message that is named late, and opens another one for another name', () => {
    const late = after(open, delta('one'), { type: 'message-start', id: 'm1' }, delta('!'), {
      type: 'run-end',
    });
    expect(late.messages.slice(1).map((message) => [message.backendId, textOf(message)])).to.deep.equal([
      ['m1', 'one!'],
    ]);
    const two = after({ type: 'message-start', id: 'm1' }, open, delta('one'), {
      type: 'message-start',
      id: 'm2',
    });
    expect(two.messages.slice(1).map(({ backendId }) => backendId)).to.deep.equal(['m1', 'm2']);
  });

  it('keeps a message that was whole when the run broke after it', () => {
    const thread = after(
      open,
      delta('one'),
      { type: 'message-end' },
      { type: 'run-error', code: 'interrupted' },
    );
    expect(thread.messages[1]?.status).to.equal('complete');
    expect(thread.run?.status).to.equal('error');
  });

  it('parses the input of a tool call when it ends', () => {
    const thread = after(
      { type: 'part-start', part: { type: 'tool-call', id: 'a', name: 'look' } },
      delta('{"q":'),
      delta('1}'),
      { type: 'part-update', id: 'a', patch: { state: 'complete', output: 'found' } },
      { type: 'run-end' },
    );
    expect(thread.messages[1]?.parts[0]).to.deep.include({
      input: { q: 1 },
      output: 'found',
      state: 'complete',
      done: true,
    });
  });

  it('takes messages back', () => {
    const thread = after({ type: 'message-start', id: 'm1' }, open, delta('x'), {
      type: 'message-remove',
      id: 'm1',
    });
    expect(thread.messages).to.deep.equal([question]);
  });

  it('gives no two messages one id, also after one was taken back', () => {
    const thread = after(
      { type: 'message-start', id: 'm1' },
      ...[open, delta('one')],
      { type: 'message-start', id: 'm2' },
      ...[open, delta('two')],
      { type: 'message-remove', id: 'm1' },
      { type: 'message-start', id: 'm3' },
    );
    expect(thread.messages.map(({ backendId }) => backendId)).to.deep.equal([undefined, 'm2', 'm3']);
    expect(new Set(thread.messages.map(({ id }) => id)).size).to.equal(3);
  });

  it('never throws and never changes what it was given, whatever the order of events', () => {
    const id = fc.constantFrom('a', 'b');
    const event: fc.Arbitrary<RunEvent> = fc.oneof(
      fc.constant(start),
      fc.record({ type: fc.constant('run-progress' as const), percent: fc.integer() }),
      fc.record({ type: fc.constant('message-start' as const), id }),
      fc.record({ type: fc.constant('message-end' as const), id }),
      fc.record({ type: fc.constant('message-remove' as const), id }),
      fc.record({ type: fc.constant('part-delta' as const), id, delta: fc.string() }),
      fc.record({ type: fc.constant('part-replace' as const), id, text: fc.string() }),
      fc.record({ type: fc.constant('part-end' as const), id }),
      fc.record({
        type: fc.constant('part-update' as const),
        id,
        patch: fc.record({ output: fc.anything(), url: fc.string() }),
      }),
      fc.record({
        type: fc.constant('part-start' as const),
        part: fc.oneof(
          fc.record({ type: fc.constant('text' as const), id }),
          fc.record({ type: fc.constant('tool-call' as const), id, name: fc.string() }),
          fc.record({ type: fc.constant('data' as const), id, name: fc.string(), data: fc.anything() }),
        ),
      }),
      fc.constant<RunEvent>({ type: 'run-end' }),
      fc.constant<RunEvent>({ type: 'run-error', code: 'backend' }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let thread = asked;
        for (const one of events) {
          Object.freeze(thread);
          Object.freeze(thread.messages);
          thread.messages.forEach(Object.freeze);
          thread = reduce(thread, one);
          const ids = thread.messages.map((message) => message.id);
          // A run that starts twice with one id is the only way to have a message twice.
          if (events.filter(({ type }) => type === 'run-start').length < 2)
            expect(new Set(ids).size).to.equal(ids.length);
        }
      }),
      tries(100),
    );
  });
});
