import { expect } from 'chai';

import type { Block } from '../../src/markdown/index.js';
import { blocksOf, render, shape, shapeOf } from './render.js';

describe('markdown blocks', () => {
  const cases: Record<string, [text: string, shape: string]> = {
    paragraphs: ['One\ntwo.\n\nThree.', '<p>One\ntwo.</><p>Three.</>'],
    'line ends of any system': ['One\r\ntwo\rthree\r\n\r\nfour', '<p>One\ntwo\nthree</><p>four</>'],
    'white space that is part of a line': [
      '\u3000\u3000One\n\u00a0\ntwo\n\n\u00a0- item\n\n\u2003# none',
      '<p>\u3000\u3000One\n\u00a0\ntwo</><p>\u00a0- item</><p>\u2003# none</>',
    ],
    'ATX headings': ['# One\n###### Six ##\n#none', '<h1>One</><h6>Six</><p>#none</>'],
    'line separators in the marks of lines': [
      '# One\u2028two\n~~~js\u2028\na\n~~~',
      '<h1>One\u2028two</><pre><code>a\n</></>',
    ],
    'setext headings': ['One\n===\nTwo\nlines\n---', '<h1>One</><h2>Two\nlines</>'],
    'setext headings that end with marks': ['C #\n===\na # #\n---', '<h1>C #</><h2>a # #</>'],
    'setext headings with bars': ['One\n| a |\n===\nTwo\n| b |\n---', '<h1>One\n| a |</><h2>Two\n| b |</>'],
    'thematic breaks': ['a\n\n***\n- - -\n___', '<p>a</><hr></><hr></><hr></>'],
    'fenced code': ['```js\nlet a;\n\n  b\n```\nend', '<pre><code>let a;\n\n  b\n</></><p>end</>'],
    'a fence inside a longer one': ['````\n```\n````', '<pre><code>```\n</></>'],
    'a tilde fence without its end': ['~~~\na', '<pre><code>a\n</></>'],
    'tabs in code': ['```\n\tmake\n```', '<pre><code>\tmake\n</></>'],
    'indented code': ['    a\n\n      b\n\nend', '<pre><code>a\n\n  b\n</></><p>end</>'],
    'block quotes': [
      '> One\n> two\nlazy\n\n> > Deep',
      '<blockquote><p>One\ntwo\nlazy</></><blockquote><blockquote><p>Deep</></></>',
    ],
    'tight lists': ['- One\n- Two', '<ul><li><p>One</></><li><p>Two</></></>'],
    'loose lists': ['- One\n\n- Two', '<ul class=loose><li><p>One</></><li><p>Two</></></>'],
    'ordered lists and where they start': [
      '3. Three\n4. Four\n1) One',
      '<ol start=3><li><p>Three</></><li><p>Four</></></><ol><li><p>One</></></>',
    ],
    'nested lists': [
      '1. One\n   - In\n     - Deep\n2. Two',
      '<ol><li><p>One</><ul><li><p>In</><ul><li><p>Deep</></></></></></><li><p>Two</></></>',
    ],
    'code in a list': [
      '- One\n\n  ```\n  code\n  ```',
      '<ul class=loose><li><p>One</><pre><code>code\n</></></></>',
    ],
    'task lists': [
      '- [ ] open\n- [x] done',
      '<ul><li class=task><p>open</></><li class=task done><p>done</></></>',
    ],
    'numbers at the start of a line': ['In\n1999. That year', '<p>In\n1999. That year</>'],
    tables: [
      'Table:\n| a | b | c |\n|---|:-:|--:|\n| **1** | x \\| y |\nmore\n\nend',
      '<p>Table:</><table><tr><th>a</><th class=center>b</><th class=end>c</></>' +
        '<tr><td><strong>1</></><td class=center>x | y</><td class=end></></>' +
        '<tr><td>more</><td class=center></><td class=end></></></><p>end</>',
    ],
    'tables without outer bars': [
      'a | b\n:--|---\n1 | 2',
      '<table><tr><th class=start>a</><th>b</></><tr><td class=start>1</><td>2</></></>',
    ],
    'a bar in a line of text': ['a | b\nc', '<p>a | b\nc</>'],
    'raw HTML as text': ['<b>x</b>\n\n<div class="a">', '<p><b>x</b></><p><div class="a"></>'],
  };
  for (const [name, [text, expected]] of Object.entries(cases)) {
    it(`writes ${name}`, () => expect(shapeOf(text)).to.equal(expected));
  }

  it('gives each top-level block a direction of its own, and code always left to right', () => {
    const children = blocksOf(render('# a\n\nb\n\n- c\n\n> d\n\n```\ne\n```\n\n| f |\n|---|'));
    const directions = children.map((block) => `${block.localName} ${block.getAttribute('dir')}`);
    expect(directions).to.deep.equal([
      'h1 auto',
      'p auto',
      'ul auto',
      'blockquote auto',
      'pre ltr',
      'div auto',
    ]);
  });

  const directed = (pieces: string | string[]) => blocksOf(render(pieces)).map(({ dir }) => dir);
  const marks = '[^1]'.repeat(300);
  const lines: Record<string, [text: string, dir: string]> = {
    'many marks without a letter': [marks, 'ltr'],
    'many marks before a word from right to left': [`${marks} \u05d0\u05d1`, 'rtl'],
    'many marks behind a word from right to left': [`\u05d0\u05d1 ${marks}`, 'rtl'],
    'not so many': [marks.slice(0, 400), 'auto'],
  };
  for (const [name, [text, dir]] of Object.entries(lines)) {
    it(`keeps the direction of a line with ${name}, however it comes`, () => {
      expect(directed(text)).to.deep.equal([dir]);
      expect(directed(text.split(''))).to.deep.equal([dir]);
      expect(directed(text.match(/[^]{1,7}/g)!)).to.deep.equal([dir]);
    });
  }

  it('breaks long code into several text nodes', () => {
    const code = 'const line = "forty characters of code";\n'.repeat(500);
    const pre = render(`\`\`\`\n${code}\`\`\``).querySelector('code')!;
    expect(pre.textContent).to.equal(code);
    expect(pre.childNodes.length).to.be.within(10, 50);
  });

  it('keeps the text of lines and paragraphs of any length', () => {
    const shown = blocksOf(render('some *words* '.repeat(3000))).map((block) => block.textContent);
    expect(shown.join(' ').replaceAll('\n', ' ')).to.equal('some words '.repeat(3000).trim());
    const code = 'x'.repeat(30_000);
    expect(render(`\`\`\`\n${code}\n\`\`\``).textContent).to.equal(`${code}\n`);
  });

  it('tells about each code block once, as soon as its language is known', () => {
    const told: string[] = [];
    const blocks: Block[] = [];
    const text = '```JS title\na\n```\n\n~~~\nb\n~~~\n\n    c';
    const root = render(Array.from(text), {
      block: (block) => {
        told.push(block.language);
        blocks.push(block);
        block.element.prepend(document.createElement('header'));
      },
    });
    expect(told).to.deep.equal(['js', '', '']);
    expect(shape(root)).to.equal(
      '<pre><header></><code>a\n</></><pre><header></><code>b\n</></><pre><header></><code>c\n</></>',
    );
    expect(blocks.map((block) => block.text())).to.deep.equal(['a\n', 'b\n', 'c\n']);
  });

  it('goes on after the end', () => {
    expect(shape(render(['- a']))).to.equal(shape(render(['- a', ''])));
    expect(shapeOf('')).to.equal('');
  });
});
