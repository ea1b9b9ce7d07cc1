import { css, html, LitElement } from 'lit';
import { english } from '../../src/controllers/strings.js';
import { base } from '../../src/elements/base.styles.js';
import { codeBlock } from '../../src/elements/code-block.js';
import { codeStyles } from '../../src/elements/code.styles.js';
import { highlight } from '../../src/renderers/highlight.js';
import { axe, click, expect, fixture, onCleanup, press, until } from '../support/index.js';
import { seconds } from '../support/time.js';
import { coloured, GrowingCode, nextFrame } from '../renderers/code.js';

/** A place with the styles of an answer. */
class CodePlace extends LitElement {
  static override styles = [
    base,
    codeStyles,
    css`
      :host {
        background: var(--_surface);
      }
    `,
  ];

  protected override render() {
    return html`<pre dir="ltr"><code></code></pre>`;
  }
}
customElements.define('code-place', CodePlace);

async function codeIn(language: string, width = 320): Promise<GrowingCode> {
  const place = await fixture<CodePlace>(html`<code-place></code-place>`);
  place.style.setProperty('inline-size', `${width}px`);
  const block = new GrowingCode(place.renderRoot.querySelector('pre')!, language);
  block.show(codeBlock(block, () => english));
  return block;
}

const numbered = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\n`).join('');

const buttonNamed = (block: GrowingCode, name: string): HTMLButtonElement | undefined =>
  [...block.element.querySelectorAll('button')].find(
    ({ textContent, offsetParent }) => textContent === name && offsetParent,
  );

/** Whether a line is where a person can see it, without scrolling the code. */
function sees(block: GrowingCode, line: string): boolean {
  const walker = document.createTreeWalker(block.code, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    if (node.data.trimEnd() !== line) continue;
    const range = new Range();
    range.selectNodeContents(node);
    const { bottom } = range.getBoundingClientRect();
    return bottom <= block.code.getBoundingClientRect().bottom;
  }
  return false;
}

/** The lines that fit, by height: what a person sees of the code. */
const linesShown = (block: GrowingCode): number =>
  block.code.clientHeight / parseFloat(getComputedStyle(block.code).lineHeight);

const clipboard = (writeText: (text: string) => Promise<void>): void => {
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
  onCleanup(() => void delete (navigator as { clipboard?: unknown }).clipboard);
};

describe('a code block', () => {
  it('says its language and copies exactly its text', async () => {
    const copied: string[] = [];
    clipboard(async (text) => void copied.push(text));
    const time = seconds(2);
    const block = await codeIn('js');
    block.show(highlight(block));
    const text = `const a = '\t<b>';\n\n\n${numbered(1, 20)}  return a;`;
    block.write(text);
    block.end();
    await until(() => coloured(block).includes('k:const'));
    expect(block.element.querySelector('header')!.textContent).to.equal('jsCopy');
    await click(buttonNamed(block, 'Copy')!);
    await until(() => buttonNamed(block, 'Copied'));
    expect(copied).to.deep.equal([text]);
    time.pass();
    await until(() => buttonNamed(block, 'Copy'));
  });

  it('copies what is there while it still grows, and says if it could not', async () => {
    const copied: string[] = [];
    clipboard(async (text) => void copied.push(text));
    seconds(2);
    const block = await codeIn('js');
    block.write('let a;\nlet');
    await click(buttonNamed(block, 'Copy')!);
    await until(() => buttonNamed(block, 'Copied'));
    expect(copied).to.deep.equal(['let a;\nlet']);
    clipboard(() => Promise.reject(new Error('no')));
    await click(buttonNamed(block, 'Copied')!);
    await until(() => buttonNamed(block, 'Copying failed'));
  });

  it('wraps long lines and lets them be long again, by keyboard', async () => {
    const block = await codeIn('js');
    block.write(`const ${'a'.repeat(80)} = 1;\n`);
    block.end();
    const wide = () => block.code.scrollWidth > block.code.clientWidth;
    const wrap = buttonNamed(block, 'Wrap')!;
    expect([wide(), wrap.ariaPressed]).to.deep.equal([true, 'false']);
    wrap.focus();
    await press('Enter');
    await until(() => !wide());
    expect(wrap.ariaPressed).to.equal('true');
    await press('Enter');
    await until(wide);
    expect(wrap.ariaPressed).to.equal('false');
    expect(block.code.textContent).to.equal(block.text());
  });

  it('offers to wrap only what can be too wide', async () => {
    const block = await codeIn('js');
    block.write('let a = 1;\nlet b = 2;\n');
    expect(buttonNamed(block, 'Wrap')).to.equal(undefined);
    block.write(`let c = '${'c'.repeat(40)}'`);
    block.end();
    expect(buttonNamed(block, 'Wrap')).not.to.equal(undefined);
  });

  it('shows some 24 lines of long code, and all of it by keyboard', async () => {
    const block = await codeIn('txt');
    block.write(numbered(1, 120));
    block.end();
    expect(linesShown(block)).to.be.within(24, 26);
    expect([sees(block, 'line 24'), sees(block, 'line 26')]).to.deep.equal([true, false]);
    const more = buttonNamed(block, 'Show all 120 lines')!;
    expect(more.ariaExpanded).to.equal('false');
    more.focus();
    await press('Enter');
    await until(() => sees(block, 'line 120'));
    expect([more.textContent, more.ariaExpanded]).to.deep.equal(['Show less', 'true']);
    await press('Enter');
    await until(() => !sees(block, 'line 120'));
    expect([more.textContent, more.ariaExpanded]).to.deep.equal(['Show all 120 lines', 'false']);
    const { top, bottom } = more.getBoundingClientRect();
    expect(top >= 0 && bottom <= innerHeight, 'the button stays in view').to.equal(true);
  });

  it('is folded while it grows, never shrinks, and counts on', async () => {
    const block = await codeIn('txt');
    let height = 0;
    for (let line = 1; line <= 60; line++) {
      block.write(`line ${line}\n`);
      expect(block.code.offsetHeight, `line ${line}`).to.be.at.least(height);
      height = block.code.offsetHeight;
    }
    expect(linesShown(block)).to.be.within(24, 26);
    expect(buttonNamed(block, 'Show all 60 lines')).not.to.equal(undefined);
    block.write('line 61');
    block.end();
    expect(buttonNamed(block, 'Show all 61 lines')).not.to.equal(undefined);
  });

  it('stays open if a person opened it while it grew', async () => {
    const block = await codeIn('txt');
    block.write(numbered(1, 50));
    await click(buttonNamed(block, 'Show all 50 lines')!);
    block.write(numbered(51, 70));
    block.end();
    expect(sees(block, 'line 70')).to.equal(true);
    await click(buttonNamed(block, 'Show less')!);
    expect(buttonNamed(block, 'Show all 70 lines')).not.to.equal(undefined);
  });

  it('keeps the button that a person used, also below code that turns out short', async () => {
    const block = await codeIn('txt');
    block.write(numbered(1, 30));
    await click(buttonNamed(block, 'Show all 30 lines')!);
    block.end();
    expect(buttonNamed(block, 'Show less')).not.to.equal(undefined);
  });

  it('keeps the button that has the focus', async () => {
    const block = await codeIn('txt');
    block.write(numbered(1, 30));
    const more = buttonNamed(block, 'Show all 30 lines')!;
    more.focus();
    block.end();
    expect(more.matches(':focus')).to.equal(true);
    await press('Enter');
    expect(sees(block, 'line 30')).to.equal(true);
  });

  it('shows all of 40 lines once they are finished', async () => {
    const block = await codeIn('txt');
    block.write(numbered(1, 40));
    block.end();
    expect(sees(block, 'line 40')).to.equal(true);
    expect(buttonNamed(block, 'Show less')).to.equal(undefined);
  });

  it('opens where the browser scrolls to something folded, as find in page does', async () => {
    const block = await codeIn('txt');
    block.write(numbered(1, 300));
    block.end();
    const line = parseFloat(getComputedStyle(block.code).lineHeight);
    block.code.scrollTop = 200 * line;
    await until(() => sees(block, 'line 300'));
    const visible = [...block.code.children].find((piece) => piece.textContent.includes('line 212\n'))!;
    await until(() => {
      const { top, bottom } = visible.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    });
  });

  it('gives a selection across pieces with exactly its line ends', async () => {
    const block = await GrowingCode.in('txt');
    block.show(highlight(block));
    const place = block.element.parentElement!;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(codeStyles.cssText.replaceAll(':host', ':root'));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    onCleanup(
      () => void (document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)),
    );
    const text = Array.from({ length: 50 }, (_, line) =>
      line % 16 === 15 || line % 16 === 0 ? '' : `  ${line}`,
    ).join('\n');
    block.write(text);
    block.end();
    expect(block.code.children).to.have.length(4);
    document.getSelection()!.selectAllChildren(block.code);
    expect(document.getSelection()!.toString()).to.equal(text);
    const area = document.createElement('textarea');
    area.setAttribute('aria-label', 'Pasted');
    place.append(area);
    await press('Control+c');
    area.focus();
    await press('Control+v');
    await until(() => area.value);
    expect(area.value).to.equal(text);
  });

  it('has no barrier that axe finds', async () => {
    const block = await codeIn('js');
    block.show(highlight(block));
    block.write(`const ${'a'.repeat(80)} = "b"; // c\n${numbered(1, 60)}`);
    block.code.tabIndex = 0;
    block.end();
    await until(() => coloured(block).includes('k:const'));
    await nextFrame();
    const host = (block.element.getRootNode() as ShadowRoot).host as HTMLElement;
    for (const scheme of ['light', 'dark']) {
      host.style.setProperty('color-scheme', scheme);
      await axe(host);
    }
  });
});
