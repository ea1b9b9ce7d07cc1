import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { openChromium } from '../demo/browser.mjs';
import { bundle, hasStatus, openPage, pageOf, startSite, STRICT } from './pages.mjs';

/* What the page around a widget does to it, with the built files, under the strict policy. */
const browser = await openChromium();
const skip = browser ? false : 'no Chromium on this machine';

const RECORD = '/test/pages/record.js';
const START = '/dist/chat-stream.js';
const SINGLE = '/dist/chat-stream.single.js';
const WHOLE_RUN = ['message-added', 'message-added', 'run-started', 'run-ended complete'];

describe('a widget and its page', { skip }, () => {
  let site;

  before(async () => {
    site = await startSite({
      files: {
        '/': pageOf(
          [RECORD, START],
          '<main><chat-stream endpoint="/chat"></chat-stream></main><aside></aside>',
        ),
        '/other.html': '<!doctype html><title>Another page</title>',
        '/define.js': await bundle('src/define.ts'),
      },
    });
  });
  after(async () => {
    await browser?.close();
    site.close();
  });

  /** A page whose widget has asked "Go" and shows the first word of its answer. */
  async function streaming(t, { path = '/', body, scripts } = {}) {
    if (body || scripts) site.files[path] = pageOf(scripts ?? [RECORD, START], body);
    const opened = await openPage(t, { browser, site, path });
    await ask(opened.page);
    const exchange = await site.exchange(0);
    exchange.say('One ');
    await hasStatus(opened.page, 'streaming');
    return { ...opened, exchange };
  }

  const ask = (page, selector = 'chat-stream') =>
    page
      .waitForFunction(() => customElements.get('chat-stream-messages'))
      .then(() => page.evaluate((css) => void document.querySelector(css).send('Go'), selector));
  const told = (page) => page.evaluate(() => window.told);

  /** The rest of the answer comes, once, and nothing went wrong. */
  async function endsWell({ page, exchange, faults }) {
    exchange.say('two.').done();
    await hasStatus(page, 'complete');
    await page.getByText('One two.').waitFor();
    assert.equal(site.exchanges.length, 1);
    assert.deepEqual(await told(page), WHOLE_RUN);
    assert.deepEqual(faults, []);
    assert.deepEqual(site.reports, []);
  }

  const moves = {
    'appended elsewhere': () => document.querySelector('aside').append(document.querySelector('chat-stream')),
    'moved whole, by moveBefore': () =>
      document.querySelector('aside').moveBefore(document.querySelector('chat-stream'), null),
    'appended where it is, many times': () => {
      const element = document.querySelector('chat-stream');
      for (let times = 0; times < 100; times++) element.parentNode.append(element);
    },
    'wrapped in a new element': () => {
      const element = document.querySelector('chat-stream');
      const box = document.createElement('section');
      element.replaceWith(box);
      box.append(element);
    },
    'put into the shadow tree of another element': () => {
      const root = document.querySelector('aside').attachShadow({ mode: 'open' });
      root.append(document.querySelector('chat-stream'));
      document.querySelector = (css) => root.querySelector(css);
    },
    'taken out and put back half a second later': async () => {
      const element = document.querySelector('chat-stream');
      element.remove();
      await new Promise((resolve) => setTimeout(resolve, 500));
      document.querySelector('main').append(element);
    },
  };
  for (const [name, move] of Object.entries(moves)) {
    it(`goes on when it is ${name}`, async (t) => {
      const opened = await streaming(t);
      await opened.page.evaluate(move);
      await endsWell(opened);
    });
  }

  it('stops a second after it was taken out, keeps its text, and asks again when it is put back', async (t) => {
    const { page, exchange, faults } = await streaming(t);
    await page.evaluate(() => {
      window.kept = document.querySelector('chat-stream');
      window.kept.remove();
    });
    await exchange.closed;
    assert.equal(await page.evaluate(() => window.kept.status), 'stopped');
    await page.evaluate(() => document.querySelector('aside').append(window.kept));
    await page.getByText('Stopped', { exact: true }).waitFor();
    await page.getByText('One').waitFor();
    await ask(page);
    (await site.exchange(1)).say('Again.').done();
    await page.getByText('Again.').waitFor();
    await hasStatus(page, 'complete');
    assert.equal(site.exchanges.length, 2);
    // A listener of the window hears nothing from an element that is in no page.
    assert.deepEqual(await told(page), [...WHOLE_RUN.slice(0, 3), ...WHOLE_RUN]);
    assert.deepEqual(faults, []);
  });

  it('ends a running answer on the old options, asks the next question with the new ones', async (t) => {
    const opened = await streaming(t);
    const { page } = opened;
    await page.evaluate(() => {
      const element = document.querySelector('chat-stream');
      element.setAttribute('endpoint', '/chat/second');
      element.headers = { 'x-new': 'yes' };
      element.setAttribute('label', 'Another name');
      element.setAttribute('protocol', 'openai-chat');
      element.body = { agent: 'other' };
      element.strings = { send: 'Fire' };
      element.smooth = true;
      element.toggleAttribute('without-header');
      element.follow = 'none';
    });
    await endsWell(opened);
    await page.getByRole('button', { name: 'Fire' }).waitFor();
    await ask(page);
    const { address, headers, body } = await site.exchange(1);
    assert.equal(address, '/chat/second');
    assert.equal(headers['x-new'], 'yes');
    assert.equal(JSON.parse(body).agent, 'other');
  });

  it('is one of two that know nothing of each other', async (t) => {
    const tag = (id) => `<chat-stream id="${id}" endpoint="/chat/${id}"></chat-stream>`;
    const body = tag('one') + tag('two');
    const { page, exchange: one, faults } = await streaming(t, { path: '/two.html', body });
    await ask(page, '#two');
    const two = await site.exchange(1);
    two.say('Two. ');
    await hasStatus(page, 'streaming', '#two');
    await page.evaluate(() => document.querySelector('#one').stop());
    await one.closed;
    two.say('Still two.').done();
    await hasStatus(page, 'complete', '#two');
    await page.locator('#two').getByText('Two. Still two.').waitFor();
    await page.locator('#one').getByText('Stopped', { exact: true }).waitFor();
    assert.equal(await page.locator('#one').getByText('Two').count(), 0);
    assert.equal(await page.evaluate(() => document.querySelector('#one').status), 'stopped');
    const facts = await told(page);
    assert.deepEqual(
      facts.filter((fact) => fact.endsWith('two')),
      WHOLE_RUN.map((fact) => `${fact} two`),
    );
    assert.deepEqual(
      facts.filter((fact) => fact.startsWith('run-ended')),
      ['run-ended stopped one', 'run-ended complete two'],
    );
    assert.deepEqual(faults, []);
  });

  for (const policy of [STRICT, STRICT.replace('chat-stream', 'chat-stream lit-html'), 'none']) {
    for (const scripts of [
      [START, START],
      [START, `${START}?version=2`],
      [START, SINGLE],
      [SINGLE, START],
      [SINGLE, `${SINGLE}?version=2`],
    ]) {
      const under = { [STRICT]: 'strict', none: 'none' }[policy] ?? 'a page with a Lit of its own';
      it(`loaded twice: ${scripts.join(' and ')}, policy: ${under}`, async (t) => {
        site.files['/twice.html'] = pageOf([RECORD, ...scripts]);
        const { page, faults, warnings } = await openPage(t, {
          ...{ browser, site, path: `/twice.html?policy=${encodeURIComponent(policy)}` },
        });
        await ask(page);
        const exchange = await site.exchange(0);
        exchange.say('One ');
        await endsWell({ page, exchange, faults });
        const same = scripts[0] === scripts[1];
        assert.equal(warnings.filter((text) => text.includes('already on this page')).length, same ? 0 : 1);
      });
    }
  }

  it('loaded by a script tag and by an app with another copy of everything, works as one', async (t) => {
    const lit = encodeURIComponent(STRICT.replace('chat-stream', 'chat-stream lit-html'));
    for (const scripts of [
      [START, '/define.js'],
      ['/define.js', START],
      ['/define.js', '/define.js?t=1'],
    ]) {
      site.files['/copies.html'] = pageOf([RECORD, ...scripts]);
      // Two Lits of one name cannot live under Trusted Types: no policy where both are an app's own.
      const policy = scripts.includes(START) ? lit : 'none';
      const { page, faults } = await openPage(t, { browser, site, path: `/copies.html?policy=${policy}` });
      await ask(page);
      const exchange = await site.exchange(0);
      exchange.say('One ');
      await endsWell({ page, exchange, faults });
      await page.context().close();
    }
  });

  it('goes on when its module is loaded again, as by a server with hot reload', async (t) => {
    const path = '/hot.html';
    site.files[path] = pageOf([RECORD, '/define.js']);
    const { page, faults, warnings } = await openPage(t, { browser, site, path: `${path}?policy=none` });
    await ask(page);
    const exchange = await site.exchange(0);
    exchange.say('One ');
    await hasStatus(page, 'streaming');
    await page.evaluate(() => import('/define.js?t=1'));
    await endsWell({ page, exchange, faults });
    assert.ok(warnings.some((text) => text.includes('was defined before; the first one stays')));
  });

  it('takes over what was set long before its script came', async (t) => {
    site.files['/late.html'] = pageOf([RECORD]);
    const { page, faults } = await openPage(t, { browser, site, path: '/late.html' });
    await page.evaluate((src) => {
      const element = document.querySelector('chat-stream');
      Object.assign(element, {
        headers: { 'x-early': 'yes' },
        strings: { send: 'Fire' },
        suggestions: ['What is this?'],
        body: { agent: 'docs' },
      });
      return import(src);
    }, START);
    await page.getByRole('button', { name: 'What is this?' }).click();
    const exchange = await site.exchange(0);
    assert.equal(exchange.headers['x-early'], 'yes');
    assert.equal(JSON.parse(exchange.body).agent, 'docs');
    exchange.say('One ');
    await endsWell({ page, exchange, faults });
  });

  it('completes its answer while a listener of the page throws', async (t) => {
    const opened = await openPage(t, { browser, site });
    const { page, faults } = opened;
    await page.waitForFunction(() => customElements.get('chat-stream'));
    await page.evaluate(() => {
      const element = document.querySelector('chat-stream');
      for (const type of ['chat-run-started', 'chat-message-added', 'chat-run-ended', 'chat-status-changed'])
        element.addEventListener(type, () => {
          throw new Error('the page is at fault');
        });
      element.chat.messages.subscribe(() => {
        throw new Error('the page is at fault');
      });
    });
    await ask(page);
    const exchange = await site.exchange(0);
    exchange.say('One ');
    await hasStatus(page, 'streaming');
    exchange.say('two.').done();
    await page.getByText('One two.').waitFor();
    await hasStatus(page, 'complete');
    assert.ok(faults.length >= 4, 'every fault is reported as uncaught');
    assert.ok(
      faults.every((fault) => fault.includes('the page is at fault')),
      faults.join('\n'),
    );
    assert.equal(site.exchanges.length, 1);
  });
});
