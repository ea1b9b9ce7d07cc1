/** Milliseconds as a timer takes them: what is longer than 24 days, such as no limit at all, it calls none. */
export const delayOf = (milliseconds: number): number => Math.min(milliseconds, 2 ** 31 - 1);
