import { expect } from 'chai';

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

  it('shows what it refuses as text', () => {
    expect(inline('a [*b*](javascript:c) d')).to.equal('a <em>b</> d');
    expect(inline('<javascript:c>')).to.equal('<javascript:c>');
    expect(inline('[1] and [x] y')).to.equal('[1] and [x] y');
  });

  describeWithFixtures('by the list of destinations', () => {
    interface Entry {
      id: string;
      url: string;
      link: 'allow' | 'allow-normalised' | 'deny' | 'policy';
    }
    it('allows and denies as it says', async () => {
      const { links: entries } = await fixtureJson<{ links: Entry[] }>('hostile/links.json');
      for (const { id, url, link } of entries) {
        if (link === 'policy') continue;
        const escaped = url.replace(/[\\<>&*_`~[\]]/g, '\\$&');
        const made = [...render(`[shown](<${escaped}>)`).querySelectorAll('a')];
        const shown = made.filter(({ textContent }) => textContent === 'shown');
        expect(shown.length, `${id} ${url}`).to.equal(link === 'deny' ? 0 : 1);
      }
    });
  });
});
