import '../../src/define.js';
import { defineLeaves } from '../../src/define-leaves.js';

import { html } from 'lit';
import type { ChatStreamMarkdownElement } from '../../src/elements/markdown.js';
import type { BlockRenderers } from '../../src/markdown/index.js';
import { expect, fixture, until } from '../support/index.js';
import { stopTime } from '../support/time.js';
import {
  answer,
  done,
  gate,
  inside,
  is,
  log,
  messages,
  part,
  read,
  shows,
  widget,
  words,
} from './helpers.js';

defineLeaves();

const markdown = (text: string, blockRenderers: BlockRenderers) =>
  fixture<ChatStreamMarkdownElement>(
    html`<chat-stream-markdown
      complete
      .blockRenderers=${blockRenderers}
      .text=${text}
    ></chat-stream-markdown>`,
  );

describe("a page's own block renderers", () => {
  it('draw the fences of their language when they have closed, and no others', async () => {
    const element = await markdown('```Chart\n1,2\n```\n\n```js\nlet a;\n```', {
      chart: (block) => ({ end: () => block.element.replaceChildren(`A chart of ${block.text().trim()}`) }),
    });
    await until(() => read(element).startsWith('A chart of 1,2'));
    expect(inside(element, 'pre:last-child code')!.textContent).to.equal('let a;\n');
  });

  it('hear of finished lines while code streams', async () => {
    const lines: string[] = [];
    const element = await widget(
      answer(words('```log\none\ntw'), gate('more'), words('o\nthree\n```\n'), done),
    );
    element.blockRenderers = { log: () => ({ lines: (node) => void lines.push(node.data) }) };
    void element.send('Go');
    await until(() => shows(log(element), 'tw'));
    expect(lines).to.deep.equal(['one\n']);
    await element.server.release('more');
    await is(element, 'complete');
    await until(() => lines.join('') === 'one\ntwo\nthree\n');
  });

  it('may be null: the plain look stays', async () => {
    const element = await markdown('$x^2$ and\n\n```csv\na,b\n1,2\n```', { math: null, csv: null });
    await until(() => shows(element, 'a,b'));
    const drawn = await markdown('$x^2$', {});
    await until(() => inside(drawn, 'math'));
    expect(inside(element, '.math')!.textContent).to.equal('x^2');
    expect(inside(element, 'table')).to.equal(null);
  });

  it('take no fence that is only called like a kind of block', async () => {
    const drawn = await markdown('$x^2$', {});
    await until(() => inside(drawn, 'math'));
    const element = await markdown('```math\ny^2\n```\n\n```table\na | b\n```\n\n$z$', {});
    await until(() => inside(element, 'math'));
    expect(
      [...element.shadowRoot!.querySelectorAll('pre code')].map((code) => code.textContent),
    ).to.deep.equal(['y^2\n', 'a | b\n']);
  });

  it('may fail: the plain look stays, and so does the rest', async () => {
    const { warn } = console;
    const told: unknown[] = [];
    console.warn = (...data: unknown[]) => void told.push(data[0]);
    try {
      const element = await markdown('```bad\ncode\n```\n\nmore', {
        bad: () => {
          throw new Error('a mistake');
        },
      });
      await until(() => shows(element, 'more'));
      expect(inside(element, 'pre code')!.textContent).to.equal('code\n');
      expect(told).to.deep.equal(['chat-stream: a block renderer failed']);
      const fail = () => {
        throw new Error('a later mistake');
      };
      const later = await markdown('```bad\ncode\n```\n\nmore', { bad: () => ({ lines: fail, end: fail }) });
      await until(() => shows(later, 'more'));
      expect(inside(later, 'pre code')!.textContent).to.equal('code\n');
      expect(told.length).to.equal(3);
    } finally {
      console.warn = warn;
    }
  });
});

describe('the attribute smooth', () => {
  const burst = 'Many words that come in one burst. '.repeat(60);

  /** How much of the answer is there in the frame that shows the first of it. */
  async function firstSight(smooth: boolean): Promise<number> {
    const element = await widget(answer(words(burst), gate('more'), done));
    element.smooth = smooth;
    await element.updateComplete;
    // The next frame, of which the page sees as much as its time allows, may take long to come.
    const goOn = stopTime();
    void element.send('Go');
    const shown = () => {
      const last = messages(element).at(-1);
      const text = last && inside(last, 'chat-stream-markdown');
      return text ? part(last, 'chat-stream-markdown').shadowRoot!.textContent.length : 0;
    };
    await new Promise<void>((resolve) => {
      const look = () => (shown() ? resolve() : requestAnimationFrame(look));
      requestAnimationFrame(look);
    });
    const first = shown();
    goOn();
    await until(() => shown() >= burst.trim().length);
    await element.server.release('more');
    await is(element, 'complete');
    return first / burst.length;
  }

  it('evens out a burst, and all of it comes', async () => {
    expect(await firstSight(true)).to.be.lessThan(0.3);
  });

  it('is not the default', async () => {
    expect(await firstSight(false)).to.be.greaterThan(0.4);
  });
});
