import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

import { ENGINES, findBrowser } from '../../scripts/browsers.mjs';
import { openEngine } from './drivers.mjs';
import { pageOf, startSite } from './pages.mjs';

/*
 * Leaving a page in mid-answer and coming back to it. Engines differ completely: one keeps the page and goes on receiving,
 * one keeps it and cuts its connections, one keeps no page that has any. In none may the reader wait for ever.
 */
const SCRIPTS = ['/test/pages/record.js', '/test/pages/stay.js', '/dist/chat-stream.js'];
const MEANWHILE = {
  'goes on': () => {},
  ends: (exchange) => exchange.say('two.').done(),
  'is cut': (exchange) => exchange.cut(),
};

for (const engine of ENGINES) {
  const skip = findBrowser(engine) ? false : `no ${engine} on this machine`;

  describe(`back to a page, in ${engine}`, { skip }, () => {
    let site;
    let page;

    before(async () => {
      const files = {
        '/': pageOf(SCRIPTS),
        '/other.html': '<!doctype html><title>Another page</title>',
        '/page.css': '',
      };
      site = await startSite({ files });
      page = await openEngine(engine);
    });
    after(async () => {
      await page?.close();
      site?.close();
    });

    /** Resolves with what the page says, once that is something. */
    async function when(script, what) {
      for (const until = Date.now() + 20_000; Date.now() < until; await wait(50)) {
        // Between two pages there is none to ask.
        const value = await page.evaluate(script).catch(() => undefined);
        if (value) return value;
      }
      assert.fail(`${what}: ${await page.evaluate('JSON.stringify(window.now?.())')}`);
    }

    for (const [what, meanwhile] of Object.entries(MEANWHILE)) {
      it(`while the answer ${what}`, async (t) => {
        site.exchanges.length = 0;
        await page.goto(site.url);
        await when("customElements.get('chat-stream-messages') !== undefined", 'the widget is there');
        await page.evaluate("void document.querySelector('chat-stream').send('Go')");
        const exchange = await site.exchange(0);
        exchange.say('One ');
        await when("window.now().text === 'One '", 'the first word is there');
        await page.evaluate('(window.stayed = true)');
        await page.goto(`${site.url}/other.html`);
        // As long as a busy machine may take to close a connection that an engine cuts.
        await Promise.race([exchange.closed, wait(2000)]);
        const left = exchange.over;
        meanwhile(exchange);
        // By the page itself: a driver's way back waits for a load that may not come.
        await page.evaluate('void setTimeout(() => history.back())');
        // WebKit's driver waits for ever for what it asked of a page that was just going.
        await wait(500);
        await when("location.pathname === '/' && window.now !== undefined", 'the page is back');
        const kept = await page.evaluate('window.stayed === true');
        t.diagnostic(`page ${kept ? 'kept' : 'loaded anew'}, connection ${left ? 'cut' : 'kept'}`);
        if (what === 'goes on') exchange.say('two.').done();
        await when("!['loading', 'streaming'].includes(window.now().status)", 'no endless wait');
        const now = JSON.parse(await page.evaluate('JSON.stringify(window.now())'));
        if (!kept) assert.deepEqual(now, { status: 'idle', text: '', code: '', told: [], errors: [] });
        else if (left || what === 'is cut') {
          assert.deepEqual([now.status, now.code, now.text], ['error', 'interrupted', 'One ']);
          assert.equal(now.told.filter((fact) => fact === 'run-ended error').length, 1);
        } else {
          assert.deepEqual([now.status, now.text], ['complete', 'One two.']);
          assert.equal(now.told.filter((fact) => fact === 'run-ended complete').length, 1);
        }
        assert.deepEqual(now.errors, []);
        assert.equal(site.exchanges.length, 1, 'the question was sent once');
      });
    }
  });
}
