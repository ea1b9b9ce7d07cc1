import { expectFrame, isHidden } from './schedule.js';

/** How long a frame is waited for, in milliseconds: none comes to what is scrolled out of view in a page of another site. */
const longest = 100;

const waiting = new Set<() => void>();
let since = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Resolves when the next frame begins, before anything else is called in it: what is read then is drawn in it, together.
 * Undefined where no frame is drawn: in a hidden tab, and where there is no window at all.
 */
export function nextFrame(): Promise<void> | undefined {
  if (typeof requestAnimationFrame !== 'function' || isHidden()) return undefined;
  return new Promise((resolve) => {
    if (!waiting.size) {
      since = performance.now();
      requestAnimationFrame(begin);
      // After it, so that what comes of it need not wait for another frame.
      expectFrame();
    }
    waiting.add(resolve);
    timer ??= setTimeout(look, longest);
  });
}

function begin(): void {
  const callbacks = [...waiting];
  waiting.clear();
  for (const callback of callbacks) callback();
}

/** Left to run, and looks then whether frames still come. */
function look(): void {
  timer = undefined;
  if (!waiting.size) return;
  const left = since + longest - performance.now();
  if (left > 1) timer = setTimeout(look, left);
  else begin();
}
