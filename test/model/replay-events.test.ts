import fc from 'fast-check';
import { tries } from '../support/seed.js';

import { reduce } from '../../src/model/reduce.js';
import { Replay } from '../../src/model/replay.js';
import type { RunEvent } from '../../src/model/run-event.js';
import { textOf, type Thread } from '../../src/model/thread.js';
import { expect } from '../support/index.js';
import { after, delta, ended, opened, parts, replaced } from './threads.js';

const open = opened({ type: 'text', id: 'a' });
const begin = (id: string): RunEvent => ({ type: 'message-start', id });
const next: RunEvent = { type: 'message-start' };
const end: RunEvent = { type: 'run-end' };

/** The answers of a thread, read again with these events. */
function again(thread: Thread, ...events: RunEvent[]): { thread: Thread; passed: RunEvent[] } {
  const replay = new Replay(thread.messages.filter(({ role }) => role === 'assistant'));
  const passed = events.flatMap((event) => replay.push([event]));
  return { thread: passed.reduce(reduce, thread), passed };
}
const passed = (thread: Thread, ...events: RunEvent[]) => again(thread, ...events).passed;
const texts = (thread: Thread) =>
  thread.messages.filter(({ role }) => role === 'assistant').map((message) => textOf(message));

describe('the events of an answer that comes once more', () => {
  it('are passed over as far as they are shown, however the text is cut now', () => {
    const shown = after(begin('m1'), open, delta('one two'));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 14 })), (cuts) => {
        const whole = 'one two three';
        const inner = cuts.map((at) => Math.min(at, whole.length)).sort((a, b) => a - b);
        const places = [0, ...inner, whole.length];
        const pieces = places.slice(1).map((to, index) => delta(whole.slice(places[index], to)));
        const { thread } = again(shown, begin('m1'), open, ...pieces, ended(), end);
        expect(texts(thread)).to.deep.equal([whole]);
        expect(thread.run?.status).to.equal('complete');
      }),
      tries(100),
    );
  });

  it('say only what is new', () => {
    const shown = after(open, delta('one'));
    expect(passed(shown, open, delta('o'), delta('ne'))).to.deep.equal([]);
    expect(passed(shown, open, delta('one'), delta(' two'))).to.deep.equal([delta(' two')]);
    expect(passed(shown, open, delta('on'), delta('e two'))).to.deep.equal([delta(' two')]);
  });

  it('that differ take the place of what is shown, from the difference on', () => {
    const shown = after(open, delta('one two three'));
    expect(passed(shown, open, delta('one '), delta('2'), delta(' 3'))).to.deep.equal([
      replaced('one 2'),
      delta(' 3'),
    ]);
    const other = 'another and longer than before';
    expect(passed(shown, delta(other))).to.deep.equal([replaced(other)]);
    expect(texts(again(shown, open, delta('one '), delta('2'), delta(' 3'), end).thread)).to.deep.equal([
      'one 2 3',
    ]);
  });

  it('that are fewer take back what is shown behind their end', () => {
    const shown = after(open, delta('one two'));
    expect(passed(shown, open, delta('one'), end)).to.deep.equal([replaced('one'), end]);
    expect(passed(shown, open, delta('one two'), end), 'as many').to.deep.equal([end]);
    expect(passed(shown, end), 'none').to.deep.equal([end]);
  });

  it('and are stopped on their way keep what is shown', () => {
    const shown = after(open, delta('one two'));
    const stopped: RunEvent = { type: 'run-end', stopped: true };
    expect(passed(shown, open, delta('one'), stopped)).to.deep.equal([stopped]);
  });

  it('bring parts that are not there yet', () => {
    const shown = after(open, delta('one'));
    const source = opened({ type: 'source', id: 's', title: 'S' });
    expect(passed(shown, open, delta('one'), source)).to.deep.equal([source]);
    expect(passed(after(open, delta('one'), source), open, source), 'there already').to.deep.equal([]);
    const other = opened({ type: 'text', id: 'b', text: 'two' });
    expect(passed(shown, other, delta('!', 'b'))).to.deep.equal([other, delta('!', 'b')]);
  });

  it('are compared with the text that a part comes with', () => {
    const shown = after(open, delta('one'));
    const part = (text: string) => opened({ type: 'text', id: 'a', text });
    expect(passed(shown, part('on'), delta('e!'))).to.deep.equal([delta('!')]);
    expect(passed(shown, part('two'))).to.deep.equal([replaced('two')]);
  });

  it('are compared in what a model thinks, and in the input of a tool', () => {
    const reasoning = opened({ type: 'reasoning', id: 'a' });
    expect(passed(after(reasoning, delta('hm')), reasoning, delta('hm, so'))).to.deep.equal([delta(', so')]);
    const call = opened({ type: 'tool-call', id: 'a', name: 'look' });
    const called = after(call, delta('{"q":'));
    expect(passed(called, call, delta('{"q":1}'))).to.deep.equal([delta('1}')]);
    const whole = opened({ type: 'tool-call', id: 'a', name: 'look', inputText: '{"q":1}' });
    expect(passed(called, whole)).to.deep.equal([delta('1}')]);
    expect(parts(again(called, whole, ended(), end).thread)[0]).to.deep.include({ input: { q: 1 } });
  });

  it('have nothing to be compared with in other parts', () => {
    const source = opened({ type: 'source', id: 'a', title: 'S' });
    const shown = after(source);
    expect(passed(shown, source)).to.deep.equal([]);
    expect(passed(shown, delta('x')), 'the reducer knows').to.deep.equal([delta('x')]);
    expect(passed(shown, replaced('x'))).to.deep.equal([replaced('x')]);
  });

  it('may tell the text whole: what is shown of it stays, what differs does not', () => {
    const shown = after(open, delta('one two'));
    expect(passed(shown, open, replaced('one'))).to.deep.equal([]);
    expect(passed(shown, open, replaced('one'), delta(' two three'))).to.deep.equal([delta(' three')]);
    expect(passed(shown, open, replaced('one two three'))).to.deep.equal([replaced('one two three')]);
    expect(passed(shown, open, replaced('two'), delta('!'))).to.deep.equal([replaced('two'), delta('!')]);
    expect(passed(shown, open, delta('one two'), replaced('x'))).to.deep.equal([replaced('x')]);
    expect(passed(shown, open, delta('one two'), replaced('one'))).to.deep.equal([replaced('one')]);
    expect(passed(shown, open, delta('one'), replaced('one t'))).to.deep.equal([]);
    expect(texts(again(shown, open, replaced('one'), end).thread), 'shorter').to.deep.equal(['one']);
  });

  it('update and end parts as before', () => {
    const call = opened({ type: 'tool-call', id: 'a', name: 'look' });
    const update: RunEvent = { type: 'part-update', id: 'a', patch: { output: 1 } };
    const message: RunEvent = { type: 'message-end' };
    expect(passed(after(call), call, update, ended(), message)).to.deep.equal([update, ended(), message]);
  });

  it('say what the run is doing only while there is nothing to see', () => {
    const progress: RunEvent = { type: 'run-progress', text: 'Looking' };
    expect(passed(after(), progress)).to.deep.equal([progress]);
    expect(passed(after(open, delta('x')), progress)).to.deep.equal([]);
    expect(new Replay([]).push([progress]), 'no answer at all').to.deep.equal([progress]);
  });

  it('may bring a name that was not known', () => {
    const named: RunEvent = { type: 'message-start', role: 'user', id: 'u' };
    const seen = again(after(open, delta('one')), named, begin('m1'), open, delta('one!'), end);
    expect(seen.passed).to.deep.equal([named, begin('m1'), delta('!'), end]);
    expect(seen.thread.messages.map(({ backendId }) => backendId)).to.deep.equal(['u', 'm1']);
  });

  it('pass where they have nothing to do with text', () => {
    const others: RunEvent[] = [
      { type: 'thread-update', id: 't' },
      { type: 'message-start', role: 'user', id: 'q1' },
      { type: 'message-remove', id: 'm' },
      { type: 'run-location', address: '/a' },
      { type: 'run-error', code: 'backend' },
    ];
    expect(passed(after(open, delta('one two')), open, delta('one'), ...others)).to.deep.equal(others);
  });
});

