import { Pace } from '../../src/controllers/pace.js';
import type { PaceOptions, Writer } from '../../src/controllers/pace.js';
import { countFrames, hideTab } from '../chat/tab.js';
import { expect, expectFault, until } from '../support/index.js';
import { onCleanup } from '../support/cleanup.js';
import { keepTime, stopTime } from '../support/time.js';

let frames = () => 0;

/** A writer that remembers what it was given, and when. */
class Log implements Writer {
  readonly pieces: { text: string; frame: number; at: number }[] = [];
  readonly #cost: number;
  ends = 0;

  /** `cost`: milliseconds that each write keeps the page busy. */
  constructor(cost = 0) {
    this.#cost = cost;
  }

  get text(): string {
    return this.pieces.map(({ text }) => text).join('');
  }

  write(text: string): void {
    this.pieces.push({ text, frame: frames(), at: performance.now() });
    const until = performance.now() + this.#cost;
    while (performance.now() < until);
  }

  end(): void {
    this.ends++;
  }
}

const nextFrame = () => new Promise(requestAnimationFrame);

/** Many short lines, each different. */
const lines = (count: number, name = 'line') =>
  Array.from({ length: count }, (_, n) => `${name} ${n} of a text that goes on\n`).join('');

function paced(cost = 0, options?: PaceOptions) {
  const log = new Log(cost);
  const pace = new Pace(log, options);
  onCleanup(() => pace.stop());
  return { log, pace };
}

