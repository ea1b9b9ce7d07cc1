import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

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

describe('the demo page', { timeout: 120_000, skip }, () => {
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

  it('every way to misbehave ends in words, never in silence', async (t) => {
    for (const misbehave of ['cut', 'cut-clean', 'error', 'http-500', 'http-429', 'html', 'json']) {
      const { page } = await open(t, `/?misbehave=${misbehave}&pace=200`);
      await page.getByRole('textbox', { name: 'Message' }).fill('How do I point it at my backend?');
      await page.keyboard.press('Enter');
      await answered(page, 'error');
      await page.getByRole('button', { name: 'Try again' }).waitFor();
      await page.context().close();
    }
  });

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
