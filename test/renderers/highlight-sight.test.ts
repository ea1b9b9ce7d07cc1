import { html } from 'lit';
import { highlight, highlightWith } from '../../src/renderers/highlight.js';
import type { Grammar } from '../../src/renderers/highlight-languages.js';
import { expect, fixture, onCleanup, until } from '../support/index.js';
import { seconds, stopTime } from '../support/time.js';
import { coloured, GrowingCode, nextFrame } from './code.js';

/** Takes every word for a keyword. */
const words: Grammar = {
  token(stream) {
    if (stream.match(/\w+/)) return 'keyword';
    stream.next();
    return null;
  },
};

/** Something of 200 pixels that scrolls, with much room above and below what is put into it. */
async function scroller(): Promise<HTMLElement> {
  const element = await fixture(
    html`<div>
      <div></div>
      <main></main>
      <div></div>
    </div>`,
  );
  element.style.setProperty('block-size', '200px');
  element.style.setProperty('overflow', 'auto');
  element.style.setProperty('overflow-anchor', 'none');
  for (const room of [element.firstElementChild, element.lastElementChild])
    (room as HTMLElement).style.setProperty('block-size', '3000px');
  return element;
}

interface Placed {
  block: GrowingCode;
  /** How often its grammar was asked for. */
  asked: () => number;
}

function codeIn(element: HTMLElement, language = 'js'): GrowingCode {
  const pre = document.createElement('pre');
  pre.append(document.createElement('code'));
  element.querySelector('main')!.append(pre);
  return new GrowingCode(pre, language);
}

function wordsIn(element: HTMLElement): Placed {
  const block = codeIn(element);
  let asked = 0;
  block.show(
    highlightWith(block, async () => {
      asked++;
      return words;
    }),
  );
  return { block, asked: () => asked };
}

/** Scrolls until the top of a block is so many pixels below the end of what is in view; negative is in view. */
function bring(element: HTMLElement, { element: pre }: GrowingCode, below: number): void {
  element.scrollTop += pre.getBoundingClientRect().top - element.getBoundingClientRect().bottom - below;
}

/** Waits as long as it takes code that is in view to get its colours, twice. */
async function othersAreColoured(): Promise<void> {
  for (let times = 0; times < 2; times++) {
    const block = await GrowingCode.in('js');
    block.show(highlightWith(block, async () => words));
    block.write('seen\n');
    await until(() => coloured(block) === 'k:seen');
    await nextFrame();
  }
}

