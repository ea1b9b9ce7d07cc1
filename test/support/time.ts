import { onCleanup } from './cleanup.js';

/** The wall clock, in the hands of the test: it stands still but for `pass`, in milliseconds. */
export function clock(): { pass: (time: number) => void } {
  const real = Date.now;
  let now = real();
  Date.now = () => now;
  onCleanup(() => (Date.now = real));
  return { pass: (time) => void (now += time) };
}

/** What `performance.now()` says until the function that this gives is called, or the test is over. */
export function keepTime(now: () => number): () => void {
  performance.now = now;
  const goOn = () => void Reflect.deleteProperty(performance, 'now');
  onCleanup(goOn);
  return goOn;
}

/** No time passes for what asks `performance.now()`: a machine that is busy with other engines takes 100 ms for anything. */
export function stopTime(): () => void {
  const time = performance.now();
  return keepTime(() => time);
}

/** Holds back timers of so many seconds; gives the function that lets their time pass. */
export function seconds(count: number): { pending: () => number; pass: () => void } {
  const { setTimeout: set, clearTimeout: clear } = window;
  const held = new Map<number, () => void>();
  let next = -1;
  window.setTimeout = ((run: () => void, delay?: number, ...rest: unknown[]) => {
    if (delay !== count * 1000) return set(run, delay, ...rest);
    held.set(next, run);
    return next--;
  }) as typeof setTimeout;
  window.clearTimeout = (id) => void (held.delete(id as number) || clear(id));
  onCleanup(() => Object.assign(window, { setTimeout: set, clearTimeout: clear }));
  return {
    pending: () => held.size,
    pass: () => {
      for (const [id, run] of [...held]) if (held.delete(id)) run();
    },
  };
}
