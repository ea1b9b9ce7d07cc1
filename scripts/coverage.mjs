import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { ensureBrowsers } from './browsers.mjs';
import { GOAL, percentOf, resultsOf, ROOMS, sum, testsOf } from './coverage/results.mjs';
import { ensurePackages, roomsAsked, tool } from './run.mjs';

const HELP = `Runs the tests of these rooms in Chromium and says which lines and branches of the room they leave out:
npm run coverage -- [rooms]

  rooms               ${Object.keys(ROOMS).join(', ')} (all)`;

/** @typedef {import('./coverage/results.mjs').FileResult} FileResult */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', default: false } },
});

/**
 * What the tests made run, and whether all of them passed.
 * @param {string[]} rooms
 * @returns {Promise<{ report: import('./coverage/results.mjs').Report, passed: boolean }>}
 */
async function measure(rooms) {
  const folder = mkdtempSync(join(tmpdir(), 'chat-stream-coverage-'));
  const file = join(folder, 'report.json');
  const tests = [...new Set(rooms.flatMap(testsOf))];
  try {
    const { code } = await tool('wtr', ['--config', 'scripts/coverage/config.mjs', '--files', ...tests], {
      env: { COVERAGE_REPORT: file },
    });
    if (!existsSync(file)) throw new Error('The tests did not come to an end');
    return { report: JSON.parse(readFileSync(file, 'utf8')), passed: code === 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {FileResult} result */
const gapLines = ({ file, gaps }) =>
  gaps.map(({ line, last, what }) => `${file}:${line}${last > line ? `-${last}` : ''} ${what}`);

/** @param {import('./coverage/results.mjs').Share} share */
const figure = (share) => `${percentOf(share).toFixed(1)} % of ${share.all}`.padStart(16);

/** Says what is known of a room, and whether that is enough. @param {string} room @param {FileResult[]} results */
function verdict(room, results) {
  const lines = sum(results.map((result) => result.lines));
  const branches = sum(results.map((result) => result.branches));
  const passed = [lines, branches].every((share) => percentOf(share) >= GOAL);
  const mark = passed ? '✓' : '✗';
  console.log(`${mark} ${room.padEnd(10)} lines ${figure(lines)}   branches ${figure(branches)}`);
  return passed;
}

async function main() {
  if (values.help) return console.log(HELP);
  const rooms = roomsAsked(positionals, Object.keys(ROOMS));
  ensurePackages();
  process.env.BROWSERS = 'chromium';
  for (const { advice } of ensureBrowsers().missing) throw new Error(advice);
  const { report, passed } = await measure(rooms);
  const results = rooms.map((room) => ({ room, files: resultsOf(room, report) }));
  console.log('');
  for (const { files } of results) for (const line of files.flatMap(gapLines)) console.log(line);
  console.log('');
  const reached = results.map(({ room, files }) => verdict(room, files)).every(Boolean);
  if (!reached) console.log(`Not reached: ${GOAL} % of the lines and of the branches of each room`);
  if (!passed) console.log('Not all tests passed');
  process.exitCode = reached && passed ? 0 : 1;
}

await main();