describe('the events of several answers that come once more', () => {
  const first = [begin('m1'), open, delta('one'), ended(), { type: 'message-end', id: 'm1' }] as RunEvent[];
  const two = () => after(...first, begin('m2'), open, delta('two'));

  it('are passed over, and the last one goes on', () => {
    const { thread } = again(two(), ...first, begin('m2'), open, delta('two'), delta('!'), ended(), end);
    expect(texts(thread)).to.deep.equal(['one', 'two!']);
    expect(passed(two(), ...first), 'a whole one').to.deep.equal([]);
  });

  it('take nothing from one that was followed by another, also where they differ', () => {
    const changed = [
      begin('m1'),
      open,
      opened({ type: 'source', id: 's', title: 'S' }),
      delta('other'),
      replaced('other'),
      { type: 'part-update', id: 'a', patch: { output: 1 } },
      ended(),
      { type: 'message-end' },
    ] as RunEvent[];
    expect(passed(two(), ...changed)).to.deep.equal([]);
  });

  it('are counted where they have no names', () => {
    const shown = after(next, open, delta('one'), next, open, delta('two'));
    const seen = [next, open, delta('one'), next, open, delta('two!')];
    expect(passed(shown, ...seen)).to.deep.equal([delta('!')]);
    const third = again(shown, ...seen, next, open, delta('three'), end);
    expect(texts(third.thread)).to.deep.equal(['one', 'two!', 'three']);
    expect(passed(after(next, open, delta('one')), next, open, delta('one!'))).to.deep.equal([delta('!')]);
  });

  it('keep the name that the first has, and take one it has not', () => {
    const shown = after(begin('m1'), open, delta('one'));
    expect(passed(shown, begin('other'), open, delta('one!'))).to.deep.equal([delta('!')]);
    const two = after(open, delta('one'), next, open, delta('two'));
    expect(passed(two, begin('m1'), open, delta('one')), 'of an earlier one').to.deep.equal([]);
    expect(new Replay([]).push([begin('m1')]), 'nothing is shown').to.deep.equal([begin('m1')]);
    expect(passed(after(), begin('m1'), open)).to.deep.equal([begin('m1'), open]);
  });

  it('are found by their names, and may begin with the second', () => {
    expect(passed(two(), begin('m2'), open, delta('two!'))).to.deep.equal([delta('!')]);
    expect(texts(again(two(), begin('m2'), open, delta('two!'), end).thread)).to.deep.equal(['one', 'two!']);
  });

  it('are compared each with its own text', () => {
    const shown = after(begin('m1'), open, delta('one'), begin('m2'), open, delta('longer'));
    const seen = [
      begin('m1'),
      open,
      delta('one'),
      begin('m2'),
      open,
      delta('long'),
      begin('m2'),
      delta('er!'),
    ];
    expect(parts(again(shown, ...seen).thread)[0]).to.deep.include({ text: 'longer!' });
  });

  it('are compared from the start of one, however often it begins', () => {
    const events = [begin('m2'), open, delta('tw'), begin('m1'), begin('m2'), open, delta('two!')];
    expect(passed(two(), ...events)).to.deep.equal([delta('!')]);
  });

  it('begin the first answer with what they say first, also where no start is said', () => {
    const source = opened({ type: 'source', id: 's', title: 'S' });
    const shown = after(source, next, open, delta('two'));
    expect(passed(shown, source, next, open, delta('two!'))).to.deep.equal([delta('!')]);
    const told = after(open, delta('one'), next, open, delta('two'));
    expect(passed(told, replaced('one'), next, open, delta('two!'))).to.deep.equal([delta('!')]);
    expect(passed(told, delta('one'), next, open, delta('two!'))).to.deep.equal([delta('!')]);
  });

  it('may be followed by an answer that is new', () => {
    const shown = after(begin('m1'), open, delta('one'));
    const more = [begin('m1'), open, delta('one'), ended(), begin('m2'), open, delta('two'), end];
    expect(texts(again(shown, ...more).thread)).to.deep.equal(['one', 'two']);
  });
});
