import '../../src/index.js';

import { expect } from 'chai';

import { MarkdownWriter, visible } from '../../src/markdown/index.js';
import type { ChatStreamMarkdownElement } from '../../src/elements/markdown.js';
import { describeWithFixtures, fixtureJson, onCleanup, slowness, until } from '../support/index.js';
import { render } from './render.js';

const hidden = /(?!\n)[\p{Cc}\p{DI}\ufff9-\ufffc\u2800]|[^\S \n\u3000]/u;
const code = (text: string): Element => render(`\`\`\`\n${text}\n\`\`\``).querySelector('code')!;
/** What a reader sees in code: numbers in the place of marks. */
const seen = (element: Element): string =>
  [...element.childNodes]
    .map((node) =>
      node instanceof Text ? node.data : ((node as HTMLElement).dataset['code'] ?? seen(node as Element)),
    )
    .join('');

describe('hidden characters in markdown', () => {
  it('show their number in code, and are copied', () => {
    const text = 'ls\u00a0-la\u200b "\u202eadmin\u2066"';
    expect(seen(code(text))).to.equal('lsU+00A0-laU+200B "U+202EadminU+2066"\n');
    expect(code(text).textContent).to.equal(`${text}\n`);
    expect(seen(render(`\`${text}\``).querySelector('code')!)).to.equal(
      'lsU+00A0-laU+200B "U+202EadminU+2066"',
    );
  });

  it('are no marks in code where a language or an emoji needs them', () => {
    const text = '"⚠️ 👩‍💻 1️⃣ می‌خواهم 葛󠄀 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"';
    expect(seen(code(text))).to.equal(`${text}\n`);
    expect(code(text).querySelector('.hidden')).to.equal(null);
  });

  it('are the same in code however that is cut', () => {
    const text = '```\nمی‌خواهم 👩‍💻+ क्‍ष a\u200db \u200bc\n```';
    const whole = render(text);
    expect(whole.textContent).to.equal(`${text.slice(4, -4)}\n`);
    for (let size = 1; size < 8; size++)
      for (let first = 0; first < size; first++) {
        const pieces = [text.slice(0, first), ...text.slice(first).match(new RegExp(`[^]{1,${size}}`, 'g'))!];
        expect(seen(render(pieces)), `${size} ${first}`).to.equal(seen(whole));
        expect(render(pieces).isEqualNode(whole)).to.equal(true);
      }
  });

  const texts: Record<string, [text: string, shown: string]> = {
    'words in tags': ['a\u{e0068}\u{e0069}b', 'a\ufffd\ufffdb'],
    'words in selectors': ['😀\u{e0143}\u{e0144} a\ufe01', '😀\ufffd\ufffd a\ufffd'],
    'more than one in a row': ['a\u200b\u200c\u200db', 'a\u200b\ufffd\ufffdb'],
    'controls of a terminal': ['\u001bcred\u0007 \u009b', '␛cred␇ \ufffd'],
    'escaped ones': ['a&#xE0041;b&#27;', 'a\ufffdb␛'],
  };
  for (const [name, [text, shown]] of Object.entries(texts)) {
    it(`are seen: ${name}`, () => {
      expect(render(text).textContent).to.equal(shown);
      expect(render(text.split('')).textContent).to.equal(shown);
      expect(render(`[${text}](https://a.example)`).textContent).to.equal(shown);
      expect(render(`![${text}](https://a.example)`).textContent).to.equal(`${shown} a.example`);
    });
  }

  it('stay where they are needed', () => {
    for (const text of [
      'می‌خواهم',
      '**کتاب**‌ها',
      'क्‍ष',
      'a\u00adb',
      'ไทย\u200bไทย',
      '‏שלום‏',
      'می&zwnj;خواهم',
    ])
      expect(visible(text), text).to.equal(text);
    expect(render('**کتاب**‌ها').textContent).to.equal('کتاب‌ها');
    expect(render('می&#8204;خواهم').textContent).to.equal('می‌خواهم');
  });

  it('hide no address', () => {
    for (const bad of ['\u202e', '\u200b', '\u{e0041}', '\u0007', '\u200b\u200b', '\ufe01'])
      expect(render(`[a](https://a.example/${bad}b)`).querySelector('a'), bad).to.equal(null);
  });
});

