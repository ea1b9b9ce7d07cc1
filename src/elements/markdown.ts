import { LitElement, css, html } from 'lit';
import { consume, renderingContext, stringsContext } from '../controllers/contexts.js';
import { Pace } from '../controllers/pace.js';
import { plainRendering } from '../controllers/rendering.js';
import type { Rendering } from '../controllers/rendering.js';
import { english } from '../controllers/strings.js';
import type { Strings } from '../controllers/strings.js';
import type { WordedView } from '../renderers/view.js';
import { MarkdownWriter } from '../markdown/index.js';
import type { BlockRenderers } from '../markdown/index.js';
import { base } from './base.styles.js';
import { blockView } from './blocks.js';
import { codeStyles } from './code.styles.js';
import { linkClicked } from './link.js';
import { describeLink } from './links.js';
import type { Offer } from './images.js';
import { imageStyles } from './images.styles.js';
import { markdownStyles } from './markdown.styles.js';
import { tableStyles } from './table.styles.js';

/** Longer text is written bit by bit also where it is complete from the start, in characters. */
const most = 8000;
/** Characters that take room or do something, but not one that is seen; more than a model's spaces and line ends. */
const nothingToSee = /^(?=.*[^ \t\r\n])[\s\p{DI}\u2800]+$/su;

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
    text: { noAccessor: true },
    complete: { type: Boolean },
    streaming: { type: Boolean, reflect: true },
    blockRenderers: { attribute: false },
    unseen: { attribute: false },
  };
  /** One sheet: engines look through those of all shadow trees whenever there is a new tree. */
  static override styles = css`
    ${base}${codeStyles}${tableStyles}${imageStyles}${markdownStyles}
  `;

  declare complete: boolean;
  declare streaming: boolean;
  /** What shows code of a language, math and tables in another way, instead of the provider's. Counts for new blocks. */
  declare blockRenderers: BlockRenderers | undefined;
  /** Out of view, and perhaps for ever: what takes a look at its layout waits. */
  declare unseen: boolean | undefined;
  readonly #strings = consume(this, stringsContext);
  readonly #context = consume(this, renderingContext);
  #text = '';
  #writer: MarkdownWriter | undefined;
  #pace: Pace | undefined;
  #written = '';
  #ended = false;
  /** The images that were asked for: the same address need not be asked for twice. */
  readonly #wanted = new Set<string>();
  /** All is written, and has not been looked at since. */
  #settled = false;
  #sizes: ResizeObserver | undefined;
  /** What has words of ours, and the words that it has. */
  #worded: Pick<WordedView, 'reword'>[] = [];
  #words: Strings | undefined;

  constructor() {
    super();
    this.complete = false;
    this.streaming = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#pace?.goOn();
  }

  /** What is taken away while it is drawn would be kept, and cost its share of each frame, until all of it is. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pace?.pause();
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    const before = this.#text;
    this.#text = text;
    this.requestUpdate('text', before);
  }

  /** @internal Text that goes on where the last one ended is written at once: there is nothing to render. */
  grow(text: string): void {
    if (this.isUpdatePending || !this.hasUpdated) this.text = text;
    else {
      this.#text = text;
      this.#show();
    }
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
    this.#show();
    this.#reword();
  }

  /** What is drawn already follows the page's words in its place. */
  #reword(): void {
    const words = this.#strings.value ?? english;
    const before = this.#words;
    this.#words = words;
    if (!before || words === before) return;
    for (const view of this.#worded) view.reword?.();
    this.#nameNotes();
    const blank = this.#root.querySelector('.blank');
    if (blank) blank.textContent = words.blank ?? 'No visible text';
  }

  /** Marks without a note are text in the end, and those behind them have other numbers. */
  #nameNotes(): void {
    const { footnote, backToText } = this.#strings.value ?? english;
    for (const mark of this.#root.querySelectorAll('.to-note'))
      mark.ariaLabel = `${footnote} ${mark.textContent}`;
    for (const back of this.#root.querySelectorAll('.to-back')) back.ariaLabel = backToText;
  }

  #show(): void {
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
    this.#worded = [];
    const words = () => this.#strings.value ?? english;
    const writer = (this.#writer = new MarkdownWriter(root, {
      block: (block) => {
        const view = blockView(block, this.blockRenderers ?? this.#rendering.renderers, words);
        this.#worded.push(view);
        return view;
      },
      address: (element, url) => this.#address(element, url, words),
      name: (button) => words()[button === 'note' ? 'footnote' : 'backToText'],
    }));
    this.#pace = new Pace(writer, {
      smooth: () => this.#rendering.smooth,
      settled: () => {
        this.#settled = true;
        this.#nameNotes();
        if (nothingToSee.test(this.#written)) this.#tellBlank(words);
        if (!this.unseen) this.#reach();
      },
    });
    return writer;
  }

  #address(element: HTMLElement, address: string, words: () => Strings): void {
    if (element instanceof HTMLAnchorElement) return describeLink(element, this.#rendering.linkOrigins);
    const url = new URL(address);
    const wanted = this.#wanted;
    const rendering = () => this.#rendering;
    const offer: Offer = { element, url, words, wanted, rendering };
    import('./images.js').then(
      ({ offerImage }) => this.#worded.push(offerImage(offer) ?? {}),
      () => {
        // Its name and its host stay.
      },
    );
  }

  /** An answer of which nothing can be seen shall not look like none. */
  #tellBlank(words: () => Strings): void {
    const note = document.createElement('p');
    note.className = 'blank';
    note.textContent = words().blank ?? 'No visible text';
    this.#root.append(note);
  }

  /** What is wider than the line can be scrolled by keyboard. Told when it is laid out, which out of view may be never. */
  #reach(): void {
    this.#settled = false;
    const root = this.#root;
    this.#sizes?.disconnect();
    this.#sizes = new ResizeObserver(([entry], observer) => {
      if (!entry!.contentRect.height) return;
      const blocks = [...root.querySelectorAll<HTMLElement>('pre > code, .table > .scroll, .math')];
      for (const block of blocks.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth))
        block.tabIndex = 0;
      // The line may get narrower: a window is made smaller, a page is zoomed.
      if (blocks.every(({ tabIndex }) => tabIndex === 0)) observer.disconnect();
    });
    this.#sizes.observe(root);
  }
}

declare module '../controllers/strings.js' {
  interface Strings {
    /** In the place of an answer of which nothing can be seen. */
    blank?: string;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-stream-markdown': ChatStreamMarkdownElement;
  }
}
