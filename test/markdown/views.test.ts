import { expect } from 'chai';

import { MarkdownWriter, type MarkdownOptions } from '../../src/markdown/index.js';
import { onCleanup } from '../support/index.js';
import { render } from './render.js';

type Block = Parameters<NonNullable<MarkdownOptions['block']>>[0];

/** What a renderer is told, in order, while this text arrives in pieces. */
function told(pieces: string[], withLines = true) {
  const blocks: Block[] = [];
  const log: string[] = [];
  const nodes: Text[] = [];
  const root = document.createElement('div');
  const writer = new MarkdownWriter(root, {
    block(block) {
      blocks.push(block);
      log.push(`${block.kind} ${block.language}`.trim());
      const end = () => void log.push('end');
      if (!withLines) return { end };
      return {
        lines(node) {
          nodes.push(node);
          log.push(JSON.stringify(node.data));
        },
        end,
      };
    },
  });
  for (const piece of pieces) writer.write(piece);
  writer.end();
  return { blocks, log, nodes, root };
}

function warnings(): unknown[][] {
  const seen: unknown[][] = [];
  const { warn } = console;
  console.warn = (...values: unknown[]) => void seen.push(values);
  onCleanup(() => (console.warn = warn));
  return seen;
}

const pieces = (root: Element) => [...root.querySelectorAll('pre > code > span')];
const fenced = (code: string) => `\`\`\`\n${code}\n\`\`\``;

describe('a view of code', () => {
  it('hears of lines when they are finished, and of the end', () => {
    const { log, blocks, root } = told(['```js title\nle', 't a;\nlet', ' b;\n\n', 'c', '\n```\n', 'text']);
    expect(log).to.deep.equal(['code js', '"let a;\\n"', '"let b;\\n\\n"', '"c\\n"', 'end']);
    const [block] = blocks;
    expect(block).to.include({ kind: 'code', language: 'js', display: true });
    expect(block!.element).to.equal(root.querySelector('pre'));
    expect(block!.text()).to.equal('let a;\nlet b;\n\nc\n');
  });

  it('hears of the last line too, which ends with the code', () => {
    expect(told(['```\na\nb']).log).to.deep.equal(['code', '"a\\n"', '"b\\n"', 'end']);
  });

  it('may put elements where the text of lines stands', () => {
    const root = document.createElement('div');
    const writer = new MarkdownWriter(root, {
      block: () => ({
        lines(node) {
          const mark = document.createElement('b');
          mark.append(node.data);
          node.replaceWith(mark);
        },
      }),
    });
    for (const piece of ['```\na', '\n', 'b\n', 'c\n', '```']) writer.write(piece);
    writer.end();
    expect([...root.querySelectorAll('b')].map(({ textContent }) => textContent)).to.deep.equal([
      'a\n',
      'b\n',
      'c\n',
    ]);
    expect(root.textContent).to.equal('a\nb\nc\n');
  });

  it('that wants no lines leaves a piece of code one text', () => {
    const { root, log } = told(['```\na\n', 'b\n', 'c\n', '```'], false);
    expect(log).to.deep.equal(['code', 'end']);
    expect(pieces(root).map(({ childNodes }) => childNodes.length)).to.deep.equal([1]);
  });
});

describe('long code', () => {
  it('stands in pieces of sixteen lines', () => {
    const root = render(fenced(Array.from({ length: 40 }, (_none, index) => `${index}`).join('\n')));
    expect(pieces(root).map(({ textContent }) => textContent.split('\n').length - 1)).to.deep.equal([
      16, 16, 8,
    ]);
    expect(pieces(root).some(({ className }) => className)).to.equal(false);
  });

  it('stands in pieces of 2,000 characters and the rest of a line', () => {
    const line = 'x'.repeat(299);
    const root = render(fenced(Array.from({ length: 14 }, () => line).join('\n')));
    expect(pieces(root).map(({ textContent }) => textContent.length)).to.deep.equal([2100, 2100]);
    const exact = render(fenced(Array.from({ length: 8 }, () => 'x'.repeat(499)).join('\n')));
    expect(pieces(exact).map(({ textContent }) => textContent.length)).to.deep.equal([2000, 2000]);
  });

  it('is cut within a line that is longer than that, and says so', () => {
    const root = render(fenced(`a\n${'x'.repeat(10_000)}\nb`));
    expect(pieces(root).map(({ className, textContent }) => [className, textContent.length])).to.deep.equal([
      ['part', 4000],
      ['part', 4000],
      ['part', 2003],
      ['', 2],
    ]);
    const whole = render(fenced('x'.repeat(4000)));
    expect(pieces(whole).map(({ className }) => className)).to.deep.equal(['']);
  });

  it('is never cut within a character', () => {
    const root = render(fenced(`${'x'.repeat(3999)}😀${'y'.repeat(4000)}`));
    const texts = pieces(root).map(({ textContent }) => textContent);
    expect(texts[0]).to.have.length(3999);
    expect(texts[1]!.startsWith('😀')).to.equal(true);
    expect(texts.join('')).to.equal(`${'x'.repeat(3999)}😀${'y'.repeat(4000)}\n`);
  });
});

