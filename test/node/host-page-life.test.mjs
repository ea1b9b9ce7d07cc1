import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { findBrowser } from '../../scripts/browsers.mjs';
import { launchChromium } from './drivers.mjs';
import { pageOf, startSite, watched } from './pages.mjs';

/* What a browser does to a page: hides it, freezes it, prints it. */
const found = findBrowser('chromium');
const skip = found ? false : 'no Chromium on this machine';

const WHOLE_RUN = ['message-added', 'message-added', 'run-started', 'run-ended complete'];
describe('a page with a widget', { skip }, () => {
  let site;
  let browser;

  before(async () => {
    browser = await launchChromium(found.path);
    site = await startSite({
      files: {
        '/': pageOf(['/test/pages/record.js', '/test/pages/frames.js', '/dist/chat-stream.js']),
        '/page.css': 'body { margin: 0 } chat-stream { block-size: 600px }',
      },
    });
  });
  after(async () => {
    await browser?.close();
    site.close();
  });

  /** Looked at by a timer: a hidden page has no frames to look in. */
  const when = (page, look, ...args) =>
    page.waitForFunction(look, { polling: 50, timeout: 120_000 }, ...args);
  const hasStatus = (page, status) =>
    when(page, (wanted) => document.querySelector('chat-stream')?.status === wanted, status);

  async function streaming(t, past = []) {
    const page = await (await browser.createBrowserContext()).newPage();
    t.after(() => page.browserContext().close());
    const { faults } = watched(page, site);
    site.exchanges.length = site.reports.length = 0;
    await page.goto(site.url);
    await when(page, () => customElements.get('chat-stream-messages'));
    await page.evaluate((messages) => {
      const element = document.querySelector('chat-stream');
      if (messages.length) element.messages = messages;
      void element.send('Go');
    }, past);
    const exchange = await site.exchange(0);
    exchange.say('One ');
    await hasStatus(page, 'streaming');
    return { page, faults, exchange, devtools: await page.createCDPSession() };
  }

  /** Really hidden, as a tab behind another: no frame is drawn, and the page is told. */
  async function hide({ page, devtools }) {
    const { windowId } = await devtools.send('Browser.getWindowForTarget');
    const set = (windowState) =>
      devtools.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
    await set('minimized');
    await when(page, () => document.visibilityState === 'hidden');
    return async () => {
      await set('normal');
      await when(page, () => document.visibilityState === 'visible');
    };
  }

  /** The words of the last message, as they are drawn, when they pass. */
  async function drawn(page, passes) {
    for (let tries = 0; tries < 200; tries++) {
      const words = await page.evaluate(() => {
        const list = document.querySelector('chat-stream').shadowRoot.querySelector('chat-stream-messages');
        const last = [...list.shadowRoot.querySelectorAll('chat-stream-message')].at(-1);
        return last?.shadowRoot.querySelector('chat-stream-markdown')?.shadowRoot.textContent ?? '';
      });
      if (passes(words.trim())) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.fail('it is not drawn');
  }

  it('hidden in mid-stream: the answer goes on without frames, and is there on return', async (t) => {
    const opened = await streaming(t);
    const { page, exchange, faults } = opened;
    const show = await hide(opened);
    const frames = await page.evaluate(() => window.drawnFrames);
    const words = Array.from({ length: 3000 }, (_, index) => `word${index} `);
    for (const word of words) exchange.say(word);
    exchange.say('two.').done();
    const ended = Date.now();
    await hasStatus(page, 'complete');
    t.diagnostic(`complete ${Date.now() - ended} ms after the end mark, hidden`);
    assert.equal(await page.evaluate(() => window.drawnFrames), frames, 'no frame was drawn');
    const text = `One ${words.join('')}two.`;
    const kept = await page.evaluate(
      () => document.querySelector('chat-stream').messages.at(-1).parts[0].text,
    );
    assert.equal(kept, text);
    // Also what is drawn is complete: a reader who comes back does not watch it catch up.
    await drawn(page, (words) => words.endsWith('two.'));
    await show();
    assert.equal(site.exchanges.length, 1);
    assert.deepEqual(await page.evaluate(() => window.told), WHOLE_RUN);
    assert.deepEqual(faults, []);
  });

  it('hidden again and again in mid-stream, one request and every word once', async (t) => {
    const opened = await streaming(t);
    const { page, exchange, faults } = opened;
    let text = 'One ';
    for (let times = 0; times < 10; times++) {
      const show = await hide(opened);
      exchange.say(`hidden${times} `);
      await show();
      exchange.say(`shown${times} `);
      text += `hidden${times} shown${times} `;
    }
    exchange.done();
    await hasStatus(page, 'complete');
    await drawn(page, (words) => words === text.trim());
    assert.equal(site.exchanges.length, 1);
    assert.deepEqual(faults, []);
  });

  it('frozen in mid-stream: what was sent meanwhile is there when it is woken', async (t) => {
    const opened = await streaming(t);
    const { page, devtools, exchange, faults } = opened;
    const show = await hide(opened);
    await page.evaluate(() => {
      window.frozen = 0;
      document.addEventListener('freeze', () => window.frozen++);
      document.addEventListener('resume', () => window.frozen++);
    });
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    for (let index = 0; index < 100; index++) exchange.say(`asleep${index} `);
    exchange.say('two.').done();
    await exchange.closed;
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await show();
    await hasStatus(page, 'complete');
    await drawn(page, (words) => /^One asleep0 .* asleep99 two\.$/.test(words));
    assert.equal(await page.evaluate(() => window.frozen), 2, 'the page was frozen and woken');
    assert.equal(site.exchanges.length, 1);
    assert.deepEqual(await page.evaluate(() => window.told), WHOLE_RUN);
    assert.deepEqual(faults, []);
  });

  /** How many pages of paper it takes. */
  async function printed(page) {
    const paper = Buffer.from(await page.pdf({ format: 'a4' })).toString('latin1');
    return paper.match(/\/Type\s*\/Page\b/g).length;
  }

  it('printed in mid-stream: the whole thread on paper, and nothing to press', async (t) => {
    const past = Array.from({ length: 60 }, (_, index) => ({
      role: index % 2 ? 'assistant' : 'user',
      text: `Message ${index} of the past`,
    }));
    const opened = await streaming(t, past);
    const { page, exchange, faults } = opened;
    for (let line = 0; line < 200; line++) exchange.say(`Line ${line} of the answer.\n\n`);
    await drawn(page, (words) => words.includes('Line 199'));
    // The past comes while the page is idle; what prints for a person has the rest brought.
    await when(page, () => {
      const { shadowRoot } = document
        .querySelector('chat-stream')
        .shadowRoot.querySelector('chat-stream-messages');
      return shadowRoot.querySelectorAll('chat-stream-message').length === 62;
    });
    await page.emulateMediaType('print');
    const seen = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector('chat-stream');
      const { shadowRoot: list } = shadowRoot.querySelector('chat-stream-messages');
      const log = list.querySelector('[role=log]');
      const messages = [...list.querySelectorAll('chat-stream-message')];
      return {
        composer: shadowRoot.querySelector('chat-stream-composer').checkVisibility(),
        messages: messages.filter((one) => one.checkVisibility({ contentVisibilityAuto: true })).length,
        list: log.clientHeight,
        hidden: log.scrollHeight - log.clientHeight,
        page: document.documentElement.scrollHeight,
      };
    });
    assert.equal(seen.composer, false, 'no composer on paper');
    assert.equal(seen.messages, 62, 'every message is drawn');
    assert.ok(
      seen.list > 8000 && seen.hidden <= 0,
      `the list is as high as the thread: ${JSON.stringify(seen)}`,
    );
    assert.ok(seen.page >= seen.list, 'and so is the page');
    await page.emulateMediaType();
    exchange.done();
    await hasStatus(page, 'complete');
    assert.deepEqual(faults, []);
    const pages = await printed(page);
    t.diagnostic(`${pages} pages`);
    assert.ok(pages > 5, `all of it is printed: ${pages} pages`);
  });

  it('printed while a long thread is still coming: all of it on paper', async (t) => {
    const page = await (await browser.createBrowserContext()).newPage();
    t.after(() => page.browserContext().close());
    await page.goto(site.url);
    await when(page, () => customElements.get('chat-stream-message'));
    await page.evaluate(() => {
      // Nothing more comes by itself.
      globalThis.requestIdleCallback = () => 0;
      const element = document.querySelector('chat-stream');
      element.messages = Array.from({ length: 2000 }, (_, index) => ({
        role: 'user',
        text: `Message ${index}`,
      }));
      return element.updateComplete;
    });
    const pages = await printed(page);
    t.diagnostic(`${pages} pages`);
    assert.ok(pages > 50, `all of it is printed: ${pages} pages`);
  });
});
