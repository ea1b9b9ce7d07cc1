import { expect } from 'chai';

import type { Block } from '../../src/markdown/index.js';
import { blocksOf, render, shapeOf } from './render.js';

describe('formulas', () => {
  const cases: Record<string, [text: string, shape: string]> = {
    'in a line': ['a $x^2$ b \\(y_1\\) c', '<p>a <span class=math>x^2</> b <span class=math>y_1</> c</>'],
    'on their own within a paragraph': [
      'a $$x$$ b \\[ y \\] c',
      '<p>a <span class=math display>x</> b <span class=math display>y</> c</>',
    ],
    'on lines of their own': [
      '$$\nx = 1\ny\n$$\n\n\\[\n\\frac{a}{b}\n\\]\nend',
      '<div class=math>x = 1\ny</><div class=math>\\frac{a}{b}</><p>end</>',
    ],
    'on lines of their own that begin behind words': [
      'It is $$\nx = 1\n$$\nand $$y$$ is\n$$\nz\n$$',
      '<p>It is <span class=math display>x = 1</>\nand <span class=math display>y</> is</><div class=math>z</>',
    ],
    'in items and quotes': [
      '- $$\n  x\n  $$\n\n> \\[\n> y\n> \\]',
      '<ul><li><div class=math>x</></></><blockquote><div class=math>y</></>',
    ],
    'with marks of emphasis and escapes in them': [
      '$a_1 * b_2$ and $\\$5 \\text{ or } *x*$',
      '<p><span class=math>a_1 * b_2</> and <span class=math>\\$5 \\text{ or } *x*</></>',
    ],
  };
  for (const [name, [text, expected]] of Object.entries(cases))
    it(`are known ${name}`, () => expect(shapeOf(text)).to.equal(expected));

  const prices = [
    '$5.00 to $10.00',
    'US$5 and CA$6, or 7$ each',
    'between $5 and $10',
    'costs $5/month (or $50/year)',
    'echo $HOME/$USER and $ x $',
    'a \\$5 b $6',
    '$5 is\nnot 6$',
  ];
  for (const text of prices)
    it(`are no prices: ${text.replace('\n', ' ')}`, () =>
      expect(shapeOf(text)).to.equal(`<p>${text.replace('\\$', '$')}</>`));

  it('leave escaped brackets alone', () =>
    expect(shapeOf('\\[\\] \\(\\) \\[not a link](/x)')).to.equal('<p>[] () [not a link](/x)</>'));

  it('are text if their end never comes', () => {
    expect(shapeOf('$$\nx\n\nmore')).to.equal('<p>$$\nx</><p>more</>');
    expect(shapeOf('a \\(x')).to.equal('<p>a (x</>');
  });

  it('are told of when they are complete, and never again', () => {
    const told: string[] = [];
    const block = (one: Block): void => void told.push(`${one.kind} ${one.display} ${one.text()}`);
    render(Array.from('so $x$ and \\[y\\] go on\n\n$$\nz\n$$\n'), { block });
    expect(told).to.deep.equal(['math false x', 'math true y', 'math true z']);
  });
});

