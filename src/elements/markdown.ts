import { LitElement, html } from 'lit';
import { copyText } from '../controllers/clipboard.js';
import { consume, stringsContext } from '../controllers/contexts.js';
import { english } from '../controllers/strings.js';
import { MarkdownWriter } from '../markdown/index.js';
import type { CodeInfo } from '../markdown/index.js';
import { base } from './base.styles.js';
import { linkClicked } from './link.js';
import { markdownStyles } from './markdown.styles.js';

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
  };
  static override styles = [base, markdownStyles];

  declare text: string;
  declare complete: boolean;
  declare streaming: boolean;
  readonly #strings = consume(this, stringsContext);
  #writer: MarkdownWriter | undefined;
  #written = '';
  #ended = false;

  constructor() {
    super();
    this.text = '';
    this.complete = false;
    this.streaming = false;
  }

  get #root(): HTMLElement {
    return this.renderRoot.firstElementChild as HTMLElement;
  }

  protected override render() {
    return html`<div part="text" @click=${linkClicked} @auxclick=${linkClicked}></div>`;
  }

  protected override updated(): void {
    const text = this.text ?? '';
    const goesOn = this.#ended ? this.complete && text === this.#written : text.startsWith(this.#written);
    const writer = (this.#writer = (goesOn && this.#writer) || this.#start());
    if (text !== this.#written) writer.write(text.slice(this.#written.length));
    this.#written = text;
    if (!this.complete || this.#ended) return;
    this.#ended = true;
    writer.end();
    requestAnimationFrame(this.#reach);
  }

  #start(): MarkdownWriter {
    const root = this.#root;
    root.replaceChildren();
    this.#written = '';
    this.#ended = false;
    return new MarkdownWriter(root, { codeHeader: (pre, info) => pre.prepend(this.#codeHeader(info)) });
  }

  #codeHeader(info: CodeInfo): HTMLElement {
    const words = () => this.#strings.value ?? english;
    const header = document.createElement('header');
    const language = document.createElement('span');
    const button = document.createElement('button');
    language.textContent = info.language;
    button.type = 'button';
    button.textContent = words().copy;
    button.addEventListener('click', () =>
      copyText(info.text(), (copied) => {
        const { copy, copyFailed, copied: done } = words();
        button.textContent = copied === undefined ? copy : copied ? done : copyFailed;
      }),
    );
    header.append(language, button);
    return header;
  }

  /** What is wider than the line can be scrolled by keyboard. */
  readonly #reach = (): void => {
    const wide = [...this.#root.querySelectorAll<HTMLElement>('pre > code, table')].filter(
      (block) => block.scrollWidth > block.clientWidth,
    );
    for (const block of wide) block.tabIndex = 0;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-stream-markdown': ChatStreamMarkdownElement;
  }
}