describe('a view of a table', () => {
  it('hears of it when its head is there, and reads its cells', () => {
    const { log, blocks, root } = told(['| a | b |\n|---|---|\n', '| 1  2 | **3** |\n', '| 4 |\n', '\ntext']);
    expect(log).to.deep.equal(['table', 'end']);
    expect(blocks[0]).to.include({ kind: 'table', language: '', display: true });
    expect(blocks[0]!.element).to.equal(root.querySelector('div.table'));
    expect(blocks[0]!.text()).to.equal('a\tb\n1 2\t3\n4\t');
    expect(root.querySelectorAll('tbody')).to.have.length(1);
    expect(root.querySelectorAll('tbody tr')).to.have.length(2);
  });

  it('goes on in another row after 4,000 characters', () => {
    const root = render(`| a |\n|---|\n| ${'x'.repeat(9000)} |\n| b |`);
    const rows = [...root.querySelectorAll('tbody tr')].map(({ textContent }) => textContent.length);
    expect(rows).to.have.length(4);
    expect(rows.slice(0, 3).every((length) => length <= 4000)).to.equal(true);
    expect(rows.reduce((sum, length) => sum + length, 0)).to.equal(9001);
  });
});

describe('a view of a formula', () => {
  it('hears of it when it is whole, and of its end', () => {
    for (const [text, tex] of [
      ['$$\nx^2\n$$', 'x^2'],
      ['$$\n x\n+ y \n$$ \n', 'x\n+ y'],
      ['\\[\nx\n\\]', 'x'],
    ] as const) {
      const { log, blocks } = told(text.split(''));
      expect(log, text).to.deep.equal(['math', 'end']);
      expect(blocks[0]).to.include({ kind: 'math', language: '', display: true });
      expect(blocks[0]!.text(), text).to.equal(tex);
      expect(blocks[0]!.element.dir).to.equal('ltr');
    }
    const { blocks } = told(['a $x$ b']);
    expect(blocks[0]).to.include({ kind: 'math', language: '', display: false });
    expect(blocks[0]!.text()).to.equal('x');
  });

  it('shows it as it grows, without its marks', () => {
    const root = document.createElement('div');
    const writer = new MarkdownWriter(root);
    const shown = (piece: string) => {
      writer.write(piece);
      return root.textContent;
    };
    shown('$$\n');
    expect(shown('a$b')).to.equal('a$b');
    expect(shown('  \n$')).to.equal('a$b');
    expect(shown('$')).to.equal('a$b');
    writer.end();
    expect(root.querySelector('.math')!.textContent).to.equal('a$b');
  });
});

describe('a block renderer that fails', () => {
  it('is told of, and the plain look stays', () => {
    const error = new Error('no');
    const fail = () => {
      throw error;
    };
    for (const block of [
      fail,
      () => ({ lines: fail }),
      () => ({ end: fail }),
    ] as MarkdownOptions['block'][]) {
      const seen = warnings();
      const root = render('```\na\n```\n\nb', { block });
      expect(root.textContent).to.equal('a\nb');
      expect(seen).to.deep.equal([['chat-stream: a block renderer failed', error]]);
    }
  });

  it('is none where it has no view, or one that wants to hear nothing', () => {
    const seen = warnings();
    for (const block of [undefined, () => undefined, () => ({})] as MarkdownOptions['block'][])
      expect(render('```\na\n```\n\n| a |\n|---|\n| b |', { block }).textContent).to.equal('a\nab');
    expect(seen).to.deep.equal([]);
  });
});
