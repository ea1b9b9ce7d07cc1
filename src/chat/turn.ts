import { lastPause } from '../wire/pause.js';

/**
 * Calls back in a task of its own, as soon as the page has had its turn to paint and to answer input.
 *
 * A message is neither clamped to 4 ms, as nested timers are, nor held up for a second in a hidden tab. `scheduler.yield`
 * goes before the page's other work: in Chromium it lets a frame through only every 100 ms.
 */
export function nextTask(callback: () => void): void {
  const { port1, port2 } = new MessageChannel();
  const onMessage = () => {
    // An open port keeps Node alive.
    port1.close();
    callback();
  };
  port1.addEventListener('message', onMessage, { once: true });
  port1.start();
  port2.postMessage(null);
}

/** Milliseconds of work after which a loop lets the page paint. */
const longestTurn = 5;

/**
 * Lets the page paint and answer input, if this turn has gone on for long. Reading a full buffer is a loop of settled
 * promises, which never leaves the microtask queue by itself.
 */
export class Turn {
  #since = performance.now();

  async yieldIfLong(): Promise<void> {
    if (performance.now() - Math.max(this.#since, lastPause()) < longestTurn) return;
    await new Promise<void>(nextTask);
    this.#since = performance.now();
  }
}
