/** How long a notice may wait where no frame comes, in milliseconds. */
const withoutFrame = 100;

/**
 * Calls back once before the next frame is drawn, or by a timer where no frame will come: in a hidden tab, where
 * `requestAnimationFrame` stops, and where there is no window at all. Returns the function that calls it off.
 *
 * Both are armed at once, because a tab can be hidden between the request and the frame.
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

/** Milliseconds of work after which a loop lets the page paint. */
const longestTurn = 8;

/**
 * Lets the page paint and answer input, if this turn has gone on for long. Reading a full buffer is a loop of settled
 * promises, which never leaves the microtask queue by itself.
 */
export class Turn {
  #since = performance.now();

  async yieldIfLong(): Promise<void> {
    if (performance.now() - this.#since < longestTurn) return;
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    this.#since = performance.now();
  }
}
