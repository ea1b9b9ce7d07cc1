import type { RunEvent } from '../../src/model/run-event.js';
import { RunGuard } from '../../src/wire/guard.js';
import { expect } from '../support/index.js';

const delta = (text: string, id = 'a'): RunEvent => ({ type: 'part-delta', id, delta: text });
const opened = (id = 'a'): RunEvent => ({ type: 'part-start', part: { type: 'text', id } });
const failure = { type: 'run-error', code: 'network', message: 'Gone' } as const;
const [high, low] = ['😀'[0]!, '😀'[1]!];

/** What a guard lets through of these events, each alone, before the end. */
function through(...events: RunEvent[]): RunEvent[] {
  const guard = new RunGuard();
  return events.flatMap((event) => guard.push([event]));
}

describe('the run guard: parts and messages', () => {
  it('opens a part as text, or as what its delta or its text says', () => {
    expect(through(delta('x'))).to.deep.equal([opened(), delta('x')]);
    const reasoning = { kind: 'reasoning' } as const;
    const start = { type: 'part-start', part: { type: 'reasoning', id: 'a' } };
    const grown = { ...delta('x'), ...reasoning } as RunEvent;
    expect(through(grown)).to.deep.equal([start, grown]);
    const replaced = { type: 'part-replace', id: 'a', text: 'x', ...reasoning } as const;
    expect(through(replaced)).to.deep.equal([start, replaced]);
    expect(through({ type: 'part-replace', id: 'a', text: 'x' })[0]).to.deep.equal(opened());
  });

  it('opens nothing twice', () => {
    const replace: RunEvent = { type: 'part-replace', id: 'a', text: 'y' };
    expect(through(opened(), delta('x'), replace, delta('z'))).to.deep.equal([
      opened(),
      delta('x'),
      replace,
      delta('z'),
    ]);
    expect(through(delta('x', 'b'), delta('x', 'b'))).to.have.length(3);
  });

  it('opens a message for whatever comes after one that ended, once', () => {
    const end: RunEvent = { type: 'message-end' };
    const start: RunEvent = { type: 'message-start' };
    expect(through(end, delta('x'), delta('y', 'b'))).to.deep.equal([
      end,
      start,
      opened(),
      delta('x'),
      opened('b'),
      delta('y', 'b'),
    ]);
    expect(through(end, opened())).to.deep.equal([end, start, opened()]);
    expect(through(end, start, delta('x'))).to.deep.equal([end, start, opened(), delta('x')]);
    expect(new RunGuard(false).push([delta('x')])).to.deep.equal([start, opened(), delta('x')]);
  });

  it('takes the same id in another message for another part', () => {
    const start: RunEvent = { type: 'message-start', id: 'm2' };
    expect(through(delta('x'), start, delta('y'))).to.deep.equal([
      opened(),
      delta('x'),
      start,
      opened(),
      delta('y'),
    ]);
  });

  it('takes the name of the question for no other message', () => {
    const name: RunEvent = { type: 'message-start', role: 'user', id: 'q' };
    expect(through(delta('x'), name, delta('y'))).to.deep.equal([opened(), delta('x'), name, delta('y')]);
    expect(through({ type: 'message-end' }, name, delta('x')).map(({ type }) => type)).to.deep.equal([
      'message-end',
      'message-start',
      'message-start',
      'part-start',
      'part-delta',
    ]);
  });
});

