import { keyActions, typeActions } from './webdriver-keys.mjs';
import { WebKitWindow } from './webkit-window.mjs';

const BUTTONS = { left: 0, middle: 1, right: 2 };

/**
 * Shows one test file after another in windows of WebKitGTK's MiniBrowser. The type "webdriver" and the methods sendKeys,
 * sendMouse… are what the test runner's commands look for.
 */
class WebKitLauncher {
  name = 'WebKit';
  type = 'webdriver';
  // With a second one the writer's largest inputs take longer than they may on two cores.
  concurrency = 1;
  #paths;
  /** @type {WebKitWindow[]} */
  #windows = [];
  /** @type {WebKitWindow[]} */
  #idle = [];
  /** @type {Map<string, WebKitWindow>} */
  #active = new Map();

  /** @param {{ path: string, browser?: string }} paths */
  constructor(paths) {
    this.#paths = paths;
  }

  initialize() {}

  /**
   * @param {string} session
   * @param {string} url
   */
  async startSession(session, url) {
    let window = this.#idle.pop();
    if (!window) {
      window = new WebKitWindow(this.#paths);
      this.#windows.push(window);
    }
    this.#active.set(session, window);
    await window.show(url);
  }

  /** @param {string} session */
  isActive(session) {
    return this.#active.has(session);
  }

  /** @param {string} session */
  #windowOf(session) {
    const window = this.#active.get(session);
    if (!window) throw new Error(`No window shows session ${session}`);
    return window;
  }

  /** @param {string} session */
  getBrowserUrl(session) {
    return this.#windowOf(session).url();
  }

  /** @param {string} session */
  async stopSession(session) {
    const window = this.#windowOf(session);
    this.#active.delete(session);
    await window.show('about:blank');
    this.#idle.push(window);
    return {};
  }

  startDebugSession() {
    return Promise.reject(new Error('Debug in another engine: this one shows no window'));
  }

  async stop() {
    await Promise.all(this.#windows.map((window) => window.close()));
  }

  /**
   * @param {string} session
   * @param {string[]} keys
   */
  sendKeys(session, keys) {
    return this.#windowOf(session).act({ type: 'key', id: 'keys', actions: typeActions(keys) });
  }

  /**
   * @param {string} session
   * @param {string} combination such as Shift+Enter
   */
  press(session, combination) {
    return this.#windowOf(session).act({ type: 'key', id: 'keys', actions: keyActions(combination) });
  }

  /**
   * @param {string} session
   * @param {[number, number]} position
   * @param {[number, number]} delta
   */
  wheel(session, [x, y], [deltaX, deltaY]) {
    return this.#windowOf(session).act({
      type: 'wheel',
      id: 'wheel',
      actions: [{ type: 'scroll', x, y, deltaX, deltaY, duration: 0 }],
    });
  }

  /**
   * @param {string} session
   * @param {object[]} actions
   */
  #mouse(session, ...actions) {
    const parameters = { pointerType: 'mouse' };
    return this.#windowOf(session).act({ type: 'pointer', id: 'mouse', parameters, actions });
  }

  /** @type {(session: string, x: number, y: number) => Promise<void>} */
  sendMouseMove = (session, x, y) => this.#mouse(session, { type: 'pointerMove', x, y, duration: 0 });

  /** @type {(session: string, button?: keyof typeof BUTTONS) => Promise<void>} */
  sendMouseDown = (session, button = 'left') =>
    this.#mouse(session, { type: 'pointerDown', button: BUTTONS[button] });

  /** @type {(session: string, button?: keyof typeof BUTTONS) => Promise<void>} */
  sendMouseUp = (session, button = 'left') =>
    this.#mouse(session, { type: 'pointerUp', button: BUTTONS[button] });

  /** @type {(session: string, x: number, y: number, button?: keyof typeof BUTTONS) => Promise<void>} */
  sendMouseClick = (session, x, y, button = 'left') =>
    this.#mouse(
      session,
      { type: 'pointerMove', x, y, duration: 0 },
      { type: 'pointerDown', button: BUTTONS[button] },
      { type: 'pointerUp', button: BUTTONS[button] },
    );

  /** @param {string} session */
  async resetMouse(session) {
    await this.#windowOf(session).release();
    await this.sendMouseMove(session, 0, 0);
  }
}

/** @param {{ path: string, browser?: string }} paths */
export const webkitLauncher = (paths) => new WebKitLauncher(paths);
