import { askOnce, startOnce } from './measure.mjs';
import { WIDGETS } from './pages/pages.mjs';
import { interleave } from './statistics.mjs';

const ALL = Object.keys(WIDGETS);
const CHATS = ALL.filter((name) => name !== 'floor-still');
const FEW = ['floor', 'ours'];

/** How an answer comes. `pace` in tokens a second, 0 for at once; `rounds`: at most so many. */
export const CASES = {
  'at-once': { label: 'as fast as the wire, first answer', tokens: 2000, pace: 0, names: ALL },
  again: {
    label: 'as fast as the wire, second answer',
    tokens: 2000,
    pace: 0,
    again: true,
    names: [...FEW, 'ai-sdk'],
  },
  'pace-200': { label: '200 tokens/s', tokens: 2000, pace: 200, names: ALL },
  'pace-50': { label: '50 tokens/s', tokens: 200, pace: 50, names: CHATS, rounds: 3 },
  slow: {
    label: 'as fast as the wire, CPU slowed 4 times',
    tokens: 2000,
    pace: 0,
    slowdown: 4,
    names: CHATS,
  },
  long: { label: '20,000 tokens as fast as the wire', tokens: 20_000, pace: 0, names: FEW },
  'long-slow': {
    label: '20,000 tokens as fast as the wire, CPU slowed 4 times',
    tokens: 20_000,
    pace: 0,
    slowdown: 4,
    names: FEW,
  },
};
const YARDSTICKS = ['floor', 'ours', 'ai-sdk'];
/** Milliseconds for one cell over all rounds. */
const BUDGET = 55_000;

/** What one answer costs each whole widget. */
export async function measureWidgets(browser, { url }, { rounds, quick }, tell) {
  const cells = [];
  for (const [id, { names, rounds: most = Infinity, label, tokens, ...how }] of Object.entries(CASES)) {
    tell(`widgets: ${label}`);
    const rows = await interleave(
      names,
      { rounds: Math.min(rounds, most), budget: BUDGET, whole: (name) => YARDSTICKS.includes(name) },
      (candidate) => askOnce(browser, url, { candidate, tokens: quick ? tokens / 10 : tokens, ...how }),
    );
    cells.push(...rows.map(({ cell, samples }) => ({ candidate: cell, case: id, samples })));
  }
  return { cells };
}

export const THREADS = [0, 1000, 5000];
/** Of a short answer and a long one: what a question costs once, and what each token costs. */
export const THREAD_CASES = {
  'at-once': { tokens: 2000, pace: 0, again: true },
  long: { tokens: 20_000, pace: 0, again: true },
  'pace-200': { tokens: 1000, pace: 200, again: true },
  'pace-200-short': { tokens: 200, pace: 200, again: true },
};

/** What an answer costs in a thread that is long already. */
export async function measureThreads(browser, { url }, { rounds, quick }, tell) {
  const cells = [];
  for (const [id, { tokens, ...how }] of Object.entries(THREAD_CASES)) {
    tell(`threads: ${tokens} tokens, ${how.pace === 0 ? 'as fast as the wire' : `${how.pace} tokens/s`}`);
    const rows = await interleave(THREADS, { rounds, budget: Infinity }, (before) =>
      askOnce(browser, url, { candidate: 'ours', before, tokens: quick ? tokens / 10 : tokens, ...how }),
    );
    cells.push(...rows.map(({ cell, samples }) => ({ candidate: 'ours', before: cell, case: id, samples })));
  }
  return { cells };
}

/** What it takes until a person could type. */
export async function measureStarts(browser, server, { rounds }, tell) {
  tell('start');
  const rows = await interleave(CHATS, { rounds, budget: Infinity }, (name) =>
    startOnce(browser, server, name),
  );
  return { cells: rows.map(({ cell, samples }) => ({ candidate: cell, samples })) };
}
