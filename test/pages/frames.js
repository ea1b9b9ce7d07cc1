// Counts the frames that are drawn, and on demand notes how long the page did not answer.
window.drawnFrames = 0;
requestAnimationFrame(function count() {
  window.drawnFrames++;
  requestAnimationFrame(count);
});

const tasks = [];
if (PerformanceObserver.supportedEntryTypes.includes('longtask'))
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe(
    {
      type: 'longtask',
    },
  );

let longest = 0;
window.watch = () => {
  let last = performance.now();
  longest = 0;
  tasks.length = 0;
  setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 10);
};
/** Milliseconds: the longest wait of a timer of 10 ms, and the long tasks, 50 ms and more. */
window.watched = () => ({
  longest: Math.round(longest),
  longTasks: tasks.length,
  longestTask: Math.max(0, ...tasks),
});
