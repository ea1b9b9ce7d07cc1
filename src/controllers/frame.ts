import { isHidden, scheduleFrame } from '../chat/schedule.js';
import { nextTask } from '../chat/turn.js';

/** What a step leaves to do: more at once, more in the next frame, or nothing. */
export type Left = 'more' | 'later' | 'nothing';

/** Work that can be done step by step, over as many frames as it takes. */
export interface Work {
  /** Does about a millisecond's worth. One that throws is not called again. */
  step(): Left;
}

/** The most and the fewest milliseconds of script in one frame; the layout of what it made comes on top. */
const mostTime = 6;
const leastTime = 1;
/** Milliseconds of script in one task of a hidden tab, where nothing is laid out. */
const hiddenBudget = 20;
/** Milliseconds after which a frame, with its layout, took too long; and below which it may be given more. */
const tooLong = 33;
const quick = 25;
/** The same, of what a frame costs above the least that frames cost lately: a slow machine is slow without us too. */
const tooMuch = 14;
const little = 8;

/** All work of the page that is cut into frames. It shares one budget a frame, and takes turns. */
class Frames {
  /** Those that have waited longest come first. */
  readonly #waiting = new Set<Work>();
  #frame: CSSNumberish | null | undefined;
  #began = 0;
  /** Milliseconds of this frame that are used up. */
  #spent = 0;
  #steps = 0;
  #armed = false;
  /** Milliseconds of script that a frame is given, as its layout allows. */
  #budget = 5;
  /** Milliseconds that frames take at the least, as far as was seen lately. */
  #least = Infinity;

  /** Begins at once if nothing else waits and this frame has time left. May be called again. */
  add(work: Work): void {
    this.#waiting.add(work);
    if (this.#armed) return;
    // The same for all that happens within one frame.
    const frame = document.timeline.currentTime;
    if (frame !== this.#frame || isHidden()) this.#begin();
    this.#run([work]);
  }

  remove(work: Work): void {
    this.#waiting.delete(work);
  }

  #begin(): void {
    this.#frame = document.timeline.currentTime;
    this.#began = performance.now();
    this.#spent = 0;
    this.#steps = 0;
  }

  #run(ready: Work[]): void {
    const since = performance.now();
    try {
      for (let work; this.#hasTime(since) && (work = ready.shift());) {
        if (!this.#waiting.delete(work)) continue;
        this.#steps++;
        const left = work.step();
        if (left !== 'nothing') this.#waiting.add(work);
        if (left === 'more') ready.push(work);
      }
    } finally {
      this.#spent += performance.now() - since;
      this.#arm();
    }
  }

  /** Whether another step fits, as long as the others were. Every frame makes one at least, so that all work comes to its end. */
  #hasTime(since: number): boolean {
    if (!this.#steps) return true;
    const spent = this.#spent + performance.now() - since;
    const next = spent / this.#steps;
    return spent + next < (isHidden() ? hiddenBudget : this.#budget);
  }

  #arm(): void {
    if (this.#armed || !this.#waiting.size) return;
    this.#armed = true;
    if (isHidden()) nextTask(this.#onTurn);
    else scheduleFrame(this.#onTurn);
  }

  readonly #onTurn = (): void => {
    this.#armed = false;
    this.#begin();
    // Comes when this frame is laid out and painted.
    if (!isHidden()) nextTask(() => this.#judge());
    this.#run([...this.#waiting]);
  };

  /** Layout costs what it costs: after a long frame the next ones are given less time. */
  #judge(): void {
    const took = performance.now() - this.#began;
    this.#least = Math.min(took, this.#least + 1);
    const ours = took - this.#least;
    if (took > tooLong || ours > tooMuch) this.#budget = Math.max(leastTime, this.#budget / 2);
    else if (took < quick && ours < little) this.#budget = Math.min(mostTime, this.#budget * 1.5);
  }
}

export const frames = new Frames();
