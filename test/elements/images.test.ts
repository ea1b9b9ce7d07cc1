import '../../src/index.js';

import { html } from 'lit';
import { ContextProvider } from '@lit/context';
import { renderingContext } from '../../src/controllers/contexts.js';
import { plainRendering } from '../../src/controllers/rendering.js';
import type { Rendering } from '../../src/controllers/rendering.js';
import type { ChatStreamMarkdownElement } from '../../src/elements/markdown.js';
import {
  allowFaults,
  axe,
  expect,
  expectFault,
  fixture,
  onCleanup,
  play,
  press,
  until,
} from '../support/index.js';
import type { Play } from '../support/index.js';

interface Shown {
  readonly element: ChatStreamMarkdownElement;
  readonly root: HTMLElement;
}

async function shown(text: string, rendering: Partial<Rendering> = {}): Promise<Shown> {
  const box = await fixture(html`<div></div>`);
  new ContextProvider(box, { context: renderingContext, initialValue: { ...plainRendering, ...rendering } });
  const element = document.createElement('chat-stream-markdown');
  Object.assign(element, { text, complete: true });
  box.append(element);
  await until(() => element.shadowRoot?.querySelector('[part=text] *'));
  return { element, root: element.shadowRoot!.querySelector<HTMLElement>('[part=text]')! };
}

const offers = async ({ root }: Shown, count = 1): Promise<HTMLButtonElement[]> => {
  await until(() => root.querySelectorAll('.image button').length >= count, 'no image is offered');
  return [...root.querySelectorAll<HTMLButtonElement>('.image button')];
};
const text = (node: Element): string => node.textContent.replace(/\s+/g, ' ').trim();

describe('the images of an answer', () => {
  it('are offered with their text and their host, and not loaded', async () => {
    const view = await shown(
      `a ![A *chart*](https://i.example/c.png?d=SECRET "T") ![](${location.origin}/logout) b`,
    );
    const [chart, own] = (await offers(view, 2)) as [HTMLButtonElement, HTMLButtonElement];
    expect(text(chart)).to.equal('A chart i.example');
    expect(chart.ariaLabel).to.equal('Load image: A chart i.example');
    expect(chart.title).to.equal('https://i.example/c.png?d=SECRET');
    expect(text(own)).to.equal(`Image ${location.host}`);
    expect(view.root.querySelector('img, [src]')).to.equal(null);
    await axe(view.element);
  });

  it('stay text without an address of the web', async () => {
    const view = await shown(
      '![a](data:image/png;base64,AAAA) ![b](blob:https://x.example/1) ![c](/logout) ![d](mailto:a@b.example) ![e](//x.example/p) ![f](https://u@x.example/p) ![g](https://i.example/)',
    );
    expect((await offers(view)).length).to.equal(1);
    expect(text(view.root)).to.match(/^a b c d e f g i\.example$/);
  });

  it('end in words and their address where they cannot be loaded, and the focus stays', async () => {
    const blocked = expectFault('csp', 'img-src');
    const view = await shown('![A chart](https://i.example/c.png)');
    const [offer] = await offers(view);
    offer!.focus();
    await press('Enter');
    await blocked;
    const failed = await until(() => view.root.querySelector<HTMLElement>('.failed'), 'no failure is told');
    expect(text(failed)).to.equal('A chart · This image could not be loaded: https://i.example/c.png');
    const link = failed.querySelector('a')!;
    expect([link.href, link.target, link.rel]).to.deep.equal([
      'https://i.example/c.png',
      '_blank',
      'noopener noreferrer nofollow ugc',
    ]);
    await until(() => (view.root.getRootNode() as ShadowRoot).activeElement === failed, 'the focus is lost');
    await axe(view.element);
  });

  it('are asked for by themselves from a listed origin, and no other', async () => {
    const asked: string[] = [];
    allowFaults('csp', 'img-src');
    const note = ({ blockedURI }: SecurityPolicyViolationEvent) =>
      void asked.push(new URL(blockedURI).origin);
    document.addEventListener('securitypolicyviolation', note);
    onCleanup(() => document.removeEventListener('securitypolicyviolation', note));
    const view = await shown(
      '![a](https://a.example/x/p) ![b](https://b.example/p) ![c](https://a.example/y)',
      {
        imageOrigins: 'https://a.example/x',
      },
    );
    await until(() => view.root.querySelector('.failed'));
    await offers(view, 2);
    expect([...new Set(asked)]).to.deep.equal(['https://a.example']);
  });

  it('in a link are loaded by their button, which does not follow the link', async () => {
    allowFaults('csp', 'img-src');
    const view = await shown('[![logo](https://i.example/l.png)](https://a.example)');
    const [offer] = await offers(view);
    const followed: string[] = [];
    view.element.addEventListener('chat-link-click', (event) => {
      followed.push(event.href);
      event.preventDefault();
    });
    offer!.click();
    const failed = await until(() => view.root.querySelector<HTMLElement>('.failed'));
    expect(followed).to.deep.equal([]);
    // Links do not nest.
    expect(failed.querySelector('a')).to.equal(null);
    expect(view.root.querySelector('a')!.href).to.equal('https://a.example/');
  });

  it('exist only once their Markdown is complete, and are offered once', async () => {
    const view = await shown('a');
    const { element } = view;
    element.complete = false;
    for (const character of ' ![alt](https://i.example/p.png) b\n\nc') {
      element.text += character;
      await element.updateComplete;
      if (!element.text.includes(')')) expect(view.root.querySelector('.image > button')).to.equal(null);
    }
    const [offer] = await offers(view);
    element.text += ' more **text**';
    element.complete = true;
    await until(() => view.root.textContent.includes('more text'));
    expect(view.root.querySelector('.image button')).to.equal(offer);
  });

  it('have words that can be changed', async () => {
    const box = await fixture(
      html`<chat-stream-provider
        .strings=${{ images: { load: (alt: string, host: string) => `Bild laden: ${alt} ${host}` } }}
        ><chat-stream-markdown text="![a](https://i.example/p)" complete></chat-stream-markdown
      ></chat-stream-provider>`,
    );
    const element = box.querySelector('chat-stream-markdown') ?? box;
    const button = await until(() => element.shadowRoot?.querySelector('.image button'));
    expect(button.ariaLabel).to.equal('Bild laden: a i.example');
  });
});

