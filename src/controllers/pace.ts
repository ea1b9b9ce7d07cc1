import { isHidden } from '../chat/schedule.js';
import { frames } from './frame.js';
import type { Left } from './frame.js';
import { Steady } from './steady.js';

/** What grows: a `MarkdownWriter`. */
export interface Writer {
  write(delta: string): void;
  end(): void;
}

export interface PaceOptions {
  /** Whether bursts are evened out; asked anew for every frame. Not where the reader prefers reduced motion. */
  smooth?: () => boolean;
  /** Told once, after the writer's end. */
  settled?: () => void;
}

/** Characters written at once. */
const slice = 1000;

/**
 * Hands text to a writer in slices, as much as a frame has time for, the rest in the next frames. A hidden tab is given
 * all of it in tasks of its own, so that it is there when the reader comes back.
 */
export class Pace {
  readonly #writer: Writer;
  readonly #options: PaceOptions;
  readonly #steady = new Steady();
  readonly #work = { step: () => this.#step() };
  #waiting = '';
  #ended = false;

  constructor(writer: Writer, options: PaceOptions = {}) {
    this.#writer = writer;
    this.#options = options;
  }

  /** Whether text waits that is not yet written. */
  get behind(): boolean {
    return this.#waiting !== '';
  }

  /** Takes the next piece of text; writes it before it returns if there is little of it, or what this frame has time for. */
  write(text: string): void {
    if (!text) return;
    this.#waiting += text;
    this.#steady.take(text.length);
    frames.add(this.#work);
  }

  /** Nothing more will come: ends the writer once all is written. */
  end(): void {
    this.#ended = true;
    if (!this.behind) this.#settle();
  }

  /** Writes nothing until it goes on; what waits is kept. */
  pause(): void {
    frames.remove(this.#work);
  }

  goOn(): void {
    if (this.behind) frames.add(this.#work);
  }

  /** Forgets what waits, and its end. */
  stop(): void {
    this.#waiting = '';
    this.#ended = false;
    this.#steady.clear();
    this.pause();
  }

  #step(): Left {
    const smooth = this.#isSmooth();
    const due = smooth ? this.#steady.due() : Infinity;
    if (!due) return 'later';
    const size = (smooth ? endOfCluster : endOfSlice)(this.#waiting, Math.min(due, slice));
    const text = this.#waiting.slice(0, size);
    this.#waiting = this.#waiting.slice(size);
    this.#steady.give(size);
    this.#writer.write(text);
    if (this.behind) return size < due ? 'more' : 'later';
    if (this.#ended) this.#settle();
    return 'nothing';
  }

  #isSmooth(): boolean {
    return (
      !!this.#options.smooth?.() && !isHidden() && !matchMedia('(prefers-reduced-motion: reduce)').matches
    );
  }

  #settle(): void {
    this.#writer.end();
    this.#options.settled?.();
  }
}

/** Where to cut a slice: behind a line where one ends, for whole lines cost least, and never inside a surrogate pair. */
function endOfSlice(text: string, size: number): number {
  if (text.length <= size) return text.length;
  const line = text.lastIndexOf('\n', size - 1) + 1;
  if (line > size / 2) return line;
  return isHigh(text.charCodeAt(size - 1)) ? size - 1 : size;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;

let segmenter: Intl.Segmenter | undefined;

/** Where to cut what is shown bit by bit: never inside of what a reader takes for one character. */
function endOfCluster(text: string, size: number): number {
  if (text.length <= size) return text.length;
  // Nothing below U+0300 joins what stands before it.
  if (text.charCodeAt(size) < 0x300) return size;
  segmenter ??= new Intl.Segmenter();
  const { index, segment } = segmenter.segment(text.slice(0, size + 32)).containing(size)!;
  return index || segment.length;
}
