import type { Block, BlockRenderer, BlockView } from '../markdown/block.js';
import { type LoadGrammar, grammarFor } from './highlight-languages.js';
import { LineWriter } from './highlight-lines.js';
import { Sight } from './highlight-sight.js';
import { workByFrame } from './highlight-work.js';

/** Characters of a block after which the rest stays plain, about 5,000 lines: each has some eight elements. */
const most = 200_000;
/**
 * Milliseconds that a block may cost beside those for each character; about 0.0005 a character are usual. Some grammars
 * slow down with depth: ten thousand open brackets must not keep the page busy.
 */
const patience = 200;
const perCharacter = 0.005;

/**
 * Colours code that is seen: every finished line, while the block still streams. What is out of view stays plain until it
 * comes near, and its grammar is not asked for. A language that is not known or cannot be loaded stays plain. Colours come
 * by class: `k` keyword or tag, `s` string, `c` comment, `n` number or constant, `f` what is defined, `t` type or builtin,
 * `i` inserted, `d` deleted.
 */
export const highlight: BlockRenderer = (block) => {
  const load = grammarFor(block.language);
  return load && highlightWith(block, load);
};

/** Colours code by a grammar that is loaded when the code is seen. */
export function highlightWith({ element }: Block, load: LoadGrammar): BlockView {
  return new HighlightView(element, load);
}

class HighlightView implements BlockView {
  readonly #sight: Sight;
  #load: LoadGrammar | undefined;
  #writer: LineWriter | undefined;
  /** Lines that wait to be seen, for the grammar or for a frame. */
  #waiting: Text[] = [];
  #left = most;
  #patience = patience;
  #working = false;
  #ended = false;

  constructor(element: Element, load: LoadGrammar) {
    this.#load = load;
    this.#sight = new Sight(element, () => this.#work());
  }

  lines(node: Text): void {
    this.#left -= node.length;
    if (this.#left < 0) return;
    this.#waiting.push(node);
    this.#work();
  }

  end(): void {
    this.#ended = true;
    this.#rest();
  }

  #work(): void {
    if (this.#working || this.#waiting.length === 0 || !this.#sight.seen) return;
    if (!this.#writer) return this.#prepare();
    this.#working = true;
    workByFrame(this.#steps(this.#writer));
  }

  #prepare(): void {
    const load = this.#load;
    this.#load = undefined;
    load?.().then(
      (grammar) => {
        this.#writer = new LineWriter(grammar);
        this.#work();
      },
      () => this.#giveUp(),
    );
  }

  /** A step for each line. */
  *#steps(writer: LineWriter): Generator<void> {
    try {
      // A burst of text may have carried it out of view since it was to be coloured.
      if (this.#sight.seen) yield* this.#write(writer);
    } catch {
      this.#giveUp();
    }
    this.#working = false;
    this.#rest();
  }

  *#write(writer: LineWriter): Generator<void> {
    for (const node of this.#waiting) {
      const shown = document.createDocumentFragment();
      for (const line of node.data.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
        this.#writeLine(writer, line, shown);
        yield;
      }
      node.replaceWith(shown);
    }
    this.#waiting = [];
  }

  #writeLine(writer: LineWriter, line: string, parent: Node): void {
    const start = performance.now();
    writer.write(line, parent);
    this.#patience += line.length * perCharacter - (performance.now() - start);
    if (this.#patience < 0) throw new Error('This code takes too long to colour');
  }

  #giveUp(): void {
    this.#left = -1;
    this.#waiting = [];
    this.#sight.end();
  }

  /** Whether it is seen does not matter any more. */
  #rest(): void {
    if (this.#ended && this.#waiting.length === 0) this.#sight.end();
  }
}
