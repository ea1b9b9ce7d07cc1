import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { openChromium } from '../demo/browser.mjs';
import { bundle, hasStatus, openPage, pageOf, startSite } from './pages.mjs';

/* Answers of a hundred megabytes: what they take of a page while they come, and what is left of that afterwards. */
const browser = await openChromium();
const skip = browser ? false : 'no Chromium on this machine';

const MEGABYTE = 1024 * 1024;
const MOST = 200 * MEGABYTE;
const LEFT = 5 * MEGABYTE;
const inMegabytes = (bytes) => Math.round(bytes / MEGABYTE);
/** Milliseconds the page may not answer, on a machine with other work to do; times what it is slower just now. */
const LONGEST = 400;

describe('an answer of 100 MB', { skip }, () => {
  let site;

  before(async () => {
    site = await startSite({
      files: {
        '/': pageOf(['/test/pages/frames.js', '/dist/chat-stream.js']),
        '/machine.js': await bundle('test/support/machine.ts'),
      },
    });
  });
  after(async () => {
    await browser?.close();
    site.close();
  });

  /** A page whose widget has everything it will need, and how to read its heap. */
  async function open(t) {
    const opened = await openPage(t, { browser, site });
    const { page, context } = opened;
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable');
    await page.waitForFunction(() => customElements.get('chat-stream-messages'));
    const ask = () => page.evaluate(() => void document.querySelector('chat-stream').send('Go'));
    const clear = () => page.evaluate(() => document.querySelector('chat-stream').clear());
    const heap = async () => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'JSHeapUsedSize').value;
    };
    const collected = async () => {
      for (let times = 0; times < 3; times++) await devtools.send('HeapProfiler.collectGarbage');
      return heap();
    };
    site.answer = (exchange) => exchange.say('Warm').done();
    await ask();
    await hasStatus(page, 'complete');
    await clear();
    site.answer = undefined;
    site.exchanges.length = 0;
    const before = await collected();
    /** What is left once everything is cleared; ten seconds at most. */
    const left = async () => {
      await clear();
      let bytes = await collected();
      for (const until = Date.now() + 10_000; bytes - before > LEFT && Date.now() < until;)
        bytes = await collected();
      return bytes;
    };
    await page.evaluate(() => window.watch());
    return { ...opened, ask, heap, collected, before, left };
  }

  /** Asks, writes the piece until there are so many bytes, then this end; gives what came of it. */
  async function endure(t, piece, end, total = 100 * MEGABYTE) {
    const { page, faults, ask, heap, collected, before, left } = await open(t);
    await ask();
    const exchange = await site.exchange(0);
    const began = Date.now();
    let most = 0;
    let held = 0;
    const look = async () => {
      const bytes = await heap();
      most = Math.max(most, bytes);
      // What only waits to be collected is left longer by a slow machine.
      if (bytes - before > MOST) held = Math.max(held, await collected());
    };
    const watching = setInterval(() => void look().catch(() => {}), 50);
    t.after(() => clearInterval(watching));
    let sent = 0;
    for (; sent < total && !exchange.over; sent += piece.length) await exchange.raw(piece);
    if (!exchange.over) end(exchange);
    await page.waitForFunction(() => !document.querySelector('chat-stream').busy);
    const took = Date.now() - began;
    clearInterval(watching);
    const facts = await page.evaluate(async () => {
      const { slowness } = await import('/machine.js');
      const { error, status, messages } = document.querySelector('chat-stream');
      const text = messages.at(-1).parts[0]?.text ?? '';
      return {
        ...{ status, code: error?.code, size: text.length, text: text.slice(0, 20) },
        ...window.watched(),
        slowness: slowness(),
      };
    });
    const kept = await collected();
    const after = await left();
    t.diagnostic(`${inMegabytes(sent)} MB in ${took} ms; longest wait of a timer ${facts.longest} ms`);
    t.diagnostic(`${facts.longTasks} tasks over 50 ms, the longest ${facts.longestTask} ms`);
    const figures = [before, most, kept, after].map(inMegabytes);
    t.diagnostic(`heap before, at most, at the end, cleared: ${figures.join(', ')} MB`);
    assert.deepEqual(faults, []);
    assert.ok(held - before <= MOST, `${inMegabytes(held - before)} MB were held`);
    assert.ok(after - before <= LEFT, `${inMegabytes(after - before)} MB are left`);
    const { slowness } = facts;
    assert.ok(facts.longest <= LONGEST * slowness, `the page did not answer for ${facts.longest} ms`);
    return facts;
  }

  const event = (value) => `data: ${JSON.stringify(value)}\n\n`;
  const whole = (exchange) => exchange.say('The end.').done();

  it('of text: ends at the limit, and keeps what it has', async (t) => {
    const line = 'Words that go on, as a model that cannot stop would write them, line after line.\n\n';
    const piece = event({ type: 'text', content: line }).repeat(100);
    const { status, code, size } = await endure(t, piece, whole);
    assert.deepEqual([status, code], ['error', 'overflow']);
    assert.ok(size >= 8_000_000 && size < 8_100_000, `${size} characters`);
  });

  it('of comments: completes', async (t) => {
    const { status, text } = await endure(t, `: ${'still here '.repeat(100)}\n\n`.repeat(20), whole);
    assert.deepEqual([status, text], ['complete', 'The end.']);
  });

  it('of fields that nobody knows: completes', async (t) => {
    const end = (exchange) => {
      void exchange.raw('\n');
      whole(exchange);
    };
    const { status, text } = await endure(t, `junk: ${'x'.repeat(MEGABYTE)}\n`, end);
    assert.deepEqual([status, text], ['complete', 'The end.']);
  });

  it('of events that nobody knows: completes', async (t) => {
    const piece = event({ type: 'mystery', payload: 'x'.repeat(MEGABYTE) });
    const { status, text } = await endure(t, piece, whole);
    assert.deepEqual([status, text], ['complete', 'The end.']);
  });

  it('of one line that never ends: ends at the limit of an event', async (t) => {
    const { status, code } = await endure(
      t,
      `data: {"type":"text","content":"${'x'.repeat(MEGABYTE)}`,
      whole,
    );
    assert.deepEqual([status, code], ['error', 'overflow']);
  });

  it('of a million events: completes, and every word is there', async (t) => {
    const piece = event({ type: 'text', content: 'a ' }).repeat(1000);
    const { status, size } = await endure(t, piece, (exchange) => exchange.done(), 1000 * piece.length);
    assert.deepEqual([status, size], ['complete', 2_000_000]);
  });

  it('after another, in a thread of twenty thousand messages: the newest are kept, as many as the limit', async (t) => {
    const { page, ask, collected, before, left } = await open(t);
    const began = Date.now();
    await page.evaluate(() => {
      document.querySelector('chat-stream').messages = Array.from({ length: 20_000 }, (_, index) => ({
        role: index % 2 ? 'assistant' : 'user',
        text: `Message ${index}. ${'It goes on for a line or two, as messages do. '.repeat(4)}`,
      }));
    });
    await page.getByText('Message 19999.').waitFor();
    const shown = Date.now() - began;
    const kept = await page.evaluate(() => document.querySelector('chat-stream').messages.length);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 3000)));
    const bytes = await collected();
    const { longest } = await page.evaluate(() => window.watched());
    await page.evaluate(
      () =>
        (document.querySelector('chat-stream').messages = document
          .querySelector('chat-stream')
          .messages.slice(-100)),
    );
    await ask();
    const exchange = await site.exchange(0);
    exchange.say('Still quick.').done();
    await page.getByText('Still quick.').waitFor();
    const after = await left();
    t.diagnostic(`${kept} kept, the newest shown after ${shown} ms; longest wait of a timer ${longest} ms`);
    t.diagnostic(`heap before, full, cleared: ${[before, bytes, after].map(inMegabytes).join(', ')} MB`);
    assert.equal(kept, 10_000);
    assert.ok(bytes - before <= MOST);
    assert.ok(after - before <= LEFT, `${inMegabytes(after - before)} MB are left`);
  });
});
