import { html, render } from 'lit';
import { english } from '../../src/controllers/strings.js';
import { tableTools } from '../../src/elements/table-block.js';
import type { Block } from '../../src/markdown/index.js';
import { axe, click, expect, hover, press, until } from '../support/index.js';
import { seconds } from '../support/time.js';
import { stage } from './helpers.js';

const tsv = 'Engine\tShare\nGecko\t3 %\n';

async function table(columns = 2): Promise<Block> {
  const root = await stage();
  const cells = Array.from({ length: columns }, (_, index) => `Column-${index}`);
  render(
    html`<div class="table">
      <table>
        <thead>
          <tr>
            ${cells.map((cell) => html`<th>${cell}</th>`)}
          </tr>
        </thead>
        <tbody>
          <tr>
            ${cells.map((_, index) => html`<td class=${index ? 'end' : 'start'}>${index}</td>`)}
          </tr>
        </tbody>
      </table>
    </div>`,
    root,
  );
  const element = root.querySelector<HTMLElement>('.table')!;
  return { kind: 'table', element, language: '', display: false, text: () => tsv };
}

/** What is copied; the tests' browsers differ in what they allow a page to read. */
function clipboard(write: (text: string) => Promise<void>): void {
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: write } });
}

const button = ({ element }: Block): HTMLButtonElement => element.querySelector('button')!;

describe('a table', () => {
  afterEach(() => {
    Reflect.deleteProperty(navigator, 'clipboard');
  });

  it('has no button while it grows', async () => {
    const block = await table();
    tableTools(block, () => english);
    expect(button(block)).to.equal(null);
  });

  it('is copied as tab-separated values, and says so', async () => {
    const copied: string[] = [];
    clipboard(async (text) => void copied.push(text));
    seconds(2);
    const block = await table();
    tableTools(block, () => english).end!();
    expect(button(block).ariaLabel).to.equal('Copy table');
    await hover(block.element);
    await click(button(block));
    await until(() => button(block).ariaLabel === 'Copied');
    expect(copied).to.deep.equal([tsv]);
  });

  it('says when it could not be copied', async () => {
    clipboard(() => Promise.reject(new Error('refused')));
    seconds(2);
    const block = await table();
    tableTools(block, () => english).end!();
    button(block).focus();
    await press('Enter');
    await until(() => button(block).ariaLabel === 'Copying failed');
  });

  it('shows the button to the keyboard, wherever the pointer is', async () => {
    const block = await table();
    tableTools(block, () => english).end!();
    button(block).focus();
    await until(() => getComputedStyle(button(block)).opacity === '1');
  });

  it('scrolls where it is wide, and the button stays', async () => {
    const block = await table(40);
    tableTools(block, () => english).end!();
    const scroller = block.element.querySelector<HTMLElement>('.scroll')!;
    const before = button(block).getBoundingClientRect().left;
    scroller.scrollLeft = 300;
    expect(scroller.scrollLeft).to.equal(300);
    expect(button(block).getBoundingClientRect().left).to.equal(before);
    expect(scroller.clientWidth).to.be.at.most(document.documentElement.clientWidth);
  });

  it('keeps where it was scrolled to when it is complete', async () => {
    const block = await table(40);
    const view = tableTools(block, () => english);
    const scrolled = new Promise((resolve) =>
      block.element.addEventListener('scroll', resolve, { once: true }),
    );
    block.element.scrollLeft = 200;
    await scrolled;
    view.end!();
    expect(block.element.querySelector('.scroll')!.scrollLeft).to.equal(200);
  });

  it('leaves the focus on a link in it when it is complete', async () => {
    const block = await table();
    const view = tableTools(block, () => english);
    const link = Object.assign(document.createElement('a'), { href: '#there', textContent: 'There' });
    block.element.querySelector('td')!.replaceChildren(link);
    link.focus();
    view.end!();
    expect(link.matches(':focus')).to.equal(true);
  });

  it('keeps its alignments and is clean for axe', async () => {
    const block = await table(3);
    tableTools(block, () => english).end!();
    const aligned = [...block.element.querySelectorAll('td')].map((cell) => getComputedStyle(cell).textAlign);
    expect(aligned).to.deep.equal(['start', 'end', 'end']);
    await axe(block.element);
  });
});
