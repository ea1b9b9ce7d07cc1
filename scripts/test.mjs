import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { ensureBrowsers } from './browsers.mjs';
import { build } from './build.mjs';
import { at, ensurePackages, run, tool } from './run.mjs';

const CI = process.env.CI === 'true';

/**
 * What happened, in the words of the closing lines.
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[], skips: string[], notes: string[] }} Results
 */

/**
 * @param {Results} results
 * @param {string} failure
 */
function fail(results, failure) {
  results.failed++;
  results.failures.push(failure);
}

/**
 * @param {Results} results
 * @param {string} file
 * @param {string} what
 * @param {number} code
 */
function addReport(results, file, what, code) {
  if (!existsSync(file)) return fail(results, `${what} did not come to an end`);
  const report = JSON.parse(readFileSync(file, 'utf8'));
  results.passed += report.passed;
  results.failed += report.failed;
  results.skipped += report.skipped;
  results.failures.push(...report.failures);
  const { named, recognised, differing } = report.recorded ?? {};
  if (named) {
    results.notes.push(
      `recorded streams: ${named} read by name, ${recognised ?? 0} recognised, ${differing ?? 0} facts differ on purpose`,
    );
  }
  for (const { name, tests } of report.suites ?? []) results.skips.push(`${name}: ${tests} tests`);
  if (report.suites === undefined && report.skipped > 0)
    results.skips.push(`${what}: ${report.skipped} tests`);
  if (code !== 0 && report.failed === 0) fail(results, `${what} ended with code ${code}`);
}

/**
 * @param {Results} results
 * @param {string} folder
 * @param {string[]} files
 * @param {() => void} onOneLeft called when the tests of one engine are still to come
 */
async function testInBrowsers(results, folder, files, onOneLeft) {
  const { found, missing } = ensureBrowsers();
  for (const { engine, advice } of missing) {
    if (CI) fail(results, advice);
    else {
      results.skipped++;
      results.skips.push(`${engine} (${advice})`);
    }
  }
  if (found.length === 0) return fail(results, 'no browser to test in');
  const report = join(folder, 'browsers.json');
  const args = files.length > 0 ? ['--files', ...files] : [];
  const env = { TEST_REPORT: report, BROWSERS: found.join(',') };
  const { code } = await tool('wtr', args, { env, onMessage: onOneLeft });
  addReport(results, report, 'the browser tests', code);
}

/**
 * @param {Results} results
 * @param {string} folder
 * @param {string[]} files
 * @returns {Promise<string>} what they wrote
 */
async function testInNode(results, folder, files) {
  if (files.length === 0) return '';
  const report = join(folder, 'node.json');
  const reporters = [
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=./scripts/node-reporter.mjs', `--test-reporter-destination=${report}`],
  ];
  // Node's own choice on a machine with two cores is one after the other: most of them wait.
  const args = ['--test', '--test-concurrency=2', '--test-timeout=900000', ...reporters, ...files];
  const { code, output } = await run(process.execPath, args, { quiet: true });
  addReport(results, report, 'the tests in Node', code);
  return output;
}

/**
 * First the browsers; WebKit, which has one window, leaves a core to Node at the end.
 * @param {Results} results
 * @param {string} folder
 * @param {{ inBrowsers: string[] | undefined, inNode: string[] }} files
 */
async function testAll(results, folder, { inBrowsers, inNode }) {
  /** @type {() => void} */
  let onOneLeft = () => {};
  const oneLeft = new Promise((resolve) => (onOneLeft = () => resolve(undefined)));
  const browsers = inBrowsers ? testInBrowsers(results, folder, inBrowsers, onOneLeft) : Promise.resolve();
  await Promise.race([oneLeft, browsers]);
  const [output] = await Promise.all([testInNode(results, folder, inNode), browsers]);
  console.log(output);
}

/**
 * @param {Results} results
 * @param {Error} error
 */
function failBuild(results, error) {
  console.log(error.message);
  fail(results, 'the build');
}

function nodeTests() {
  const folder = at('test/node');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.test.mjs'))
    .map((file) => `test/node/${file}`);
}

/**
 * Runs everything, or the named files, and ends with the one line that says how it went.
 * @param {{ files?: string[], failures?: string[], built?: boolean }} [options] failures: what went wrong before
 */
export async function test({ files = [], failures = [], built = false } = {}) {
  /** @type {Results} */
  const results = {
    passed: 0,
    failed: failures.length,
    skipped: 0,
    failures: [...failures],
    skips: [],
    notes: [],
  };
  const folder = mkdtempSync(join(tmpdir(), 'chat-stream-test-'));
  try {
    ensurePackages();
    if (!built)
      await build(['library', 'script', 'diagram', 'demo']).catch((error) => failBuild(results, error));
    const { fixturesFolder } = await import('../test/support/page-server.mjs');
    if (CI && !fixturesFolder()) fail(results, 'the shared fixtures are missing: set CHAT_STREAM_FIXTURES');
    const isNode = (/** @type {string} */ file) => file.endsWith('.mjs');
    const named = files.filter((file) => !isNode(file));
    const inBrowsers = files.length === 0 || named.length > 0 ? named : undefined;
    await testAll(results, folder, {
      inBrowsers,
      inNode: files.length === 0 ? nodeTests() : files.filter(isNode),
    });
  } catch (error) {
    fail(results, String(error));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log('');
  for (const note of results.notes) console.log(note);
  for (const failure of results.failures) console.log(`failed: ${failure}`);
  if (results.skips.length > 0) console.log(`skipped: ${results.skips.join('; ')}`);
  const skipped = results.skipped > 0 ? `, ${results.skipped} skipped` : '';
  console.log(`${results.passed} passed, ${results.failed} failed${skipped}`);
  return results.failed === 0 && results.passed > 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = (await test({ files: process.argv.slice(2) })) ? 0 : 1;
}
