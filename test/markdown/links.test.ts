import { expect } from 'chai';

import { isListed } from '../../src/elements/origins.js';
import { describeWithFixtures, fixtureJson } from '../support/index.js';
import { blocksOf, render, shape } from './render.js';

const links = (text: string): string[] => [...render(text).querySelectorAll('a')].map((link) => link.href);
const inline = (text: string): string => shape(blocksOf(render(text))[0]!);

describe('markdown links', () => {
  it('opens them elsewhere, without a trace of the page', () => {
    const link = render('[a](https://safe.example/x "T")').querySelector('a')!;
    expect(link.getAttribute('target')).to.equal('_blank');
    expect(link.getAttribute('rel')).to.equal('noopener noreferrer nofollow ugc');
    expect(link.title).to.equal('T');
    expect(link.textContent).to.equal('a');
  });

  const cases: Record<string, [text: string, hrefs: string[]]> = {
    'inline links': [
      '[a](https://a.example) [b](<https://b.example/x y>)',
      ['https://a.example/', 'https://b.example/x%20y'],
    ],
    'parentheses in pairs': ['[a](https://a.example/x_(y)_(z(1)))', ['https://a.example/x_(y)_(z(1))']],
    autolinks: ['<https://a.example/?b> <me@a.example>', ['https://a.example/?b', 'mailto:me@a.example']],
    'bare URLs': [
      '(https://a.example/x_(y)). www.b.example, http://c.example!',
      ['https://a.example/x_(y)', 'http://www.b.example/', 'http://c.example/'],
    ],
    'references before and after their use': [
      '[a][X] [y] [b][]\n\n[x]: https://x.example\n[y]: <https://y.example> "T"\n[b]:\nhttps://b.example',
      ['https://x.example/', 'https://y.example/', 'https://b.example/'],
    ],
    'the first definition of a label': [
      '[a]: https://one.example\n[A]: https://two.example\n\n[a]',
      ['https://one.example/'],
    ],
    'mail and telephone': ['[a](mailto:a@b.example) [b](tel:+123)', ['mailto:a@b.example', 'tel:+123']],
    'canonical spelling': ['[a](HTTPS://A.EXAMPLE/%7e?q=ü)', ['https://a.example/%7e?q=%C3%BC']],
    'an image in a link': ['[![logo](https://i.example/l.png)](https://a.example)', ['https://a.example/']],
    'no link in a link': [
      '[a [b](https://in.example) c](mailto:out@a.example)',
      ['https://in.example/', 'mailto:out@a.example'],
    ],
    'no bare URL in the text of a link': [
      '[https://shown.example](https://real.example)',
      ['https://real.example/'],
    ],
    'no relative address': ['[a](/x) [b](#y) [c](z.html) [d](//e.example)', []],
    'no other scheme': [
      '[a](javascript:alert(1)) [b](data:text/html,x) [c](&#106;avascript:x) <javascript:x> [d](file:///e)',
      [],
    ],
    'no disguise': [
      '[a](https://u:p@e.example) [b](https:e.example) [c](https://e.example\\@f.example) [d](https://e\u200b.example)',
      [],
    ],
  };
  for (const [name, [text, hrefs]] of Object.entries(cases)) {
    it(`knows ${name}`, () => expect(links(text)).to.deep.equal(hrefs));
  }

  it('knows as many definitions in a row as there are', () => {
    const names = Array.from({ length: 200 }, (_, index) => `source ${index}`);
    const definitions = names.map(
      (name) => `[${name}]: https://a.example/${name.replace(' ', '/')} "${name}"\n`,
    );
    const text = `${names.map((name) => `[${name}]\n\n`).join('')}${definitions.join('')}`;
    for (const pieces of [[text], text.match(/[^]{1,7}/g)!]) {
      const root = render(pieces);
      expect(root.querySelectorAll('a').length).to.equal(200);
      expect(root.textContent).to.equal(names.join(''));
    }
  });

  it('shows what it refuses as text', () => {
    expect(inline('a [*b*](javascript:c) d')).to.equal('a <em>b</> d');
    expect(inline('<javascript:c>')).to.equal('<javascript:c>');
    expect(inline('[1] and [x] y')).to.equal('[1] and [x] y');
  });

  it('takes only plain mail addresses and numbers', () => {
    const texts = [
      '[a](mailto:?bcc=x@e.example) [b](mailto:a@e.example?attach=f) [c](mailto:a@e.example%0d%0aBcc:b@e.example)',
      '[d](tel:*21*1%23) [e](mailto:a@e.example?subject=S&body=B) [f](tel:+1-2)',
    ];
    expect(links(texts.join(' '))).to.deep.equal(['mailto:a@e.example?subject=S&body=B', 'tel:+1-2']);
  });

  it('has one order of reading in its text and its title', () => {
    const link = render('[a\u202egnp.b](https://a.example "c\u2067d")').querySelector('a')!;
    expect(link.textContent).to.equal('agnp.b');
    expect(link.title).to.equal('cd');
  });

  it('tells about each link and image with an address, once it is complete', () => {
    const told: string[] = [];
    const address = (element: HTMLElement, url: string) =>
      void told.push(`${element.localName} ${element.textContent} ${url}`);
    const text =
      'a ![*i*](https://i.example/p) [l](https://l.example) ![r](/r) ![m](mailto:a@b.example) **b**';
    render(Array.from(text), { address });
    expect([...new Set(told)]).to.deep.equal([
      'span i i.example https://i.example/p',
      'a l https://l.example/',
    ]);
    // What is settled is not told again.
    expect(told.length).to.equal(2);
  });

  describeWithFixtures('by the list of destinations', () => {
    interface Entry {
      id: string;
      url: string;
      link: 'allow' | 'allow-normalised' | 'deny' | 'policy';
      image: 'allow' | 'deny';
    }
    /** Where the list leaves it open; `docs/markdown.md` says the same. Everything else of it is denied. */
    const open = [
      // Other alphabets, and spellings of hosts: the host is shown beside, as the browser spells it.
      ...['ln-0203', 'ln-0204', 'ln-0205', 'ln-0214', 'ln-0215', 'ln-0216', 'ln-0217', 'ln-0219'],
      // Hosts of a network of one's own, and odd ports: a click is no more than typing them.
      ...['ln-0221', 'ln-0222', 'ln-0225', 'ln-0228', 'ln-0234'],
    ];

    let entries: Entry[];
    before(async () => {
      ({ links: entries } = await fixtureJson<{ links: Entry[] }>('hostile/links.json'));
    });
    const escaped = (url: string): string => url.replace(/[\\<>&*_`~[\]]/g, '\\$&');

    it('allows and denies as it says, in canonical spelling', () => {
      for (const { id, url, link } of entries) {
        const made = [...render(`[shown](<${escaped(url)}>)`).querySelectorAll('a')];
        const shown = made.filter(({ textContent }) => textContent === 'shown');
        const allowed = link === 'policy' ? open.includes(id) : link !== 'deny';
        expect(shown.length, `${id} ${url}`).to.equal(allowed ? 1 : 0);
        if (allowed) expect(shown[0]!.getAttribute('href'), id).to.equal(new URL(url).href);
      }
    });

    it('has the listed images alone loaded by themselves', () => {
      for (const { id, url, image } of entries) {
        const loaded: string[] = [];
        render(`![shown](<${escaped(url)}>)`, {
          address: (_element, address) => {
            if (isListed('https://img.safe.example/', new URL(address))) loaded.push(address);
          },
        });
        expect(loaded.length, `${id} ${url}`).to.equal(image === 'allow' ? 1 : 0);
      }
    });
  });
});
