import { MarkdownWriter } from '../../src/markdown/index.js';
import { expect } from '../support/index.js';

function textsIn(root: Element): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  return texts;
}

/** What tools do to a page's text while it grows: ours is gone afterwards, or is not what we wrote. */
const tools = {
  'puts text into elements of its own, as translators do': (root: Element) => {
    for (const text of textsIn(root)) {
      const outer = document.createElement('font');
      const inner = document.createElement('font');
      inner.textContent = text.data;
      outer.append(inner);
      text.replaceWith(outer);
    }
  },
  'puts it as it is into elements of its own': (root: Element) => {
    for (const text of textsIn(root)) {
      const box = document.createElement('font');
      text.replaceWith(box);
      box.append(text);
    }
  },
};

describe('text of an answer that a tool has changed', () => {
  const texts = {
    'a paragraph': 'One two three four five',
    'a paragraph with emphasis': 'One **two three** four *five six* seven',
    'a paragraph with a link': 'See [the whole page](https://a.example/) and `the code` of it',
    'a heading and a list': '# A long head\n\n- first of all\n- second of all',
    'a table': '| one two | three |\n| --- | --- |\n| four five | six |\n| seven | eight nine |',
  };
  for (const [name, tool] of Object.entries(tools)) {
    for (const [kind, text] of Object.entries(texts)) {
      it(`${kind} is whole at the end where it ${name}`, () => {
        for (let cut = 1; cut < text.length; cut++) {
          const root = document.createElement('div');
          const writer = new MarkdownWriter(root);
          writer.write(text.slice(0, cut));
          const line = root.querySelector('.group > :last-child');
          if (line) tool(root);
          const untouched = line?.textContent;
          writer.write(text.slice(cut));
          writer.end();
          const expected = document.createElement('div');
          const plain = new MarkdownWriter(expected);
          plain.write(text);
          plain.end();
          // What was finished before is the tool's; the words that came since are there.
          const last = expected.textContent.trim().split(/\s+/).at(-1)!;
          expect(root.textContent, `cut behind ${cut}: ${untouched}`).to.include(last);
        }
      });
    }

    it(`code goes on where it ${name}`, () => {
      const root = document.createElement('div');
      const writer = new MarkdownWriter(root);
      writer.write('```js\nconst one = 1;\nconst tw');
      tool(root);
      writer.write('o = 2;\nthe end\n```');
      writer.end();
      expect(root.textContent).to.include('o = 2;\nthe end');
    });
  }

  it('every word of the line that grows is there once', () => {
    const root = document.createElement('div');
    const writer = new MarkdownWriter(root);
    for (const piece of ['One **two** th', 'ree `fo', 'ur` *fi', 've* si', 'x', ' seven']) {
      writer.write(piece);
      tools['puts text into elements of its own, as translators do'](root);
    }
    writer.end();
    expect(root.textContent).to.equal('One two three four five six seven');
  });
});