describe('Pace', () => {
  beforeEach(async () => {
    frames = countFrames();
    await nextFrame();
  });

  it('writes a little at once', () => {
    stopTime();
    const { log, pace } = paced();
    pace.write('Hel');
    pace.write('lo');
    expect(log.text).to.equal('Hello');
    expect(pace.behind).to.equal(false);
    pace.end();
    expect(log.ends).to.equal(1);
  });

  it('gives a usual answer to the writer within three frames', async () => {
    const { log, pace } = paced();
    const text = lines(250);
    pace.write(text);
    await nextFrame();
    await nextFrame();
    expect(log.text).to.equal(text);
  });

  it('bounds what one frame does, and leaves the rest to the next', async () => {
    const { log, pace } = paced(2);
    const text = lines(2000);
    pace.write(text);
    expect(pace.behind).to.equal(true);
    expect(log.text.length).to.be.within(1, 5000);
    await until(() => !pace.behind, 'never done');
    expect(log.text).to.equal(text);
    const used = new Set(log.pieces.map(({ frame }) => frame)).size;
    expect(log.pieces.length / used, 'slices of 2 ms in a frame').to.be.lessThan(4.5);
  });

  it('begins no slice that would not fit into a frame any more', () => {
    const start = performance.now();
    let time = start;
    keepTime(() => time);
    const pace = new Pace({ write: () => void (time += 2.5), end: () => {} });
    onCleanup(() => pace.stop());
    pace.write(lines(2000));
    expect(time - start).to.be.within(2.5, 6);
  });

  it('shares that among all, in turns and each in order', async () => {
    const all = ['first', 'second', 'third'].map((name) => ({ ...paced(2), text: lines(500, name) }));
    for (const { pace, text } of all) pace.write(text);
    await nextFrame();
    for (const { pace } of all) pace.write('More.');
    await until(() => all.every(({ pace }) => !pace.behind), 'never done');
    for (const { log, text } of all) expect(log.text).to.equal(`${text}More.`);
    const slices = all.flatMap(({ log }) => log.pieces);
    const used = new Set(slices.map(({ frame }) => frame)).size;
    expect(slices.length / used, 'slices of 2 ms in a frame').to.be.lessThan(4.5);
    const begun = Math.max(...all.map(({ log }) => log.pieces[0]!.at));
    const over = Math.min(...all.map(({ log }) => log.pieces.at(-1)!.at));
    expect(begun, 'the last begins before the first is done').to.be.lessThan(over);
  });

  it('goes on when a writer throws', async () => {
    const log = new Log(2);
    let throws = false;
    const write = (text: string) => {
      if (throws) throw new Error('the writer broke');
      log.write(text);
    };
    const broken = new Pace({ write, end: () => {} });
    onCleanup(() => broken.stop());
    const { log: other, pace } = paced(2);
    const text = lines(500);
    broken.write(text);
    pace.write(text);
    throws = true;
    await expectFault('error', 'the writer broke');
    await until(() => other.text === text, 'the other is not done');
  });

  it('cuts at the end of a line, and never inside a surrogate pair', async () => {
    const { log, pace } = paced(2);
    // One unit more, so that every other cut would be inside a pair.
    const text = `${lines(100)}x${'😀'.repeat(5000)}`;
    pace.write(text);
    await until(() => !pace.behind);
    expect(log.text).to.equal(text);
    expect(log.pieces.length).to.be.greaterThan(10);
    for (const piece of log.pieces) expect(piece.text).not.to.match(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
    expect(log.pieces[0]!.text.at(-1)).to.equal('\n');
  });

  it('ends once, when all is written', async () => {
    const told: string[] = [];
    const { log, pace } = paced(2, { settled: () => told.push(`${log.text.length} and ${log.ends} end`) });
    const text = lines(500);
    pace.write(text);
    pace.end();
    expect(log.ends, 'not yet').to.equal(0);
    await until(() => told.length);
    await nextFrame();
    expect(told).to.deep.equal([`${text.length} and 1 end`]);
  });

  it('forgets what waits when it is stopped', async () => {
    const { log, pace } = paced(2, { settled: () => log.write('settled') });
    pace.write(lines(500));
    pace.end();
    pace.stop();
    const written = log.pieces.length;
    const other = paced(2);
    other.pace.write(lines(500));
    await until(() => !other.pace.behind);
    expect(log.pieces).to.have.length(written);
    expect(log.ends).to.equal(0);
  });

  describe('in a hidden tab', () => {
    it('writes all at once', () => {
      hideTab();
      const { log, pace } = paced(0, { smooth: () => true });
      const text = lines(150);
      pace.write(text);
      pace.end();
      expect(log.text).to.equal(text);
      expect(log.ends).to.equal(1);
    });

    it('writes very much in several tasks, but waits neither for frames nor for timers', async () => {
      hideTab();
      const { setTimeout } = window;
      window.setTimeout = (() => 0) as unknown as typeof setTimeout;
      onCleanup(() => (window.setTimeout = setTimeout));
      const { log, pace } = paced(2, { smooth: () => true });
      const text = lines(3000);
      pace.write(text);
      pace.end();
      expect(log.text.length, 'in the first task').to.be.lessThan(text.length / 2);
      await until(() => log.ends === 1);
      expect(log.text).to.equal(text);
    });

    it('has all by the first frame, though it was hidden in the middle', async () => {
      const { log, pace } = paced(2);
      const text = lines(600);
      pace.write(text);
      expect(pace.behind).to.equal(true);
      const tab = hideTab();
      await until(() => !pace.behind, 'waits for a frame');
      tab.show();
      await nextFrame();
      expect(log.text).to.equal(text);
    });
  });

  describe('smooth', () => {
    const smooth = () => true;

    /** Each frame takes 16 ms from here on, also on a machine that is busy with other engines. */
    function timeByFrames(): void {
      let time = performance.now();
      const tick = () => void ((time += 16), (ticking = requestAnimationFrame(tick)));
      let ticking = requestAnimationFrame(tick);
      keepTime(() => time);
      onCleanup(() => cancelAnimationFrame(ticking));
    }

    /** Five bursts, 200 ms apart; resolves when all is shown with when each burst came and when its end was shown. */
    async function bursts({ log, pace }: ReturnType<typeof paced>, burst: string) {
      const came: number[] = [];
      for (let n = 0; n < 5; n++) {
        const start = performance.now();
        came.push(start);
        pace.write(burst);
        if (n < 4) await until(() => performance.now() - start > 200);
      }
      pace.end();
      await until(() => log.ends === 1, 'it never ends');
      let sum = 0;
      const ends = log.pieces.map(({ text, at }) => ({ sum: (sum += text.length), at }));
      const shown = came.map((_, n) => ends.find((piece) => piece.sum >= (n + 1) * burst.length)!.at);
      return came.map((start, n) => shown[n]! - start);
    }

    it('makes an even flow of bursts, and is never late', async () => {
      timeByFrames();
      const both = paced(0, { smooth });
      const burst = lines(20);
      const lags = await bursts(both, burst);
      expect(both.log.text).to.equal(burst.repeat(5));
      const largest = Math.max(...both.log.pieces.map(({ text }) => text.length));
      expect(largest, 'the largest piece').to.be.lessThan(burst.length * 0.6);
      expect(both.log.pieces.length).to.be.greaterThan(15);
      for (const lag of lags) expect(lag).to.be.within(100, 350);
    });

    it('shows something of the first burst at once', () => {
      const { log, pace } = paced(0, { smooth });
      pace.write(lines(20));
      expect(log.text.length).to.be.within(10, 200);
    });

    it('cuts between what a reader takes for characters', async () => {
      timeByFrames();
      const { log, pace } = paced(0, { smooth });
      const family = '👨‍👩‍👧‍👦';
      pace.write(`${family.repeat(40)}${'e\u0301'.repeat(100)}`);
      await until(() => !pace.behind);
      expect(log.pieces.length).to.be.greaterThan(3);
      let shown = 0;
      for (const { text } of log.pieces) {
        shown += text.length;
        const rest = shown - family.length * 40;
        expect(rest < 0 ? shown % family.length : rest % 2, `cut at ${shown}`).to.equal(0);
      }
    });

    it('is not for who prefers reduced motion', () => {
      const { matchMedia } = window;
      window.matchMedia = (query) =>
        ({ matches: query.includes('prefers-reduced-motion: reduce') }) as MediaQueryList;
      onCleanup(() => (window.matchMedia = matchMedia));
      const { log, pace } = paced(0, { smooth });
      pace.write(lines(20));
      expect(log.text).to.equal(lines(20));
    });

    it('shows the rest at once when it is switched off', async () => {
      let on = true;
      const { log, pace } = paced(0, { smooth: () => on });
      pace.write(lines(20));
      expect(pace.behind).to.equal(true);
      on = false;
      await nextFrame();
      expect(log.text).to.equal(lines(20));
    });
  });
});
