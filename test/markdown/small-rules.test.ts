import { expect } from 'chai';

import { schemeOf, trimAddress } from '../../src/markdown/autolinks.js';
import { unescape } from '../../src/markdown/characters.js';
import { MarkdownWriter } from '../../src/markdown/index.js';
import { onCleanup } from '../support/index.js';

describe('a bare address', () => {
  it('ends before punctuation, parentheses too many, and what looks like a character reference', () => {
    for (const [found, address] of [
      ['https://a.example', 'https://a.example'],
      ['https://a.example/b.', 'https://a.example/b'],
      ['https://a.example/b?!.,:;*_~\'"', 'https://a.example/b'],
      ['https://a.example/(b)', 'https://a.example/(b)'],
      ['https://a.example/(b))', 'https://a.example/(b)'],
      ['https://a.example/b)).', 'https://a.example/b'],
      ['https://a.example/[b]', 'https://a.example/[b]'],
      ['https://a.example/[b]]', 'https://a.example/[b]'],
      ['https://a.example/b].', 'https://a.example/b'],
      ['https://a.example/b)]', 'https://a.example/b'],
      ['https://a.example/b&amp;', 'https://a.example/b'],
      ['https://a.example/b&amp;c', 'https://a.example/b&amp;c'],
      ['https://a.example/b;', 'https://a.example/b'],
      ['www.a.example', 'www.a.example'],
      ['HTTPS://A.example/http://b', 'HTTPS://A.example/http://b'],
      ['http://localhost', 'http://localhost'],
      ['http://localhost:80/a_b', 'http://localhost:80/a_b'],
      ['https://a_b.c.example', 'https://a_b.c.example'],
    ])
      expect(trimAddress(found!), found).to.equal(address);
  });

  it('is none without a host, or with an underscore in the last two names of it', () => {
    for (const found of [
      'https://',
      'https://.',
      'https://a.',
      'https://a_b.example',
      'https://a.b_c',
      'www',
    ])
      if (found !== 'https://a.') expect(trimAddress(found), found).to.equal(undefined);
    expect(trimAddress('https://a.')).to.equal('https://a');
    expect(trimAddress('www.'), 'one name alone').to.equal(undefined);
  });

  it('of mail ends before dots, and not with a dash or an underscore', () => {
    expect(trimAddress('a@b.example')).to.equal('a@b.example');
    expect(trimAddress('a@b.example...')).to.equal('a@b.example');
    expect(trimAddress('a.b+c@d.example.')).to.equal('a.b+c@d.example');
    for (const found of ['a@b.example-', 'a@b.example_', 'a@b.example_.'])
      expect(trimAddress(found), found).to.equal(undefined);
    expect(trimAddress('https://a.example/@b-'), 'no mail').to.equal('https://a.example/@b-');
  });

  it('has a scheme, or gets one', () => {
    for (const [address, scheme] of [
      ['www.a.example', 'http://'],
      ['WWW.a.example', 'http://'],
      ['https://www.a.example', ''],
      ['mailto:a@b.example', ''],
      ['a1+.-:b', ''],
      ['a@b.example', 'mailto:'],
      ['awww.b@c.example', 'mailto:'],
      ['1a:b', 'mailto:'],
      [`${'a'.repeat(33)}:b`, 'mailto:'],
    ])
      expect(schemeOf(address!), address).to.equal(scheme);
  });
});

describe('a character reference', () => {
  it('is the character it names, by name or number', () => {
    for (const [text, shown] of [
      ['&amp;&lt;&gt;&quot;&apos;', '&<>"\''],
      ['&nbsp;&copy;&hellip;&mdash;&ndash;', '\u00a0©…—–'],
      ['&#65;&#x42;&#X63;', 'ABc'],
      ['&#128512;&#x1F600;', '😀😀'],
      ['&#0;&#xD800;&#xDFFF;&#x110000;&#9999999;', '\ufffd\ufffd\ufffd\ufffd\ufffd'],
      ['&#xD7FF;', '\ud7ff'],
      ['&#12345678;&#x1234567;&#;&#x;', '&#12345678;&#x1234567;&#;&#x;'],
      ['&constructor;&toString;', '&constructor;&toString;'],
      ['&amp &a;', '&amp &a;'],
      ['\\&amp;\\*\\a\\\\', '&amp;*\\a\\'],
    ])
      expect(unescape(text!), text).to.equal(shown);
  });
});

describe('the direction of a long list', () => {
  function directionAfter(item: string, count: number): string {
    const root = document.createElement('div');
    document.body.append(root);
    onCleanup(() => root.remove());
    const writer = new MarkdownWriter(root);
    writer.write(`- ${item}\n`.repeat(count));
    writer.end();
    return root.querySelector('ul')!.dir;
  }

  it('is for the engine to find while it is short, and stays from there on', () => {
    expect(directionAfter('one', 10)).to.equal('auto');
    expect(directionAfter('مرحبا', 10)).to.equal('auto');
    expect(directionAfter('one', 60)).to.equal('ltr');
    expect(directionAfter('مرحبا', 60)).to.equal('rtl');
  });
});