describe('code that nobody sees', () => {
  it('is plain, and its grammar is not asked for, until a person scrolls near it', async () => {
    const element = await scroller();
    const { block, asked } = wordsIn(element);
    block.write('one\ntwo\n');
    block.end();
    await othersAreColoured();
    expect([coloured(block), asked()]).to.deep.equal(['', 0]);
    bring(element, block, 120);
    await until(() => coloured(block) === 'k:one k:two', 'plain when it is reached');
    expect(block.element.getBoundingClientRect().top).to.be.above(element.getBoundingClientRect().bottom);
    expect(asked()).to.equal(1);
  });

  it('keeps the colours that it got when it was seen', async () => {
    const element = await scroller();
    const { block } = wordsIn(element);
    bring(element, block, -100);
    block.write('one\n');
    await until(() => coloured(block) === 'k:one');
    const span = block.code.querySelector('.k');
    element.scrollTop = 0;
    await othersAreColoured();
    bring(element, block, -100);
    await othersAreColoured();
    expect(block.code.querySelector('.k')).to.equal(span);
    expect(block.code.textContent).to.equal('one\n');
  });

  it('is plain also if a burst of text carries it through the view within a frame', async () => {
    const element = await scroller();
    await nextFrame();
    bring(element, codeIn(element), -100);
    const { block, asked } = wordsIn(element);
    block.write('one\n');
    block.end();
    await nextFrame();
    element.scrollTop = 0;
    await othersAreColoured();
    expect([coloured(block), asked()]).to.deep.equal(['', 0]);
    bring(element, block, -100);
    await until(() => coloured(block) === 'k:one');
  });

  it('stays plain from where it left the view, and goes on when it is back', async () => {
    const element = await scroller();
    const { block } = wordsIn(element);
    bring(element, block, -100);
    block.write('one\n');
    await until(() => coloured(block) === 'k:one');
    await nextFrame();
    block.write('two\n');
    element.scrollTop = 0;
    await othersAreColoured();
    block.write('three\n');
    await othersAreColoured();
    expect(coloured(block)).to.equal('k:one');
    bring(element, block, -100);
    await until(() => coloured(block) === 'k:one k:two k:three');
    expect(block.code.textContent).to.equal('one\ntwo\nthree\n');
  });

  it('waits for a second where it is near from the start, and then it is ready to be reached', async () => {
    const time = seconds(1);
    const element = await scroller();
    bring(element, codeIn(element), 50);
    const { block, asked } = wordsIn(element);
    block.write('one\n');
    block.end();
    await until(() => time.pending());
    await othersAreColoured();
    expect([coloured(block), asked()]).to.deep.equal(['', 0]);
    time.pass();
    await until(() => coloured(block) === 'k:one');
  });

  it('is coloured when what it is folded into is opened', async () => {
    const details = await fixture(
      html`<details>
        <summary>Thoughts</summary>
        <main></main>
      </details>`,
    );
    const { block, asked } = wordsIn(details);
    block.write('one\n');
    block.end();
    await othersAreColoured();
    expect([coloured(block), asked()]).to.deep.equal(['', 0]);
    (details as HTMLDetailsElement).open = true;
    await until(() => coloured(block) === 'k:one');
  });

  it('is coloured all the same where the engine cannot tell', async () => {
    const observer = Object.getOwnPropertyDescriptor(window, 'IntersectionObserver')!;
    onCleanup(() => void Object.defineProperty(window, 'IntersectionObserver', observer));
    delete (window as { IntersectionObserver?: unknown }).IntersectionObserver;
    const { block } = wordsIn(await scroller());
    block.write('one\n');
    await until(() => coloured(block) === 'k:one');
  });

  it('is not looked for any more when it has its colours, nor when it cannot have any', async () => {
    const { prototype } = IntersectionObserver;
    const { observe, unobserve } = prototype;
    onCleanup(() => Object.assign(prototype, { observe, unobserve }));
    // By element and observer.
    const watched = new Map<Element, number>();
    prototype.observe = function (target) {
      watched.set(target, (watched.get(target) ?? 0) + 1);
      observe.call(this, target);
    };
    prototype.unobserve = function (target) {
      watched.set(target, (watched.get(target) ?? 0) - 1);
      unobserve.call(this, target);
    };
    const element = await scroller();
    const { block } = wordsIn(element);
    bring(element, block, -100);
    const plain = codeIn(element);
    plain.show(highlightWith(plain, () => Promise.reject(new Error('offline'))));
    for (const one of [block, plain]) {
      one.write('one\n');
      expect(watched.get(one.element)).to.be.above(0);
    }
    block.end();
    await until(() => coloured(block) && [...watched.values()].every((times) => times === 0));
  });
});

describe('code that is in view while it streams', () => {
  it('has the colours of a line in the frame after that line ended', async () => {
    const block = await GrowingCode.in('js');
    block.show(highlight(block));
    block.write('let a;\n');
    await until(() => coloured(block) === 'k:let f:a');
    // One line a frame is never too much work.
    stopTime();
    await nextFrame();
    for (const name of ['b', 'c', 'd']) {
      block.write(`let ${name};\n`);
      await nextFrame();
      expect(coloured(block).endsWith(`f:${name}`), coloured(block)).to.equal(true);
    }
  });
});