describeWithFixtures('the collection of misleading text', () => {
  interface Case {
    id: string;
    category: string;
    must: string[];
    note: string;
    input?: string;
    gen?: { prefix: string; unit: string; times: number; suffix: string };
  }
  const textOf = ({ input, gen }: Case): string =>
    input ?? gen!.prefix + gen!.unit.repeat(gen!.times) + gen!.suffix;

  /** What is read whatever the syntax around it: no white space, marks of Markdown, addresses, hidden or replaced characters. */
  const read = (text: string): string =>
    text
      .replace(/\]\([^)]*\)/g, '')
      .replace(/^\d\.|[\s#>|`*_~[\]\-.()]|\p{Cc}|[\p{DI}\ufff9-\ufffc\u2800\ufffd\u2400-\u241f]/gmu, '');

  interface Shown {
    one: Case;
    text: string;
    root: HTMLElement;
    host: ChatStreamMarkdownElement;
    next: HTMLElement;
  }
  const rules: Record<string, (shown: Shown) => void | Promise<void>> = {
    'no-bleed'({ root, next }) {
      for (const block of root.querySelectorAll('p, li, h1, pre'))
        expect(getComputedStyle(block).unicodeBidi).to.match(/isolate|plaintext/);
      const range = document.createRange();
      range.setStart(next.firstChild!, 0);
      range.setEnd(next.firstChild!, 1);
      const [first, all] = [range.getBoundingClientRect(), next.getBoundingClientRect()];
      // Its first letter stands at its start.
      expect(first.left - all.left).to.be.lessThan(2);
    },
    'reveal-in-code'({ text }) {
      const block = code(text.replaceAll('```', ''));
      const inline = render(`\`${text.replaceAll(/`|\n/g, '')}\``).querySelector('code')!;
      for (const element of [block, inline]) {
        const plain = [...element.childNodes].filter((node) => !(node as Element).matches?.('.hidden'));
        const rest = plain
          .map(
            (node) =>
              [...node.childNodes]
                .filter((one) => one instanceof Text || !(one as Element).matches('.hidden'))
                .map((one) => one.textContent)
                .join('') || (node instanceof Text ? node.data : ''),
          )
          .join('');
        expect(rest).not.to.match(hidden);
        expect(seen(element)).to.match(/U\+[\dA-F]{4}|\ufffd|[\u2400-\u241f]/);
      }
    },
    'copy-raw'({ text, root }) {
      const raw = text.split('\n').slice(1, -1).join('\n');
      expect(root.querySelector('code')!.textContent).to.equal(`${raw}\n`);
    },
    preserve({ text, root, one }) {
      const shown = root.textContent;
      if (one.category === 'direction') expect(read(shown)).to.equal(read(text));
      else expect(shown).to.equal(text);
    },
    'preserve-rest'({ text, root }) {
      expect(read(root.textContent)).to.equal(read(text));
    },
    'strip-or-reveal'({ root }) {
      const left = root.textContent.match(/[\u200b-\u200d\u{e0000}-\u{e0fff}]/gu) ?? [];
      expect(left.length).to.be.lessThan(2);
      expect(root.textContent).to.include('\ufffd');
    },
    'strip-on-send'({ text }) {
      expect(visible(text)).not.to.match(/[\u{e0000}-\u{e0fff}]/u);
    },
    'no-split-grapheme'({ text }) {
      const root = document.createElement('div');
      const writer = new MarkdownWriter(root);
      for (const unit of text.split('')) {
        writer.write(unit);
        expect(root.textContent).not.to.match(/\p{Cs}/u);
      }
    },
    clip({ root }) {
      const { overflowY, paddingBottom, lineHeight } = getComputedStyle(root);
      expect(overflowY).to.equal('clip');
      expect(parseFloat(paddingBottom)).to.be.lessThan(parseFloat(lineHeight));
    },
    'no-overflow'({ host }) {
      expect(host.scrollWidth).to.be.at.most(host.clientWidth);
    },
    'no-hang'({ text }) {
      const start = performance.now();
      render(text);
      expect(performance.now() - start).to.be.lessThan(1000 * slowness());
    },
    'no-throw': () => {},
    'well-formed'({ root }) {
      expect(root.textContent.length).to.be.greaterThan(0);
      expect(() =>
        encodeURIComponent(visible(root.textContent).replace(/\p{Cs}/gu, '\ufffd')),
      ).not.to.throw();
    },
    'no-control-effect'({ root }) {
      expect(root.textContent).not.to.match(/(?![\n\t])\p{Cc}/u);
    },
    async 'empty-is-not-blank'({ root }) {
      await until(() => /[^\s\p{DI}]/u.test(root.textContent), 'nothing is seen');
    },
    'no-attach'({ root }) {
      expect(root.querySelector('p')!.firstChild).to.be.instanceOf(Text);
    },
    'bounded-height'({ host }) {
      expect(host.offsetHeight).to.be.lessThan(200);
    },
    'link-host-true'({ root }) {
      for (const link of root.querySelectorAll('a')) {
        const [, shown] = /^https?:\/\/([^/\s]+)/.exec(link.textContent) ?? [];
        if (shown !== new URL(link.href).host)
          expect(link.querySelector('.host')!.textContent).to.equal(` (${new URL(link.href).host})`);
      }
    },
    'dir-auto-per-block'({ root }) {
      for (const block of root.querySelectorAll<HTMLElement>('.group > :not(.group)'))
        expect(block.dir, block.localName).to.equal('auto');
    },
    'no-role-spoof'({ root }) {
      expect(root.querySelector(':not(.group, p)')).to.equal(null);
    },
  };

  it('is shown as it has to be', async () => {
    const { cases } = await fixtureJson<{ cases: Case[] }>('hostile/unicode.json');
    const box = document.createElement('div');
    box.style.setProperty('inline-size', '320px');
    document.body.append(box);
    onCleanup(() => box.remove());
    const wrong: string[] = [];
    for (const one of cases) {
      const text = textOf(one);
      const host = document.createElement('chat-stream-markdown');
      host.text = text;
      host.complete = true;
      const next = document.createElement('div');
      next.textContent = 'next';
      box.replaceChildren(host, next);
      await host.updateComplete;
      const root = host.shadowRoot!.querySelector<HTMLElement>('[part=text]')!;
      await until(() => root.firstElementChild, one.id);
      for (const must of one.must) {
        try {
          await rules[must]!({ one, text, root, host, next });
        } catch (error) {
          wrong.push(`${one.id} ${must} ${one.note}: ${String(error)}`);
        }
      }
      if (text.length <= 1000)
        expect(render(text.split('')).isEqualNode(render(text)), `${one.id} in pieces`).to.equal(true);
    }
    expect(wrong.join('\n')).to.equal('');
  });
});
