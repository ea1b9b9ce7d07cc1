import { LitElement, html } from 'lit';
import { consume, renderingContext, stringsContext } from '../controllers/contexts.js';
import { Pace } from '../controllers/pace.js';
import { plainRendering } from '../controllers/rendering.js';
import type { Rendering } from '../controllers/rendering.js';
import { english } from '../controllers/strings.js';
import { MarkdownWriter } from '../markdown/index.js';
import type { BlockRenderers } from '../markdown/index.js';
import { base } from './base.styles.js';
import { blockView } from './blocks.js';
import { codeStyles } from './code.styles.js';
import { linkClicked } from './link.js';
import { markdownStyles } from './markdown.styles.js';
import { tableStyles } from './table.styles.js';

/** Longer text is written bit by bit also where it is complete from the start, in characters. */
const most = 8000;

/**
 * Markdown that may still grow: a longer `text` that begins with the old one appends, any other text starts over.
 *
 * @tag chat-stream-markdown
 * @summary Growing Markdown as safe DOM. A leaf: needs no chat.
 * @attr {string} text - The Markdown so far
 * @attr {boolean} complete - Nothing more will come: closes what is open
 * @attr {boolean} streaming - Shows a caret after the last word
 * @csspart text - What holds the blocks
 * @fires {ChatLinkClickEvent} chat-link-click - A link was clicked; cancelable
 */
export class ChatStreamMarkdownElement extends LitElement {
  static override properties = {
    text: {},
    complete: { type: Boolean },
    streaming: { type: Boolean, reflect: true },
    blockRenderers: { attribute: false },
    unseen: { attribute: false },
  };
  static override styles = [base, codeStyles, tableStyles, markdownStyles];

  declare text: string;
  declare complete: boolean;
  declare streaming: boolean;
  /** What shows code of a language, math and tables in another way, instead of the provider's. Counts for new blocks. */
  declare blockRenderers: BlockRenderers | undefined;
  /** Out of view, and perhaps for ever: what takes a look at its layout waits. */
  declare unseen: boolean | undefined;
  readonly #strings = consume(this, stringsContext);
  readonly #context = consume(this, renderingContext);
  #writer: MarkdownWriter | undefined;
  #pace: Pace | undefined;
  #written = '';
  #ended = false;
  /** All is written, and has not been looked at since. */
  #settled = false;

  constructor() {
    super();
    this.text = '';
    this.complete = false;
    this.streaming = false;
  }

  get #root(): HTMLElement {
    return this.renderRoot.firstElementChild as HTMLElement;
  }

  get #rendering(): Rendering {
    return this.#context.value ?? plainRendering;
  }

  protected override render() {
    return html`<div part="text" @click=${linkClicked} @auxclick=${linkClicked}></div>`;
  }

  protected override updated(): void {
    const text = this.text ?? '';
    const goesOn = this.#ended ? this.complete && text === this.#written : text.startsWith(this.#written);
    const writer = (goesOn && this.#writer) || this.#start();
    // What never grew is there at once: a loaded thread is paced as a whole.
    if (this.complete && !this.#written && text.length < most) writer.write(text);
    else if (text !== this.#written) this.#pace!.write(text.slice(this.#written.length));
    this.#written = text;
    if (this.#settled && !this.unseen) this.#reach();
    if (!this.complete || this.#ended) return;
    this.#ended = true;
    this.#pace!.end();
  }

  #start(): MarkdownWriter {
    const root = this.#root;
    this.#pace?.stop();
    root.replaceChildren();
    this.#written = '';
    this.#ended = false;
    this.#settled = false;
    const words = () => this.#strings.value ?? english;
    const writer = (this.#writer = new MarkdownWriter(root, {
      block: (block) => blockView(block, this.blockRenderers ?? this.#rendering.renderers, words),
      name: (button) => words()[button === 'note' ? 'footnote' : 'backToText'],
    }));
    this.#pace = new Pace(writer, {
      smooth: () => this.#rendering.smooth,
      settled: () => {
        this.#settled = true;
        if (!this.unseen) this.#reach();
      },
    });
    return writer;
  }

  /** What is wider than the line can be scrolled by keyboard. */
  #reach(): void {
    this.#settled = false;
    requestAnimationFrame(() => {
      const blocks = [...this.#root.querySelectorAll<HTMLElement>('pre > code, .table > .scroll, .math')];
      for (const block of blocks.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth))
        block.tabIndex = 0;
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-stream-markdown': ChatStreamMarkdownElement;
  }
}