describe('footnotes', () => {
  const shown = (text: string | string[]): HTMLElement => render(text);
  const numbers = (root: HTMLElement): string[] =>
    [...root.querySelectorAll('.footnote')].map((mark) => mark.textContent);
  const notes = (root: HTMLElement): string[] =>
    [...root.querySelectorAll('.footnotes li')].map((note) => note.textContent);

  it('stand at the end, in the order of their marks', () => {
    const root = shown('A[^b] and[^a] and[^b].\n\n[^a]: First *note*\n[^b]: Second\n\n    goes on\n\nEnd');
    expect(numbers(root)).to.deep.equal(['1', '2', '1']);
    expect(notes(root)).to.deep.equal(['Secondgoes on↩', 'First note↩']);
    expect(root.lastElementChild!.className).to.equal('footnotes');
    expect(blocksOf(root).map((block) => block.textContent)).to.deep.equal(['A1 and2 and1.', 'End']);
  });

  it('may follow a list or a quote, whose last line none of them goes on with', () => {
    for (const before of ['- A[^1]\n\n', '- A[^1]\n', '1. A[^1]\n   - B\n\n', '> A[^1]\n'])
      for (const note of ['[^1]: Note', '[^1]: Note of words\n[^2]: More']) {
        const root = shown(`${before}${note}\n\nEnd`);
        expect(notes(root)[0], before).to.match(/^Note(?: of words)?↩$/);
        expect(
          blocksOf(root)
            .map(({ localName }) => localName)
            .at(-1),
          before,
        ).to.equal('p');
      }
  });

  it('show their marks before the note is there, and text if it never comes', () => {
    const pieces = ['Say[^x] and[^y]', ' more', '\n\n[^y]: Note'];
    expect(numbers(shown(pieces))).to.deep.equal(['1']);
    expect(blocksOf(shown(pieces))[0]!.textContent).to.equal('Say[^x] and1 more');
  });

  it('are text where none can stand, and no word is lost', () => {
    expect(shapeOf('- a\n\n  [^1]: word')).to.equal('<ul class=loose><li><p>a</><p>[^1]: word</></></>');
  });

  it('lead to the note and back', () => {
    const root = shown('A[^1]\n\n[^1]: Note');
    document.body.append(root);
    const [mark, back] = [...root.querySelectorAll('button')] as unknown as [HTMLElement, HTMLElement];
    mark.click();
    expect(document.activeElement).to.equal(root.querySelector('.footnotes li'));
    back.click();
    expect(document.activeElement).to.equal(mark);
    root.remove();
  });

  it('have names for those who do not see them', () => {
    const root = render('A[^1]\n\n[^1]: Note', { name: (button) => `the ${button}` });
    const names = [...root.querySelectorAll('button')].map((button) => button.ariaLabel);
    expect(names).to.deep.equal(['the note 1', 'the back']);
  });
});

describe('harmless tags', () => {
  const cases: Record<string, [text: string, shape: string]> = {
    'sub, sup, kbd and mark': [
      'H<sub>2</sub>O x<sup>2</sup> <kbd>Ctrl</kbd> <mark>m</mark>',
      '<p>H<sub>2</>O x<sup>2</> <kbd>Ctrl</> <mark>m</></>',
    ],
    'line breaks': ['a<br>b<br/>c<BR />d', '<p>a<br></>b<br></>c<br></>d</>'],
    'Markdown in them': ['<kbd>**a** `b`</kbd>', '<p><kbd><strong>a</> <code>b</></></>'],
    'details, closed at the end of their block': [
      '<details><summary>More</summary> text\n\nnext',
      '<p><details><summary>More</> text</></><p>next</>',
    ],
    'none of their attributes': [
      '<sub onclick="x" class="y">a</sub><br style="z">',
      '<p><sub>a</><br></></>',
    ],
    'nothing that is not closed, and no end alone': ['a <sub>b\n\nc</sup>', '<p>a <sub>b</><p>c</sup></>'],
    'no other tag': ['<b>a</b> <img src=x> <subx>', '<p><b>a</b> <img src=x> <subx></>'],
  };
  for (const [name, [text, expected]] of Object.entries(cases))
    it(`render ${name}`, () => expect(shapeOf(text)).to.equal(expected));
});

describe('character references', () => {
  it('that few texts hold are decoded once their table is there', async () => {
    const root = document.createElement('div');
    document.body.append(root);
    root.append(
      ...render('&ClockwiseContourIntegral; and &nope; and [x](https://a.example "&Dcaron;")').childNodes,
    );
    await new Promise<void>((resolve) => {
      const look = () => (root.textContent.includes('&Clock') ? requestAnimationFrame(look) : resolve());
      look();
    });
    expect(root.textContent).to.equal('∲ and &nope; and x');
    expect(root.querySelector('a')!.title).to.equal('Ď');
    root.remove();
  });
});
