import { call } from './observable.js';

/** How long a notice may wait where no frame comes, in milliseconds. */
const withoutFrame = 100;

const waiting = new Set<() => void>();
/** When the first of those that wait began to. */
let since = 0;
let frame: number | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Calls back once before the next frame is drawn, or by a timer where no frame will come: in a hidden tab, where
 * `requestAnimationFrame` stops, and where there is no window at all. Returns the function that calls it off.
 *
 * One frame and one timer serve all. The timer is left to run and looks then whether frames still come: to set and clear
 * one for every frame costs as much as writing its text.
 */
export function scheduleFrame(callback: () => void): () => void {
  const framed = typeof requestAnimationFrame === 'function';
  if (!waiting.size) since = performance.now();
  waiting.add(callback);
  if (framed && frame === undefined) expectFrame();
  timer ??= setTimeout(look, framed ? withoutFrame : 16);
  return () => void waiting.delete(callback);
}

/** Those that wait are called in the next frame, after what was asked of that frame before. */
export function expectFrame(): void {
  const mine = requestAnimationFrame(() => {
    if (frame === mine) frame = undefined;
    run();
  });
  frame = mine;
}

function run(): void {
  const callbacks = [...waiting];
  waiting.clear();
  for (const callback of callbacks) call(callback);
}

function look(): void {
  timer = undefined;
  if (!waiting.size) return;
  const left = since + withoutFrame - performance.now();
  if (frame !== undefined && left > 1) timer = setTimeout(look, left);
  else {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    run();
  }
}

/** Whether the page is in a hidden tab. Where there is no page nothing is hidden. */
export function isHidden(): boolean {
  const { document } = globalThis as { document?: Document };
  return document?.visibilityState === 'hidden';
}

/** Gathers requests into one call a frame. */
export class Notice {
  readonly #callback: () => void;
  #cancel: (() => void) | undefined;
  #since = 0;

  constructor(callback: () => void) {
    this.#callback = callback;
  }

  request(): void {
    if (!this.#cancel) {
      this.#since = performance.now();
      this.#cancel = scheduleFrame(() => this.now());
    } else if (isHidden() && performance.now() - this.#since > withoutFrame) {
      // Timers of a hidden tab come once a second, and after minutes once a minute; what arrives comes in time.
      this.#since = Infinity;
      queueMicrotask(() => this.#cancel && this.now());
    }
  }

  /** Calls back at once, in place of what was requested. */
  now(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#callback();
  }
}
