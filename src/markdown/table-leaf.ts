import { type Block, type BlockView } from './block.js';
import { Direction } from './direction.js';
import { type Leaf, type Place, placeIn } from './leaf.js';
import { place } from './nodes.js';
import { type References } from './references.js';
import { TableRow } from './table-row.js';

// Characters after which a row goes on in a new one, so that no delta costs more than one.
const MAX_ROW = 4000;

/** A table (GFM, section 4.10), in an element that it may be wider than. */
export class TableLeaf implements Leaf {
  readonly #table: HTMLElement;
  readonly #direction: Direction;
  readonly #columns: readonly (string | undefined)[];
  readonly #references: References;
  readonly #view: BlockView | undefined | void;
  #row: TableRow | undefined;

  constructor(
    header: string,
    columns: readonly (string | undefined)[],
    where: Place,
    references: References,
    view: (block: Block) => BlockView | undefined | void,
  ) {
    const element = placeIn(where, 'div', { class: 'table' });
    this.#table = place(element, 'table');
    this.#direction = new Direction(element);
    this.#columns = columns;
    this.#references = references;
    const row = new TableRow(place(this.#table, 'thead'), 'th', columns, references);
    row.add(header);
    row.finish();
    const text = () => valuesOf(this.#table);
    this.#view = view({ kind: 'table', element, language: '', display: true, text });
  }

  add(text: string): void {
    if (!this.#row) {
      this.#row = new TableRow(this.#body, 'td', this.#columns, this.#references);
      this.#direction.grow();
    }
    const room = MAX_ROW - this.#row.length;
    this.#row.add(text.slice(0, room));
    if (text.length <= room) return;
    this.endLine();
    this.add(text.slice(room));
  }

  endLine(): void {
    this.#row?.finish();
    this.#row = undefined;
  }

  show(): void {
    this.#row?.show();
  }

  close(): void {
    this.endLine();
    this.#view?.end?.();
  }

  get #body(): Element {
    const last = this.#table.lastElementChild!;
    return last.localName === 'tbody' ? last : place(this.#table, 'tbody');
  }
}

/** The cells as they are shown, as tab-separated values. */
const valuesOf = (table: HTMLElement): string =>
  [...table.querySelectorAll('tr')]
    .map((row) => [...row.children].map((cell) => cell.textContent.replace(/\s+/g, ' ')).join('\t'))
    .join('\n');
