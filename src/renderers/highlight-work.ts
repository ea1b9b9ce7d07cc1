/** Milliseconds of a frame that all blocks together may take. */
const share = 4;
/** How long work may wait where no frame comes, as in a hidden tab, in milliseconds. */
const withoutFrame = 100;

const waiting: Iterator<unknown>[] = [];
let scheduled = false;

/**
 * Does the steps of `work` in the coming frames, a few milliseconds in each, however many blocks wait. The newest work
 * goes first, because that is what a person looks at. What a step throws ends its work.
 */
export function workByFrame(work: Iterator<unknown>): void {
  waiting.push(work);
  schedule();
}

function schedule(): void {
  if (scheduled || waiting.length === 0) return;
  scheduled = true;
  // Both are armed at once, because a tab can be hidden between the request and the frame.
  const timer = setTimeout(run, withoutFrame);
  const frame = requestAnimationFrame(run);
  function run(): void {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    scheduled = false;
    try {
      workUntil(performance.now() + share);
    } finally {
      schedule();
    }
  }
}

function workUntil(end: number): void {
  while (waiting.length > 0 && performance.now() < end) {
    const work = waiting.at(-1)!;
    let done: boolean | undefined = true;
    try {
      ({ done } = work.next());
    } finally {
      if (done) waiting.splice(waiting.lastIndexOf(work), 1);
    }
  }
}
