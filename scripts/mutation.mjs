import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { ensureBrowsers } from './browsers.mjs';
import { ACCEPTED, EQUIVALENT } from './mutation/accepted.mjs';
import { savedFigures, writeReport } from './mutation/report.mjs';
import { resultsOf, scoreOf, sum } from './mutation/results.mjs';
import { GOAL, GOALS, ROOMS } from './mutation/rooms.mjs';
import { at, ensureFolder, ensurePackages, roomsAsked } from './run.mjs';

const HELP = `Changes the sources in small ways and looks whether the tests notice: npm run mutation -- [options] [rooms]

  rooms               ${Object.keys(ROOMS).join(', ')} (all)
  --file <path>       only this file of one room; may be given several times
  --workers <number>  browsers at a time (1)
  --report            no measuring: writes docs/mutation.md anew from docs/mutation.json`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    file: { type: 'string', multiple: true },
    workers: { type: 'string', default: '1' },
    report: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** @typedef {Record<string, import('./mutation/results.mjs').FileResult>} Results */

/** Installs Stryker, which nothing else needs. */
function ensureStryker() {
  const installed = at('scripts/mutation/node_modules/.package-lock.json');
  const names = ['@stryker-mutator/core', 'esbuild', 'koa'].map((name) => `node_modules/${name}`);
  const versions = (/** @type {string} */ file) => {
    const { packages } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { packages: {} };
    return names.map((name) => packages[name]?.version).join();
  };
  if (versions(installed) === versions(at('scripts/mutation/package-lock.json'))) return;
  console.error('Installing Stryker …');
  const { status } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: at('scripts/mutation'),
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    },
  );
  if (status !== 0) throw new Error('npm ci failed in scripts/mutation/');
}

/** @param {Results} results */
const survivorLines = (results) =>
  Object.entries(results).flatMap(([file, { survivors }]) =>
    survivors
      .filter(({ known }) => !known)
      .map(
        ({ line, from, to, reached }) => `${file}:${line} ${reached ? '' : '(never run) '}${from}  →  ${to}`,
      ),
  );

/** What is kept about a file. @param {import('./mutation/results.mjs').FileResult} result */
const countsOf = ({ survivors: _survivors, ...counts }) => counts;

/** @param {string} room */
async function measureRoom(room) {
  // Not followed by the type checker: its packages are not installed for the checks.
  const { measure } = await import(pathToFileURL(at('scripts/mutation/measure.mjs')).href);
  const report = await measure(room, {
    files: values.file,
    workers: Number(values.workers),
  });
  const results = resultsOf(report);
  ensureFolder('build/mutation');
  writeFileSync(at(`build/mutation/${room}.survivors.txt`), `${survivorLines(results).join('\n')}\n`);
  const known = Object.values(results).flatMap(({ survivors }) => survivors.map((one) => one.known));
  const stale = [...EQUIVALENT, ...ACCEPTED].filter((one) => results[one.file] && !known.includes(one));
  for (const { file, from, to } of stale) console.log(`No longer a survivor: ${file}: ${from} → ${to}`);
  const figures = savedFigures();
  const counts = Object.entries(results).map(([file, result]) => [file, countsOf(result)]);
  const kept = Object.entries(figures[room]?.files ?? {}).filter(
    ([file]) => values.file && existsSync(at(file)),
  );
  figures[room] = {
    date: new Date().toISOString().slice(0, 10),
    files: Object.fromEntries([...kept, ...counts]),
  };
  await writeReport(figures);
}

/** Says each room's score, and whether all are reached. */
function verdict() {
  const missed = Object.entries(savedFigures()).flatMap(([room, { files }]) => {
    const score = scoreOf(sum(Object.values(files)));
    console.log(`src/${room}: ${score.toFixed(1)} %`);
    const poor = Object.entries(GOALS).filter(([file, goal]) => files[file] && scoreOf(files[file]) < goal);
    return [...(score < GOAL ? [`src/${room}: ${GOAL} %`] : []), ...poor.map((pair) => pair.join(': '))];
  });
  for (const goal of missed) console.log(`Not reached: ${goal}`);
  return missed.length === 0;
}

async function main() {
  if (values.help) return console.log(HELP);
  const rooms = roomsAsked(positionals, Object.keys(ROOMS));
  if (values.file && rooms.length !== 1) throw new Error('--file needs the one room that the file is in');
  ensurePackages();
  if (values.report) await writeReport(savedFigures());
  else {
    process.env.BROWSERS = 'chromium';
    for (const { advice } of ensureBrowsers().missing) throw new Error(advice);
    ensureStryker();
    for (const room of rooms) await measureRoom(room);
  }
  process.exitCode = verdict() ? 0 : 1;
}

await main();
