import { brotliCompressSync, gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

import { findBrowser } from '../scripts/browsers.mjs';

const VIEWPORT = { width: 900, height: 800 };
/** The page around a candidate. */
const OWN = /\.html$|^\/page\.css$|^\/ours\//;
/** A page has settled when its main thread was busy for less than `BUSY` of `LOOK` ms, or after `SETTLE_MOST` ms. */
const LOOK = 400;
const BUSY = 8;
const SETTLE_MOST = 15_000;
/** Milliseconds after which an answer is given up. */
const PATIENCE = 90_000;

export async function openBrowser() {
  const found = findBrowser('chromium');
  if (!found) throw new Error('no Chromium: set CHROME_PATH');
  return chromium.launch({
    executablePath: found.path,
    args: [
      '--no-sandbox',
      '--disable-quic',
      // Fonts and the like of other servers: what a candidate cannot reach, it does without.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      '--js-flags=--expose-gc',
    ],
  });
}

/** A page of its own, in a context of its own, with what watches it. */
export async function openPage(browser, url) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'timeTicks' });
  await page.goto(url, { waitUntil: 'load' });
  return { page, session, faults, close: () => context.close() };
}

async function metrics(session) {
  const { metrics: list } = await session.send('Performance.getMetrics');
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

const within = (promise, ms) => {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${ms / 1000} s`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

const milliseconds = (before, after, name) => (after[name] - before[name]) * 1000;

async function settled(page, session) {
  for (let waited = 0; waited < SETTLE_MOST; waited += LOOK) {
    const before = await metrics(session);
    await page.waitForTimeout(LOOK);
    if (milliseconds(before, await metrics(session), 'TaskDuration') < BUSY) return;
  }
}

async function heapAfterCollection(session) {
  for (let turn = 0; turn < 2; turn++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}

/** Whoever asks has gone to the field: what a candidate does then is done, and not part of its answer. */
async function goToField(page, session) {
  await page.evaluate(() => globalThis.probe.usable.then(() => globalThis.probe.focus()));
  await settled(page, session);
}

/** The first answer, which brings in what is loaded on demand. */
async function askShortly(page, session, url, id) {
  await page.evaluate(() => void globalThis.bench.send('And what else?'));
  await within(fetch(`${url}/sent/${id}-first`), 20_000);
  await settled(page, session);
}

let runs = 0;

/**
 * Asks one question of one candidate in a fresh context.
 * @param {import('playwright-core').Browser} browser
 * @param {string} url of the server
 * @param {{ candidate: string, tokens: number, pace: number, again?: boolean, slowdown?: number, before?: number }} run
 *   pace in tokens a second, 0 for at once; `again`: a short answer came before; `before`: messages in the thread
 */
export async function askOnce(
  browser,
  url,
  { candidate, tokens, pace, again = false, slowdown = 1, before = 0 },
) {
  const id = ++runs;
  const opened = await openPage(
    browser,
    `${url}/${candidate}.html?${id}-${tokens}-${pace}${again ? '-again' : ''}`,
  );
  const { page, session, faults } = opened;
  try {
    await within(
      page.evaluate(() => globalThis.bench.ready.then(() => {})),
      20_000,
    );
    if (before > 0) await page.evaluate((count) => globalThis.bench.fill(count), before);
    await settled(page, session);
    await goToField(page, session);
    if (again) await askShortly(page, session, url, id);
    if (slowdown > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await session.send('HeapProfiler.collectGarbage');
    const start = await metrics(session);
    const seen = await within(
      page.evaluate((name) => globalThis.probe.run(name), id),
      PATIENCE,
    );
    const end = await metrics(session);
    if (slowdown > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    return {
      mainThread: milliseconds(start, end, 'TaskDuration'),
      script: milliseconds(start, end, 'ScriptDuration'),
      layout: milliseconds(start, end, 'LayoutDuration') + milliseconds(start, end, 'RecalcStyleDuration'),
      ...seen,
      followed: Number(seen.followed),
      nodes: await page.evaluate(() => globalThis.probe.nodes()),
      heap: await heapAfterCollection(session),
    };
  } catch (error) {
    return { failure: [error.message.split('\n')[0], ...faults].join('; ') };
  } finally {
    await opened.close();
  }
}

/**
 * Loads one candidate in a fresh context until a person could type.
 * @param {{ files: Map<string, { body: Buffer, time: number }>, url: string }} server
 */
export async function startOnce(browser, { files, url }, candidate) {
  files.clear();
  const opened = await openPage(browser, `${url}/${candidate}.html?${++runs}-1-0`);
  const { page, session, faults } = opened;
  try {
    const { usable, time } = await within(
      page.evaluate(() => globalThis.probe.usable),
      20_000,
    );
    const now = await metrics(session);
    await settled(page, session);
    const before = await metrics(session);
    await goToField(page, session);
    return {
      usable,
      script: (now.ScriptDuration + (now.V8CompileDuration ?? 0)) * 1000,
      mainThread: now.TaskDuration * 1000,
      focus: milliseconds(before, await metrics(session), 'TaskDuration'),
      ...bytes(files, time),
    };
  } catch (error) {
    return { failure: [error.message.split('\n')[0], ...faults].join('; ') };
  } finally {
    await opened.close();
  }
}

/** What a page asked for until that time: scripts and styles, not the bench's own page. */
function bytes(files, until) {
  const counted = [...files]
    .filter(([name, { time }]) => time <= until && !OWN.test(name))
    .map(([, { body }]) => body);
  const sum = (size) => counted.reduce((total, body) => total + size(body), 0);
  return {
    files: counted.length,
    raw: sum((body) => body.length),
    gzip: sum((body) => gzipSync(body, { level: 9 }).length),
    brotli: sum((body) => brotliCompressSync(body).length),
  };
}
