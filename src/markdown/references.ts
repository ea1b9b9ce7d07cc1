import { loadAll, needsAll, unescape } from './characters.js';
import { type Footnotes } from './footnotes.js';
import { joined } from './inline-view.js';
import { type Inline } from './nodes.js';
import { type InlineContent, type Surroundings } from './surroundings.js';
import { type Definition, labelKey, type Target } from './links.js';
import { readInline } from './inline.js';

/** Text whose content may have to be read again, when what it refers to comes later in the document. */
export interface Referrer {
  rewrite(): void;
}

/** What all lines of a document share: definitions, footnotes, the policy of addresses. */
export class References {
  readonly #targets = new Map<string, Definition>();
  /** For each missing label those that use it. */
  readonly #waiting = new Map<string, Set<Referrer>>();
  readonly #surroundings: Surroundings;
  /** Whose text is read now. */
  #reader: Referrer | undefined;

  constructor(footnotes: Footnotes, asked: Pick<Surroundings, 'url' | 'address' | 'math'>) {
    this.#surroundings = {
      ...asked,
      find: (label) => this.#find(label),
      footnote: (label) => footnotes.mark(label),
    };
  }

  /** Reads text that may go on; `reader` is asked to read it again, if what it refers to comes later. */
  readOpen(text: string, offset: number, reader: Referrer): InlineContent {
    this.#reader = reader;
    return readInline(text, offset, true, this.#surroundings);
  }

  /** Reads text that is complete. */
  read(text: string, offset: number, reader: Referrer): readonly Inline[] {
    this.#reader = reader;
    const { settled, open } = readInline(text, offset, false, this.#surroundings);
    if (needsAll(text)) {
      loadAll().then(
        () => reader.rewrite(),
        // It stays as it was written.
        () => {},
      );
    }
    return joined(settled, open);
  }

  define(definition: Definition): void {
    const key = labelKey(definition.label);
    // The first definition of a label counts.
    if (this.#targets.has(key)) return;
    this.#targets.set(key, definition);
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    for (const referrer of waiting ?? []) referrer.rewrite();
  }

  #find(label: string): Target | undefined {
    const key = labelKey(label);
    const definition = this.#targets.get(key);
    if (definition)
      return { destination: unescape(definition.destination), title: unescape(definition.title) };
    if (this.#reader && key) {
      let waiting = this.#waiting.get(key);
      if (!waiting) this.#waiting.set(key, (waiting = new Set()));
      waiting.add(this.#reader);
    }
    return undefined;
  }
}
