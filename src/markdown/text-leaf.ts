import { cellsOf } from './grammar.js';
import { InlineText } from './inline-text.js';
import { type Leaf, type Place, placeIn, remove } from './leaf.js';
import { type Definition, definitionAt, mayDefine } from './links.js';
import { create, type Tag } from './nodes.js';
import { type References } from './references.js';
import { TableRow } from './table-row.js';
import { withoutEnd } from './tokens.js';

/**
 * A paragraph or a heading. A paragraph may still become a heading or a table, and the definitions at its start vanish
 * from it.
 */
export class TextLeaf implements Leaf {
  /** As in `Line`. */
  static readonly kept = new TextLeaf('p', '', undefined!, undefined!);
  /** All lines so far. */
  text: string;
  /** The paragraph this is still a part of, if it does not become a table. */
  before: TextLeaf | undefined;
  readonly tag: Tag;
  readonly #place: Place;
  readonly #references: References;
  #element: HTMLElement | undefined;
  #inline: InlineText | undefined;

  constructor(tag: Tag, text: string, place: Place, references: References) {
    this.tag = tag;
    this.text = text;
    this.#place = place;
    this.#references = references;
  }

  add(text: string): void {
    this.text += text;
  }

  show(): void {
    const text = this.#title();
    const start = this.#definitionsEnd();
    if (mayDefine(text, start)) this.remove();
    // A line like this is a table's first in all likelihood.
    else if (this.tag === 'p' && /^\|[^\n]+$/.test(text)) this.#showRow();
    else if (start < text.length) this.#line(start).grow(text);
  }

  close(): void {
    const text = withoutEnd(this.#title(), ' \t\n');
    const start = this.#definitionsEnd((definition) => this.#references.define(definition));
    if (this.tag === 'p' && start >= text.length) this.remove();
    else this.#line(start).finish(text);
  }

  /** Takes over the definitions at its start; what is left is all it is. */
  takeDefinitions(): void {
    this.text = this.text.slice(this.#definitionsEnd((definition) => this.#references.define(definition)));
  }

  /** Takes it out of the document. */
  remove(): void {
    if (this.#element) remove(this.#element);
    this.#element = this.#inline = undefined;
  }

  #title(): string {
    return this.tag === 'p' ? this.text : this.text.replace(/(^|[ \t])#+[ \t]*$/, '');
  }

  /** Where the text behind the definitions at its start begins. */
  #definitionsEnd(take?: (definition: Definition) => void): number {
    let end = 0;
    if (this.tag !== 'p') return end;
    for (let found; this.text[end] === '[' && (found = definitionAt(this.text, end)); end = found.end)
      take?.(found);
    return end;
  }

  #showRow(): void {
    this.remove();
    this.#element = placeIn(this.#place, 'div', { class: 'table' });
    const table = this.#element.appendChild(create('table'));
    const columns = cellsOf(this.text).map(() => undefined);
    const row = new TableRow(table.appendChild(create('thead')), 'th', columns, this.#references);
    row.add(this.text);
    row.show();
  }

  #line(start: number): InlineText {
    if (!this.#inline) {
      this.remove();
      this.#element = placeIn(this.#place, this.tag);
      this.#inline = new InlineText(this.#element, this.#references);
    }
    this.#inline.startAt(start);
    return this.#inline;
  }
}
