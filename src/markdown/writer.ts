import { type BlockRenderer } from './block.js';
import { Blocks } from './blocks.js';
import { viewOf } from './careful.js';
import { type FootnoteButton } from './footnotes.js';
import { CONTEXT, visible } from './hidden.js';
import { safeUrl } from './links.js';

export interface MarkdownOptions {
  /** Called once for each block of code, formula or table, when it opens: may add to it, and listen to how it grows. */
  readonly block?: BlockRenderer | undefined;
  /**
   * The address that a link may have, in the spelling to use; undefined leaves it text. By default absolute `https:`,
   * `http:`, `mailto:` and `tel:` addresses without disguise.
   */
  readonly url?: ((destination: string) => string | undefined) | undefined;
  /**
   * Called once for each link, and for each image that has an address, when its Markdown is closed: an `a`, or a `span` that
   * ends with the image's host. May change what is in the element, and its attributes; nothing is loaded otherwise.
   */
  readonly address?: ((element: HTMLElement, url: string) => void) | undefined;
  /** What assistive technology calls the mark of a footnote, and the way back from it; by default what they show. */
  readonly name?: ((button: FootnoteButton) => string) | undefined;
}

// What decides about a line stands at its start. A longer line is text in any case.
const MAX_START = 4000;
// A carriage return at the end may be half of one.
const LINE_END = /\r?\n|\r(?!$)/;

/**
 * Writes Markdown into `root`, which it owns, as it arrives: CommonMark 0.31 and GFM with footnotes and formulas; raw HTML is
 * text, but for a few harmless tags. Any split of the input ends in the same DOM, and what stands there is not touched
 * again, but for what refers to something that comes later.
 */
export class MarkdownWriter {
  readonly #blocks: Blocks;
  /** The start of a line of which it is not clear yet what it is; or a carriage return that may end a line. */
  #held = '';
  #started = false;
  /** The first half of a character. */
  #half = '';
  /** What stands before the next delta, and may decide what is hidden in it. */
  #before = '';

  constructor(root: Element, { block, url = safeUrl, address, name }: MarkdownOptions = {}) {
    this.#blocks = new Blocks(root, {
      url,
      address: (element, to) => address?.(element, to),
      name: (button) => name?.(button) ?? '',
      block: (one) => viewOf(block, one),
    });
  }

  /** Takes the next piece of the text. */
  write(delta: string): void {
    const text = this.#half + delta;
    const end = text.length - +(text.charCodeAt(text.length - 1) >> 10 === 0x36);
    this.#half = text.slice(end);
    const whole = text.slice(0, end);
    this.#write(visible(whole, this.#before));
    this.#before = (this.#before + whole).slice(-CONTEXT);
  }

  #write(seen: string): void {
    const text = this.#held + seen;
    // Engines keep the last text that a pattern matched, with all it is a part of.
    const lines = text.split(text.includes('\r') ? LINE_END : '\n');
    const rest = lines.pop();
    this.#held = '';
    for (const line of lines) {
      this.#take(line, true);
      this.#blocks.endLine();
      this.#started = false;
    }
    if (rest) this.#take(rest, false);
    this.#blocks.show();
  }

  /** Closes what is open: what was shown as if it were complete becomes what it is. */
  end(): void {
    if (this.#half) this.#write(this.#half);
    this.#half = '';
    if (this.#held || this.#started) {
      this.#take(this.#held.replace(/\r$/, ''), true);
      this.#blocks.endLine();
    }
    this.#held = '';
    this.#started = false;
    this.#blocks.end();
  }

  #take(text: string, complete: boolean): void {
    // It may be half of a line's end.
    const half = !complete && text.endsWith('\r');
    const whole = half ? text.slice(0, -1) : text;
    if (this.#started) this.#blocks.add(whole);
    else {
      const start = whole.slice(0, MAX_START);
      this.#started = this.#blocks.start(start, complete || whole.length > MAX_START);
      if (!this.#started) this.#held = whole;
      else if (whole.length > MAX_START) this.#blocks.add(whole.slice(MAX_START));
    }
    if (half) this.#held += '\r';
  }
}
