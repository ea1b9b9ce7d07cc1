import { expect } from 'chai';

import { blocksOf, render, shape, shapeOf } from './render.js';

const inline = (text: string): string => shape(blocksOf(render(text))[0]!);

describe('markdown inside blocks', () => {
  const cases: Record<string, [text: string, shape: string]> = {
    emphasis: [
      '*a* _b_ **c** __d__ ***e***',
      '<em>a</> <em>b</> <strong>c</> <strong>d</> <em><strong>e</></>',
    ],
    'nested emphasis': ['**a *b* c** *d **e***', '<strong>a <em>b</> c</> <em>d <strong>e</></>'],
    'emphasis next to words': [
      'snake_case_name **bold**er これは**太字**です',
      'snake_case_name <strong>bold</>er これは<strong>太字</>です',
    ],
    'marks that are none': ['2 * 3 * 4, ~5, a*, **', '2 * 3 * 4, ~5, a*, **'],
    strikethrough: ['~~gone~~ ~also~ ~5 ~6 ~~~~ ~a~~', '<del>gone</> <del>also</> ~5 ~6 ~~~~ ~a~~'],
    'code spans': ['`a*b*` ``c ` d`` ` ` `open', '<code>a*b*</> <code>c ` d</> <code> </> `open'],
    'hard breaks': ['a  \nb\\\nc', 'a<br></>b<br></>c'],
    escapes: ['\\*a\\* \\[b](c) \\d C:\\x', '*a* [b](c) \\d C:\\x'],
    entities: ['&lt;&amp;&nbsp;&copy;&mdash;&#33;&#x41; &nope; &#0; AT&T', '<&\u00a0©—!A &nope; \ufffd AT&T'],
    'brackets without a label behind others': [
      '[a][ ] [a][] [a]\n\n[a]: https://a.example',
      '[a][ ] <a href=https://a.example/>a</> <a href=https://a.example/>a</>',
    ],
    'images as placeholders': [
      '![an *alt*](https://img.example/a.png "t") ![](x)',
      '<span class=image>an <em>alt</> img.example</> <span class=image></>',
    ],
    'emphasis that stays open': ['**a', '**a'],
  };
  for (const [name, [text, expected]] of Object.entries(cases)) {
    it(`writes ${name}`, () => expect(inline(text)).to.equal(expected));
  }

  it('writes inline marks in headings, cells and items', () => {
    expect(shapeOf('# a *b*')).to.equal('<h1>a <em>b</></>');
    expect(shapeOf('- `a`')).to.equal('<ul><li><p><code>a</></></></>');
    expect(shapeOf('| `a` |\n|---|')).to.equal('<table><tr><th><code>a</></></></>');
  });
});
