import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';

import { build } from './build.mjs';
import { at, ensurePackages } from './run.mjs';

/** Takes the README's picture of every state: `npm run picture`. CHROME_PATH names another Chromium. */
ensurePackages();
await build(['script', 'diagram', 'demo']);
const server = spawn(process.execPath, [at('build/demo-server.js')], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = await once(server.stdout, 'data');
const { chromium } = await import('playwright-core');
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage({ viewport: { width: 2284, height: 1360 } });
  await page.goto(new URL('/demo/board.html', String(line).trim()).href);
  await page.waitForSelector('body[data-ready]');
  await page.waitForTimeout(1000);
  mkdirSync(at('docs/images'), { recursive: true });
  await page.screenshot({ path: at('docs/images/states.png'), animations: 'disabled', caret: 'hide' });
} finally {
  await browser.close();
  server.kill();
}
