import { basename } from 'node:path';

import { chromeLauncher } from '@web/test-runner-chrome';

import { findBrowser, wantedEngines } from '../../scripts/browsers.mjs';
import { webkitLauncher } from './webkit-launcher.mjs';

/** @typedef {import('../../scripts/browsers.mjs').Found} Found */

/** @param {Found} found */
function chromium({ path }) {
  const shell = basename(path).includes('headless-shell');
  const launcher = chromeLauncher({
    // In a browser with windows all tabs but one are in the background, where frames stop.
    concurrency: shell ? 2 : 1,
    launchOptions: {
      executablePath: path,
      headless: shell ? 'shell' : true,
      args: [
        ...['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
        ...['--disable-component-update', '--disable-sync', '--no-proxy-server'],
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      ],
    },
    createPage: async ({ browser }) => {
      // Storage of its own for each tab: two test files run at once.
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      const devtools = await page.createCDPSession();
      await devtools.send('Emulation.setFocusEmulationEnabled', { enabled: true });
      return page;
    },
  });
  return Object.assign(launcher, { name: 'Chromium' });
}

/** @param {Found} found */
function firefox({ path }) {
  /** @type {import('puppeteer-core').Browser[]} */
  const others = [];
  /** @type {import('puppeteer-core').Browser | undefined} */
  let first;
  const launcher = chromeLauncher({
    concurrency: 2,
    launchOptions: {
      browser: 'firefox',
      executablePath: path,
      // What is told of every request takes half of the browser's own time.
      networkEnabled: false,
      // A proxy that nobody answers at: the engine reaches this machine and nothing else.
      extraPrefsFirefox: {
        'network.proxy.type': 1,
        'network.proxy.http': '127.0.0.1',
        'network.proxy.http_port': 9,
        'network.proxy.ssl': '127.0.0.1',
        'network.proxy.ssl_port': 9,
        'network.proxy.no_proxies_on': '127.0.0.1, localhost',
        'network.proxy.allow_hijacking_localhost': false,
      },
    },
    // A browser for each page: of two tabs one is in the background, and storage is shared.
    createPage: async ({ browser }) => {
      if (first === browser) {
        browser = await launcher.launchBrowser();
        others.push(browser);
      }
      first ??= browser;
      const page = await browser.newPage();
      await page.bringToFront();
      return page;
    },
  });
  const stop = launcher.stop.bind(launcher);
  return Object.assign(launcher, {
    name: 'Firefox',
    async stop() {
      await Promise.all([stop(), ...others.map((browser) => browser.close())]);
    },
  });
}

const LAUNCHERS = { chromium, firefox, webkit: webkitLauncher };

/** One launcher for each wanted engine that is there. */
export function launchers() {
  const found = wantedEngines().flatMap((engine) => {
    const paths = findBrowser(engine);
    return paths ? [LAUNCHERS[engine](paths)] : [];
  });
  if (found.length === 0)
    throw new Error('No browser found: node scripts/browsers.mjs installs them or says how');
  return found;
}
