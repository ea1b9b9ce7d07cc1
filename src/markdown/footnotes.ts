import { create, inlineElement, type InlineElement, place } from './nodes.js';
import { labelKey } from './links.js';

/** A footnote's mark in the text, or the way back to it. */
export type FootnoteButton = 'note' | 'back';

interface Mark {
  readonly element: HTMLElement;
  readonly key: string;
  readonly source: string;
}

/**
 * The notes of a document, in a list at its end. They carry no ids: a text could take those of the page, and two messages
 * would share them.
 */
export class Footnotes {
  readonly #root: Node;
  readonly #name: (button: FootnoteButton) => string;
  readonly #notes = new Map<string, HTMLElement>();
  #marks: Mark[] = [];
  /** Of all marks in the order they were seen; of those with a note in that of the text, once all is there. */
  readonly #numbers = new Map<string, number>();
  #ended = false;
  #section: HTMLElement | undefined;

  constructor(root: Node, name: (button: FootnoteButton) => string) {
    this.#root = root;
    this.#name = name;
  }

  /** The mark of a note, which looks as if the note were there: it comes at the end of a text as a rule. */
  mark(label: string): InlineElement | undefined {
    const key = labelKey(label);
    if (!key || /[[\]]/.test(label) || (this.#ended && !this.#notes.has(key))) return undefined;
    this.#count(key);
    const source = `[^${label}]`;
    const made = (element: HTMLElement) => {
      this.#button(element, 'note', `${this.#numbers.get(key)}`, () => this.#notes.get(key));
      this.#marks.push({ element, key, source });
    };
    return { ...inlineElement('sup', [], { class: 'footnote' }), key: source, made };
  }

  /** Where the blocks of a note go. The first note of a label counts; others go nowhere. */
  open(label: string): HTMLElement {
    const key = labelKey(label);
    const note = create('li', { tabindex: '-1' });
    if (this.#notes.has(key)) return note;
    this.#notes.set(key, note);
    this.#section ??= place(this.#root, 'section', { class: 'footnotes' });
    (this.#section.lastElementChild ?? place(this.#section, 'ol')).append(note);
    return note;
  }

  /** Where the next group of blocks goes: before the notes. */
  get place(): Node | null {
    return this.#section ?? null;
  }

  /** Numbers the notes in the order of their marks, once all are there. A mark without a note is text. */
  end(): void {
    this.#ended = true;
    const marks = this.#marks.filter(({ element }) => this.#root.contains(element));
    this.#marks = marks
      .filter(({ key }) => this.#notes.has(key))
      .sort((one, other) => (one.element.compareDocumentPosition(other.element) & 4 ? -1 : 1));
    this.#numbers.clear();
    const first = this.#marks.filter(({ key }) => this.#count(key));
    const parents = new Set<Node>();
    for (const { element, key, source } of marks) {
      if (this.#notes.has(key)) element.firstChild!.textContent = `${this.#numbers.get(key)}`;
      else {
        parents.add(element.parentNode!);
        const before = element.previousSibling;
        // Engines take long to merge many texts.
        if (before instanceof Text) before.appendData(source);
        else element.before(source);
        element.remove();
      }
    }
    for (const parent of parents) parent.normalize();
    for (const mark of first.reverse()) this.#finish(mark);
  }

  /** Gives a key the next number; returns whether it had none. */
  #count(key: string): boolean {
    return !this.#numbers.has(key) && !!this.#numbers.set(key, this.#numbers.size + 1);
  }

  /** Puts a note before all others, with the way back to its first mark. */
  #finish({ key, element }: Mark): void {
    const note = this.#notes.get(key)!;
    note.parentElement!.prepend(note);
    const last = note.lastElementChild;
    this.#button(
      last?.localName === 'p' ? last : note,
      'back',
      '↩',
      () => element.firstElementChild as HTMLElement,
    );
  }

  #button(parent: Element, kind: FootnoteButton, text: string, target: () => HTMLElement | undefined): void {
    const button = place(parent, 'button', { type: 'button', class: `to-${kind}` });
    button.textContent = text;
    const name = this.#name(kind);
    if (name) button.ariaLabel = kind === 'note' ? `${name} ${text}` : name;
    button.addEventListener('click', () => {
      target()?.scrollIntoView({ block: 'nearest' });
      target()?.focus({ preventScroll: true });
    });
  }
}
