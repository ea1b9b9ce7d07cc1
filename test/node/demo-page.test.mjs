import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { misbehaviourGroups, misbehaviours } from '../../build/demo/options.js';
import { presetGroups, presets } from '../../build/demo/presets.js';
import { startDemoServer } from '../../build/demo-server.js';
import { openChromium } from '../demo/browser.mjs';
import { WIRE } from '../demo/wire.mjs';

/* The demo as `npm start` serves it: the built widget, its strict policy, the project's own documentation. */
const browser = await openChromium();
const skip = browser ? false : 'no Chromium on this machine';

/** One of every kind of wire; that the client reads all of them is tested without a browser. */
const inBrowser = [
  'general',
  'chatkit',
  'theo',
  'text',
  'openai-responses',
  'ollama',
  'chatkit-python',
  'ai-sdk',
];

// Side by side: most of the time they wait for an answer that comes at a pace.
describe('the demo page', { skip, concurrency: 3 }, () => {
  let server;

  before(async () => (server = await startDemoServer({ port: 0 })));
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /** A page that fails its test on any error, violation of the policy, or request to another place. */
  async function open(t, path) {
    const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
    t.after(() => context.close());
    context.setDefaultTimeout(120_000);
    const page = await context.newPage();
    const faults = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) faults.push(`asked ${request.url()}`);
    });
    await page.goto(new URL(path, server.url).href);
    return { page, faults };
  }

  const status = (page) => page.evaluate(() => document.querySelector('chat-stream')?.status);
  const answered = (page, word) =>
    page.waitForFunction((wanted) => document.querySelector('chat-stream')?.status === wanted, word);

  for (const id of inBrowser) {
    it(`${id}: a person asks and reads a streamed answer with its sources`, async (t) => {
      const { page, faults } = await open(t, `/?backend=${id}&pace=200`);
      await page.getByRole('textbox', { name: 'Message' }).fill('How do I point it at my backend?');
      const lengths = page.evaluate(async () => {
        const { chat } = document.querySelector('chat-stream');
        const seen = new Set();
        chat.messages.subscribe(() =>
          seen.add(
            chat.messages
              .get()
              .at(-1)
              ?.parts.find((part) => part.text)?.text.length,
          ),
        );
        await new Promise((resolve) => chat.observe((fact) => fact.type === 'run-ended' && resolve()));
        return seen.size;
      });
      await page.keyboard.press('Enter');
      await answered(page, 'complete');
      const sizes = await lengths;
      // A ChatKit server of this kind sends whole messages.
      assert.ok(id === 'chatkit' ? sizes >= 1 : sizes > 5, `grew in ${sizes} steps`);
      const answer = page.locator('chat-stream-message').last();
      await answer
        .getByText(/endpoint/)
        .first()
        .waitFor();
      assert.ok(
        (await answer.getByRole('link', { name: /README|protocols/i }).count()) > 0,
        'a source to follow',
      );
      await page.getByText(`Recognised ${WIRE[id].recognised} · `).waitFor();
      assert.deepEqual(faults, []);
    });
  }

  it('shows every preset in its group, what was recognised as it streams, and what it was told', async (t) => {
    const { page, faults } = await open(t, '/?pace=20');
    const groups = await page
      .locator('select[name=backend] optgroup')
      .evaluateAll((list) => list.map(({ label, children }) => [label, children.length]));
    const sizes = presetGroups.map((name) => [name, presets.filter(({ group }) => group === name).length]);
    assert.deepEqual(groups, sizes);
    const report = page.locator('#report');
    assert.match(await report.textContent(), /recognised with the first answer/);
    await page.getByRole('button', { name: 'How do I point it at my backend?' }).click();
    await page.getByText('Recognised events · event stream · ').waitFor();
    assert.equal(await status(page), 'streaming');
    // Another backend is another element: its line begins anew.
    await page.getByLabel('Protocol').selectOption('ollama');
    await page.getByLabel('Speaks like').selectOption('ollama');
    assert.equal(await report.textContent(), '');
    await page.getByRole('button', { name: 'How do I point it at my backend?' }).click();
    await page.getByText('Read as ollama, as told · JSON lines · ').waitFor();
    assert.deepEqual(faults, []);
  });

  it('the faults are in groups, and the page says what is to be seen', async (t) => {
    const { page, faults } = await open(t, '/');
    const groups = await page
      .locator('select[name=misbehave] optgroup')
      .evaluateAll((list) =>
        list.map(({ label, children }) => [label, [...children].map(({ value }) => value)]),
      );
    assert.deepEqual(
      groups,
      Object.entries(misbehaviourGroups).map(([label, members]) => [label, Object.keys(members)]),
    );
    const menu = page.getByLabel('Misbehave');
    for (const [name, [words, shows]] of Object.entries(misbehaviours)) {
      await menu.selectOption({ label: words });
      assert.equal(await page.locator('#shows').textContent(), shows);
      assert.match(
        await page.evaluate(() => document.querySelector('chat-stream').getAttribute('endpoint')),
        new RegExp(`misbehave=${name}$`),
      );
    }
    await menu.selectOption('');
    assert.equal(await page.locator('#shows').isVisible(), false);
    assert.deepEqual(faults, []);
  });

  const ask = async (page) => {
    await page.getByRole('textbox', { name: 'Message' }).fill('How do I point it at my backend?');
    await page.keyboard.press('Enter');
  };
  const answerText = (page) =>
    page.evaluate(() => {
      const { parts } = document.querySelector('chat-stream').chat.messages.get().at(-1);
      return parts.map(({ text = '' }) => text).join('');
    });
  /** The whole text, told once. */
  let whole;
  const wholeText = async (t) => {
    const { page } = await open(t, '/?pace=200');
    await ask(page);
    await answered(page, 'complete');
    return answerText(page);
  };

  const keepsText = ['cut', 'cut-clean', 'no-end-mark', 'error'];
  const showsNone = [
    'refuse',
    'redirect',
    'http-429',
    'http-500',
    'html',
    'json',
    'wrong-type',
    'huge-event',
  ];
  for (const misbehave of [...keepsText, ...showsNone, 'http-401']) {
    it(`${misbehave}: ends in words, never in silence, and keeps what arrived`, async (t) => {
      const { page } = await open(t, `/?misbehave=${misbehave}&pace=200`);
      await ask(page);
      await answered(page, 'error');
      // A second try helps nobody who has to sign in first.
      const way = misbehave === 'http-401' ? page.getByText(/sign in/i) : tryAgain(page);
      await way.first().waitFor();
      whole ??= await wholeText(t);
      const text = await answerText(page);
      assert.ok(whole.startsWith(text), text);
      assert.equal(text !== '', keepsText.includes(misbehave));
    });
  }
  const tryAgain = (page) => page.getByRole('button', { name: 'Try again' });

  const survived = ['cut-resumable', 'cut-often', 'cut-in-character', 'repeat-ids'];
  for (const misbehave of [...survived, 'http-503', 'retry-after', 'open-end']) {
    it(`${misbehave}: ends whole, as if nothing had been`, async (t) => {
      const { page } = await open(t, `/?misbehave=${misbehave}&pace=200`);
      await ask(page);
      await answered(page, 'complete');
      whole ??= await wholeText(t);
      assert.equal(await answerText(page), whole);
    });
  }

  it('Stop ends the answer at the backend too, where it would go on', async (t) => {
    const { page, faults } = await open(t, '/?resume=on&pace=5');
    const begun = page.waitForResponse((response) => new URL(response.url()).pathname === '/api/chat');
    await ask(page);
    const again = (await begun).headers()['content-location'];
    await answered(page, 'streaming');
    const told = page.waitForResponse((response) => response.url().endsWith('/api/stop'));
    await page.getByRole('button', { name: 'Stop answering' }).click();
    assert.equal((await told).status(), 200);
    await answered(page, 'stopped');
    // All that was generated, and then an end: nothing is added any more.
    const rest = await (await fetch(new URL(again, server.url))).text();
    assert.match(rest, /"type":"start"/);
    assert.doesNotMatch(rest, WIRE.general.end);
    assert.deepEqual(faults, []);
  });

  for (const id of ['general', 'theo', 'ai-sdk']) {
    it(`${id}: a reload in the middle of an answer: its text is there at once, goes on and ends whole`, async (t) => {
      const address = `/?backend=${id}&resume=on&history=session`;
      const steady = await open(t, `${address}&pace=200`);
      await ask(steady.page);
      await answered(steady.page, 'complete');
      const expected = await answerText(steady.page);
      const { page, faults } = await open(t, `${address}&pace=100`);
      await ask(page);
      await page.waitForFunction(() => {
        const { parts = [] } = document.querySelector('chat-stream').chat.messages.get().at(-1) ?? {};
        return parts.some(({ text = '' }) => text.length > 60);
      });
      const before = await answerText(page);
      assert.ok(before.length < expected.length, 'still in the middle');
      await page.reload();
      await page.waitForFunction(
        () => document.querySelector('chat-stream')?.chat?.messages.get().length === 2,
      );
      const after = await answerText(page);
      assert.ok(expected.startsWith(after) && after.length > 30, JSON.stringify(after));
      await answered(page, 'complete');
      assert.equal(await answerText(page), expected);
      assert.equal(await page.locator('chat-stream-message').count(), 2);
      assert.deepEqual(faults, []);
    });
  }

  it('a suggestion asks, Stop stops, and what arrived stays', async (t) => {
    const { page, faults } = await open(t, '/?pace=10');
    await page.getByRole('button', { name: 'What happens when the connection breaks?' }).click();
    await answered(page, 'streaming');
    await page.getByRole('button', { name: 'Stop answering' }).click();
    await answered(page, 'stopped');
    await page.getByText('Stopped', { exact: true }).waitFor();
    assert.equal(await status(page), 'stopped');
    assert.deepEqual(faults, []);
  });

  it('the documents are drawn, and lead to each other', async (t) => {
    const { page, faults } = await open(t, '/');
    await page.getByRole('link', { name: 'Read the docs' }).click();
    await page.getByRole('cell', { name: 'where the answer streams from' }).waitFor();
    for (const name of ['docs/theming.md', 'docs/server.md', /^SECURITY.md/]) {
      const href = await page.getByRole('link', { name }).first().getAttribute('href');
      assert.equal((await page.request.get(href)).status(), 200, href);
    }
    await page.goto(new URL('/docs/reliability.md', server.url).href);
    await page.getByRole('cell', { name: 'before-the-stream' }).first().waitFor();
    assert.equal(await page.getByRole('link', { name: 'before-the-stream' }).count(), 0, 'no page, no link');
    assert.deepEqual(faults, []);
  });

  it('the one-file build works alone, and a second script changes nothing', async (t) => {
    const { page, faults } = await open(t, '/demo/single.html');
    const warnings = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    await page.reload();
    await page.waitForFunction(() => customElements.get('chat-stream'));
    await page.getByRole('textbox', { name: 'Message' }).fill('How do I point it at my backend?');
    await page.keyboard.press('Enter');
    await answered(page, 'complete');
    assert.ok(
      warnings.some((text) => text.includes('already on this page')),
      'the second script says so',
    );
    assert.deepEqual(faults, []);
  });
});
