import { expect } from 'chai';
import * as fc from 'fast-check';
import { tries } from '../support/seed.js';

import { definitionAt, labelKey, mayDefine, safeUrl, TAIL, targetOf } from '../../src/markdown/links.js';

const long = (length: number) => `https://a.example/${'x'.repeat(length - 'https://a.example/'.length)}`;

const allowed: [destination: string, address: string][] = [
  ['https://a.example', 'https://a.example/'],
  ['http://a.example/b?c=d#e', 'http://a.example/b?c=d#e'],
  ['HTTPS://A.Example/B', 'https://a.example/B'],
  ['https://a.example?b', 'https://a.example/?b'],
  ['https://a.example#b', 'https://a.example/#b'],
  ['https://a.example/?q=a@b:c', 'https://a.example/?q=a@b:c'],
  ['https://a.example:8080/', 'https://a.example:8080/'],
  ['https://127.0.0.1/', 'https://127.0.0.1/'],
  ['https://[::1]:80/', 'https://[::1]:80/'],
  ['https://bücher.example/ü', 'https://xn--bcher-kva.example/%C3%BC'],
  ['https://bu\u0308cher.example/', 'https://xn--bcher-kva.example/'],
  ['https://a-b_c.example/', 'https://a-b_c.example/'],
  ['https://a~b.example/', 'https://a~b.example/'],
  ['https://%61.example/', 'https://a.example/'],
  ['https://a.example/\u23ff\u2420', 'https://a.example/%E2%8F%BF%E2%90%A0'],
  [long(2000), long(2000)],
  ['mailto:a@b.example', 'mailto:a@b.example'],
  ['MAILTO:a.b+c@d.example', 'mailto:a.b+c@d.example'],
  ['mailto:a@b.example?subject=Hi', 'mailto:a@b.example?subject=Hi'],
  ['mailto:a@b.example?body=Hi%20you&subject=', 'mailto:a@b.example?body=Hi%20you&subject='],
  ['tel:+1-(23).4;ext=5', 'tel:+1-(23).4;ext=5'],
  ['TEL:12', 'tel:12'],
];

const denied = [
  ...['', 'a', '/a', '//a.example', '#a', '?a', 'a.example', 'www.a.example', 'https', 'https:', 'https://'],
  ...[
    'https:a.example',
    'https:/a.example',
    'https:///a.example',
    'https:\\\\a.example',
    'https://a.example\\b',
  ],
  ...['https://a@b.example', 'https://a:b@c.example/', 'https://a.example!', 'https://a b.example/'],
  ...[
    ' https://a.example',
    'xhttps://a.example',
    'see https://a.example',
    '\nhttps://a.example',
    'shttp://a',
  ],
  ...['httpss://a.example', 'htt://a.example', 'ftp://a.example', 'file:///a', 'blob:https://a.example/b'],
  ...['javascript:alert(1)', 'JavaScript:alert(1)//https://a.example', 'data:text/html,x', 'vbscript:x'],
  ...[
    'https://a.example:99999/',
    'https://[::1/',
    'https://1.2.3.256/',
    'https://a..%/',
    'https://?a',
    'https://#a',
  ],
  long(2001),
  ...[
    'mailto:',
    'mailto:a',
    'mailto:@b.example',
    'mailto:a@',
    'mailto:a@b@c',
    'mailto:a%40b@c',
    'mailto://@a',
    'mailto:/a@b.example',
    'mailto:a@b%2cc',
  ],
  ...['mailto:?subject=a@b', 'mailto:a?b@c', 'mailto:a@b.example?', 'mailto:a@b.example?cc=c@d.example'],
  ...[
    'mailto:a@b.example?subject=a&bcc=c',
    'mailto:a@b.example?subject=a&',
    'mailto:a@b.example?attach=/etc/passwd',
  ],
  ...[
    'mailto:a@b.example?xsubject=a',
    'mailto:a@b.example?subjects=a',
    'xmailto:a@b.example',
    'mailto:a@b?body',
  ],
  ...[
    'tel:',
    'tel:1 2',
    'tel:*21%23',
    'tel:#06#',
    'tel:1/2',
    'tel:1?a',
    'xtel:1',
    'tel:1&',
    'tel: 1',
    'xtel:+1',
  ],
  ...['callto:1', 'sms:1', 'geo:1,2'],
];

