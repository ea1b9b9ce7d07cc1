import type { Wait } from '../model/thread.js';

/**
 * Resolves when a wait is over: at its time, when the network comes back, or when the signal aborts. `onHurry` is handed
 * the function that ends it at once.
 */
export function waitFor(
  { until }: Pick<Wait, 'until'>,
  signal: AbortSignal,
  onHurry: (hurry: () => void) => void = () => {},
): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      removeEventListener?.('online', end);
      resolve();
    };
    const timer = until === null ? undefined : setTimeout(end, until - Date.now());
    // Node has no such events, and no such function.
    const { addEventListener, removeEventListener } = globalThis as Partial<typeof globalThis>;
    signal.addEventListener('abort', end, { once: true });
    addEventListener?.('online', end);
    onHurry(end);
    if (signal.aborted) end();
  });
}
