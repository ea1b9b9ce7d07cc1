import { InlineView } from './inline-view.js';
import { type References, type Referrer } from './references.js';

/** Inline Markdown in an element, while it grows. */
export class InlineText implements Referrer {
  readonly #element: Element;
  readonly #references: References;
  #view: InlineView;
  #text = '';
  /** Where it starts in the text. */
  #start = 0;
  /** Where what is not settled starts. */
  #offset = 0;

  constructor(element: Element, references: References) {
    this.#element = element;
    this.#references = references;
    this.#view = new InlineView(element);
  }

  /** Leaves out what stands before an offset. */
  startAt(offset: number): void {
    if (offset !== this.#start) this.#restart(offset);
  }

  /** Shows text that begins with what was shown before, and may go on. */
  grow(text: string): void {
    const { settled, open, offset } = this.#references.readOpen(text, this.#offset, this);
    this.#offset = offset;
    this.#view.update(settled, open);
  }

  /** Shows the whole text. */
  finish(text: string): void {
    this.#text = text;
    this.#view.update([], this.#references.read(text, this.#offset, this));
  }

  rewrite(): void {
    this.#restart(this.#start);
    this.finish(this.#text);
  }

  #restart(offset: number): void {
    this.#element.replaceChildren();
    this.#view = new InlineView(this.#element);
    this.#start = this.#offset = offset;
  }
}
