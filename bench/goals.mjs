import { WIDGETS } from './pages/pages.mjs';
import { median, medians, ratio } from './statistics.mjs';
import { samplesOf, short } from './tables.mjs';
import { CASES, THREAD_CASES } from './widget.mjs';
import { SIZES, TOKENS } from './writer.mjs';

/** @typedef {{ goal: string, most: number, measured: number | undefined }} Goal reached when measured is at most `most` */

const PEERS = Object.keys(WIDGETS).filter((name) => !/^(floor|ours)/.test(name));
const COLUMNS = {
  mainThread: 'main thread',
  longestTask: 'longest task',
  slowFrames: 'slow frames',
  lag: 'lag',
  nodes: 'nodes',
  heap: 'heap',
};
/** At 60 a second, in ms. */
const FRAME = 1000 / 60;
const THREE_FRAMES = 3 * FRAME;
const LONG_TASK = 50;

const worst = (values) => {
  const known = values.filter(Number.isFinite);
  return known.length > 0 ? Math.max(...known) : undefined;
};

function writerGoals(part) {
  const against = (candidate, length) =>
    worst(
      TOKENS.map((tokens) =>
        ratio(
          samplesOf(part, { candidate: 'ours', length, tokens }),
          samplesOf(part, { candidate, length, tokens }),
          'ms',
        ),
      ),
    );
  return SIZES.flatMap((length) => [
    {
      goal: `writer at ${length / 1000} kB, times the grouped floor`,
      most: length === SIZES[0] ? 1.5 : 1.25,
      measured: against('floor-grouped', length),
    },
    {
      goal: `writer at ${length / 1000} kB, times marked with only the open block patched`,
      most: 0.5,
      measured: against('marked-open', length),
    },
  ]);
}

function growthGoals(part) {
  const cost = (length, tokens) =>
    median(
      samplesOf(part, { candidate: 'ours', length, tokens }).map((sample) => sample.microsecondsPerToken),
    );
  return TOKENS.map((tokens) => {
    const costs = SIZES.map((length) => cost(length, tokens)).filter(Number.isFinite);
    return {
      goal: `cost of a character, ${tokens} tokens a flush: dearest to cheapest size`,
      most: 1.15,
      measured: Math.max(...costs) / Math.min(...costs),
    };
  });
}

function widgetGoals(part) {
  const of = (id, candidate) => samplesOf(part, { case: id, candidate });
  const times = (id, candidate) => ratio(of(id, 'ours'), of(id, candidate), 'mainThread');
  const main = [
    { goal: 'widget at 200 tokens/s, times the floor page', most: 1.3, measured: times('pace-200', 'floor') },
    {
      goal: 'widget as fast as the wire, first answer, times the floor page',
      most: 1.6,
      measured: times('at-once', 'floor'),
    },
    {
      goal: 'widget as fast as the wire, second answer, times the floor page',
      most: 1.6,
      measured: times('again', 'floor'),
    },
    {
      goal: 'widget at 200 tokens/s, times AI SDK with streamdown',
      most: 0.7,
      measured: times('pace-200', 'ai-sdk'),
    },
    { goal: 'widget at 200 tokens/s, times deep-chat', most: 0.2, measured: times('pace-200', 'deep-chat') },
  ];
  const each = Object.keys(CASES).flatMap((id) => {
    const { longestTask, lag } = medians(of(id, 'ours'));
    return [
      { goal: `longest task, ms: ${CASES[id].label}`, most: LONG_TASK, measured: longestTask },
      ...(id.startsWith('pace') || id === 'at-once' || id === 'again'
        ? [{ goal: `last byte to painted, ms: ${CASES[id].label}`, most: THREE_FRAMES, measured: lag }]
        : []),
    ];
  });
  return [...main, ...each, ...peerGoals(of)];
}

/** In each column our number divided by the best peer's, in the case where that is worst. */
function peerGoals(of) {
  const cases = Object.keys(CASES).filter((id) => PEERS.every((name) => CASES[id].names.includes(name)));
  return Object.entries(COLUMNS).map(([column, label]) => {
    const all = cases.map((id) => ({ id, measured: againstPeers(of, id, column) }));
    const [{ id, measured }] = all.sort((a, b) => b.measured - a.measured);
    return { goal: `${label}, times the best peer's (worst: ${CASES[id].label})`, most: 1, measured };
  });
}

function againstPeers(of, id, column) {
  const own = medians(of(id, 'ours'))[column];
  const best = Math.min(...PEERS.map((name) => medians(of(id, name))[column]).filter(Number.isFinite));
  // Equal is as good, nothing counts as one, and a screen shows what comes within a frame at the same time.
  const even = own === best || (column === 'lag' && Math.abs(own - best) < FRAME);
  return even ? 1 : own / Math.max(best, 1);
}

/** What a token costs: what a long answer costs more than a short one, which has what a question costs once too. */
function threadGoals(part) {
  const ms = (id, before) => medians(samplesOf(part, { case: id, before })).mainThread;
  const token = (long, short, before) =>
    (ms(long, before) - ms(short, before)) / (THREAD_CASES[long].tokens - THREAD_CASES[short].tokens);
  const ratioOf = (long, short) => token(long, short, 5000) / token(long, short, 0);
  const goal = 'a token after 5,000 messages, times one in an empty thread:';
  return [
    { goal: `${goal} 200 tokens/s`, most: 1.3, measured: ratioOf('pace-200', 'pace-200-short') },
    { goal: `${goal} as fast as the wire`, most: 1.3, measured: ratioOf('long', 'at-once') },
  ];
}

function startGoals(part) {
  const { gzip } = medians(samplesOf(part, { candidate: 'ours' }));
  return [{ goal: 'before a person can type, kB gzip', most: 30, measured: gzip / 1000 }];
}

const GOALS = {
  writer: writerGoals,
  growth: growthGoals,
  widget: widgetGoals,
  threads: threadGoals,
  start: startGoals,
};

/** @returns {Goal[]} what the project set itself, and what this run measured */
export const goalsOf = (parts) =>
  Object.keys(GOALS)
    .filter((name) => parts[name])
    .flatMap((name) => GOALS[name](parts[name]))
    .filter(({ measured }) => Number.isFinite(measured));

/** @returns {import('./tables.mjs').Table} */
export const goalTable = (goals) => ({
  title: 'Goals',
  head: ['goal', 'at most', 'measured', 'reached'],
  rows: goals.map(({ goal, most, measured }) => [
    goal,
    short(most),
    short(measured),
    measured <= most ? 'yes' : 'no',
  ]),
});