describe('an image that is asked for', () => {
  // What a page may say about images, the tests' own does not.
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html";
  const page =
    '<!doctype html><html lang="en"><title>Page</title><script type="module" src="/test/elements/images-frame.ts"></script></html>';
  const pixel =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

  const served = (type: string, body: object, more: Record<string, string> = {}): Promise<Play> =>
    play({ answers: [{ headers: { 'content-type': type, ...more }, steps: [body as { write: string }] }] });

  it('comes without a trace of the page, on a click and not before', async () => {
    const image = await served('image/png', { base64: pixel });
    const address = new URL(image.url, location.href).href;
    const { url } = await served('text/html', { write: page }, { 'content-security-policy': policy });
    const frame = document.createElement('iframe');
    frame.src = url;
    document.body.append(frame);
    onCleanup(() => frame.remove());
    const view = await until(
      () => frame.contentWindow!.document.querySelector('chat-stream-markdown')?.shadowRoot,
      'no page',
    );
    const element = view.host as ChatStreamMarkdownElement;
    element.text = `![A pixel](${address}) and ![again](${address}/2)`;
    element.complete = true;
    const offer = await until(() => view.querySelector<HTMLElement>('.image button'));
    expect((await image.requests()).length).to.equal(0);
    offer.click();
    const [request] = await image.requests(1);
    expect(request!.headers['referer']).to.equal(undefined);
    const shownImage = await until(
      () => view.querySelector<HTMLImageElement>('img:not(.loading)'),
      'not loaded',
    );
    expect([
      shownImage.alt,
      shownImage.referrerPolicy,
      shownImage.loading,
      shownImage.crossOrigin,
    ]).to.deep.equal(['A pixel', 'no-referrer', 'lazy', null]);
    // The other one was not asked for.
    expect(view.querySelectorAll('.image button').length).to.equal(1);
    expect((await image.requests()).length).to.equal(1);
  });
});
