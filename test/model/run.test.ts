import { reduce } from '../../src/model/reduce.js';
import type { RunEvent } from '../../src/model/run-event.js';
import { endRun } from '../../src/model/run-state.js';
import { emptyThread, textOf, type Thread } from '../../src/model/thread.js';
import { expect } from '../support/index.js';
import { after, asked, delta, opened, parts, question, start } from './threads.js';

const progress = (rest: object): RunEvent => ({ type: 'run-progress', ...rest });
const open = opened({ type: 'text', id: 'a' });

describe('a run that starts', () => {
  it('opens an empty answer behind the question, and forgets what the last run was', () => {
    const failed = after({ type: 'run-error', code: 'network' });
    const thread = reduce(failed, { type: 'run-start', id: 'run2', messageId: 'again', createdAt: 9 });
    expect(thread.run).to.deep.equal({ id: 'run2', status: 'loading', progress: [] });
    expect(thread.messages).to.have.length(3);
    expect(thread.messages[2]).to.deep.equal({
      id: 'again',
      role: 'assistant',
      parts: [],
      status: 'streaming',
      createdAt: 9,
      metadata: {},
    });
  });

  it('opens nothing where no id for an answer is given', () => {
    const thread = reduce(asked, { type: 'run-start', id: 'run', createdAt: 7 });
    expect(thread.messages).to.deep.equal([question]);
    expect(thread.run?.status).to.equal('loading');
  });

  it('opens the newest answer again that it takes up, where text may grow once more', () => {
    const cut = after(open, delta('one'), opened({ type: 'source', id: 's', title: 'S' }), {
      type: 'run-error',
      code: 'interrupted',
    });
    const thread = reduce(cut, { type: 'run-start', id: 'run2', messageId: 'answer', createdAt: 9 });
    expect(thread.messages.map(({ id, status }) => [id, status])).to.deep.equal([
      ['q', 'complete'],
      ['answer', 'streaming'],
    ]);
    expect(parts(thread)).to.deep.equal([
      { type: 'text', id: 'a', text: 'one', done: false },
      { type: 'source', id: 's', title: 'S', done: true },
    ]);
    expect(textOf(reduce(thread, delta(' two')).messages[1]!)).to.equal('one two');
    const update: RunEvent = { type: 'part-update', id: 's', patch: { title: 'T' } };
    expect(reduce(thread, update).run?.status, 'something to see').to.equal('streaming');
    const second = { type: 'run-start', id: 'run2', messageId: 'answer2', createdAt: 9 } as const;
    const longer = [second, open, delta('two'), { type: 'run-end' }] as RunEvent[];
    const once = [...longer, { ...second, id: 'run3' }].reduce(reduce, cut);
    expect(once.messages.map(({ id, status }) => [id, status])).to.deep.equal([
      ['q', 'complete'],
      ['answer', 'error'],
      ['answer2', 'streaming'],
    ]);
  });

  it('works in a thread without a single message', () => {
    expect(reduce(emptyThread, start).messages.map(({ id }) => id)).to.deep.equal(['answer']);
    expect(reduce({ ...emptyThread, run: after().run }, delta('x')).messages).to.deep.equal([]);
    expect(emptyThread.messages).to.deep.equal([]);
    expect(emptyThread).to.deep.equal({ id: null, title: null, messages: [], run: null });
  });
});

