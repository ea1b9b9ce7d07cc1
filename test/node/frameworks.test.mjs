import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { compile } from 'svelte/compiler';

import { openChromium } from '../demo/browser.mjs';
import { bundle, hasStatus, openPage, pageOf, startSite, STRICT } from './pages.mjs';

/* Apps that render again, reorder, and take their parts out and put them back, each in its framework's own way. */
const browser = await openChromium();
const skip = browser ? false : 'no Chromium on this machine';

const svelte = {
  name: 'svelte',
  transform: {
    filter: { id: /\.svelte$/ },
    handler: (code, filename) => compile(code, { filename, generate: 'client', dev: true }).js,
  },
};
/** The apps bring Lit, and some a policy of their own: what their pages allow. */
const POLICY = STRICT.replace('chat-stream', 'lit-html vue svelte-trusted-html');
/** A part that is away is gone for good, or kept with all it holds. */
const APPS = { react: 'gone', vue: 'kept', svelte: 'gone' };

describe('a widget in an app', { skip }, () => {
  let site;

  before(async () => {
    const files = {};
    for (const name of Object.keys(APPS)) {
      // As in development: React mounts everything twice then.
      const options = { mode: 'development', plugins: [svelte] };
      files[`/${name}.js`] = await bundle(`test/pages/${name}.js`, options);
      files[`/${name}.html`] = pageOf([`/${name}.js`], '<div id="app"></div>');
    }
    site = await startSite({ files });
  });
  after(async () => {
    await browser?.close();
    site.close();
  });

  async function open(t, name) {
    const path = `/${name}.html?policy=${encodeURIComponent(POLICY)}`;
    const opened = await openPage(t, { browser, site, path });
    const { page } = opened;
    await page.waitForFunction(
      () => customElements.get('chat-stream-messages') && document.querySelector('#b'),
    );
    const app = (verb, ...args) =>
      page.evaluate(([method, values]) => void window.page[method](...values), [verb, args]);
    const ask = (id) => page.evaluate((css) => void document.querySelector(css).send('Go'), `#${id}`);
    return { ...opened, app, ask };
  }

  async function wentWell({ page, faults }, ended) {
    assert.deepEqual(await page.evaluate(() => window.ended), ended);
    assert.deepEqual(faults, []);
    assert.deepEqual(site.reports, []);
  }

  for (const [name, away] of Object.entries(APPS)) {
    describe(name, () => {
      it('asks nothing by itself, and once for each question', async (t) => {
        const opened = await open(t, name);
        const { page, ask } = opened;
        assert.equal(site.exchanges.length, 0);
        await ask('a');
        const exchange = await site.exchange(0);
        assert.equal(exchange.headers['x-label'], 'First');
        exchange.say('One ').say('two.').done();
        await hasStatus(page, 'complete', '#a');
        await page.locator('#a').getByText('One two.').waitFor();
        await page.locator('#b').getByRole('button', { name: 'What is this?' }).waitFor();
        assert.equal(site.exchanges.length, 1);
        await wentWell(opened, ['a complete']);
      });

      it('goes on when the app renders again, and reorders its list, in mid-stream', async (t) => {
        const opened = await open(t, name);
        const { page, app, ask } = opened;
        await ask('a');
        await ask('b');
        await site.exchange(1);
        const of = Object.fromEntries(site.exchanges.map((one) => [one.address.at(-1), one]));
        let expected = '';
        for (let round = 0; round < 6; round++) {
          of.a.say(`a${round} `);
          of.b.say(`b${round} `);
          await app('relabel', `Label ${round}`);
          await app('reorder');
          await page.getByPlaceholder(`Label ${round}`).first().waitFor();
          expected += `a${round} `;
        }
        of.a.done();
        of.b.done();
        for (const id of ['a', 'b']) {
          await hasStatus(page, 'complete', `#${id}`);
          await page.locator(`#${id}`).getByText(expected.replaceAll('a', id).trim()).waitFor();
        }
        await page.locator('#a').getByText('Label 5', { exact: true }).waitFor();
        await ask('a');
        assert.equal((await site.exchange(2)).headers['x-label'], 'Label 5', 'the newest headers are asked');
        assert.equal(site.exchanges.length, 3);
        of.a = site.exchanges[2].say('Again.').done();
        await page.locator('#a').getByText('Again.').waitFor();
        await hasStatus(page, 'complete', '#a');
        const ended = await page.evaluate(() => window.ended.toSorted());
        assert.deepEqual(ended, ['a complete', 'a complete', 'b complete']);
        assert.deepEqual(opened.faults, []);
      });

      it(`stops its answer when the app takes it out, and is ${away} when that comes back`, async (t) => {
        const opened = await open(t, name);
        const { page, app, ask } = opened;
        await ask('a');
        const exchange = await site.exchange(0);
        exchange.say('One ');
        await hasStatus(page, 'streaming', '#a');
        await app('toggle');
        await page.waitForFunction(() => !document.querySelector('#a'));
        await exchange.closed;
        await app('toggle');
        await page.waitForFunction(() => document.querySelector('#a'));
        const shown = page.locator('#a').getByText('Stopped', { exact: true });
        if (away === 'kept') await shown.waitFor();
        else await page.locator('#a').getByRole('button', { name: 'What is this?' }).waitFor();
        assert.equal(site.exchanges.length, 1);
        assert.deepEqual(opened.faults, []);
      });

      it('taken out and put back within a second', async (t) => {
        const opened = await open(t, name);
        const { page, app, ask } = opened;
        await ask('a');
        const exchange = await site.exchange(0);
        exchange.say('One ');
        await hasStatus(page, 'streaming', '#a');
        await app('toggle');
        await page.waitForFunction(() => !document.querySelector('#a'));
        await app('toggle');
        await page.waitForFunction(() => document.querySelector('#a'));
        if (away === 'kept') {
          exchange.say('two.').done();
          await hasStatus(page, 'complete', '#a');
          await page.locator('#a').getByText('One two.').waitFor();
          await wentWell(opened, ['a complete']);
        } else {
          // Another element, which knows nothing of the one before: that one ends by itself.
          await exchange.closed;
          assert.equal(await page.evaluate(() => document.querySelector('#a').status), 'idle');
        }
        assert.equal(site.exchanges.length, 1);
        assert.deepEqual(opened.faults, []);
      });
    });
  }

  it('React in strict mode subscribes once in effect: a notice is told once', async (t) => {
    const { page, ask } = await open(t, 'react');
    await ask('a');
    const exchange = await site.exchange(0);
    exchange.say('One.').done();
    await hasStatus(page, 'complete', '#a');
    const notices = await page.evaluate(() => {
      const before = window.notices.a;
      document.querySelector('#a').clear();
      return window.notices.a - before;
    });
    assert.equal(notices, 1);
  });
});
