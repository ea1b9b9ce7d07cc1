import { keyActions, typeActions } from './webdriver-keys.mjs';
import { startDriver } from './webkit-driver.mjs';

const BUTTONS = { left: 0, middle: 1, right: 2 };

/**
 * WebKitGTK's MiniBrowser, driven over the WebDriver protocol: one window that shows one test file after another.
 * The type "webdriver" and the methods sendKeys, sendMouse… are what the test runner's commands look for.
 */
class WebKitLauncher {
  name = 'WebKit';
  type = 'webdriver';
  concurrency = 1;
  /** @type {import('node:child_process').ChildProcess[]} */
  #children = [];
  #active = '';
  #base = '';
  /** @type {Promise<void> | undefined} */
  #started;
  #paths;

  /** @param {{ path: string, browser?: string }} paths */
  constructor(paths) {
    this.#paths = paths;
  }

  initialize() {}

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

  /**
   * @param {string} sessionId
   * @param {string} url
   */
  async startSession(sessionId, url) {
    this.#started ??= this.#start();
    await this.#started;
    this.#active = sessionId;
    await this.#ask(`${this.#base}/url`, { url });
  }

  /** @param {string} sessionId */
  isActive(sessionId) {
    return this.#active === sessionId;
  }

  getBrowserUrl() {
    return this.#ask(`${this.#base}/url`);
  }

  async stopSession() {
    this.#active = '';
    await this.#ask(`${this.#base}/url`, { url: 'about:blank' });
    return {};
  }

  startDebugSession() {
    return Promise.reject(new Error('Debug in another engine: this one shows no window'));
  }

  async stop() {
    if (this.#base) await this.#ask(this.#base, undefined, 'DELETE').catch(() => {});
    for (const child of this.#children.reverse()) child.kill('SIGKILL');
  }

  /** @param {object[]} actions */
  async #act(...actions) {
    await this.#ask(`${this.#base}/actions`, { actions });
  }

  /**
   * @param {string} _session
   * @param {string[]} keys
   */
  sendKeys(_session, keys) {
    return this.#act({ type: 'key', id: 'keys', actions: typeActions(keys) });
  }

  /**
   * @param {string} _session
   * @param {string} combination such as Shift+Enter
   */
  press(_session, combination) {
    return this.#act({ type: 'key', id: 'keys', actions: keyActions(combination) });
  }

  /**
   * @param {string} _session
   * @param {[number, number]} position
   * @param {[number, number]} delta
   */
  wheel(_session, [x, y], [deltaX, deltaY]) {
    return this.#act({
      type: 'wheel',
      id: 'wheel',
      actions: [{ type: 'scroll', x, y, deltaX, deltaY, duration: 0 }],
    });
  }

  /** @param {object[]} actions */
  #mouse(...actions) {
    return this.#act({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions });
  }

  /** @type {(session: string, x: number, y: number) => Promise<void>} */
  sendMouseMove = (_session, x, y) => this.#mouse({ type: 'pointerMove', x, y, duration: 0 });

  /** @type {(session: string, button?: keyof typeof BUTTONS) => Promise<void>} */
  sendMouseDown = (_session, button = 'left') =>
    this.#mouse({ type: 'pointerDown', button: BUTTONS[button] });

  /** @type {(session: string, button?: keyof typeof BUTTONS) => Promise<void>} */
  sendMouseUp = (_session, button = 'left') => this.#mouse({ type: 'pointerUp', button: BUTTONS[button] });

  /** @type {(session: string, x: number, y: number, button?: keyof typeof BUTTONS) => Promise<void>} */
  sendMouseClick = (_session, x, y, button = 'left') =>
    this.#mouse(
      { type: 'pointerMove', x, y, duration: 0 },
      { type: 'pointerDown', button: BUTTONS[button] },
      { type: 'pointerUp', button: BUTTONS[button] },
    );

  async resetMouse() {
    await this.#ask(`${this.#base}/actions`, undefined, 'DELETE');
    await this.sendMouseMove('', 0, 0);
  }
}

/** @param {{ path: string, browser?: string }} paths */
export const webkitLauncher = (paths) => new WebKitLauncher(paths);
