import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * @typedef {import('@web/test-runner-core').TestSession} Session
 * @typedef {import('@web/test-runner-core').TestSuiteResult} Suite
 * @typedef {import('@web/test-runner-core').TestResult & { path: string[] }} Test
 * @typedef {{ passed: number, failed: number, skipped: number }} Totals
 */

/**
 * @param {Suite | undefined} suite
 * @param {string[]} path
 * @returns {Test[]}
 */
function testsOf(suite, path = []) {
  if (!suite) return [];
  const here = suite.name ? [...path, suite.name] : path;
  const own = suite.tests.map((test) => ({ ...test, path: here }));
  return [...own, ...suite.suites.flatMap((inner) => testsOf(inner, here))];
}

/** @param {Session[]} sessions */
function totalsOf(sessions) {
  /** @type {Totals} */
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const session of sessions) {
    const tests = testsOf(session.testResults);
    for (const test of tests) totals[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed']++;
    // A session with an error, or without a single test, failed even if no test of it did.
    if (session.errors.length > 0 || tests.length === 0) totals.failed++;
  }
  return totals;
}

/** @param {Totals} totals */
const line = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** @param {string | undefined} text */
const indented = (text) => (text ?? '').trim().replaceAll(/^/gm, '      ');

/** @param {{ name?: string, message: string, stack?: string, expected?: string, actual?: string }} error */
function errorLines(error) {
  const lines = [indented(error.message)];
  if (error.expected !== undefined && error.actual !== undefined) {
    lines.push(indented(`expected: ${error.expected}`), indented(`actual:   ${error.actual}`));
  }
  if (error.stack) lines.push(indented(error.stack));
  return lines;
}

/** @param {Session} session */
function failuresOf(session) {
  const lines = [];
  for (const test of testsOf(session.testResults)) {
    if (test.passed || test.skipped) continue;
    lines.push(`    ✗ ${session.browser.name}: ${[...test.path, test.name].join(' › ')}`);
    if (test.error) lines.push(...errorLines(test.error));
  }
  for (const error of session.errors)
    lines.push(`    ✗ ${session.browser.name}: the page`, ...errorLines(error));
  if (lines.length === 0 && testsOf(session.testResults).length === 0) {
    lines.push(`    ✗ ${session.browser.name}: no test in this file`);
  }
  if (lines.length > 0)
    for (const log of session.logs) lines.push(indented(`console: ${log.map(String).join(' ')}`));
  return lines;
}

/**
 * The failed tests by name: what the closing lines repeat, where the record of a run keeps only its end.
 * @param {Session[]} sessions
 */
const failedTests = (sessions) =>
  sessions.flatMap((session) => {
    const file = relative(process.cwd(), session.testFile ?? '');
    const failed = testsOf(session.testResults).filter(({ passed, skipped }) => !passed && !skipped);
    const names = failed.map(
      ({ path, name, error }) => `${[...path, name].join(' › ')}: ${error?.message.split('\n')[0] ?? ''}`,
    );
    if (session.errors.length > 0) names.push(`the page: ${session.errors[0]?.message.split('\n')[0]}`);
    return names.map((name) => `${file}, ${session.browser.name}: ${name}`);
  });

/** @param {Session[]} sessions */
function skippedSuites(sessions) {
  /** @type {Map<string, number>} */
  const suites = new Map();
  for (const session of sessions) {
    for (const test of testsOf(session.testResults).filter(({ skipped }) => skipped)) {
      const name = test.path.join(' › ') || test.name;
      suites.set(name, (suites.get(name) ?? 0) + 1);
    }
  }
  return [...suites].map(([name, tests]) => ({ name, tests }));
}

/**
 * How many recorded streams of others were read, as the tests' names say it, in the first engine.
 * @param {Session[]} sessions
 * @returns {Record<string, number>}
 */
function recordedStreams(sessions) {
  /** @type {Record<string, number>} */
  const counts = {};
  const engine = sessions[0]?.browser.name;
  for (const session of sessions.filter(({ browser }) => browser.name === engine)) {
    for (const { name, passed } of testsOf(session.testResults)) {
      const [, how = '', count, facts] =
        /^(named|recognised): (\d+) streams(?:, (\d+) facts differ on purpose)?$/.exec(name) ?? [];
      if (count && passed) counts[how] = (counts[how] ?? 0) + Number(count);
      if (facts && passed) counts.differing = (counts.differing ?? 0) + Number(facts);
    }
  }
  return counts;
}

/**
 * Calls back once when the tests of at most one engine are still to come.
 * @param {import('@web/test-runner-core').TestSessionManager} sessions
 * @param {() => void} callback
 */
function whenOneIsLeft(sessions, callback) {
  const look = () => {
    const left = [...sessions.all()].filter(({ status }) => status !== 'FINISHED');
    if (new Set(left.map(({ browser }) => browser.name)).size > 1) return;
    sessions.off('session-status-updated', look);
    callback();
  };
  sessions.on('session-status-updated', look);
}

/**
 * One line a file, the failures with their stacks, and the totals in the file that TEST_REPORT names. Tells the process
 * that started this one when a core is free for something else.
 * @returns {import('@web/test-runner-core').Reporter}
 */
export const reporter = () => ({
  start({ sessions }) {
    if (process.send) whenOneIsLeft(sessions, () => process.send?.('one engine left'));
  },
  reportTestFileResults({ logger, sessionsForTestFile, testFile }) {
    const totals = totalsOf(sessionsForTestFile);
    const name = relative(process.cwd(), testFile);
    logger.log(`${totals.failed > 0 ? '✗' : '✓'} ${name}: ${line(totals)}`);
    for (const session of sessionsForTestFile) for (const text of failuresOf(session)) logger.log(text);
  },
  stop({ sessions }) {
    /** @type {Record<string, Session[]>} */
    const byEngine = {};
    for (const session of sessions) (byEngine[session.browser.name] ??= []).push(session);
    console.log('');
    for (const [engine, own] of Object.entries(byEngine)) console.log(`${engine}: ${line(totalsOf(own))}`);
    const suites = skippedSuites(sessions);
    const recorded = recordedStreams(sessions);
    const { TEST_REPORT } = process.env;
    if (TEST_REPORT)
      writeFileSync(
        TEST_REPORT,
        JSON.stringify({ ...totalsOf(sessions), failures: failedTests(sessions), suites, recorded }),
      );
    else {
      for (const { name, tests } of suites) console.log(`skipped: ${name} (${tests})`);
      console.log(line(totalsOf(sessions)));
    }
  },
});
