import { InlineText } from './inline-text.js';
import { type Leaf, type Place, placeIn } from './leaf.js';
import { create } from './nodes.js';
import { type References } from './references.js';

const END = /^(.*?)(?:\$\$|\\\])[ \t]*$/s;

/** A formula on lines of its own, between `$$` or `\[` and `\]`. A blank line before its end makes it text. */
export class MathLeaf implements Leaf {
  readonly #element: HTMLElement;
  readonly #references: References;
  readonly #made: (element: HTMLElement, display: boolean) => void;
  readonly #mark: string;
  #text = '';

  constructor(
    mark: string,
    where: Place,
    references: References,
    made: (element: HTMLElement, display: boolean) => void,
  ) {
    this.#mark = mark;
    this.#element = placeIn(where, 'div', { class: 'math', dir: 'ltr' });
    this.#references = references;
    this.#made = made;
  }

  get complete(): boolean {
    return END.test(this.#text);
  }

  add(text: string): void {
    this.#text += text;
  }

  endLine(): void {
    if (this.#text && !this.complete) this.#text += '\n';
  }

  show(): void {
    this.#element.textContent = this.#text.replace(/[\s$\\\]]+$/, '');
  }

  close(): void {
    const tex = END.exec(this.#text)?.[1]!.trim();
    if (tex) {
      this.#element.textContent = tex;
      return this.#made(this.#element, true);
    }
    const paragraph = create('p');
    this.#element.replaceWith(paragraph);
    new InlineText(paragraph, this.#references).finish(`${this.#mark}\n${this.#text}`.trim());
  }
}
