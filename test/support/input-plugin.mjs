import { keysOf } from './webdriver-keys.mjs';

/**
 * Two commands the test runner lacks, the same in all engines: a key combination and the mouse wheel.
 * @returns {import('@web/test-runner-core').TestRunnerPlugin}
 */
export const inputPlugin = () => ({
  name: 'chat-stream-input',
  async executeCommand({ command, payload, session }) {
    const browser = /** @type {any} */ (session.browser);
    if (command === 'chat-press') {
      if (browser.type === 'webdriver') await browser.press(session.id, payload);
      else await pressIn(browser.getPage(session.id), String(payload));
      return true;
    }
    if (command === 'chat-wheel') {
      const { position, delta } = /** @type {{ position: [number, number], delta: [number, number] }} */ (
        payload
      );
      if (browser.type === 'webdriver') {
        await browser.wheel(session.id, position, delta);
        return true;
      }
      const { mouse } = browser.getPage(session.id);
      await mouse.move(...position);
      await mouse.wheel({ deltaX: delta[0], deltaY: delta[1] });
      return true;
    }
    return undefined;
  },
});

/**
 * @param {import('puppeteer-core').Page} page
 * @param {string} combination
 */
async function pressIn(page, combination) {
  const keys = /** @type {import('puppeteer-core').KeyInput[]} */ (keysOf(combination));
  for (const key of keys) await page.keyboard.down(key);
  for (const key of keys.reverse()) await page.keyboard.up(key);
}
