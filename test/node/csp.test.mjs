import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { openChromium } from '../demo/browser.mjs';
import { DIAGRAM, RICH } from '../pages/rich.js';
import { hasStatus, openPage, pageOf, startSite, STRICT } from './pages.mjs';

/* A whole session under the strictest policy the documents promise: nothing is reported, and nobody else is asked. */
const browser = await openChromium();
const skip = browser ? false : 'no Chromium on this machine';

const POLICIES = '/test/pages/policies.js';
const BUILDS = ['/dist/chat-stream.js', '/dist/chat-stream.single.js'];

describe('under the strict policy', { skip }, () => {
  let site;

  before(async () => {
    site = await startSite();
    for (const [index, script] of BUILDS.entries()) site.files[`/${index}.html`] = pageOf([POLICIES, script]);
    site.files['/twice.html'] = pageOf([POLICIES, ...BUILDS, `${BUILDS[1]}?version=2`]);
  });
  after(async () => {
    await browser?.close();
    site.close();
  });

  async function begin(t, path) {
    site.answer = (exchange) => {
      const { question } = exchange;
      if (question === 'Fail') exchange.fail(500, '{"error":{"message":"<b>Oh</b> no"}}');
      else if (question === 'Diagram') exchange.say(DIAGRAM).done();
      else if (question === 'Go on') exchange.say('On and ');
      else
        for (const piece of RICH.match(/[^]{1,7}/g).concat('')) piece ? exchange.say(piece) : exchange.done();
    };
    const opened = await openPage(t, {
      ...{ browser, site, path },
      options: { permissions: ['clipboard-read', 'clipboard-write'] },
    });
    await opened.page.waitForFunction(() => customElements.get('chat-stream-messages'));
    return opened;
  }

  async function type(page, words) {
    await page.getByRole('textbox', { name: 'Message' }).fill(words);
    await page.keyboard.press('Enter');
  }

  /** What a policy reports comes in a task of its own, and to the server later. */
  async function nothingReported({ page, faults }) {
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    assert.deepEqual(await page.evaluate(() => window.breaches), []);
    assert.deepEqual(site.reports, []);
    assert.deepEqual(await page.evaluate(() => window.policies), ['chat-stream']);
    // A status of 500 is logged by the browser itself.
    assert.deepEqual(
      faults.filter((fault) => !/status of 500/.test(fault)),
      [],
    );
  }

  for (const [index, script] of BUILDS.entries()) {
    it(`a session with ${script}`, async (t) => {
      const opened = await begin(t, `/${index}.html`);
      const { page } = opened;
      await type(page, 'Everything');
      await hasStatus(page, 'complete');
      const answer = page.locator('chat-stream-message').last();
      await answer.locator('math').first().waitFor();
      await answer.locator('table').first().waitFor();
      await answer.getByText('const answer = 42').waitFor();
      await answer.getByText('A picture').first().waitFor();
      assert.equal(await answer.locator('img').count(), 0);
      await page.getByRole('button', { name: 'Copy answer' }).click();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), RICH);
      for (const button of await answer.getByRole('button', { name: /copy/i }).all()) await button.click();
      await page.getByRole('button', { name: 'Good answer' }).click();
      await page.getByRole('button', { name: 'Answer again' }).click();
      await site.exchange(1);
      await hasStatus(page, 'complete');

      await type(page, 'Go on');
      await hasStatus(page, 'streaming');
      await page.getByRole('button', { name: 'Stop answering' }).click();
      await hasStatus(page, 'stopped');
      await type(page, 'Fail');
      await hasStatus(page, 'error');
      await page.getByText('<b>Oh</b> no').waitFor();
      await page.getByRole('button', { name: 'Try again' }).click();
      await site.exchange(4);
      await hasStatus(page, 'error');
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.evaluate(() => document.querySelector('chat-stream').clear());
      await nothingReported(opened);
      const others = site.asked.filter(
        (line) => !/^(GET \/(dist\/|test\/pages\/|page.css|\d.html)|POST \/chat$)/.test(line),
      );
      assert.deepEqual(others, [], 'only its own files and the endpoint were asked for');
      assert.equal(site.exchanges.length, 5);
    });
  }

  /* Whether a policy allows frames can only be learned by trying: docs/decisions/007. */
  it('a diagram stays code, its frame is tried once for a page, and not at all if the page says so', async (t) => {
    const opened = await begin(t, '/0.html');
    const { page } = opened;
    await page.evaluate(() => (document.querySelector('chat-stream').blockRenderers = { mermaid: null }));
    await type(page, 'Diagram');
    await hasStatus(page, 'complete');
    await page.getByText('flowchart LR').waitFor();
    await nothingReported(opened);
    await page.evaluate(() => {
      document.querySelector('chat-stream').clear();
      document.querySelector('chat-stream').blockRenderers = {};
    });
    for (const number of [1, 2]) {
      await type(page, 'Diagram');
      await site.exchange(number);
      await hasStatus(page, 'complete');
      await page.waitForFunction(() => window.breaches.length);
    }
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    const breaches = await page.evaluate(() => window.breaches);
    assert.deepEqual(breaches, [`frame-src blocked ${site.url}/dist/diagram.html`]);
    assert.equal(await page.locator('iframe').count(), 0);
    assert.equal(await page.getByText('flowchart LR').count(), 2);
  });

  it("a diagram is drawn where the policy allows frame-src 'self', and nothing is reported", async (t) => {
    const policy = encodeURIComponent(`${STRICT}; frame-src 'self'`);
    const opened = await begin(t, `/0.html?policy=${policy}`);
    await type(opened.page, 'Diagram');
    await hasStatus(opened.page, 'complete');
    await opened.page.getByRole('button', { name: 'As text' }).waitFor();
    await nothingReported(opened);
  });

  it('three scripts make one policy, under its own name', async (t) => {
    const opened = await begin(t, '/twice.html');
    await type(opened.page, 'Everything');
    await hasStatus(opened.page, 'complete');
    assert.equal(site.exchanges.length, 1);
    await nothingReported(opened);
  });

  it('the detector works: what breaks the policy is reported', async (t) => {
    const { page } = await begin(t, '/0.html');
    await page.evaluate(() => {
      const image = new Image();
      image.src = 'https://elsewhere.example/a.png';
      document.body.setAttribute('style', 'color: red');
      document.body.append(image);
    });
    await page.waitForFunction(() => window.breaches.length >= 1);
    for (let tries = 0; !site.reports.length; tries++) {
      assert.ok(tries < 100, `no report under ${STRICT}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
});
