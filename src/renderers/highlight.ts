import type { BlockRenderer, BlockView } from '../markdown/block.js';
import { type LoadGrammar, grammarFor } from './highlight-languages.js';
import { LineWriter } from './highlight-lines.js';
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
 * Colours code: every finished line, while the block still streams. A language that is not known or cannot be loaded
 * stays plain. Colours come by class: `k` keyword or tag, `s` string, `c` comment, `n` number or constant, `f` what is
 * defined, `t` type or builtin, `i` inserted, `d` deleted.
 */
export const highlight: BlockRenderer = (block) => {
  const load = grammarFor(block.language);
  return load && highlightWith(load);
};

/** Colours code by a grammar that may still have to be loaded. */
export function highlightWith(load: LoadGrammar): BlockView {
  return new HighlightView(load);
}

class HighlightView implements BlockView {
  #writer: LineWriter | undefined;
  /** Lines that wait for the grammar or for a frame. */
  #waiting: Text[] = [];
  #left = most;
  #patience = patience;
  #working = false;

  constructor(load: LoadGrammar) {
    load().then(
      (grammar) => {
        this.#writer = new LineWriter(grammar);
        this.#work();
      },
      () => this.#giveUp(),
    );
  }

  lines(node: Text): void {
    this.#left -= node.length;
    if (this.#left < 0) return;
    this.#waiting.push(node);
    this.#work();
  }

  #work(): void {
    if (this.#working || !this.#writer || this.#waiting.length === 0) return;
    this.#working = true;
    workByFrame(this.#steps(this.#writer));
  }

  /** A step for each line. */
  *#steps(writer: LineWriter): Generator<void> {
    try {
      for (const node of this.#waiting) {
        const shown = document.createDocumentFragment();
        for (const line of node.data.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
          this.#write(writer, line, shown);
          yield;
        }
        node.replaceWith(shown);
      }
      this.#waiting = [];
    } catch {
      this.#giveUp();
    }
    this.#working = false;
  }

  #write(writer: LineWriter, line: string, parent: Node): void {
    const start = performance.now();
    writer.write(line, parent);
    this.#patience += line.length * perCharacter - (performance.now() - start);
    if (this.#patience < 0) throw new Error('This code takes too long to colour');
  }

  #giveUp(): void {
    this.#left = -1;
    this.#waiting = [];
  }
}
