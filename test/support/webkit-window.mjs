import { startDriver } from './webkit-driver.mjs';

/** A window of WebKitGTK's MiniBrowser on a screen of its own, driven over the WebDriver protocol. */
export class WebKitWindow {
  #paths;
  #base = '';
  /** @type {import('node:child_process').ChildProcess[]} */
  #children = [];
  /** @type {Promise<void> | undefined} */
  #started;

  /** @param {{ path: string, browser?: string }} paths */
  constructor(paths) {
    this.#paths = paths;
  }

  async #start() {
    const { address, children } = await startDriver(this.#paths.path);
    this.#children = children;
    const alwaysMatch = {
      pageLoadStrategy: 'none',
      'webkitgtk:browserOptions': { binary: this.#paths.browser, args: ['--automation'] },
    };
    const { sessionId } = await this.#ask(`${address}/session`, { capabilities: { alwaysMatch } });
    this.#base = `${address}/session/${sessionId}`;
    await this.#ask(`${this.#base}/window/rect`, { x: 0, y: 0, width: 820, height: 700 });
  }

  /**
   * @param {string} url
   * @param {unknown} [body]
   * @param {string} [method]
   */
  async #ask(url, body, method = body === undefined ? 'GET' : 'POST') {
    const payload = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(url, { method, ...payload });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebKit: ${value?.error}: ${value?.message}`);
    return value;
  }

  /** @param {string} url */
  async show(url) {
    this.#started ??= this.#start();
    await this.#started;
    await this.#ask(`${this.#base}/url`, { url });
  }

  /** @returns {Promise<string>} */
  url() {
    return this.#ask(`${this.#base}/url`);
  }

  /** @param {object[]} actions */
  async act(...actions) {
    await this.#ask(`${this.#base}/actions`, { actions });
  }

  /** Lets go of all keys and buttons. */
  async release() {
    await this.#ask(`${this.#base}/actions`, undefined, 'DELETE');
  }

  async close() {
    if (this.#base) await this.#ask(this.#base, undefined, 'DELETE').catch(() => {});
    for (const child of this.#children.reverse()) child.kill('SIGKILL');
  }
}
