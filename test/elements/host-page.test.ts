import type { ChatStreamElement } from '../../src/elements/chat-stream.js';
import { expect, expectFault, fixture, frame, play, until } from '../support/index.js';
import type { Play } from '../support/index.js';
import { html } from 'lit';
import { answer, done, gate, is, list, log, messages, shows, whole, widget, words } from './helpers.js';
import type { Widget } from './helpers.js';

type Page = Window & typeof globalThis;
type Moving = Element & { moveBefore?(node: Node, before: Node | null): void };

/** What the documents promise: everything works under this, and nothing is reported. */
const strict = [
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'none'",
  "require-trusted-types-for 'script'; trusted-types chat-stream",
].join('; ');

/** Asked, and "One" is there to read. */
async function streaming(): Promise<{ element: Widget; ends: string[] }> {
  const element = await widget(answer(words('One '), gate('more'), words('two.'), done));
  const ends: string[] = [];
  element.addEventListener('chat-run-ended', ({ outcome }) => ends.push(outcome));
  void element.send('Go');
  await until(() => shows(log(element), 'One'));
  return { element, ends };
}

async function endsWell({ element, ends }: { element: Widget; ends: string[] }): Promise<void> {
  await element.server.release('more');
  await is(element, 'complete');
  await until(() => shows(log(element), 'One two.'));
  expect(ends).to.deep.equal(['complete']);
  expect(await element.server.requests()).to.have.length(1);
}

/** A page of its own under a policy of its own, as a site would have it. */
async function pageWith(
  scripts: readonly string[],
  policy: string,
  server: Play,
): Promise<{ page: Page; element: ChatStreamElement; frame: HTMLIFrameElement }> {
  const tags = scripts.map((src) => `<script type="module" src="${src}"></script>`).join('');
  const source = `<!doctype html><html lang="en"><head><title>A site</title>
    <script src="/test/support/frame-faults.js"></script>${tags}</head>
    <body><chat-stream endpoint="${server.url}"></chat-stream></body></html>`;
  const headers = { 'content-type': 'text/html', 'content-security-policy': policy };
  const { url } = await play({ answers: [{ headers, steps: [{ write: source }] }] });
  const element = await frame(url);
  const page = element.contentWindow as Page;
  await until(() => page.customElements.get('chat-stream-messages'), 'the list is defined');
  return { page, element: page.document.querySelector('chat-stream')!, frame: element };
}

describe('a page that does what it likes', () => {
  it('moves the element whole, by moveBefore, in mid-stream', async () => {
    const run = await streaming();
    const elsewhere: Moving = await fixture(html`<div></div>`);
    // Not in every engine yet.
    if (elsewhere.moveBefore) elsewhere.moveBefore(run.element, null);
    else elsewhere.append(run.element);
    await endsWell(run);
  });

  it('moves it a hundred times in one task, and renders it again and again', async () => {
    const run = await streaming();
    const elsewhere = await fixture(html`<div></div>`);
    for (let times = 0; times < 100; times++) {
      elsewhere.append(run.element);
      run.element.label = `Label ${times}`;
      run.element.requestUpdate();
    }
    await endsWell(run);
    expect(shows(run.element, 'Label 99')).to.equal(true);
    expect(messages(run.element)).to.have.length(2);
  });

  it('is hidden, frozen, kept for later, shown again and printed, in mid-stream', async () => {
    const run = await streaming();
    const persisted = { persisted: true };
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    window.dispatchEvent(new PageTransitionEvent('pagehide', persisted));
    document.dispatchEvent(new Event('freeze'));
    document.dispatchEvent(new Event('resume'));
    window.dispatchEvent(new PageTransitionEvent('pageshow', persisted));
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    window.dispatchEvent(new Event('beforeprint'));
    window.dispatchEvent(new Event('afterprint'));
    expect(run.element.status).to.equal('streaming');
    await endsWell(run);
  });

  it('takes the list out of the widget and puts it back, in mid-stream', async () => {
    const run = await streaming();
    const inner = list(run.element);
    const parent = inner.parentElement!;
    const next = inner.nextSibling;
    inner.remove();
    await run.element.server.release('more');
    await is(run.element, 'complete');
    parent.insertBefore(inner, next);
    await endsWell(run);
  });

  it('centres its words, spells them in capitals, and lets none of them be selected', async () => {
    const element = await widget(whole('Words to read.'));
    const { style } = element.parentElement!;
    for (const [name, value] of Object.entries({
      'text-align': 'center',
      'text-transform': 'uppercase',
      'text-indent': '40px',
      'user-select': 'none',
      '-webkit-user-select': 'none',
      'white-space': 'nowrap',
    }))
      style.setProperty(name, value);
    await element.send('Why?');
    await until(() => shows(log(element), 'Words to read.'));
    const text = messages(element).at(-1)!.shadowRoot!.querySelector('chat-stream-markdown')!;
    const words = text.shadowRoot!.querySelector('p')!;
    expect(words.innerText).to.equal('Words to read.');
    const range = document.createRange();
    range.selectNodeContents(words);
    expect(range.getBoundingClientRect().left).to.be.closeTo(words.getBoundingClientRect().left, 1);
    const selection = getSelection()!;
    selection.selectAllChildren(words);
    expect(String(selection).trim()).to.equal('Words to read.');
  });

  it('goes away with its frame in mid-stream, and the backend is left', async () => {
    const server = await play({ answers: [answer(words('One '), gate('never'))] });
    const { element, frame: box } = await pageWith(
      ['/src/chat-stream.ts'],
      strict.replace('chat-stream', 'lit-html'),
      server,
    );
    void element.send('Go');
    await until(() => element.status === 'streaming');
    box.remove();
    expect((await server.closed()).closed?.by).to.equal('client');
    expect(await server.requests()).to.have.length(1);
  });
});

