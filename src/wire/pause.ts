let last = 0;

/** When reading last waited for bytes, so that the page had its turn to paint, in milliseconds of `performance.now()`. */
export const lastPause = (): number => last;

/** Bytes came that were awaited since a time. What takes longer than a settled promise can was a pause. */
export function paused(since: number): void {
  const now = performance.now();
  if (now - since > 1) last = now;
}
