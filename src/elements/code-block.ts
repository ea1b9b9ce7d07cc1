import { copyText } from '../controllers/clipboard.js';
import type { Strings } from '../controllers/strings.js';
import type { Block } from '../markdown/block.js';
import type { WordedView } from '../renderers/view.js';

/** Lines that a folded block shows; `code.styles.ts` has the same. */
const shown = 24;
/** Lines that a finished block may have without being folded. */
const most = 40;
/** Characters of a line that fit on the narrowest phone: without longer ones there is nothing to wrap. */
const narrow = 32;

/**
 * Puts around a code block what a person does with it: its language, a button to wrap long lines, one to copy, and below
 * long code one to show all of it. The view counts what is handed over; it reads nothing twice.
 *
 * A block that grows is folded at the line from which on it shows no more, so that it never shrinks.
 */
export function codeBlock(block: Block, words: () => Strings): WordedView {
  return new CodeBlockView(block, words);
}

class CodeBlockView implements WordedView {
  readonly #block: Block;
  readonly #code: HTMLElement;
  readonly #words: () => Strings;
  readonly #header = document.createElement('header');
  readonly #copy = button();
  /** What became of the last copy, for a while. */
  #copied: boolean | undefined;
  #wrap: HTMLButtonElement | undefined;
  #more: HTMLButtonElement | undefined;
  #expanded = false;
  #ends = 0;
  /** Characters of the line that has no end yet. */
  #open = 0;

  constructor(block: Block, words: () => Strings) {
    this.#block = block;
    this.#code = block.element.querySelector('code')!;
    this.#words = words;
    const language = document.createElement('span');
    language.textContent = block.language;
    this.#header.append(language, this.#copy);
    block.element.prepend(this.#header);
    this.#copy.addEventListener('click', () =>
      copyText(block.text(), (copied) => {
        this.#copied = copied;
        this.reword();
      }),
    );
    this.reword();
  }

  get #lines(): number {
    return this.#ends + (this.#open > 0 ? 1 : 0);
  }

  lines({ data }: Text): void {
    let longest = 0;
    let start = 0;
    for (let end = data.indexOf('\n'); end >= 0; end = data.indexOf('\n', start)) {
      longest = Math.max(longest, this.#open + end - start);
      this.#open = 0;
      this.#ends++;
      start = end + 1;
    }
    this.#open += data.length - start;
    if (Math.max(longest, this.#open) > narrow) this.#offerWrap();
    if (this.#lines > shown) this.#fold();
  }

  end(): void {
    // A button that a person is at stays.
    if (this.#lines > most || this.#expanded || this.#more?.matches(':focus')) return;
    this.#more?.parentElement?.remove();
    this.#block.element.classList.remove('folded');
  }

  reword(): void {
    const { copy, copyFailed, copied, wrap } = this.#words();
    this.#copy.textContent = this.#copied === undefined ? copy : this.#copied ? copied : copyFailed;
    if (this.#wrap) this.#wrap.textContent = wrap;
    if (this.#more) this.#label(this.#more);
  }

  #offerWrap(): void {
    if (this.#wrap) return;
    const wrap = (this.#wrap = button());
    this.reword();
    wrap.ariaPressed = 'false';
    wrap.addEventListener('click', () => {
      wrap.ariaPressed = String(this.#block.element.classList.toggle('wrapped'));
    });
    this.#copy.before(wrap);
  }

  #fold(): void {
    if (this.#more) return this.#label(this.#more);
    const more = (this.#more = button());
    const place = document.createElement('div');
    place.className = 'more';
    place.append(more);
    this.#block.element.append(place);
    more.addEventListener('click', () => this.#expand(more, !this.#expanded));
    this.#code.addEventListener('scroll', () => this.#reveal(more), { passive: true });
    this.#expand(more, false);
  }

  #expand(more: HTMLButtonElement, expanded: boolean): void {
    const closes = this.#expanded && !expanded;
    this.#expanded = expanded;
    this.#block.element.classList.toggle('folded', !expanded);
    more.ariaExpanded = String(expanded);
    this.#label(more);
    if (closes) more.scrollIntoView({ block: 'nearest' });
  }

  #label(more: HTMLButtonElement): void {
    const { showLines, showLess } = this.#words();
    more.textContent = this.#expanded ? showLess : showLines(this.#lines);
  }

  /** Find in page and dragging a selection scroll to what is folded; a person could not scroll back. */
  #reveal(more: HTMLButtonElement): void {
    const { scrollTop, clientHeight, children, offsetTop } = this.#code;
    if (this.#expanded || scrollTop === 0) return;
    const middle = offsetTop + scrollTop + clientHeight / 2;
    this.#expand(more, true);
    const found = [...children].find(
      (piece) => piece instanceof HTMLElement && piece.offsetTop + piece.offsetHeight > middle,
    );
    found?.scrollIntoView({ block: 'center' });
  }
}

function button(): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  return made;
}