describe('what a run says of itself', () => {
  it('is that it waits, and no longer that it does', () => {
    const reason = { code: 'http', message: 'busy', retryable: true } as const;
    const wait = { kind: 'retry', until: 10, reason } as const;
    const waiting = after({ type: 'run-wait', wait });
    expect(waiting.run).to.deep.equal({ id: 'run', status: 'loading', progress: [], wait });
    expect(reduce(waiting, { type: 'run-wait' }).run).to.not.have.property('wait');
    expect(reduce(waiting, { type: 'run-end' }).run).to.not.have.property('wait');
  });

  it('is where its answer can be read again', () => {
    const thread = after({ type: 'run-location', address: '/answers/1' });
    expect(thread.run).to.deep.equal({ id: 'run', status: 'loading', progress: [], location: '/answers/1' });
  });

  it('is nothing where there is no run', () => {
    for (const event of [
      { type: 'run-wait' },
      { type: 'run-location', address: '/x' },
      progress({ text: 'x' }),
      { type: 'run-end' },
      { type: 'run-error', code: 'network' },
    ] as RunEvent[])
      expect(reduce(asked, event), event.type).to.equal(asked);
  });

  it('is nothing new where it pauses or reads again', () => {
    const thread = after(open, delta('x'));
    expect(reduce(thread, { type: 'run-paused' })).to.equal(thread);
    expect(reduce(thread, { type: 'run-replay' })).to.equal(thread);
  });

  it('is how it ended: reason, usage, failure', () => {
    const usage = { inputTokens: 1, outputTokens: 2 };
    expect(after({ type: 'run-end', finishReason: 'stop', usage }).run).to.deep.equal({
      id: 'run',
      status: 'complete',
      progress: [],
      finishReason: 'stop',
      usage,
    });
    expect(after({ type: 'run-end', stopped: true }).run?.status).to.equal('stopped');
    const failed = after({
      type: 'run-error',
      code: 'backend',
      message: 'No',
      retryable: false,
      status: 500,
    });
    expect(failed.run).to.deep.equal({
      id: 'run',
      status: 'error',
      progress: [],
      error: { code: 'backend', message: 'No', retryable: false, status: 500 },
    });
  });

  it('is stopped, and nothing else, where a person stopped it before anything was read', () => {
    const reason = { code: 'network', message: 'gone', retryable: true } as const;
    const waiting = after({ type: 'run-wait', wait: { kind: 'retry', until: 5, reason } });
    const thread = endRun(waiting, 'stopped');
    expect(thread.run).to.deep.equal({ id: 'run', status: 'stopped', progress: [] });
    expect(thread.messages[1]).to.include({ id: 'answer', status: 'stopped' });
  });

  it('closes the answer and its parts', () => {
    const thread = after(open, delta('x'), { type: 'run-end' });
    expect(parts(thread)).to.deep.equal([{ type: 'text', id: 'a', text: 'x', done: true }]);
    expect(thread.messages[1]?.status).to.equal('complete');
    expect(thread.messages[0], 'the question').to.equal(question);
    const unanswered = [{ type: 'run-start', id: 'run', createdAt: 7 }, { type: 'run-end' }] as RunEvent[];
    expect(unanswered.reduce(reduce, asked).messages[0], 'alone').to.equal(question);
  });
});

describe('progress', () => {
  const seen = (...events: object[]): Thread['run'] => after(...events.map(progress)).run;

  it('is one line for each step, and a number is news of the last one', () => {
    expect(
      seen({ text: 'Looking', icon: 'search' }, { percent: 10 }, { percent: 40 }, { text: 'Reading' })
        ?.progress,
    ).to.deep.equal([{ text: 'Looking', icon: 'search', percent: 40 }, { text: 'Reading' }]);
  });

  it('that says the same words again is the same step', () => {
    expect(
      seen({ text: 'A' }, { text: 'B' }, { text: 'B', icon: 'x' }, { text: 'A' })?.progress,
    ).to.deep.equal([{ text: 'A' }, { text: 'B', icon: 'x' }, { text: 'A' }]);
  });

  it('keeps the last hundred steps of a backend that has no end of them', () => {
    const steps = Array.from({ length: 250 }, (_, index) => ({ text: `Step ${index}` }));
    expect(seen(...steps)?.progress).to.deep.equal(steps.slice(-100));
  });

  it('may begin with a number, and stays between 0 and 100', () => {
    expect(seen({ percent: 7 })?.progress).to.deep.equal([{ percent: 7 }]);
    expect(seen({ percent: -3 })?.progress).to.deep.equal([{ percent: 0 }]);
    expect(seen({ percent: 300 })?.progress).to.deep.equal([{ percent: 100 }]);
  });
});

describe('a thread', () => {
  it('takes the id and the title that the backend gives it, each alone too', () => {
    const named = after({ type: 'thread-update', id: 't1' });
    expect(named).to.include({ id: 't1', title: null });
    const titled = reduce(named, { type: 'thread-update', title: 'Why' });
    expect(titled).to.include({ id: 't1', title: 'Why' });
    expect(reduce(titled, { type: 'thread-update', id: 't1', title: 'Why' })).to.equal(titled);
    expect(reduce(titled, { type: 'thread-update', id: 't2', title: 'Why' })).to.include({ id: 't2' });
    expect(reduce(titled, { type: 'thread-update', id: 't1', title: 'How' })).to.include({ title: 'How' });
  });

  it('has the text of a message in its text parts only', () => {
    const thread = after(
      opened({ type: 'reasoning', id: 'r', text: 'hm' }),
      open,
      delta('one '),
      opened({ type: 'text', id: 'b', text: 'two' }),
    );
    expect(textOf(thread.messages[1]!)).to.equal('one two');
  });
});
