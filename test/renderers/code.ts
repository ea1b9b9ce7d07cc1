import { html } from 'lit';
import type { Block, BlockView } from '../../src/markdown/block.js';
import { fixture } from '../support/index.js';

/** Lines in one piece of code, as the Markdown writer makes them. */
const piece = 16;

/** A code block that grows as the Markdown writer lets it: pieces of lines, and after them the line not yet finished. */
export class GrowingCode implements Block {
  readonly kind = 'code';
  readonly display = false;
  readonly element: HTMLElement;
  readonly language: string;
  readonly #views: BlockView[] = [];
  readonly #open = document.createTextNode('');
  #text = '';
  #lines = 0;

  constructor(element: HTMLElement, language: string) {
    this.element = element;
    this.language = language;
  }

  static async in(language: string): Promise<GrowingCode> {
    return new GrowingCode(await fixture(html`<pre dir="ltr"><code></code></pre>`), language);
  }

  get code(): HTMLElement {
    return this.element.querySelector('code')!;
  }

  text(): string {
    return this.#text;
  }

  show(view: BlockView | undefined | void): void {
    if (view) this.#views.push(view);
  }

  write(delta: string): void {
    this.#text += delta;
    const lines = (this.#open.data + delta).match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const rest = lines.at(-1)?.endsWith('\n') ? '' : (lines.pop() ?? '');
    for (const line of lines) this.#finish(line);
    this.#open.data = rest;
    if (rest) this.#place().append(this.#open);
    else this.#open.remove();
  }

  end(): void {
    if (this.#open.data) {
      this.#open.remove();
      this.#finish(this.#open.data);
    }
    for (const view of this.#views) view.end?.();
  }

  #finish(line: string): void {
    const node = document.createTextNode(line);
    this.#open.remove();
    this.#place().append(node);
    this.#lines++;
    for (const view of this.#views) view.lines?.(node);
  }

  #place(): Element {
    if (this.#lines % piece === 0 && this.code.children.length <= this.#lines / piece)
      this.code.append(document.createElement('span'));
    return this.code.lastElementChild!;
  }
}

/** What has a colour: `k:const s:'a'`. */
export const coloured = (block: GrowingCode): string =>
  [...block.code.querySelectorAll('span[class]')]
    .map(({ className, textContent }) => `${className}:${textContent}`)
    .join(' ');

export const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
