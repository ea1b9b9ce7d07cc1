import { expect } from 'chai';
import * as fc from 'fast-check';
import { tries } from '../support/seed.js';

import { MarkdownWriter } from '../../src/markdown/index.js';
import { blocksOf, prefixes, render, shape } from './render.js';

const ANSWERS = [
  '# Title\n\nSome *text* with **bold**, `code` and [a link](https://a.example "T").\nSecond line  \nthird.\n\nEnd',
  '1. One\n   - In **bold\n   - [x] done\n\n2. Two\n\n   ```js\n   let a;\n\n   b\n   ```\n> Quote\nlazy\n> - item\n',
  'Table:\n| a | b |\n|:--|--:|\n| `1` | [x](https://b.example) |\n| only one |\n\nText | bar\n--- | ---\n1 | 2\n\nend',
  'Setext\n===\n\nTwo\n---\n\n    code\n\n    more\n\n***\n* * *\n- - x\n\\\n&amp; &#65; &nope;',
  '[late] and ![image](https://i.example/x.png) <https://c.example> www.d.example.\n\n[late]: https://late.example\n  "T"\n',
  '```\nfence\n``\n~~~\n```\n~~~md\n```\nin\n~~~~\r\n\ttab\r\n\r\n-\n-\n\n  a\n\n\n- b\r',
  '**a *b ~~c `d [e](https://f.example) **g* h~~\n\n*a_b*c_ __d__e__ ***f** g* `` ` `` [[x]](y)',
  'مرحبا **بك** `code`\n\n- 😀 one\n- 👨‍👩‍👧 two\n\n日本語の**太字**です。',
];

const PIECES = [
  '*',
  '**',
  '_',
  '~~',
  '`',
  '```',
  '[',
  ']',
  '](',
  ')',
  '!',
  '(https://a.example)',
  '<',
  '>',
  '&',
  'amp;',
];
const MORE = [
  '\n',
  '\n\n',
  '\r\n',
  ' ',
  '    ',
  '\t',
  '- ',
  '1. ',
  '> ',
  '# ',
  '|',
  '---',
  '===',
  '\\',
  'a',
  'word',
  '[a]: ',
  'é',
  '$',
  '$$',
  '\\(',
  '\\)',
  '\\[',
  '\\]',
  '[^a]',
  '[^a]: ',
  '<sub>',
  '</sub>',
  '<kbd a="',
  '<details>',
  '<br>',
  'me@a.example',
  'www.a.example',
  '~~~',
  '\n| ',
  '\n|-|-|\n',
  '[ ] ',
  'plain words, ',
  'http',
  '://',
  'www',
  '.x.org',
  '@b.c',
  ' #',
  '- [ ] ',
  '\n$$\n',
  '\n[^a]: ',
  '<summary>',
  '</details>',
  '\r',
  '\u2028',
  '\u3000',
  '\u200b',
  '\u200d',
  '\ud83d',
  '\udc69',
  'مر',
];