describe('the run guard: halves of a character', () => {
  it('come out when what they are in ends', () => {
    const message: RunEvent = { type: 'message-start', id: 'm2' };
    for (const end of [message, { type: 'message-end' }, { type: 'run-end' }, { type: 'part-end', id: 'a' }])
      expect(through(opened(), delta(high), end as RunEvent)).to.deep.equal([opened(), delta(high), end]);
  });

  it('come out with their own part alone', () => {
    const end = (id: string): RunEvent => ({ type: 'part-end', id });
    const both = [opened(), opened('b'), delta(high), delta(high, 'b')];
    expect(through(...both, end('b'), delta(low))).to.deep.equal([
      opened(),
      opened('b'),
      delta(high, 'b'),
      end('b'),
      delta('😀'),
    ]);
    expect(through(...both, end('c'))).to.deep.equal([opened(), opened('b'), end('c')]);
  });

  it('are gone when the text is replaced, or the answer comes once more', () => {
    const replace: RunEvent = { type: 'part-replace', id: 'a', text: 'y' };
    expect(through(opened(), delta(high), replace, delta('z'))).to.deep.equal([
      opened(),
      replace,
      delta('z'),
    ]);
    const again: RunEvent = { type: 'run-replay' };
    expect(through(opened(), delta(high), again, delta(high), delta(low))).to.deep.equal([
      opened(),
      again,
      delta('😀'),
    ]);
  });

  it('of one part do not hold up another', () => {
    expect(through(opened(), opened('b'), delta(high), delta('x', 'b'), delta(low))).to.deep.equal([
      opened(),
      opened('b'),
      delta('x', 'b'),
      delta('😀'),
    ]);
  });
});

describe('the run guard: the end', () => {
  it('says that it is failing from the error on, and that it has ended from the end mark on', () => {
    const guard = new RunGuard();
    expect([guard.failing, guard.ended]).to.deep.equal([false, false]);
    guard.push([{ type: 'run-error', code: 'backend' }]);
    expect([guard.failing, guard.ended]).to.deep.equal([true, false]);
    guard.push([delta('late')]);
    expect([guard.failing, guard.ended]).to.deep.equal([true, false]);
    guard.push([{ type: 'run-end' }]);
    expect([guard.failing, guard.ended]).to.deep.equal([true, true]);
  });

  it('lets only names through after an error, those of messages behind it', () => {
    const error: RunEvent = { type: 'run-error', code: 'backend' };
    const thread: RunEvent = { type: 'thread-update', id: 't' };
    const named: RunEvent = { type: 'message-end', id: 'm' };
    const guard = new RunGuard();
    expect(guard.push([error, thread, named, { type: 'message-end' }, delta('x'), error])).to.deep.equal([
      thread,
    ]);
    expect(guard.end()).to.deep.equal([error, named]);
  });

  it('is what the backend said, else what broke, else that nothing said it', () => {
    const broken = new RunGuard();
    broken.push([{ type: 'run-error', code: 'backend' }]);
    expect(broken.end(failure)).to.deep.equal([{ type: 'run-error', code: 'backend' }]);
    expect(new RunGuard().end(failure)).to.deep.equal([failure]);
    const cut = new RunGuard();
    cut.push([delta('x')]);
    expect(cut.end()).to.deep.equal([
      {
        type: 'run-error',
        code: 'interrupted',
        message: 'The stream ended before its end mark',
        detail: undefined,
        retryable: true,
      },
    ]);
  });

  it('of a stream that brought nothing but an address is that it was empty', () => {
    const guard = new RunGuard();
    guard.push([{ type: 'run-location', address: '/a' }]);
    expect(guard.end()).to.deep.equal([
      {
        type: 'run-error',
        code: 'interrupted',
        message: 'The stream ended without any event',
        detail: 'empty',
        retryable: true,
      },
    ]);
  });

  it('comes once, and nothing after it', () => {
    const guard = new RunGuard();
    guard.push([delta(`x${high}`)]);
    expect(guard.end(failure)).to.deep.equal([delta(high), failure]);
    expect(guard.ended).to.equal(true);
    expect(guard.push([delta('late')])).to.deep.equal([]);
    expect(guard.end(failure)).to.deep.equal([]);
    const whole = new RunGuard();
    whole.push([{ type: 'run-end' }]);
    expect(whole.end(failure)).to.deep.equal([]);
  });
});