// Needs the built files: npm test builds them.
const built = (await fetch('/dist/chat-stream.single.js', { method: 'HEAD' })).ok;

(built ? describe : describe.skip)('a site under the strict policy (from dist: npm run build)', () => {
  const everything = [
    '# Head\n\nWords, **bold**, `code`, [a link](https://elsewhere.example/), https://elsewhere.example/bare\n\n',
    '```js\nconst answer = 42; // the answer\n```\n\n$$\n\\frac{1}{2}\n$$\n\n| a | b |\n| - | -: |\n| 1 | 2 |\n\n',
    '```csv\nname,size\none,1\n```\n\n![A picture](https://elsewhere.example/beacon.png) ![Ours](/logout)\n\n',
    '<img src="https://elsewhere.example/x.png" style="color: red" onerror="alert(1)"><b>Bold</b>\n\n',
    '- [x] done[^1]\n\n[^1]: A note.\n\nThe end.',
  ];

  for (const script of ['/dist/chat-stream.js', '/dist/chat-stream.single.js']) {
    // The frame's faults are this test's: a breach of its policy, or an error, fails it.
    it(`a session with ${script}`, async () => {
      const server = await play({
        answers: [
          answer(...everything.flatMap((text) => (text.match(/[^]{1,9}/g) ?? []).map(words)), done),
          answer(words('Again '), gate('never')),
          {
            status: 400,
            headers: { 'content-type': 'application/json' },
            steps: [{ write: '{"error":"No"}' }],
          },
        ],
      });
      const { page, element } = await pageWith([script], strict, server);
      await element.send('Everything');
      expect(element.status).to.equal('complete');
      const deep = (css: string): Element[] => within(page.document, css);
      await until(
        () => deep('math').length && deep('table').length && deep('td').length,
        'everything is drawn',
      );
      await until(() => deep('code').some((code) => code.textContent.includes('const answer')));
      expect(deep('img')).to.have.length(0);
      expect(deep('[style]')).to.have.length(0);
      void element.regenerate();
      await until(() => element.status === 'streaming');
      deep('chat-stream-composer')[0]!.shadowRoot!.querySelector('button')!.click();
      await until(() => element.status === 'stopped');
      await element.send('Fail');
      expect(element.status).to.equal('error');
      await until(() => deep('[part=notice]').length, 'the failure is shown');
      expect(await server.requests()).to.have.length(3);
    });
  }

  it('notices what breaks that policy', async () => {
    const server = await play({ answers: [answer(done)] });
    const { page } = await pageWith(['/dist/chat-stream.js'], strict, server);
    const fault = expectFault('csp', /style-src/);
    page.document.body.setAttribute('style', 'color: red');
    await fault;
  });

  it('every copy that is loaded leaves the page to the first', async () => {
    const server = await play({ answers: [answer(words('Once.'), done)] });
    const scripts = [
      ...['/dist/chat-stream.js', '/dist/chat-stream.single.js', '/dist/chat-stream.single.js?version=2'],
      ...['/src/index.ts', '/src/chat-stream.ts'],
    ];
    // The sources bring a Lit of their own, as an app does.
    const { page, element } = await pageWith(
      scripts,
      strict.replace('chat-stream', 'chat-stream lit-html'),
      server,
    );
    await element.send('Go');
    await until(() =>
      within(page.document, 'chat-stream-markdown').some(({ shadowRoot }) =>
        shadowRoot?.textContent.includes('Once.'),
      ),
    );
    expect(await server.requests()).to.have.length(1);
  });
});

/** The elements that fit, in all shadow trees too. */
function within(root: Document | ShadowRoot, css: string): Element[] {
  const inner = [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
    shadowRoot ? within(shadowRoot, css) : [],
  );
  return [...root.querySelectorAll(css), ...inner];
}
