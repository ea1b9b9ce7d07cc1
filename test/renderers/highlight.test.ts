import { highlight, highlightWith } from '../../src/renderers/highlight.js';
import { grammarFor } from '../../src/renderers/highlight-languages.js';
import { expect, onCleanup, until } from '../support/index.js';
import { keepTime } from '../support/time.js';
import { coloured, GrowingCode, nextFrame } from './code.js';

async function growing(language: string): Promise<GrowingCode> {
  const block = await GrowingCode.in(language);
  block.show(highlight(block));
  return block;
}

async function finished(language: string, text: string): Promise<GrowingCode> {
  const block = await growing(language);
  block.write(text);
  block.end();
  await until(() => coloured(block) !== '', `nothing of the ${language} has a colour`);
  await settled(block);
  return block;
}

/** Waits until nothing changes any more. */
async function settled(block: GrowingCode): Promise<void> {
  let before = '';
  await until(async () => {
    const same = before === coloured(block);
    before = coloured(block);
    await nextFrame();
    await nextFrame();
    return same;
  });
}

describe('code highlighting', () => {
  it('colours every finished line while the block still grows', async () => {
    const block = await growing('js');
    block.write("const a = 'b';\nlet c");
    await until(() => coloured(block) === "k:const f:a s:'b'");
    expect(block.code.textContent).to.equal("const a = 'b';\nlet c");
    block.write(' = 1;\n');
    await until(() => coloured(block) === "k:const f:a s:'b' k:let f:c n:1");
    expect(block.code.textContent).to.equal(block.text());
  });

  it('colours a last line without an end', async () => {
    const block = await finished('js', 'return 1');
    expect(coloured(block)).to.equal('k:return n:1');
  });

  const acrossLines: [language: string, lines: string[], colours: string][] = [
    ['js', ['/* one\n', 'two */ let a;\n'], 'c:/* one c:two */ k:let f:a'],
    [
      'js',
      ['let a = `one\n', "it's ${b} /*\n", '`; // c\n'],
      "k:let f:a s:`one s:it's ${ s:} s:/* s:` c:// c",
    ],
    ['python', ['"""one\n', "it's two\n", '"""\n', 'x = 1\n'], 's:"""one s:it\'s two s:""" n:1'],
    ['css', ['/* a\n', '\n', 'b { */\n', 'i { color: red }\n'], 'c:/* a c:b { */ k:i k:red'],
    [
      'html',
      ['<script>\n', 'if (a < 1) let\n', '</script><b class="c">\n'],
      'k:script k:if n:1 k:let k:script k:b s:"c"',
    ],
    [
      'html',
      ['<style>b { top: 1px }</style>\n', '<!-- a\n', '<i> -->\n'],
      'k:style k:b n:1px k:style c:<!-- a c:<i> -->',
    ],
    ['markdown', ['```js\n', '# no\n', '```\n', '# yes\n'], 't:```js t:``` f:# yes'],
    ['sh', ['cat <<EOF\n', 'if\n', 'EOF\n', 'if\n'], 't:cat s:<<EOF s:if s:EOF k:if'],
  ];
  for (const [language, lines, colours] of acrossLines) {
    it(`keeps what is open from line to line: ${language} ${lines[0]!.trim()}`, async () => {
      const block = await growing(language);
      for (const line of lines) {
        block.write(line);
        await nextFrame();
      }
      await until(() => coloured(block) === colours, `${coloured(block)} is not ${colours}`);
      expect(block.code.textContent).to.equal(block.text());
    });
  }

  it('leaves a language that it does not know, and none, plain', async () => {
    for (const language of ['klingon', '', 'constructor', 'js ts']) {
      const block = await GrowingCode.in(language);
      expect(highlight(block), language).to.equal(undefined);
    }
  });

  it('takes the word after the fence in any case', async () => {
    expect(coloured(await finished('TypeScript', 'let a: string;\n'))).to.equal('k:let f:a t:string');
  });

  it('stays plain for ever if the grammar cannot be loaded', async () => {
    let failed = false;
    const block = await GrowingCode.in('js');
    block.show(
      highlightWith(block, async () => {
        await nextFrame();
        failed = true;
        throw new Error('offline');
      }),
    );
    block.write('let a;\n');
    await until(() => failed);
    block.write('let b;\n');
    await settled(block);
    expect(coloured(block)).to.equal('');
    expect(block.code.textContent).to.equal('let a;\nlet b;\n');
  });

  it('leaves plain what a grammar does not get on with', async () => {
    const block = await GrowingCode.in('js');
    block.show(
      highlightWith(block, async () => ({
        token(stream) {
          if (stream.match('a')) return 'keyword';
          return null;
        },
      })),
    );
    block.write('ab\nba\n');
    await until(() => coloured(block) === 'k:a k:a');
    expect(block.code.textContent).to.equal('ab\nba\n');
  });

  it('stays plain from where a grammar breaks', async () => {
    const block = await GrowingCode.in('js');
    let broken = false;
    block.show(
      highlightWith(block, async () => ({
        token(stream) {
          broken ||= !!stream.match('!');
          if (broken) throw new Error('broken');
          stream.skipToEnd();
          return 'keyword';
        },
      })),
    );
    block.write('one\n!\nthree\n');
    await until(() => broken);
    block.write('four\n');
    await settled(block);
    expect(coloured(block)).to.equal('k:one');
    expect(block.code.textContent).to.equal('one\n!\nthree\nfour\n');
  });

  it('leaves a very long line plain and goes on after it', async () => {
    const long = `let a = '${'b'.repeat(2000)}';\n`;
    const block = await finished('js', `let a;\n${long}let c;\n`);
    expect(coloured(block)).to.equal('k:let f:a k:let f:c');
    expect(block.code.textContent).to.equal(block.text());
  });

  it('leaves a line with a very long gap plain', async () => {
    const block = await finished('yaml', `a: 1\n${' '.repeat(1900)}a: 1\nb: 2\n`);
    expect(coloured(block)).to.equal('f:a n:1 f:b n:2');
  });

  it('gives up where a grammar takes too long', async () => {
    const block = await GrowingCode.in('js');
    let time = 0;
    keepTime(() => time);
    block.show(
      highlightWith(block, async () => ({
        token(stream) {
          stream.skipToEnd();
          time += 60;
          return 'keyword';
        },
      })),
    );
    block.write('one\ntwo\nthree\nfour\nfive\n');
    await until(() => coloured(block) === 'k:one k:two k:three');
    await settled(block);
    expect(coloured(block)).to.equal('k:one k:two k:three');
    expect(block.code.textContent).to.equal(block.text());
  });

  it('leaves what comes after 200,000 characters plain', async () => {
    const line = `let a; // ${'b'.repeat(989)}\n`;
    const block = await growing('js');
    block.write(line.repeat(205));
    await until(() => block.code.querySelectorAll('.k').length === 200);
    await settled(block);
    expect(block.code.querySelectorAll('.k')).to.have.length(200);
  });

  it('spreads the work over frames', async () => {
    await grammarFor('ts')?.();
    // As on a machine that does nothing else: where it does, a line that was interrupted looks like one too hard to colour.
    let time = 0;
    keepTime(() => (time += 0.05));
    const block = await growing('ts');
    const line = 'const name: string = await fetch(`/api/${id}`, { method: "post", retry: 3 }); // so\n';
    block.write(line.repeat(1000));
    const seen = new Set<number>();
    const count = () => block.code.querySelectorAll('.c').length;
    const all = async () => {
      await nextFrame();
      seen.add(count());
      return count() === 1000;
    };
    // A thousand lines take seconds where three engines share two cores.
    await until(all, 'not all lines are coloured');
    expect(seen.size).to.be.greaterThan(3);
    expect(block.code.textContent).to.equal(block.text());
  });

  it('goes on where no frame comes', async () => {
    const request = window.requestAnimationFrame;
    onCleanup(() => void (window.requestAnimationFrame = request));
    window.requestAnimationFrame = () => 0;
    const block = await growing('js');
    block.write('let a;\n');
    await until(() => coloured(block) === 'k:let f:a');
  });
});
