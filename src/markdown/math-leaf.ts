import { type Leaf, type Place, placeIn } from './leaf.js';
import { withoutEnd } from './tokens.js';

const FORMULA = /^..\n(.*?)(?:\$\$|\\\])[ \t]*$/s;

/** A formula on lines of its own, between `$$` or `\[` and `\]`. A blank line before its end makes it text. */
export class MathLeaf implements Leaf {
  readonly element: HTMLElement;
  readonly #made: (element: HTMLElement) => void;
  /** All lines so far, with the mark. */
  text: string;

  constructor(mark: string, where: Place, made: (element: HTMLElement) => void) {
    this.text = mark;
    this.element = placeIn(where, 'div', { class: 'math', dir: 'ltr' });
    this.#made = made;
  }

  /** What stands between its marks, if it is complete. */
  get tex(): string | undefined {
    return FORMULA.exec(this.text)?.[1]!.trim();
  }

  add(text: string): void {
    this.text += text;
  }

  endLine(): void {
    if (this.tex === undefined) this.text += '\n';
  }

  show(): void {
    this.element.textContent = withoutEnd(this.text.slice(3), ' \t\n$\\]');
  }

  close(): void {
    this.element.textContent = this.tex!;
    this.#made(this.element);
  }
}
