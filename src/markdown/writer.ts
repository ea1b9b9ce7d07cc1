import { type Blocks, type CodeInfo, openDocument } from './blocks.js';

export interface MarkdownOptions {
  /** Called once for each code block, when its language is known: may put a header before the `code` in `pre`. */
  codeHeader?(pre: HTMLElement, info: CodeInfo): void;
}

const LINE_END = /\r?\n|\r(?!\n|$)/;
// Longer lines are taken in pieces, so that the unfinished one is never long.
const MAX_LINE = 4000;

/**
 * Writes Markdown into `root`, which it owns, as it arrives: CommonMark with GFM's tables, strikethrough, task lists and
 * bare URLs; raw HTML is text. Any split of the input ends in the same DOM, and a finished block is not touched again,
 * but for links whose definition comes late.
 */
export class MarkdownWriter {
  readonly #blocks: Blocks;
  /** The line that is not finished. */
  #rest = '';

  constructor(root: HTMLElement, { codeHeader }: MarkdownOptions = {}) {
    this.#blocks = openDocument(root, codeHeader);
  }

  write(delta: string): void {
    const lines = (this.#rest + delta).split(LINE_END);
    this.#rest = this.#cut(lines.pop()!);
    for (const line of lines) this.#blocks.line(this.#cut(line), '\n');
    this.#blocks.preview(this.#rest);
  }

  /** Closes what is open: what was shown as if it were complete becomes what it is. */
  end(): void {
    if (this.#rest) this.#blocks.line(this.#rest, '\n');
    this.#rest = '';
    this.#blocks.end();
  }

  /** Hands over the pieces of a long line; returns the last one. */
  #cut(line: string): string {
    while (line.length > MAX_LINE) {
      const end = line.lastIndexOf(' ', MAX_LINE) + 1 || MAX_LINE;
      this.#blocks.line(line.slice(0, end), '');
      line = line.slice(end);
    }
    return line;
  }
}
