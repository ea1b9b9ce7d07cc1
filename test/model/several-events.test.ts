import fc from 'fast-check';
import { tries } from '../support/seed.js';

import { reduce, reduceAll } from '../../src/model/reduce.js';
import type { RunEvent } from '../../src/model/run-event.js';
import { expect } from '../support/index.js';
import { after, delta, ended, opened } from './threads.js';

const begun = () => after(opened({ type: 'text', id: 'a' }), opened({ type: 'text', id: 'b' }));

describe('several events at once', () => {
  it('make of a thread what they make one by one', () => {
    const id = fc.constantFrom('a', 'b', 'c');
    const event: fc.Arbitrary<RunEvent> = fc.oneof(
      { weight: 6, arbitrary: fc.record({ type: fc.constant('part-delta'), id, delta: fc.string() }) },
      { weight: 1, arbitrary: fc.record({ type: fc.constant('part-replace'), id, text: fc.string() }) },
      { weight: 1, arbitrary: fc.record({ type: fc.constant('part-end'), id }) },
      { weight: 1, arbitrary: fc.record({ type: fc.constant('thread-update'), title: fc.string() }) },
    );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        expect(reduceAll(begun(), events)).to.deep.equal(events.reduce(reduce, begun()));
      }),
      tries(100),
    );
  });

  it('keep the order of deltas of several parts, and the last one', () => {
    const events = [delta('1'), delta('2'), delta('x', 'b'), delta('3'), ended(), delta('y', 'b')];
    const parts = reduceAll(begun(), events).messages[1]!.parts;
    expect(parts.map((part) => 'text' in part && [part.text, part.done])).to.deep.equal([
      ['123', true],
      ['xy', false],
    ]);
  });

  it('are none, and change nothing', () => {
    const thread = begun();
    expect(reduceAll(thread, [])).to.equal(thread);
  });
});
