import '../../src/index.js';

import * as fc from 'fast-check';
import { html } from 'lit';
import { ContextProvider } from '@lit/context';
import { renderingContext } from '../../src/controllers/contexts.js';
import { plainRendering } from '../../src/controllers/rendering.js';
import type { Rendering } from '../../src/controllers/rendering.js';
import { isMisleading } from '../../src/elements/links.js';
import { isListed } from '../../src/elements/origins.js';
import type { ChatStreamMarkdownElement } from '../../src/elements/markdown.js';
import type { ChatStreamMessageElement } from '../../src/elements/message.js';
import type { SourcePart } from '../../src/model/thread.js';
import { expect, fixture, until } from '../support/index.js';
import { tries } from '../support/seed.js';

async function shown(text: string, rendering: Partial<Rendering> = {}): Promise<HTMLElement> {
  const box = await fixture(html`<div></div>`);
  new ContextProvider(box, { context: renderingContext, initialValue: { ...plainRendering, ...rendering } });
  const element = document.createElement('chat-stream-markdown');
  Object.assign(element, { text, complete: true });
  box.append(element);
  await until(() => element.shadowRoot?.querySelector('[part=text] *'));
  return element.shadowRoot!.querySelector<HTMLElement>('[part=text]')!;
}

const reads = async (text: string, rendering?: Partial<Rendering>): Promise<string> =>
  (await shown(text, rendering)).textContent;

describe('the links of an answer', () => {
  const misleading: Record<string, [text: string, host: string]> = {
    'another host': ['[https://bank.example/login](https://attacker.example/login)', 'attacker.example'],
    'a host that is a part of it': [
      '[https://safe.example](https://safe.example.attacker.example/)',
      'safe.example.attacker.example',
    ],
    'a host without a scheme': ['[Go to bank.example now](https://attacker.example)', 'attacker.example'],
    'a host in bold': ['[**bank**.example](https://attacker.example)', 'attacker.example'],
    'a host in other letters': ['[ｂａｎｋ。example](https://attacker.example)', 'attacker.example'],
    'a host with something invisible in it': [
      '[ba\u200bnk.example](https://attacker.example)',
      'attacker.example',
    ],
    'a user name': ['[https://bank.example@attacker.example](https://attacker.example)', 'attacker.example'],
    'a name without a dot': ['[http://localhost/](https://attacker.example)', 'attacker.example'],
    'the address of a computer': ['[10.0.0.1](https://attacker.example)', 'attacker.example'],
    'text that is turned around': [
      '[\u202eelpmaxe.knab//:sptth](https://attacker.example/)',
      'attacker.example',
    ],
    'a mail address': ['[me@bank.example](https://attacker.example)', 'attacker.example'],
    'another mail address': ['[me@bank.example](mailto:x@attacker.example)', 'x@attacker.example'],
    'another number': ['[+1 800 123 456](tel:+999666)', '+999666'],
    nothing: ['[ ](https://attacker.example)', 'attacker.example'],
    'a look-alike': ['[Pay](https://b\u0430nk.example/)', 'xn--bnk-6cd.example'],
    'an address that looks like another': ['<https://b\u0430nk.example/>', 'xn--bnk-6cd.example'],
    'an image of another host': [
      '[![logo](https://i.bank.example/l.png)](https://attacker.example)',
      'attacker.example',
    ],
  };
  for (const [name, [text, host]] of Object.entries(misleading)) {
    it(`name their host when they show ${name}`, async () => {
      const link = (await shown(text)).querySelector('a')!;
      expect(link.querySelector('.host')!.textContent).to.equal(` (${host})`);
      expect(getComputedStyle(link).unicodeBidi).to.equal('isolate');
    });
  }

  it('say nothing more when they are honest', async () => {
    const honest = [
      '[docs](https://safe.example) [safe.example](https://www.safe.example/x) <https://safe.example/x?u=https://b.example>',
      'www.safe.example/README.md [Node.js](https://nodejs.example) [src/a.b.rs](https://safe.example/src/a.b.rs) me@a.example',
      '[SAFE.EXAMPLE](https://safe.example) [v1.2.3](https://safe.example) [mail](mailto:a@b.example) [0800 123](tel:+44800123)',
      '[me@a.example](mailto:me@a.example?subject=x)',
    ];
    for (const text of honest) expect((await shown(text)).querySelector('.host'), text).to.equal(null);
  });

  it('are checked without a page as well', () => {
    expect(isMisleading('bank.example.', new URL('https://bank.example'))).to.equal(false);
    expect(isMisleading('bank.example', new URL('https://bank.example.attacker.example'))).to.equal(true);
  });

  it('are judged the same where a look at plain words is enough', () => {
    const addresses = [
      'https://safe.example/a',
      'http://xn--bnk-6cd.example',
      'mailto:a@b.example',
      'tel:+44123',
    ];
    const pieces = [' ', ...'- . , / : @ ( ! ~ // www. safe example 44123 10.0.0.1 e\u0301 \t'.split(' ')];
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((all) => all.join(''));
    fc.assert(
      fc.property(texts, fc.constantFrom(...addresses), (text, address) => {
        const url = new URL(address);
        // What is invisible is taken out before the text is judged, but with it these are no plain words.
        expect(isMisleading(text, url)).to.equal(isMisleading(`${text}\u200b`, url));
      }),
      tries(2000),
    );
  });

  it('lead only where the page allows it, if it says so', async () => {
    const text =
      '[a](https://a.example/x) [b](https://b.example "T") [c](mailto:c@c.example) https://b.example/y [d](https://a.example/z)';
    const root = await shown(text, { linkOrigins: 'https://a.example/x self' });
    expect([...root.querySelectorAll<HTMLAnchorElement>('a[href]')].map(({ href }) => href)).to.deep.equal([
      'https://a.example/x',
    ]);
    expect(root.querySelector('[title], a:not([href])[target]')).to.equal(null);
    expect(root.textContent).to.equal('a b (b.example) c (c@c.example) https://b.example/y d (a.example)');
    expect(await reads('[c](mailto:c@c.example)', { linkOrigins: 'mailto:' })).to.equal('c');
    expect(await reads('[a](https://a.example)', { linkOrigins: '' })).to.equal('a (a.example)');
  });

  it('can be kept by the page', async () => {
    const root = await shown('[a](https://a.example)');
    const asked: string[] = [];
    const host = (root.getRootNode() as ShadowRoot).host as ChatStreamMarkdownElement;
    host.addEventListener('chat-link-click', (event) => {
      asked.push(event.href);
      event.preventDefault();
    });
    root.querySelector('a')!.click();
    expect(asked).to.deep.equal(['https://a.example/']);
  });
});

