import { inline } from './inline.js';
import { DEFINITION, labelKey, type Target, targetOf } from './links.js';
import { create, fill, slotIn } from './slot.js';

/** Writes inline text, and patches it when a definition its links wait for comes later in the document. */
export class References {
  readonly #targets = new Map<string, Target>();
  /** For each missing label the elements that use it, with their text. */
  readonly #waiting = new Map<string, Map<Node, string>>();

  /** Fills `element` with inline text; `open` if more of it may come. */
  write(element: Node, text: string, open: boolean): void {
    const content = inline(text, open, (label) => {
      const key = labelKey(label);
      const target = this.#targets.get(key);
      if (!target && !open) this.#waiting.set(key, (this.#waiting.get(key) ?? new Map()).set(element, text));
      return target;
    });
    const source = create('p', {}, content);
    source.normalize();
    fill(slotIn(element), source);
  }

  /** Returns what is left of a paragraph without the definitions at its start; unless `open`, takes these over. */
  take(text: string, open: boolean): string {
    let left = text;
    for (const match of text.matchAll(DEFINITION)) {
      const key = labelKey(match[1]!);
      if (!key) break;
      left = left.slice(match[0].length);
      // The first definition of a label counts.
      if (open || this.#targets.has(key)) continue;
      this.#targets.set(key, targetOf(match));
      for (const [element, waiting] of this.#waiting.get(key) ?? []) this.write(element, waiting, false);
    }
    return left;
  }
}
