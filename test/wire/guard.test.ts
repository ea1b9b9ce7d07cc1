import type { RunEvent } from '../../src/model/run-event.js';
import { RunGuard } from '../../src/wire/guard.js';
import { expect } from '../support/index.js';

const delta = (text: string, id = 'a'): RunEvent => ({ type: 'part-delta', id, delta: text });

function guarded(...events: RunEvent[]): RunEvent[] {
  const guard = new RunGuard();
  return [...events.flatMap((event) => guard.push([event])), ...guard.end()];
}

describe('the run guard', () => {
  it('opens parts and messages that were never started', () => {
    const types = guarded(delta('x'), { type: 'message-end' }, delta('y'), { type: 'run-end' }).map(
      ({ type }) => type,
    );
    expect(types).to.deep.equal([
      'part-start',
      'part-delta',
      'message-end',
      'message-start',
      'part-start',
      'part-delta',
      'run-end',
    ]);
  });

  it('joins the deltas of one piece', () => {
    const events = new RunGuard().push([delta('a'), delta('b'), delta('c', 'other'), delta('d')]);
    expect(events.flatMap((event) => (event.type === 'part-delta' ? [event.delta] : []))).to.deep.equal([
      'ab',
      'c',
      'd',
    ]);
  });

  it('never lets half a character through, and loses none', () => {
    const [high, low] = '😀';
    expect(high).to.have.length(2);
    const [first, second] = ['😀'[0]!, '😀'[1]!];
    expect(low).to.equal(undefined);
    const seen = guarded(delta(`x${first}`), delta(`${second}y`), delta(first), { type: 'run-end' });
    expect(seen.flatMap((event) => (event.type === 'part-delta' ? [event.delta] : []))).to.deep.equal([
      'x',
      '😀y',
      first,
    ]);
  });

  it('lets nothing through after the end', () => {
    const seen = guarded({ type: 'run-end' }, delta('late'), { type: 'run-error', code: 'backend' });
    expect(seen).to.deep.equal([{ type: 'run-end' }]);
  });

  it('holds an error until the run is over, and no end mark undoes it', () => {
    const guard = new RunGuard();
    expect(
      guard.push([{ type: 'run-error', code: 'backend' }, delta('late'), { type: 'run-end' }]),
    ).to.deep.equal([]);
    expect(guard.ended).to.equal(true);
    expect(guard.end()).to.deep.equal([{ type: 'run-error', code: 'backend' }]);
  });

  it('calls a run without an end interrupted, and an empty one empty', () => {
    expect(guarded(delta('x')).at(-1)).to.deep.include({ type: 'run-error', code: 'interrupted' });
    expect(guarded(delta('x')).at(-1)).to.have.property('detail', undefined);
    expect(guarded().at(-1)).to.deep.include({ code: 'interrupted', detail: 'empty' });
  });
});
