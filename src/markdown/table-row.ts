import { cellsOf } from './grammar.js';
import { InlineText } from './inline-text.js';
import { place } from './nodes.js';
import { type References } from './references.js';

/** A row of a table, while it grows. */
export class TableRow {
  readonly #cells: InlineText[];
  #text = '';
  /** How many cells are complete. */
  #complete = 0;

  /** Makes a cell for each of the columns, which are classes. */
  constructor(
    parent: Element,
    tag: 'th' | 'td',
    columns: readonly (string | undefined)[],
    references: References,
  ) {
    const row = place(parent, 'tr');
    this.#cells = columns.map((column) => new InlineText(place(row, tag, { class: column }), references));
  }

  /** Characters so far. */
  get length(): number {
    return this.#text.length;
  }

  add(text: string): void {
    this.#text += text;
  }

  /** Shows what is there so far: the last cell may go on. */
  show(): void {
    const texts = cellsOf(this.#text);
    this.#finish(texts, texts.length - 1);
    const last = texts[this.#complete];
    if (last !== undefined) this.#cells[this.#complete]?.grow(last);
  }

  finish(): void {
    const texts = cellsOf(this.#text);
    this.#finish(texts, texts.length);
  }

  #finish(texts: readonly string[], count: number): void {
    for (; this.#complete < Math.min(count, this.#cells.length); this.#complete++)
      this.#cells[this.#complete]!.finish(texts[this.#complete]!);
  }
}