/** Cuts a text at fractions of its length. */
function cut(text: string, places: number[]): string[] {
  const ends = places.map((place) => Math.floor(place * text.length)).sort((one, other) => one - other);
  return [...ends, text.length].map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

function expectSame(text: string, pieces: string[]): void {
  const whole = render(text);
  const streamed = render(pieces);
  // Shapes make a readable difference; the comparison of nodes is exact.
  if (!streamed.isEqualNode(whole)) expect(shape(streamed), JSON.stringify(pieces)).to.equal(shape(whole));
  expect(streamed.isEqualNode(whole)).to.equal(true);
}

describe('markdown that arrives in pieces', () => {
  it('ends in the same nodes, character by character', () => {
    for (const text of ANSWERS) expectSame(text, text.split(''));
  });

  it('ends in the same nodes however an answer is cut', () => {
    const whole = fc.shuffledSubarray(ANSWERS, { minLength: 1 }).map((answers) => answers.join('\n\n'));
    fc.assert(
      fc.property(whole, places, (text, at) => expectSame(text, cut(text, at))),
      tries(150),
    );
  });

  it('ends in the same nodes for any heap of marks', () => {
    const heap = fc
      .array(fc.constantFrom(...PIECES, ...MORE), { maxLength: 40 })
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(heap, places, (text, at) => {
        expectSame(text, cut(text, at));
        expectSame(text, text.split(''));
      }),
      tries(1000),
    );
  });

  it('ends in the same nodes for lines and blocks that are taken in pieces', () => {
    const long = `${'many words *and* marks '.repeat(600)}\n\`\`\`\n${'code();\n'.repeat(800)}${'x'.repeat(9000)}\n\`\`\``;
    expectSame(long, long.match(/[^]{1,97}/g)!);
  });

  it('ends in the same nodes for a long document, none of which holds many others', () => {
    // Definitions, which leave nothing behind, stand where groups begin, and groups of groups.
    const blocks = Array.from({ length: 700 }, (_, index) =>
      index % 8 ? `Block ${index}[^1]` : `[block ${index}]: https://a.example\n\nBlock ${index}`,
    );
    const text = [...blocks.slice(0, 60), '[^1]: Note', ...blocks.slice(60)].join('\n\n');
    const root = render(text);
    const lines = blocksOf(root).map((block) => block.textContent);
    expect(lines).to.deep.equal(blocks.map((_, index) => `Block ${index}${index % 8 ? '1' : ''}`));
    const children = [root, ...root.querySelectorAll('.group')].map((parent) => parent.childElementCount);
    expect(Math.min(...children)).to.be.greaterThan(0);
    expect(Math.max(...children)).to.be.at.most(20);
    expectSame(text, text.split(''));
  });

  it('never touches a finished block again', () => {
    const root = document.createElement('div');
    const writer = new MarkdownWriter(root);
    const text = ANSWERS.slice(0, 4).join('\n\n');
    const changes = new MutationObserver(() => {});
    const finished: Element[] = [];
    for (const character of text) {
      writer.write(character);
      // The last block may be open, and the one before it may still be closed by the present line.
      while (finished.length < blocksOf(root).length - 2) {
        const block = blocksOf(root)[finished.length]!;
        finished.push(block);
        changes.observe(block, { subtree: true, childList: true, characterData: true, attributes: true });
      }
      finished.forEach((block, index) => expect(blocksOf(root)[index]).to.equal(block));
    }
    writer.end();
    expect(finished.length).to.be.greaterThan(8);
    expect(changes.takeRecords().map(({ target }) => shape(target))).to.deep.equal([]);
  });

  it('lets open text grow in place', () => {
    const root = document.createElement('div');
    const writer = new MarkdownWriter(root);
    writer.write('Some **bold te');
    const [paragraph] = blocksOf(root);
    const text = root.querySelector('strong')!.firstChild as Text;
    for (const piece of ['xt', '** and', ' more', '\nlines']) writer.write(piece);
    expect(blocksOf(root)[0]).to.equal(paragraph);
    expect(root.querySelector('strong')!.firstChild).to.equal(text);
    expect(text.data).to.equal('bold text');
  });

  it('waits for the end of a tag behind a dollar too', () => {
    const text = '$5 <kbd a="b: \nc d">';
    expectSame(text, text.split(''));
  });

  it('makes addresses for mail of words with underscores', () => {
    for (const address of [
      'a_me@a.example',
      'a__b_c@a.example',
      'a.b_c@d_e.example',
      `${'a_'.repeat(150)}a@a.example`,
    ]) {
      const text = `To ${address}, or not`;
      expect(render(text).querySelector('a')?.href, address).to.equal(`mailto:${address}`);
      expectSame(text, text.split(''));
    }
    const long = `${'a_'.repeat(170)}a@a.example`;
    expect(render(long).querySelector('a')).to.equal(null);
    expectSame(long, long.split(''));
  });

  it('patches links whose definition comes late', () => {
    const root = document.createElement('div');
    const writer = new MarkdownWriter(root);
    writer.write('See [here].\n\nMore.\n\n');
    expect(shape(root)).to.equal('<p>See [here].</><p>More.</>');
    writer.write('[here]: https://a.example\n\n');
    expect(shape(root)).to.equal('<p>See <a href=https://a.example/>here</>.</><p>More.</>');
  });
});

