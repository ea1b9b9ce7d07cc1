import { spawn } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { ENGINES } from './browsers.mjs';
import { at, ensureFolder, run } from './run.mjs';

const HELP = `Runs tests again and again and says which of them fail now and then: npm run flakes -- [options] [files or folders]

  --runs <number>      how often (50)
  --browsers <names>   of ${ENGINES.join(', ')}, with commas between (all)
  --node               the tests in Node as well; those that are named run anyway
  --busy <number>      so many processes that only burn time beside the tests, as on a machine that others use (0)

A failure ends nothing. What a run with one wrote is kept in build/flakes/.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '50' },
    browsers: { type: 'string', default: '' },
    node: { type: 'boolean', default: false },
    busy: { type: 'string', default: '0' },
    help: { type: 'boolean', default: false },
  },
});

/** @typedef {Map<string, { line: string, runs: number }>} Failures */

const isTest = /\.test\.(ts|mjs)$/;

/**
 * The test files at or below a path.
 * @param {string} path
 */
function testsAt(path) {
  if (!statSync(at(path)).isDirectory()) return [path];
  const names = readdirSync(at(path), { recursive: true }).map(String);
  return names.filter((name) => isTest.test(name)).map((name) => join(path, name));
}

function wantedTests() {
  if (positionals.length > 0) return positionals.flatMap(testsAt);
  return testsAt('test').filter((file) => values.node || file.endsWith('.ts'));
}

/**
 * The lines that scripts/test.mjs closes with: engine, file, name and message of each failed test.
 * @param {string} output
 */
const failuresIn = (output) => [...output.matchAll(/^failed: (.*)$/gm)].map(([, line = '']) => line);

/**
 * A number in a message is seldom the same twice, and no other failure for it.
 * @param {Failures} failures
 * @param {string[]} lines
 */
function count(failures, lines) {
  for (const [key, line] of new Map(lines.map((line) => [line.replaceAll(/\d+/g, '0'), line]))) {
    const known = failures.get(key) ?? { line, runs: 0 };
    failures.set(key, { ...known, runs: known.runs + 1 });
  }
}

/**
 * @param {number} number
 * @param {string[]} files
 */
async function runOnce(number, files) {
  const began = performance.now();
  const args = [at('scripts/test.mjs'), ...files];
  const { code, output } = await run(process.execPath, args, {
    quiet: true,
    env: values.browsers ? { BROWSERS: values.browsers } : {},
  });
  const failures = failuresIn(output);
  // A run that was broken off has not come to its closing lines.
  if (code !== 0 && failures.length === 0) failures.push(`the run ended with code ${code}`);
  if (failures.length > 0) writeFileSync(at(`build/flakes/${number}.txt`), output);
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`${number}: ${output.trim().split('\n').at(-1)} (${seconds} s)`);
  for (const line of failures) console.log(`  ${line}`);
  return failures;
}

/** Burns the time of a core until this process ends, whichever way. */
function burn() {
  const burnForAWhile =
    'process.stdin.on("end", () => process.exit()).resume();' +
    '(function on() { const end = Date.now() + 20; while (Date.now() < end); setImmediate(on) })()';
  spawn(process.execPath, ['-e', burnForAWhile], { stdio: ['pipe', 'ignore', 'ignore'] }).unref();
}

async function main() {
  if (values.help) return console.log(HELP);
  const files = wantedTests();
  ensureFolder('build/flakes');
  for (let n = 0; n < Number(values.busy); n++) burn();
  /** @type {Failures} */
  const failures = new Map();
  let failed = 0;
  const runs = Number(values.runs);
  for (let number = 1; number <= runs; number++) {
    const lines = await runOnce(number, files);
    if (lines.length > 0) failed++;
    count(failures, lines);
  }
  console.log('');
  for (const { line, runs: times } of failures.values()) console.log(`in ${times} of ${runs}: ${line}`);
  console.log(`${runs} runs, ${failed} with a failure`);
  process.exitCode = failed === 0 ? 0 : 1;
}

await main();