const invisible = [
  ...[0x00, 0x09, 0x0a, 0x0d, 0x1f, 0x7f, 0x85, 0xad, 0x61c, 0x200b, 0x200e, 0x202e, 0x2028, 0x2029, 0x2060],
  ...[0x2066, 0xfeff, 0xe000, 0xe0041, 0xf0000, 0x2400, 0x241f, 0xfffd, 0xffff],
];

describe('the gate for addresses', () => {
  it('lets pages, mail to one reader and telephone numbers through, in one spelling', () => {
    for (const [destination, address] of allowed) expect(safeUrl(destination), destination).to.equal(address);
  });

  it('lets nothing else through', () => {
    for (const destination of denied) expect(safeUrl(destination), destination).to.equal(undefined);
  });

  it('lets nothing through that hides a character, wherever it stands', () => {
    for (const code of invisible) {
      const hidden = String.fromCodePoint(code);
      for (const destination of [
        `https://a.example/${hidden}`,
        `https://a.example/${hidden}b`,
        `https://a${hidden}.example/`,
        `${hidden}https://a.example/`,
        `https${hidden}://a.example/`,
        `mailto:a@b.example?subject=${hidden}`,
      ])
        expect(safeUrl(destination), `U+${code.toString(16)} in ${destination}`).to.equal(undefined);
    }
    for (const half of ['\ud83d', '\ude00']) expect(safeUrl(`https://a.example/${half}`)).to.equal(undefined);
  });

  it('lets through again what it let through, whatever comes', () => {
    const start = fc.constantFrom(
      'https://',
      'http://',
      'mailto:',
      'tel:',
      'javascript:',
      '',
      'https:/',
      ' https://',
    );
    const rest = fc.string({
      unit: fc.constantFrom(...'ab.:/?#@%&=[]\\~_-1 '.split(''), '\u200b', '\u0301', 'é', '😀'),
    });
    fc.assert(
      fc.property(start, rest, (scheme, text) => {
        const address = safeUrl(scheme + text);
        if (address === undefined) return;
        expect(address).to.match(/^(?:https?:\/\/[^/?#@\\]+[/?#]|mailto:[^?]+@|tel:)/);
        expect(['https:', 'http:', 'mailto:', 'tel:']).to.include(new URL(address).protocol);
      }),
      tries(2000),
    );
  });
});

/** The destination and the title in the tail of a link at the start of a text, and how much of it that takes. */
function tail(text: string) {
  TAIL.lastIndex = 0;
  const match = TAIL.exec(text);
  return match && { ...targetOf(match), taken: TAIL.lastIndex };
}

describe('the tail of a link', () => {
  const cases: [text: string, destination: string, title: string][] = [
    ['(a)', 'a', ''],
    ['()', '', ''],
    ['( \n\ta \n\t)', 'a', ''],
    ['(<>)', '', ''],
    ['(<a b>)', 'a b', ''],
    ['(<a\\>b>)', 'a>b', ''],
    ['(a\\)b)', 'a)b', ''],
    ['(a\\zb)', 'a\\zb', ''],
    ['(a(b)c)', 'a(b)c', ''],
    ['(a(b(c(d))))', 'a(b(c(d)))', ''],
    ['(a "b")', 'a', 'b'],
    ["(a 'b')", 'a', 'b'],
    ['(a (b))', 'a', 'b'],
    ['(a "b\\"c")', 'a', 'b"c'],
    ["(a 'b\\'c')", 'a', "b'c"],
    ['(a (b\\)c))', 'a', 'b)c'],
    ['(a\n"b" )', 'a', 'b'],
    ['(<a>\t"b")', 'a', 'b'],
    ['(a "")', 'a', ''],
    ['(a&amp;b "c&amp;d")', 'a&b', 'c&d'],
  ];

  it('is a destination and a title', () => {
    for (const [text, destination, title] of cases)
      expect(tail(`${text}x`), text).to.deep.equal({ destination, title, taken: text.length });
  });

  it('is nothing else', () => {
    for (const text of [
      ...[
        'a',
        '(a',
        '(a b)',
        '(a "b)',
        '(<a)',
        '(<a\nb>)',
        '(<a<b>)',
        '(a"b" "c" "d")',
        '(a(b)',
        '(a (b(c)))',
      ],
      ...['(<a>"b")', '(a "b" "c")', '(a(b(c(d(e)))))', ' (a)', '(a\u0001)', "(a 'b)", '(a "b"c)', '(\\)'],
    ])
      expect(tail(text), text).to.equal(null);
  });
});

describe('a definition', () => {
  const at = (text: string, offset = 0) => definitionAt(text, offset);

  it('is a label, a destination and a title', () => {
    for (const [text, destination, title] of [
      ['[a]: b', 'b', ''],
      ['[a]:b\n', 'b', ''],
      ['   [a]: \n b', 'b', ''],
      ['[a]: <b c>', 'b c', ''],
      ['[a]: <>', '', ''],
      ['[a]: b "c"', 'b', 'c'],
      ["[a]: b\n'c' \n", 'b', 'c'],
      ['[a]: b (c)', 'b', 'c'],
      ['[a]: b (cd)', 'b', 'cd'],
      ['[a]: b "c\\"d"', 'b', 'c\\"d'],
      ['[a]: <b\\>c> \t\n', 'b\\>c', ''],
      ['[a]:  bc  "de" \t\n', 'bc', 'de'],
    ] as const)
      expect(at(text), text).to.deep.equal({ label: 'a', destination, title, end: text.length });
    expect(at('x\n[a\\]b]: c\nmore', 2)).to.deep.equal({
      label: 'a\\]b',
      destination: 'c',
      title: '',
      end: 12,
    });
    expect(at('[a]: b\n"c" d')).to.deep.equal({ label: 'a', destination: 'b', title: '', end: 7 });
  });

  it('is nothing else', () => {
    for (const text of [
      ...['[a]', '[a] : b', '[]: b', '[ ]: b', '[\n]: b', '[a]:', '[a]: \n\n b', '[a]: b c', '[a]: b "c" d'],
      ...[
        '[a[b]: c',
        '    [a]: b',
        'x [a]: b',
        '[a]: <b',
        '[a]: <b>c',
        `[${'a'.repeat(1000)}]: b`,
        '[a]: b "c',
      ],
    ])
      expect(at(text), text).to.equal(undefined);
    expect(at(`[${'a'.repeat(999)}]: b`)?.destination).to.equal('b');
  });

  it('may still come of what could become one', () => {
    for (const text of [
      '[a]:',
      '[a]: ',
      '[a]:\n',
      '[a]: b',
      '[a]: b "c',
      "[a]: b 'c",
      '[a]: b (c',
      '[a]: b ',
      '[\n]:',
    ])
      expect(mayDefine(`x${text}`, 1), text).to.equal(true);
    for (const text of [
      '[ab]:',
      '[ab]: cd',
      '[ab]: cd  "ef',
      "[ab]: cd  'ef",
      '[ab]: cd \n(ef',
      '[a\\]b]: cd "e f',
    ])
      expect(mayDefine(text, 0), text).to.equal(true);
    for (const text of ['a]: b', '[a] b', '[a]', 'x[a]: b', '[a]: b c', '[a]: b "c" d', '[]: b', '[a[b]: c'])
      expect(mayDefine(`[${text}`, 1), text).to.equal(false);
  });

  it('is found whatever the case and the white space of its label', () => {
    for (const label of ['Ab c', ' aB \n\t C ', 'AB C']) expect(labelKey(label), label).to.equal('AB C');
    expect(labelKey('ẞ')).to.equal(labelKey('SS'));
    expect(labelKey('a b')).to.not.equal(labelKey('ab'));
  });
});
