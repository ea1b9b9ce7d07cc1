import { setTimeout as delay } from 'node:timers/promises';

import { chromium } from 'playwright-core';

import { findBrowser } from '../browsers.mjs';
import { moduleOf } from './bundle.mjs';

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('./page.ts').Mutant} Mutant
 */

/** How long a page may take to load on a busy machine, in milliseconds. */
const LOAD_TIME = 60_000;

async function launch() {
  const executablePath = findBrowser('chromium')?.path;
  const browser = await chromium.launch({
    args: ['--no-sandbox'],
    ...(executablePath && { executablePath }),
  });
  return browser.newContext();
}

/** The pages of one Chromium, which may be thrown away at any time: an endless loop stops a page for good. */
export class Pages {
  /** @type {Promise<import('playwright-core').BrowserContext> | undefined} one, so that its pages share a cache */
  #context;
  /** @type {Promise<Page> | undefined} the page that stays for many mutants */
  #lasting;
  #url;

  /** @param {string} url */
  constructor(url) {
    this.#url = url;
  }

  /**
   * A new page with these test files, in which a mutant may be active from the first line on.
   * @param {string[]} files
   * @param {Mutant} [mutant]
   */
  async open(files, mutant) {
    this.#context ??= launch();
    const page = await (await this.#context).newPage();
    page.setDefaultTimeout(LOAD_TIME);
    await page.goto(this.#url);
    await page.evaluate(
      ([files, mutant]) => window.runner.load(files, mutant),
      /** @type {const} */ ([files.map(moduleOf), mutant]),
    );
    return page;
  }

  /**
   * The page with all test files that is used again and again.
   * @param {string[]} files
   */
  lasting(files) {
    return (this.#lasting ??= this.open(files));
  }

  /** The next page is another one. */
  async renew() {
    const page = await this.#lasting;
    this.#lasting = undefined;
    await page?.close();
  }

  async close() {
    const context = this.#context;
    this.#context = undefined;
    this.#lasting = undefined;
    const closing = context?.then((one) => one.browser()?.close());
    await Promise.race([closing, delay(5000, undefined, { ref: false })]);
  }

  /**
   * What a task in these pages resolves with, or undefined after so many milliseconds, when all pages are gone.
   * @template T
   * @param {number} time
   * @param {() => Promise<T>} task
   * @returns {Promise<T | undefined>}
   */
  async within(time, task) {
    const late = new AbortController();
    const running = task();
    // It rejects once its page is closed.
    running.catch(() => {});
    const result = await Promise.race([running, delay(time, undefined, { signal: late.signal })]);
    late.abort();
    if (result === undefined) await this.close();
    return result;
  }
}
