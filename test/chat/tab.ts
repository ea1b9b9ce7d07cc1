import { onCleanup } from '../support/index.js';

const { requestAnimationFrame } = window;

export interface HiddenTab {
  /** The reader comes back: the tab is visible, and the frames that were asked for come. */
  show(): void;
}

/** Makes this page that of a hidden tab, for the rest of the test: no frame comes. */
export function hideTab(): HiddenTab {
  let state: DocumentVisibilityState = 'hidden';
  const held = new Map<number, FrameRequestCallback>();
  let last = 0;
  const { cancelAnimationFrame } = window;
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  window.requestAnimationFrame = (callback) => held.set(--last, callback) && last;
  window.cancelAnimationFrame = (id) => void held.delete(id);
  onCleanup(() => {
    Reflect.deleteProperty(document, 'visibilityState');
    Object.assign(window, { requestAnimationFrame, cancelAnimationFrame });
    // A frame that was asked for comes in the end.
    for (const callback of held.values()) requestAnimationFrame(callback);
  });
  return {
    show() {
      state = 'visible';
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      window.requestAnimationFrame = requestAnimationFrame;
      requestAnimationFrame((time) => {
        for (const [id, callback] of [...held]) if (held.delete(id)) callback(time);
      });
    },
  };
}

/** Timers of 100 ms and more do not come for the rest of the test, as in a tab that was hidden for minutes. */
export function holdTimers(): void {
  const { setTimeout } = window;
  const late: (() => void)[] = [];
  const held = (handler: TimerHandler, delay = 0, ...args: unknown[]) =>
    delay < 100 ? setTimeout(handler, delay, ...args) : -late.push(() => setTimeout(handler, 0, ...args));
  window.setTimeout = held as typeof setTimeout;
  onCleanup(() => {
    window.setTimeout = setTimeout;
    for (const come of late) come();
  });
}

/**
 * Counts the moments at which a page is told what changed: its frames, and where none comes for 100 ms, as on a machine
 * that is busy with other engines, the timer that takes the place of one. Ask while something is told.
 */
export function countFrames(): () => number {
  let frames = 0;
  let since = performance.now();
  const next = () => void (frames++, (since = performance.now()));
  const count = () => void (next(), (counting = requestAnimationFrame(count)));
  let counting = requestAnimationFrame(count);
  onCleanup(() => cancelAnimationFrame(counting));
  return () => {
    if (performance.now() - since > 90) next();
    return frames;
  };
}
