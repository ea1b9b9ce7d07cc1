import { expect } from 'chai';

import { MarkdownWriter } from '../../src/markdown/index.js';
import { blocksOf, render, shape } from './render.js';

function expectSame(text: string, pieces: string[]): void {
  const whole = render(text);
  const streamed = render(pieces);
  // Shapes make a readable difference; the comparison of nodes is exact.
  if (!streamed.isEqualNode(whole)) expect(shape(streamed), JSON.stringify(pieces)).to.equal(shape(whole));
  expect(streamed.isEqualNode(whole)).to.equal(true);
}

describe('plain words', () => {
  const turns: Record<string, [pieces: string[], shape: string]> = {
    'the host of an address': [
      ['see www', '.x.org', ' and', ' so on'],
      '<p>see <a href=http://www.x.org/>www.x.org</> and so on</>',
    ],
    'a host in capitals': [
      ['see W', 'WW', '.x.org on'],
      '<p>see <a href=http://www.x.org/>WWW.x.org</> on</>',
    ],
    'the scheme of an address': [
      ['so http', '://x.org y', ' z'],
      '<p>so <a href=http://x.org/>http://x.org</> y z</>',
    ],
    'a scheme and its colon': [
      ['https:', '/', '/x.org', ' y'],
      '<p><a href=https://x.org/>https://x.org</> y</>',
    ],
    'the name in an address for mail': [['to a', '@b.c', ' d'], '<p>to <a href=mailto:a@b.c>a@b.c</> d</>'],
    'a name with a dot': [['to a.', 'b', '@b.c', ' d'], '<p>to <a href=mailto:a.b@b.c>a.b@b.c</> d</>'],
    'a line with a break': [['foo  ', '\nbar', ' baz'], '<p>foo<br></>bar baz</>'],
    'a line with spaces at its end': [['foo ', ' ', ' bar ', '\nbaz'], '<p>foo   bar\nbaz</>'],
    'a heading with marks at its end': [['# a', ' #'], '<h1>a</>'],
    'a heading with marks in it': [['# a', ' #', 'b', ' c'], '<h1>a #b c</>'],
    'a cell': [
      ['| a', ' | b', '\n|-|-|\n', '| c d', ' e | f', ' |'],
      '<table><tr><th>a</><th>b</></><tr><td>c d e</><td>f</></></>',
    ],
    'a cell with a bar in it': [['| a \\', '| b', ' c |\n|-|\n'], '<table><tr><th>a | b c</></></>'],
    'the name of a character': [['x &am', 'p; y', ' z'], '<p>x & y z</>'],
    'a definition': [
      ['[a', ']: https://x.org', '\n\nsee [a', '] now'],
      '<p>see <a href=https://x.org/>a</> now</>',
    ],
    emphasis: [['a *b', '*', ' c'], '<p>a <em>b</> c</>'],
    'words behind a link': [
      ['[a](https://x.org)', ' and', ' more', ' *x*'],
      '<p><a href=https://x.org/>a</> and more <em>x</></>',
    ],
    'words behind a price': [['it is $5', ' and', ' more words'], '<p>it is $5 and more words</>'],
    'a formula': [['say $x', ' + y', '$ and', ' more'], '<p>say <span class=math>x + y</> and more</>'],
    'the start of a tag': [['a <s', 'ub>b</sub', '> c'], '<p>a <sub>b</> c</>'],
    sentences: [['One.', ' Two: 3.5', '/4. e.g.', 'x, "y"'], '<p>One. Two: 3.5/4. e.g.x, "y"</>'],
  };
  for (const [name, [pieces, expected]] of Object.entries(turns)) {
    it(`shows ${name} for what it is, also when it looked like plain words`, () => {
      const root = document.createElement('div');
      const writer = new MarkdownWriter(root);
      for (const piece of pieces) writer.write(piece);
      expect(shape(root)).to.equal(expected);
      const text = pieces.join('');
      expectSame(text, pieces);
      for (let at = 1; at < text.length; at++) expectSame(text, [text.slice(0, at), text.slice(at)]);
      expectSame(text, text.split(''));
    });
  }

  it('ends in the same nodes where a tab stands before the end of code', () => {
    for (const text of ['> ```\n> x\n>  \t```x\n> y', '> ```\n> x\n>  \t```\n> y', '```\n\t```\n'])
      expectSame(text, text.split(''));
  });

  it('ends in the same nodes where a line separator stands in a heading or behind a fence', () => {
    for (const text of ['# a\u2028b', '~~~ a\u2028b\nc', '```\u2029\nc\n```'])
      expectSame(text, text.split(''));
  });

  it('appends plain words to the text that is there', () => {
    const root = document.createElement('div');
    const writer = new MarkdownWriter(root);
    writer.write('[a](https://x.org) and');
    const text = blocksOf(root)[0]!.lastChild as Text;
    const changes = new MutationObserver(() => {});
    changes.observe(root, { subtree: true, childList: true, characterData: true });
    for (const piece of [' more', ' words, ', '3.5', ' of', ' them.', '\n\n', 'End']) writer.write(piece);
    writer.end();
    expect(text.data).to.equal(' and more words, 3.5 of them.');
    expect(changes.takeRecords().filter(({ target }) => target === text)).to.have.lengthOf(5);
  });
});
