import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

import { at } from '../run.mjs';
import { ACCEPTED, EQUIVALENT } from './accepted.mjs';
import { scoreOf, sum } from './results.mjs';
import { GOAL, GOALS, ROOMS } from './rooms.mjs';

/**
 * @typedef {import('./accepted.mjs').Known} Known
 * @typedef {import('./results.mjs').Counts} Counts
 * @typedef {{ date: string, files: Record<string, Counts> }} RoomFigures
 * @typedef {Record<string, RoomFigures>} Figures
 */

const DATA = at('docs/mutation.json');
const PAGE = at('docs/mutation.md');

/** @returns {Figures} */
export const savedFigures = () => (existsSync(DATA) ? JSON.parse(readFileSync(DATA, 'utf8')) : {});

/** @param {(string | number)[][]} rows */
function table([head = [], ...rows]) {
  const line = (/** @type {(string | number)[]} */ cells) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_cell, index) => (index === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map(line).join('\n');
}

const HEAD = ['mutants', 'killed', 'endless', 'survived', 'of them never run', 'equivalent', 'score'];

/** @param {Counts} counts */
function cells(counts) {
  const { killed, endless, survived, unreached, equivalent } = counts;
  const all = killed + endless + survived + equivalent;
  return [all, killed, endless, survived, unreached, equivalent, `${scoreOf(counts).toFixed(1)} %`];
}

/** @param {Figures} figures */
function roomTable(figures) {
  const rows = Object.keys(ROOMS).flatMap((room) => {
    const { date, files } = figures[room] ?? {};
    if (!files) return [];
    return [[`\`src/${room}\``, `${date}`, ...cells(sum(Object.values(files)))]];
  });
  return table([['room', 'measured', ...HEAD], ...rows]);
}

/** @param {Record<string, Counts>} files */
const fileTable = (files) =>
  table([
    ['file', ...HEAD],
    ...Object.entries(files)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([file, counts]) => [`\`${file}\``, ...cells(counts)]),
  ]);

/** @param {string} code a cell of a table holds no bar */
const code = (code) => (code ? `<code>${escape(code)}</code>` : '(nothing)');
const escape = (/** @type {string} */ text) =>
  text.replace(/[&<>|\\`*_[\]{}$]/g, (character) => `&#${character.charCodeAt(0)};`);

/** @param {readonly Known[]} list */
function knownTable(list) {
  if (list.length === 0) return 'None.';
  const rows = list.map(({ file, from, to, why }) => [`\`${file}\``, `${code(from)} → ${code(to)}`, why]);
  return table([['file', 'mutant', 'why'], ...rows]).replace(/---:/g, '---');
}

/** @param {Figures} figures */
function pageOf(figures) {
  const rooms = Object.keys(ROOMS).flatMap((room) => {
    const files = figures[room]?.files;
    return files ? [`### \`src/${room}\`\n\n${fileTable(files)}`] : [];
  });
  const gates = Object.entries(GOALS).map(([file, goal]) => `\`${file}\` ${goal} %`);
  return `# Mutation tests

Written by \`npm run mutation\`, which changes the sources of a room in thousands of small ways, one at a time, and looks whether
the tests of that room fail. Why so, and what with: [decision 010](decisions/010-mutation-tests.md). Gate: at least ${GOAL} % of
each room${gates.length > 0 ? `; ${gates.join(', ')}` : ''}.

${roomTable(figures)}

The score leaves out the equivalent ones. Which mutants survived, with their lines: \`build/mutation/<room>.survivors.txt\` after
a run.

## By file

${rooms.join('\n\n')}

## Equivalent

Mutants that nobody could notice, whatever the test. Kept in \`scripts/mutation/accepted.mjs\`.

${knownTable(EQUIVALENT)}

## Accepted

Mutants that a test could notice, and would hold nothing that anybody relies on. They count as survived.

${knownTable(ACCEPTED)}
`;
}

/** @param {Figures} figures */
export async function writeReport(figures) {
  writeFileSync(DATA, await pretty(JSON.stringify(figures), DATA));
  writeFileSync(PAGE, await pretty(pageOf(figures), PAGE));
}

/** @param {string} text @param {string} file */
const pretty = async (text, file) => format(text, { ...(await resolveConfig(file)), filepath: file });
