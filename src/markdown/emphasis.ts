import { type Inline, type InlineElement, type Tag, inlineElement } from './nodes.js';

// Together they bound how deep elements nest; what goes beyond stays text.
const MAX_OPENERS = 24;
const MAX_LENGTH = 9;

/**
 * Marks that may open or close an element: a run of `*`, `_` or `~` (CommonMark 0.31, section 6.2; GFM, section 6.5), or
 * a tag of the few that are no danger.
 */
export interface Marks {
  /** What has to be the same for both ends: `*`, or a tag's name. */
  readonly mark: string;
  readonly length: number;
  readonly opens: boolean;
  readonly closes: boolean;
  /** The element of a tag; a run's follows from its length. */
  readonly tag?: Tag | undefined;
  /** Marks not yet used. */
  left: number;
  /** What they look like if nothing becomes of them. */
  readonly text: string;
  /** Where they stand, once they are open. */
  at: number;
}

/** Reads the run of marks from `start` to `end`: what stands on its sides decides what it can do. */
export function runAt(text: string, start: number, end: number): Marks {
  const mark = text[start]!;
  const length = end - start;
  const before = weight(characterBefore(text, start));
  const after = weight(end < text.length ? String.fromCodePoint(text.codePointAt(end)!) : ' ');
  const inWord = mark === '_' && before + after === 4;
  const usable = mark === '~' ? length <= 2 : !inWord && length <= MAX_LENGTH;
  // Left-flanking and right-flanking: it clings to the side that is at least as much of a word.
  const opens = usable && after > 0 && after >= before;
  const closes = usable && before > 0 && before >= after;
  return { mark, length, opens, closes, left: length, text: text.slice(start, end), at: 0 };
}

function characterBefore(text: string, offset: number): string {
  const pair = text.slice(Math.max(0, offset - 2), offset);
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(pair) ? pair : pair.slice(-1) || ' ';
}

/** 0 for white space and the ends of the text, 1 for punctuation, 2 for letters and all else. */
const weight = (character: string): number =>
  /\s/.test(character) ? 0 : /[\p{P}\p{S}]/u.test(character) ? 1 : 2;

/** Turns marks into elements, one piece of a line after the other. */
export class Emphasis {
  readonly #done: (Inline | Marks)[] = [];
  readonly #openers: Marks[] = [];

  /** Whether what comes next cannot change what is here. */
  get settled(): boolean {
    return this.#openers.length === 0;
  }

  get length(): number {
    return this.#done.length;
  }

  add(item: Inline | Marks): void {
    if (typeof item !== 'string' && isMarks(item)) {
      if (item.closes) this.#close(item);
      if (item.opens && item.left && this.#openers.length < MAX_OPENERS) {
        item.at = this.#done.length;
        this.#openers.push(item);
      }
      if (!item.left) return;
    }
    this.#done.push(item);
  }

  /** Closes what is open: all of it, or only what a block's end closes. */
  end(all: boolean): void {
    for (let marks; (marks = this.#openers.at(-1));) {
      // A tilde alone means "about" as a rule.
      const closed = all ? marks.text !== '~' : marks.tag === 'details' || marks.tag === 'summary';
      if (closed && this.#done.length > marks.at + 1) this.#close({ ...marks });
      else {
        this.#openers.pop();
        if (all && marks.tag) this.#done[marks.at] = '';
      }
    }
  }

  /** What it has become, from an item on up to another. */
  content(start = 0, end = this.#done.length): Inline[] {
    return merged(this.#done.slice(start, end));
  }

  /** Puts what stands between the closing marks and those they close into elements. */
  #close(closer: Marks): void {
    while (closer.left) {
      const index = this.#openers.findLastIndex((marks) => pair(marks, closer));
      if (index < 0) return;
      this.#openers.length = index + 1;
      const marks = this.#openers[index]!;
      const count = marks.tag || marks.mark === '~' ? marks.left : Math.min(2, marks.left, closer.left);
      const tag = marks.tag ?? (marks.mark === '~' ? 'del' : count > 1 ? 'strong' : 'em');
      const element = inlineElement(tag, merged(this.#done.splice(marks.at + 1)));
      closer.left -= count;
      marks.left -= count;
      if (!marks.left) {
        this.#openers.pop();
        this.#done.pop();
      }
      this.#done.push(element);
    }
  }
}

const isMarks = (item: InlineElement | Marks): item is Marks => 'mark' in item;

function pair(opener: Marks, closer: Marks): boolean {
  if (opener.mark !== closer.mark) return false;
  if (opener.tag) return true;
  if (opener.mark === '~') return opener.length === closer.length;
  // The rule of three: `*foo**bar*` is no nesting.
  return !(
    (opener.closes || closer.opens) &&
    (opener.length + closer.length) % 3 === 0 &&
    opener.length % 3 > 0
  );
}

/** Marks that are left as text, and texts beside each other as one. */
function merged(items: readonly (Inline | Marks)[]): Inline[] {
  const result: Inline[] = [];
  let text = '';
  for (const item of items) {
    if (typeof item === 'string') text += item;
    else if (isMarks(item)) text += item.tag ? item.text : item.mark.repeat(item.left);
    else {
      if (text) result.push(text);
      text = '';
      result.push(item);
    }
  }
  if (text) result.push(text);
  return result;
}
