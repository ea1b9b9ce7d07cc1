import { turn } from './server.js';

const frame = window.requestAnimationFrame.bind(window);
const clock = performance.now.bind(performance);

// A page in the background gets no frames: the timer goes on.
const nextLook = (): Promise<unknown> => Promise.race([new Promise((resolve) => frame(resolve)), turn(50)]);

/** Resolves with the condition's first truthy value; fails with the message (or the condition's last error). */
export async function until<T>(
  condition: () => T | Promise<T>,
  message = 'the condition did not come true',
  { timeout = 120_000 }: { timeout?: number } = {},
): Promise<Exclude<Awaited<T>, false | null | undefined | 0 | ''>> {
  const end = clock() + timeout;
  let last: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value) return value as Exclude<Awaited<T>, false | null | undefined | 0 | ''>;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (clock() > end) break;
    await nextLook();
  }
  const reason = last instanceof Error ? `: ${last.message}` : '';
  throw new Error(`${message} within ${timeout} ms${reason}`, { cause: last });
}
