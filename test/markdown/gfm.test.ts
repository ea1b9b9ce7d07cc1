import { expect } from 'chai';

import { shapeOf } from './render.js';

// GFM's specification has 24 examples of its extensions; these are like them, case by case.
describe('GitHub Flavored Markdown', () => {
  const table = (head: string, body = ''): string => `<table>${head}${body}</>`;
  const cases: Record<string, [text: string, shape: string]> = {
    'a table (4.10)': [
      '| a | b |\n| --- | --- |\n| c | d |',
      table('<tr><th>a</><th>b</></>', '<tr><td>c</><td>d</></>'),
    ],
    'columns that are aligned, without outer bars': [
      '| a | bcd |\n:-: | -----:\ne | f',
      table(
        '<tr><th class=center>a</><th class=end>bcd</></>',
        '<tr><td class=center>e</><td class=end>f</></>',
      ),
    ],
    'a bar in a cell': [
      '| a\\|b |\n|---|\n| `\\|` c |\n| **\\|** d |',
      table('<tr><th>a|b</></>', '<tr><td><code>|</> c</></><tr><td><strong>|</> d</></>'),
    ],
    'a table that a quote ends': [
      '| a | b |\n| --- | --- |\n| c | d |\n> e',
      `${table('<tr><th>a</><th>b</></>', '<tr><td>c</><td>d</></>')}<blockquote><p>e</></>`,
    ],
    'a table that a blank line ends, and a row without bars': [
      '| a | b |\n| --- | --- |\n| c | d |\ne\n\nf',
      `${table('<tr><th>a</><th>b</></>', '<tr><td>c</><td>d</></><tr><td>e</><td></></>')}<p>f</>`,
    ],
    'no table where the second line has another number of cells': [
      '| a | b |\n| --- |\n| c |',
      '<p>| a | b |\n| --- |\n| c |</>',
    ],
    'cells that are missing or too many': [
      '| a | b |\n| --- | --- |\n| c |\n| d | e | f |',
      table('<tr><th>a</><th>b</></>', '<tr><td>c</><td></></><tr><td>d</><td>e</></>'),
    ],
    'a header alone': ['| a |\n| --- |', table('<tr><th>a</></>')],
    'a header that is the last line of a paragraph': [
      'text\n| a |\n| --- |\n| b |',
      `<p>text</>${table('<tr><th>a</></>', '<tr><td>b</></>')}`,
    ],
    'a line with bars in a paragraph': ['text\n| a |\nmore', '<p>text\n| a |\nmore</>'],
    'a table with a second line of any length': [
      `|a${'|b'.repeat(5)}|\n${`|${'-'.repeat(250)}`.repeat(6)}|\n|c|`,
      table(`<tr><th>a</>${'<th>b</>'.repeat(5)}</>`, `<tr><td>c</>${'<td></>'.repeat(5)}</>`),
    ],
    'task items (5.3)': [
      '- [x] a\n  - [ ] b\n- [X] c\n- [@] d',
      '<ul><li class=task done><p>a</><ul><li class=task><p>b</></></></><li class=task done><p>c</></><li><p>[@] d</></></>',
    ],
    'task items that hold text, whatever that starts with': [
      '- [ ] 1. a\n- [x] # b\n- [ ] - c\n- [ ] > d',
      '<ul><li class=task><p>1. a</></><li class=task done><p># b</></><li class=task><p>- c</></><li class=task><p>> d</></></>',
    ],
    'text struck through (6.5)': ['~~a~~ b, ~c~ d', '<p><del>a</> b, <del>c</> d</>'],
    'nothing struck through across paragraphs or by three': [
      'a ~~b\n\nc~~ ~~~d~~~',
      '<p>a ~~b</><p>c~~ ~~~d~~~</>',
    ],
  };
  for (const [name, [text, expected]] of Object.entries(cases))
    it(`knows ${name}`, () => expect(shapeOf(text)).to.equal(expected));

  const addresses: Record<string, [text: string, links: string]> = {
    'with www (6.9)': ['www.a.example', '[www.a.example]'],
    'with a path, in a sentence': ['See www.a.example/b. And', 'See [www.a.example/b]. And'],
    'with parentheses': [
      'www.a.example/s?q=b+(c) www.a.example/s?q=b+(c))) (www.a.example/s?q=b+(c)) www.a.example/s?q=(b))+c',
      '[www.a.example/s?q=b+(c)] [www.a.example/s?q=b+(c)])) ([www.a.example/s?q=b+(c)]) [www.a.example/s?q=(b))+c]',
    ],
    'before what looks like a character reference': [
      'www.a.example/s?q=b&c=d www.a.example/s?q=b&zzz;',
      '[www.a.example/s?q=b&c=d] [www.a.example/s?q=b]&zzz;',
    ],
    'that < ends': ['www.a.example/b<c', '[www.a.example/b]<c'],
    'with a scheme': ['http://a.example (https://b.example/x)', '[http://a.example] ([https://b.example/x])'],
    'of mail': ['Write to a.b+c@d.example now', 'Write to [a.b+c@d.example] now'],
    'of mail, and what may stand at its end': [
      'a.b-c_d@e.f a.b-c_d@e.f. a.b-c_d@e.f- a.b-c_d@e.f_',
      '[a.b-c_d@e.f] [a.b-c_d@e.f]. a.b-c_d@e.f- a.b-c_d@e.f_',
    ],
    'in strong text': ['**see https://a.example**', '**see [https://a.example]**'],
    'that are none': ['https:// www. www.a_b.c_d a@b', 'https:// www. www.a_b.c_d a@b'],
  };
  for (const [name, [text, expected]] of Object.entries(addresses))
    it(`links bare addresses ${name}`, () => {
      const shown = shapeOf(text)
        .replace(/^<p>|<\/>$/g, '')
        .replace(/<a href=[^>]*>(.*?)<\/>/g, '[$1]')
        .replace(/<strong>(.*)<\/>/, '**$1**');
      expect(shown).to.equal(expected);
    });
});