describe('a list of origins', () => {
  const cases: [list: string, url: string, listed: boolean][] = [
    ['https://a.example', 'https://a.example/x', true],
    ['https://a.example', 'https://a.example:444/x', false],
    ['https://a.example', 'http://a.example/x', false],
    ['https://a.example', 'https://a.example.b.example/x', false],
    ['https://a.example', 'https://sub.a.example/', false],
    ['https://a.example/img/', 'https://a.example/img/x.png', true],
    ['https://a.example/img', 'https://a.example/img/x.png', true],
    ['https://a.example/img', 'https://a.example/images/x.png', false],
    ['https://a.example/img', 'https://a.example/img/../x.png', false],
    ['https://a.example/img', 'https://a.example/img/..%2fx.png', false],
    ['https://a.example/img', 'https://a.example/img/%2e%2e%5cx.png', false],
    [' https://b.example\n https://a.example ', 'https://a.example/', true],
    ['self', `${location.origin}/x`, true],
    ['self', 'https://a.example/', false],
    ['', `${location.origin}/x`, false],
    ['* https: a.example null', 'https://a.example/', false],
    ['tel:', 'tel:+1', true],
    ['https:', 'https://a.example/', false],
    ['data:', 'data:image/png;base64,', false],
  ];
  for (const [list, url, listed] of cases)
    it(`${JSON.stringify(list)} ${listed ? 'has' : 'does not have'} ${url}`, () =>
      expect(isListed(list, new URL(url))).to.equal(listed));
});

describe('the sources of an answer', () => {
  const source = (id: string, rest: Partial<SourcePart>): SourcePart => ({
    type: 'source',
    id,
    done: true,
    ...rest,
  });
  it('are named for what they are', async () => {
    const parts = [
      source('a', { url: 'https://a.example/x', title: 'Guide' }),
      source('b', { url: 'https://attacker.example/', title: 'bank.example' }),
      source('c', { url: 'https://user@attacker.example/', title: 'Trap' }),
      source('d', { url: 'javascript:alert(1)', title: 'Hid\u{e0041}den' }),
      source('e', { url: 'https://attacker.example/\u202egnp', title: '' }),
    ];
    const message = { id: 'm', role: 'assistant', status: 'complete', createdAt: 0, metadata: {}, parts };
    const element = await fixture<ChatStreamMessageElement>(
      html`<chat-stream-message .message=${message}></chat-stream-message>`,
    );
    const pills = [...element.shadowRoot!.querySelectorAll('[part=source]')];
    expect(pills.map((pill) => pill.textContent.trim().replace(/\s+/g, ' '))).to.deep.equal([
      '1 · Guide',
      '2 · bank.example (attacker.example)',
      '3 · Trap',
      '4 · Hid\ufffdden',
      '5 · https://attacker.example/\u202egnp',
    ]);
    expect(pills.map((pill) => pill.getAttribute('href'))).to.deep.equal([
      'https://a.example/x',
      'https://attacker.example/',
      null,
      null,
      null,
    ]);
  });
});
