import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem, type, release } from 'node:os';
import { fileURLToPath } from 'node:url';

import { buildWidgets, buildWriters, ensurePeers, versions } from './build.mjs';
import { goalsOf, goalTable } from './goals.mjs';
import { openBrowser } from './measure.mjs';
import { report } from './report.mjs';
import { startServer } from './server.mjs';
import { rounded } from './statistics.mjs';
import { asText, tablesOf } from './tables.mjs';
import { measureStarts, measureThreads, measureWidgets } from './widget.mjs';
import { measureGrowth, measureWriters } from './writer.mjs';

const PARTS = {
  writer: measureWriters,
  growth: measureGrowth,
  widget: measureWidgets,
  threads: measureThreads,
  start: measureStarts,
};

function machine(browser) {
  const [{ model }] = cpus();
  return {
    cpu: model.trim(),
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${release()}`,
    node: process.version,
    chromium: browser.version(),
  };
}

/** Progress goes to stderr, so that stdout holds the tables alone. */
function teller() {
  const began = performance.now();
  return (text) =>
    console.error(`${((performance.now() - began) / 60_000).toFixed(1).padStart(5)} min  ${text}`);
}

function save(result) {
  const folder = new URL('results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const file = fileURLToPath(new URL(`${result.date.replaceAll(':', '-')}.json`, folder));
  writeFileSync(file, `${JSON.stringify(rounded(result), undefined, 1)}\n`);
  return file;
}

function print(parts) {
  for (const tables of Object.values(tablesOf(parts)))
    for (const table of tables) console.log(`${asText(table)}\n`);
  console.log(asText(goalTable(goalsOf(parts))));
}

/**
 * Measures, prints and saves.
 * @param {{ rounds: number, only: string[], quick: boolean }} options
 */
export async function bench({ rounds, only, quick }) {
  ensurePeers();
  await buildWriters();
  await buildWidgets();
  const server = await startServer();
  const browser = await openBrowser();
  const tell = teller();
  const parts = {};
  try {
    const date = new Date().toISOString().slice(0, 19);
    for (const name of only.length > 0 ? only : Object.keys(PARTS))
      parts[name] = await PARTS[name](browser, server, { rounds, quick }, tell);
    const file = save({ date, rounds, quick, machine: machine(browser), versions: versions(), parts });
    tell('done');
    print(parts);
    if (quick) console.log('\nQuick: one round, answers a tenth of what the tables say. No measurement.');
    console.log(`\nSaved as ${file}`);
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * Renders docs/performance.md and its plot from saved results; of parts that several hold the last counts.
 * @param {string[]} files
 */
export async function renderReport(files) {
  const results = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
  await report(results);
}

export const partNames = Object.keys(PARTS);
