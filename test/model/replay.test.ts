import fc from 'fast-check';
import { tries } from '../support/seed.js';
import { reduceAll } from '../../src/model/reduce.js';
import { Replay } from '../../src/model/replay.js';
import type { RunEvent } from '../../src/model/run-event.js';
import { emptyThread, type Message, type Thread } from '../../src/model/thread.js';
import { expect } from '../support/index.js';

const start: RunEvent[] = [{ type: 'run-start', id: 'run', messageId: 'm', createdAt: 0 }];

/** The events of an answer of several parts, their text cut at these places. */
function answer(parts: readonly (readonly string[])[]): RunEvent[] {
  return parts.flatMap((deltas, index): RunEvent[] => [
    { type: 'part-start', part: { type: index % 2 ? 'reasoning' : 'text', id: `p${index}` } },
    ...deltas.map((delta): RunEvent => ({ type: 'part-delta', id: `p${index}`, delta })),
    { type: 'part-end', id: `p${index}` },
  ]);
}

const textsOf = (messages: readonly Message[]): string[] =>
  messages.flatMap(({ parts }) => parts.map((part) => ('text' in part ? (part.text ?? '') : part.type)));

/** The thread after an answer was cut, and what a replay makes of it, event by event. */
function replayed(shown: RunEvent[], again: RunEvent[]): { thread: Thread; lengths: number[] } {
  let thread = reduceAll(emptyThread, [...start, ...shown]);
  const replay = new Replay(thread.messages);
  const lengths: number[] = [];
  for (const event of again) {
    thread = reduceAll(thread, replay.push([event]));
    lengths.push(textsOf(thread.messages).join('').length);
  }
  return { thread, lengths };
}

const pieces = fc.array(fc.string({ maxLength: 8, unit: 'grapheme' }), { maxLength: 8 });
const parts = fc.array(pieces, { minLength: 1, maxLength: 4 });

/** Texts cut anew: at every so many characters. */
const recut = (all: readonly (readonly string[])[], size: number) =>
  all.map((deltas) => deltas.join('').match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []);

describe('an answer that comes once more', () => {
  it('is shown once however it is cut, and never grows shorter', () => {
    fc.assert(
      fc.property(parts, fc.nat(), fc.integer({ min: 1, max: 12 }), (all, cut, size) => {
        const events = answer(all);
        const shown = events.slice(0, cut % (events.length + 1));
        const before = textsOf(reduceAll(emptyThread, [...start, ...shown]).messages).join('').length;
        const { thread, lengths } = replayed(shown, [...answer(recut(all, size)), { type: 'run-end' }]);
        expect(textsOf(thread.messages)).to.deep.equal(all.map((deltas) => deltas.join('')));
        for (const [index, length] of lengths.entries())
          expect(length).to.be.at.least(index ? lengths[index - 1]! : before);
      }),
      tries(500),
    );
  });

  it('gives way to another text from where that differs', () => {
    const shown = answer([['Clouds ', 'drift by']]).slice(0, -1);
    const { thread } = replayed(shown, [...answer([['Clou', 'ds float', ' away.']]), { type: 'run-end' }]);
    expect(textsOf(thread.messages)).to.deep.equal(['Clouds float away.']);
  });

  it('gives way to a shorter one when that is whole, and only then', () => {
    const shown = answer([['Clouds drift by']]).slice(0, -1);
    const again = answer([['Clouds ', 'drift']]);
    expect(textsOf(replayed(shown, again).thread.messages)).to.deep.equal(['Clouds drift by']);
    expect(
      textsOf(replayed(shown, [...again, { type: 'run-end', stopped: true }]).thread.messages),
    ).to.deep.equal(['Clouds drift by']);
    expect(textsOf(replayed(shown, [...again, { type: 'run-end' }]).thread.messages)).to.deep.equal([
      'Clouds drift',
    ]);
  });

  it('brings text that its backend gives whole without showing less meanwhile', () => {
    const shown = answer([['Clouds drift by']]).slice(0, -1);
    const whole = (text: string): RunEvent => ({ type: 'part-replace', id: 'p0', text });
    const { thread, lengths } = replayed(shown, [
      whole('Clouds'),
      whole('Clouds drift'),
      whole('Clouds drift by.'),
    ]);
    expect(lengths).to.deep.equal([15, 15, 16]);
    expect(textsOf(thread.messages)).to.deep.equal(['Clouds drift by.']);
  });

  it('keeps tools, sources and steps single', () => {
    const events: RunEvent[] = [
      { type: 'run-progress', text: 'Searching' },
      { type: 'part-start', part: { type: 'tool-call', id: 'c', name: 'search' } },
      { type: 'part-delta', id: 'c', delta: '{"q":' },
      { type: 'part-delta', id: 'c', delta: '"rain"}' },
      { type: 'part-update', id: 'c', patch: { output: 7, state: 'complete' } },
      { type: 'part-start', part: { type: 'source', id: 's', url: 'https://a.example/' } },
    ];
    for (let cut = 3; cut <= events.length; cut++) {
      const { thread } = replayed(events.slice(0, cut), [...events, { type: 'run-end' }]);
      expect(thread.run?.progress).to.deep.equal([{ text: 'Searching' }]);
      expect(thread.messages[0]!.parts).to.have.length(2);
      expect(thread.messages[0]!.parts[0]).to.deep.include({
        inputText: '{"q":"rain"}',
        output: 7,
        input: { q: 'rain' },
      });
    }
  });

  it('is the same answer whatever its start calls it', () => {
    const say = (id: string | undefined, delta: string): RunEvent[] => [
      { type: 'message-start', id },
      { type: 'part-delta', id: 'p0', delta },
    ];
    for (const [before, after] of [
      [undefined, undefined],
      [undefined, 'b'],
      ['a', undefined],
      ['a', 'a'],
      ['a', 'b'],
    ]) {
      const opened: RunEvent[] = [
        { type: 'message-start', id: before },
        { type: 'part-start', part: { type: 'text', id: 'p0' } },
        { type: 'part-delta', id: 'p0', delta: 'Clouds' },
      ];
      const { thread } = replayed(opened, [...say(after, 'Clouds drift.'), { type: 'run-end' }]);
      expect(textsOf(thread.messages), `${before} ${after}`).to.deep.equal(['Clouds drift.']);
      expect(thread.messages[0]!.backendId).to.equal(before ?? after);
    }
  });

  it('passes over answers that are whole, and goes on with the one that is not', () => {
    const say = (id: string, ...deltas: string[]): RunEvent[] => [
      { type: 'message-start', id },
      { type: 'part-start', part: { type: 'text', id: 'text' } },
      ...deltas.map((delta): RunEvent => ({ type: 'part-delta', id: 'text', delta })),
    ];
    const whole: RunEvent[] = [...say('a', 'First.'), { type: 'message-end' }];
    const shown = [...whole, ...say('b', 'Sec')];
    const again: RunEvent[] = [
      ...whole,
      ...say('b', 'S', 'econd.'),
      { type: 'message-end' },
      ...say('c', 'Third.'),
    ];
    const { thread } = replayed(shown, [...again, { type: 'run-end' }]);
    expect(textsOf(thread.messages)).to.deep.equal(['First.', 'Second.', 'Third.']);
    expect(thread.messages.map(({ backendId }) => backendId)).to.deep.equal(['a', 'b', 'c']);
  });
});
