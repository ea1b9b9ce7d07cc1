import { keepDirection, MAX_INLINES } from './direction.js';
import { InlineView } from './inline-view.js';
import { type References, type Referrer } from './references.js';
import { plainFrom, withoutEnd } from './tokens.js';

/** Inline Markdown in an element, while it grows. */
export class InlineText implements Referrer {
  /** As in `Line`. */
  static readonly kept = new InlineText(undefined!, undefined!);
  readonly #element: HTMLElement;
  readonly #references: References;
  #view: InlineView;
  #text = '';
  /** Where it starts in the text. */
  #start = 0;
  /** Where what is not settled starts. */
  #offset = 0;
  /** Where what is shown ends, if all behind the offset is plain; otherwise -1. */
  #end = 0;

  constructor(element: HTMLElement, references: References) {
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
    this.#mend();
    const shown = withoutEnd(text, ' ');
    if (this.#append(shown)) return;
    const { settled, open, offset } = this.#references.readOpen(text, this.#offset, this);
    this.#offset = offset;
    this.#view.update(settled, open);
    this.#end = plainFrom(text, offset) ? shown.length : -1;
  }

  /** Shows the whole text. */
  finish(text: string): void {
    this.#text = text;
    this.#mend();
    // An unknown character reference may stand anywhere.
    if (text.includes('&') || !this.#append(text))
      this.#view.update([], this.#references.read(text, this.#offset, this));
    // Marks of footnotes that never come are taken out again, one by one.
    if (this.#element.childElementCount > MAX_INLINES) keepDirection(this.#element);
  }

  /** Adds plain text to plain text, without a look at what is there; returns whether that is all. */
  #append(text: string): boolean {
    const end = this.#end;
    if (end < 0 || text.length < end || !plainFrom(text, end)) return false;
    if (text.length > end) this.#view.update([], [text.slice(this.#offset)]);
    this.#end = text.length;
    return true;
  }

  /** What was taken apart by others is written anew. */
  #mend(): void {
    if (!this.#view.stands) this.#restart(this.#start);
  }

  rewrite(): void {
    this.#restart(this.#start);
    this.finish(this.#text);
  }

  #restart(offset: number): void {
    this.#element.replaceChildren();
    this.#view = new InlineView(this.#element);
    this.#start = this.#offset = this.#end = offset;
  }
}
