import { type Block, type BlockView } from './block.js';
import { codeOf } from './hidden.js';
import { make } from './inline-view.js';
import { type Leaf, type Place, placeIn } from './leaf.js';
import { type InlineElement, place } from './nodes.js';

// Engines lay out a run of text as a whole, so that long code is cut into pieces.
const MAX_LINES = 16;
const MAX_LENGTH = 2000;

export interface CodeStart {
  /** What ends it; indented code ends with the first line that is not. */
  readonly fence?: RegExp | undefined;
  /** Columns that its lines are indented less. */
  readonly indent: number;
  readonly language: string;
}

/** Fenced or indented code, which only grows. */
export class CodeLeaf implements Leaf {
  readonly #code: HTMLElement;
  readonly #view: BlockView | undefined | void;
  readonly fence: RegExp | undefined;
  readonly indent: number;
  #piece: HTMLElement | undefined;
  /** The piece goes on with a line that was too long for the one before. */
  #goesOn = false;
  #lines = 0;
  #length = 0;
  /** What stands before the next text, as far as it counts. */
  #before = '';
  /** The last text. */
  #tail: Text | undefined;
  /** The present line is one of it. */
  #inLine = false;
  /** What is not shown yet. */
  #buffer = '';
  /** Blank lines, which belong to indented code only if more of it follows. */
  #blank = '';

  constructor(
    { fence, indent, language }: CodeStart,
    where: Place,
    view: (block: Block) => BlockView | undefined | void,
  ) {
    const element = placeIn(where, 'pre', { dir: 'ltr' });
    this.#code = place(element, 'code');
    this.fence = fence;
    this.indent = indent;
    this.#view = view({
      kind: 'code',
      element,
      language,
      display: true,
      text: () => this.#code.textContent,
    });
  }

  /** A blank line in indented code, without the indentation. */
  addBlank(rest: string): void {
    this.#blank += `${rest}\n`;
  }

  add(text: string): void {
    this.#inLine = true;
    if (this.#blank) {
      const lines = this.#blank.slice(0, -1).split('\n');
      this.#blank = '';
      for (const line of lines) {
        this.#buffer += line;
        this.#addLineEnd();
      }
    }
    this.#buffer += text;
    for (let room; this.#buffer.length > (room = 2 * MAX_LENGTH - this.#length);)
      this.#cut(/[\ud800-\udbff]/.test(this.#buffer[room - 1]!) ? room - 1 : room);
  }

  endLine(): void {
    if (this.#inLine) this.#addLineEnd();
    this.#inLine = false;
  }

  #addLineEnd(): void {
    this.#buffer += '\n';
    if (++this.#lines >= MAX_LINES || this.#length + this.#buffer.length >= MAX_LENGTH)
      this.#cut(this.#buffer.length);
  }

  show(): void {
    // Where nobody takes the lines over, all is one change: each makes the engine shape the whole text anew.
    const end = this.#view?.lines ? this.#buffer.lastIndexOf('\n') + 1 : 0;
    if (end) this.#write(this.#buffer.slice(0, end), true);
    if (end < this.#buffer.length) this.#write(this.#buffer.slice(end), false);
    this.#buffer = '';
  }

  close(): void {
    this.show();
    if (this.#tail) this.#view?.lines?.(this.#tail);
    this.#view?.end?.();
  }

  /** Ends the piece behind so much of what is not shown yet. */
  #cut(length: number): void {
    const rest = this.#buffer.slice(length);
    this.#buffer = this.#buffer.slice(0, length);
    const whole = this.#buffer.endsWith('\n');
    this.show();
    if (!whole) this.#piece!.className = 'part';
    this.#goesOn = !whole;
    this.#buffer = rest;
    this.#piece = this.#tail = undefined;
    this.#before = '';
    this.#lines = this.#length = 0;
  }

  #write(text: string, complete: boolean): void {
    this.#piece ??= place(this.#code, 'span', { class: this.#goesOn ? 'part' : undefined });
    this.#length += text.length;
    for (const item of codeOf(text, this.#before)) {
      if (typeof item === 'string') this.#append(item);
      else this.#mark(item);
    }
    if (complete) this.#handOver();
  }

  #append(text: string): void {
    // A joiner decides nothing about what follows.
    this.#before = /[^\u200c\u200d]?$/.exec(text)![0];
    // A translator may have put another in its place.
    if (this.#tail?.parentNode) this.#tail.appendData(text);
    else this.#tail = this.#piece!.appendChild(document.createTextNode(text));
  }

  /** The text before a mark is as finished as a line. */
  #mark(mark: InlineElement): void {
    this.#handOver();
    this.#before = '';
    this.#tail = undefined;
    this.#piece!.append(make(mark));
  }

  #handOver(): void {
    if (!this.#tail || !this.#view?.lines) return;
    this.#view.lines(this.#tail);
    this.#tail = undefined;
  }
}
