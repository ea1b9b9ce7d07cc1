import fc from 'fast-check';
import { tries } from '../support/seed.js';
import { grammarFor } from '../../src/renderers/highlight-languages.js';
import { LineWriter } from '../../src/renderers/highlight-lines.js';
import { expect } from '../support/index.js';

const samples: Record<string, [code: string, colours: string]> = {
  js: ['import a from "b";', 'k:import f:a k:from s:"b"'],
  tsx: ['type A = B<string>;', 'k:type t:A t:B t:string'],
  json: ['{ "a": [1, "b", true] }', 'f:"a" n:1 s:"b" n:true'],
  py: ['def f(self): return len("a")', 'k:def f:f k:self k:return t:len s:"a"'],
  bash: ['if [ -f "$a" ]; then echo 1; fi # b', 'k:if s:" f:$a s:" k:then t:echo n:1 k:fi c:# b'],
  html: ['<a href="b">c</a> &amp; <!-- d -->', 'k:a s:"b" k:a n:&amp; c:<!-- d -->'],
  xml: ['<a b="c"/>', 'k:a s:"c"'],
  css: ['a:hover { color: #fff; top: 1px }', 'k:a n:hover n:#fff n:1px'],
  scss: ['$a: 1px; // b', 'f:$a n:1px c:// b'],
  less: ['@a: 1px; // b', 'f:@a n:1px c:// b'],
  sql: ["SELECT a FROM b WHERE c = 'd' -- e", "k:SELECT k:FROM k:WHERE s:'d' c:-- e"],
  mysql: ['SELECT `a` FROM b # c', 'k:SELECT s:`a` k:FROM c:# c'],
  postgres: ['SELECT b::jsonb -- b', 'k:SELECT t:jsonb c:-- b'],
  yml: ['a: "b" # c', 'f:a s:"b" c:# c'],
  toml: ['a="b"', 'f:a s:"b"'],
  ini: ['a=b', 'f:a s:b'],
  go: ['func f() error { return nil } // a', 'k:func k:error k:return n:nil c:// a'],
  rust: ['fn f() -> u8 { println!("a") }', 'k:fn f:f t:u8 f:println! s:"a"'],
  java: ['public class A { int b = 1; }', 'k:public k:class f:A t:int n:1'],
  c: ['#include <a.h>', 't:#include <a.h>'],
  'c++': ['const auto a = "b"; // c', 'k:const k:auto s:"b" c:// c'],
  'c#': ['var a = "b"; // c', 'k:var f:a s:"b" c:// c'],
  kotlin: ['fun f() = "a"', 'k:fun f:f s:"a"'],
  scala: ['val a = "b"', 'k:val f:a s:"b"'],
  dart: ['final a = 1; // b', 'k:final n:1 c:// b'],
  swift: ['let a = "b" // c', 'k:let f:a s:"b" c:// c'],
  ruby: ['def f; "a" end # b', 'k:def f:f s:"a" k:end c:# b'],
  lua: ['local a = "b" -- c', 'k:local s:"b" c:-- c'],
  r: ['a <- "b" # c', 's:"b" c:# c'],
  pwsh: ['if ($a) { "b" } # c', 'k:if s:"b" c:# c'],
  dockerfile: ['FROM node:20 # a', 'k:FROM'],
  diff: ['+ a', 'i:+ a'],
  md: ['- **a** `b` [c](d)', 'k:- k:**a** s:`b` f:[c] s:(d)'],
};

async function lineWriter(language: string): Promise<(line: string) => HTMLElement> {
  const writer = new LineWriter(await grammarFor(language)!());
  return (line) => {
    const place = document.createElement('code');
    writer.write(line, place);
    return place;
  };
}

const colours = (place: HTMLElement): string =>
  [...place.children].map(({ className, textContent }) => `${className}:${textContent}`).join(' ');

describe('languages of code', () => {
  for (const [language, [code, expected]] of Object.entries(samples)) {
    it(`colours ${language}`, async () => {
      const write = await lineWriter(language);
      const place = write(`${code}\n`);
      expect(place.textContent).to.equal(`${code}\n`);
      expect(colours(place)).to.equal(expected);
    });
  }

  it('never changes the text, whatever the lines are', async () => {
    const words = [
      '"',
      "'",
      '`',
      '${',
      '}',
      '/*',
      '*/',
      '//',
      '#',
      '<',
      '</script>',
      '<script>',
      '<style',
      '>',
      '\\',
      ' ',
      '\t',
      '(',
      '{',
      '[',
      '<<EOF',
      '"""',
      '---',
      '```',
      '@',
      '=',
      ':',
      'if',
      'é',
      '0x',
      '\u{1f600}',
      '\ud800',
      '\r',
    ];
    const line = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 4 })), {
      maxLength: 12,
    });
    const lines = fc.array(
      line.map((parts) => parts.join('').replaceAll('\n', '')),
      { maxLength: 12 },
    );
    const languages = Object.keys(samples);
    for (const language of languages) {
      const load = grammarFor(language)!;
      const grammar = await load();
      fc.assert(
        fc.property(lines, (all) => {
          const writer = new LineWriter(grammar);
          for (const text of all) {
            const place = document.createElement('code');
            writer.write(`${text}\n`, place);
            expect(place.textContent, language).to.equal(`${text}\n`);
          }
        }),
        tries(60, languages.length),
      );
    }
  });
});
