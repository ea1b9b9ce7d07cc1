import { type Content, create } from './slot.js';

// Together they bound how deep elements nest; what goes beyond stays text.
const MAX_OPENERS = 24;
const MAX_LENGTH = 9;

/**
 * A run of `*` or `_` that may open or close emphasis (CommonMark 0.31, section 6.2), or of two `~` that may strike
 * through (GFM, section 6.5, allows a single one too; but that is mostly an "about").
 */
export class Run {
  declare readonly mark: string;
  declare readonly length: number;
  declare readonly opens: boolean;
  declare readonly closes: boolean;
  /** Marks not yet used. */
  declare left: number;
  /** Its index in the resolved content, once it is open. */
  at = 0;

  /** Reads the run of `text` from `start` to `end`: what stands on its sides decides what it can do. */
  constructor(text: string, start: number, end: number) {
    this.mark = text[start]!;
    this.length = this.left = end - start;
    const before = weight(text[start - 1]);
    const after = weight(text[end]);
    const inWord = this.mark === '_' && before + after === 4;
    const usable = this.mark === '~' ? this.length === 2 : !inWord && this.length <= MAX_LENGTH;
    // Left-flanking and right-flanking: it clings to the side that is at least as much of a word.
    this.opens = usable && after > 0 && after >= before;
    this.closes = usable && before > 0 && before >= after;
  }

  /** The marks left, as text. */
  toString(): string {
    return this.mark.repeat(this.left);
  }
}

/** 0 for white space and the ends of the text, 1 for punctuation, 2 for letters and all else. */
const weight = (character = ' '): number =>
  /\s/.test(character) ? 0 : /[\p{P}\p{S}]/u.test(character) ? 1 : 2;

/** Turns runs into elements. With `open`, the text goes on: what is open at its end counts as closed there. */
export function resolve(content: Content[], open: boolean): Content[] {
  const done: Content[] = [];
  const openers: Run[] = [];
  for (const item of content) {
    if (item instanceof Run) {
      if (item.closes) close(item, openers, done);
      if (item.opens && item.left && openers.length < MAX_OPENERS) {
        item.at = done.length;
        openers.push(item);
      }
    }
    done.push(item);
  }
  for (let run; open && (run = openers.at(-1));) {
    if (done.length > run.at + 1) close(Object.assign({}, run), openers, done);
    else openers.pop();
  }
  return done;
}

/** Puts what stands between the closing run and those it closes into elements. */
function close(closer: Run, openers: Run[], done: Content[]): void {
  while (closer.left) {
    const index = openers.findLastIndex((run) => pair(run, closer));
    if (index < 0) return;
    openers.length = index + 1;
    const run = openers[index]!;
    const count = Math.min(2, run.left, closer.left);
    const tag = run.mark === '~' ? 'del' : count > 1 ? 'strong' : 'em';
    done.push(create(tag, {}, done.splice(run.at + 1)));
    closer.left -= count;
    run.left -= count;
    if (!run.left) openers.pop();
  }
}

function pair(opener: Run, closer: Run): boolean {
  // The rule of three: `*foo**bar*` is no nesting.
  const three =
    (opener.closes || closer.opens) && (opener.length + closer.length) % 3 === 0 && opener.length % 3 > 0;
  return opener.mark === closer.mark && !three;
}
