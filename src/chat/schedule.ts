/** How long a notice may wait where no frame comes, in milliseconds. */
const withoutFrame = 100;

/**
 * Calls back once before the next frame is drawn, or by a timer where no frame will come: in a hidden tab, where
 * `requestAnimationFrame` stops, and where there is no window at all. Returns the function that calls it off.
 *
 * Both are armed at once, because a tab can be hidden between the request and the frame, and shown before the timer.
 */
export function scheduleFrame(callback: () => void): () => void {
  const framed = typeof requestAnimationFrame === 'function';
  let frame = 0;
  const stop = () => {
    clearTimeout(timer);
    if (framed) cancelAnimationFrame(frame);
  };
  const run = () => {
    stop();
    callback();
  };
  const timer = setTimeout(run, framed ? withoutFrame : 16);
  if (framed) frame = requestAnimationFrame(run);
  return stop;
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
