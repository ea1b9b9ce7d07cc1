import { html, render } from 'lit';
import type { CSSResultOrNative } from 'lit';
import { base } from '../../src/elements/base.styles.js';
import { markdownStyles } from '../../src/elements/markdown.styles.js';
import { tableStyles } from '../../src/elements/table.styles.js';
import type { Block } from '../../src/markdown/index.js';
import { fixture } from '../support/index.js';

const styles: CSSResultOrNative[] = [base, tableStyles, markdownStyles];

/** A shadow tree with the styles of blocks, as answers have. */
export async function stage(): Promise<HTMLElement> {
  const host = await fixture(html`<div></div>`);
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = styles.map((style) => ('styleSheet' in style ? style.styleSheet! : style));
  render(html`<div lang="en"></div>`, root);
  return root.firstElementChild as HTMLElement;
}

export async function codeBlock(language: string, source: string): Promise<Block> {
  const root = await stage();
  render(html`<pre dir="ltr"><code><span>${source}</span></code></pre>`, root);
  const element = root.querySelector('pre')!;
  return { kind: 'code', element, language, display: false, text: () => source };
}

export async function mathBlock(tex: string, display = true): Promise<Block> {
  const root = await stage();
  render(
    display ? html`<div class="math">${tex}</div>` : html`<p>So <span class="math">${tex}</span>.</p>`,
    root,
  );
  const element = root.querySelector<HTMLElement>('.math')!;
  return { kind: 'math', element, language: '', display, text: () => tex };
}

/** All elements below, shadow trees left out. */
export const below = (element: Element): Element[] => [...element.querySelectorAll('*')];