describe('markdown that is not finished', () => {
  const hidden: Record<string, [text: string, never: RegExp]> = {
    'marks of emphasis': ['a **bold** b *it* c ***both*** d ~~gone~~ e __x__', /[*~_]/],
    backticks: ['a `code` b ``co`de`` c', /``|^[^<]*`/],
    fences: ['text\n\n```js\nlet a;\n```\n\nend', /`/],
    'the marks of links': [
      'see [the *docs*](https://a.example "Title") now',
      /[[(]|https?:(?!\/\/a\.example\/)/,
    ],
    'the marks of images': ['see ![a picture](https://a.example/x.png) now', /[![(]|https/],
    'bars of tables': ['| a | b |\n|---|---|\n| 1 | 2 |\n', /\||--/],
    'marks of items': ['- one\n- two\n  1. three\n- [ ] four', /^[-\d]|>[-\d]|\[/],
    'marks of headings': ['## One\n\n### Two', /#/],
    underlines: ['One\n===\n\nTwo\n---\n', /===|--/],
    'quote marks': ['> one\n> two', /(?:^|<p>|\n)>/],
    'marks before others': ['a **&amp; b** c', /\*/],
    entities: ['a &amp; b &lt;', /&\w/],
    'the marks of formulas': ['a \\(x_1\\) b \\[y\\] c\n\n$$\nz\n$$\n', /[\\$[\]()]/],
    'harmless tags': ['a<sub>b</sub> c<br>d <kbd>e</kbd>', /<\/?(?:sub|br|kbd)>(?!<\/>)[^<]*>|&lt;|<\/(?!>)/],
  };
  for (const [name, [text, never]] of Object.entries(hidden)) {
    it(`hides ${name}`, () => {
      for (const prefix of prefixes(text)) expect(prefix).not.to.match(never);
    });
  }

  const looks: Record<string, [text: string, shape: string]> = {
    'open emphasis': ['a **b *c', '<p>a <strong>b <em>c</></></>'],
    'open code': ['a `b c', '<p>a <code>b c</></>'],
    'an open link': ['a [b *c* d](https://e', '<p>a <span class=link>b <em>c</> d</></>'],
    'an open image': ['a ![b](https://e', '<p>a <span class=image>b</></>'],
    'an open fence': ['```js\nlet', '<pre><code>let</></>'],
    'an open table': ['| a | **b', '<table><tr><th>a</><th><strong>b</></></></>'],
    'an open row': ['| a |\n|---|\n| **b', '<table><tr><th>a</></><tr><td><strong>b</></></></>'],
    'an open item': ['- a\n- **b', '<ul><li><p>a</></><li><p><strong>b</></></></>'],
    'a bare URL that may go on': ['see https://a.example', '<p>see https://a.example</>'],
  };
  for (const [name, [text, expected]] of Object.entries(looks)) {
    it(`shows ${name} as if it were closed`, () => expect(prefixes(text).at(-1)).to.equal(expected));
  }

  const early: Record<string, [text: string, never: RegExp]> = {
    'a tag with nothing in it': ['a<sub>b</sub> <kbd>c</kbd>', /[<>]/],
    'details with nothing in them': ['<details>\n<summary>a</summary>', /[<>]/],
    'a formula behind a space': ['a \\( x \\) b \\[\ny\n\\] c', /[()[\]\\]/],
    'the mark of a footnote': ['a[^1] b[^long].', /[[^\]]/],
  };
  for (const [name, [text, never]] of Object.entries(early)) {
    it(`shows no marks of ${name}`, () => {
      const root = document.createElement('div');
      const writer = new MarkdownWriter(root);
      for (const character of text) {
        writer.write(character);
        expect(root.textContent).not.to.match(never);
      }
    });
  }

  it('takes one tilde for a mark only where another closes it', () => {
    expect(prefixes('some ~5 or ~~6').at(-1)).to.equal('<p>some ~5 or <del>6</></>');
    expect(prefixes('some ~5~ or').at(-1)).to.equal('<p>some <del>5</> or</>');
  });

  it('makes no link before its syntax is closed', () => {
    for (const text of [
      '[a](https://b.example/c)',
      '<https://b.example/c>',
      'https://b.example/c x',
      '[https://b.example/c]',
    ]) {
      const shown = prefixes(text);
      const first = shown.findIndex((prefix) => prefix.includes('<a'));
      if (first >= 0) expect(first, text).to.be.greaterThan(text.search(/c/));
      expect(shown.join('')).not.to.match(/href=https:\/\/b\.example\/(?!c)/);
    }
  });
});
