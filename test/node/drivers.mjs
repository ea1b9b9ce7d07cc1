import { launch } from 'puppeteer-core';

import { findBrowser } from '../../scripts/browsers.mjs';
import { startDriver } from '../support/webkit-driver.mjs';

/** What a driver switches off because most tests want it so; here a page is to live as it does with a person. */
const AS_WITH_PEOPLE = [
  ...['--disable-back-forward-cache', '--disable-backgrounding-occluded-windows'],
  ...['--disable-background-timer-throttling', '--disable-renderer-backgrounding'],
];

/** Chromium by Puppeteer: a page of Playwright's never reports that it is hidden. */
export const launchChromium = (path) =>
  launch({
    executablePath: path,
    headless: path.includes('headless-shell') ? 'shell' : true,
    args: ['--no-sandbox', '--disable-quic'],
    ignoreDefaultArgs: AS_WITH_PEOPLE,
  });

/**
 * One page of any engine: `goto` an address, `evaluate` the expression of a script, `close` the browser.
 * @param {import('../../scripts/browsers.mjs').Engine} engine
 */
export async function openEngine(engine) {
  const { path, browser: binary } = findBrowser(engine);
  if (engine === 'webkit') return openWebKit(path, binary);
  const browser = await (engine === 'chromium'
    ? launchChromium(path)
    : launch({ browser: 'firefox', executablePath: path }));
  const page = await browser.newPage();
  return {
    goto: (url) => page.goto(url),
    evaluate: (script) => page.evaluate(script),
    close: () => browser.close(),
  };
}

/** WebKitGTK's MiniBrowser, over WebDriver. */
async function openWebKit(path, binary) {
  const { address, children } = await startDriver(path);
  const ask = async (url, body, method = body === undefined ? 'GET' : 'POST') => {
    const payload = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(url, { method, ...payload });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebKit: ${value?.error}: ${value?.message}`);
    return value;
  };
  const alwaysMatch = { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } };
  const { sessionId } = await ask(`${address}/session`, { capabilities: { alwaysMatch } });
  const base = `${address}/session/${sessionId}`;
  return {
    goto: (url) => ask(`${base}/url`, { url }),
    evaluate: (script) => ask(`${base}/execute/sync`, { script: `return ${script}`, args: [] }),
    close: async () => {
      await ask(base, undefined, 'DELETE').catch(() => {});
      for (const child of children.reverse()) child.kill('SIGKILL');
    },
  };
}
