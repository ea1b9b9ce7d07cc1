/**
 * Milliseconds after which text is shown, whatever its pace. With a frame before it and another after, what is shown is
 * less than 300 ms behind the wire.
 */
const latest = 250;
/** Milliseconds: so much of its time text has used up when it comes. */
const frame = 16;

/** The slowest even pace at which all text is shown in time: how much of what waits is due. */
export class Steady {
  /** What came together: by when it is due, and how much waits up to its end. */
  #marks: { until: number; end: number }[] = [];
  #since = 0;
  #due = 0;

  /** So many characters have come. */
  take(length: number): void {
    const now = performance.now();
    if (!this.#marks.length) this.#since = now - frame;
    this.#marks.push({ until: now + latest, end: (this.#marks.at(-1)?.end ?? 0) + length });
  }

  /** How many characters should be shown by now. */
  due(): number {
    const now = performance.now();
    const elapsed = now - this.#since;
    // Still the same frame.
    if (elapsed < frame / 4) return this.#due;
    this.#since = now;
    const shares = this.#marks.map(({ until, end }) =>
      until > now ? (end * elapsed) / (until - now + elapsed) : end,
    );
    return (this.#due = Math.ceil(Math.max(...shares)));
  }

  /** So many characters were shown. */
  give(length: number): void {
    this.#due = Math.max(0, this.#due - length);
    for (const mark of this.#marks) mark.end -= length;
    this.#marks = this.#marks.filter(({ end }) => end > 0);
  }

  /** Forgets what has come. */
  clear(): void {
    this.#marks = [];
    this.#due = 0;
  }
}
