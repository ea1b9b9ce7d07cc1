import { filesBelow, sourceOf } from '../imports.mjs';
import { ROOMS as MUTATED } from '../mutation/rooms.mjs';
import { instrument } from './instrument.mjs';

/** The least of a room's lines, and of its branches, in percent. */
export const GOAL = 95;

/**
 * What is measured, and the tests that have to run it: the room's own alone, as for mutants.
 * @type {Record<string, { sources: string, tests: string[] }>}
 */
export const ROOMS = {
  model: { sources: 'src/model/', tests: MUTATED.model ?? [] },
  wire: { sources: 'src/wire/', tests: MUTATED.wire ?? [] },
  transport: { sources: 'src/transport/', tests: MUTATED.transport ?? [] },
  'url-gate': {
    sources: 'src/markdown/links.ts',
    tests: ['test/markdown/links.test.ts', 'test/markdown/url-gate.test.ts'],
  },
};

/** @param {string} file */
export const isMeasured = (file) =>
  file.endsWith('.ts') && Object.values(ROOMS).some(({ sources }) => file.startsWith(sources));

/**
 * @typedef {Record<string, number[]>} Counts of each source
 * @typedef {Record<string, Counts>} Report the counts of each test file
 * @typedef {{ covered: number, all: number }} Share
 * @typedef {{ line: number, last: number, what: string }} Gap
 * @typedef {{ file: string, lines: Share, branches: Share, gaps: Gap[] }} FileResult
 */

/** @param {{ covered: number, all: number }} share */
export const percentOf = ({ covered, all }) => (all === 0 ? 100 : (100 * covered) / all);

/** @param {Share[]} shares @returns {Share} */
export const sum = (shares) => ({
  covered: shares.reduce((total, { covered }) => total + covered, 0),
  all: shares.reduce((total, { all }) => total + all, 0),
});

/** @param {string} file @param {string} room */
const isTestOf = (file, room) => (ROOMS[room]?.tests ?? []).some((path) => `${file}/`.startsWith(`${path}/`));

/** The test files of a room. @param {string} room */
export const testsOf = (room) =>
  filesBelow('test', /\.test\.ts$/).filter((file) => isTestOf(file, room));

/** Lines that never ran, those with none between them that did as one. @param {Map<number, boolean>} lines */
function unrun(lines) {
  /** @type {Gap[]} */
  const gaps = [];
  let open = false;
  for (const [line, ran] of [...lines].sort(([a], [b]) => a - b)) {
    const gap = gaps.at(-1);
    if (!ran && open && gap) gap.last = line;
    else if (!ran) gaps.push({ line, last: line, what: 'never run' });
    open = !ran;
  }
  return gaps;
}

/** @param {string} file @param {Counts[]} runs @returns {FileResult} */
function resultOf(file, runs) {
  const { statements, branches } = instrument(file, sourceOf(file));
  const ran = (/** @type {number} */ at) => runs.some((counts) => (counts[file]?.[at] ?? 0) > 0);
  const lines = new Map(statements.map(({ line }) => [line, false]));
  for (const { line, at } of statements) if (ran(at)) lines.set(line, true);
  const all = branches.flatMap(({ line, text, ways, at }) =>
    ways.map((way, index) => ({ line, last: line, what: `never ${way}: ${text}`, taken: ran(at + index) })),
  );
  const missed = all.filter(({ taken }) => !taken);
  // What never ran took none of its ways: said once is enough.
  const gaps = [...unrun(lines), ...missed.filter(({ line }) => lines.get(line) !== false)];
  return {
    file,
    lines: { covered: [...lines.values()].filter(Boolean).length, all: lines.size },
    branches: { covered: all.length - missed.length, all: all.length },
    gaps: gaps.map(({ line, last, what }) => ({ line, last, what })).sort((a, b) => a.line - b.line),
  };
}

/** What the tests of a room made run of its sources. @param {string} room @param {Report} report */
export function resultsOf(room, report) {
  const runs = Object.entries(report).flatMap(([file, counts]) => (isTestOf(file, room) ? [counts] : []));
  const { sources = '' } = ROOMS[room] ?? {};
  return filesBelow('src', /\.ts$/)
    .filter((file) => file.startsWith(sources))
    .map((file) => resultOf(file, runs));
}
