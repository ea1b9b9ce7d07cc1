import { reporter } from '../test/support/reporter.mjs';
import config from '../web-test-runner.config.mjs';

/**
 * The tests' own configuration, with what FUZZ holds told to the pages, and no limits of time but those of the properties.
 *
 * @typedef {{ file: string, title: string, runs: number, seconds: number, failure?: string }} Fuzzed
 */

const fuzz = process.env.FUZZ ?? '{}';
const { runs: wanted = 0 } = JSON.parse(fuzz);
const meta = `<meta name="fuzz" content="${fuzz.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`;

/** @type {Fuzzed[]} */
const results = [];

/** @param {number} number */
const spelled = (number) => number.toLocaleString('en');

/** What fast-check says of how to play a failure again. @param {string} failure */
function replay(failure) {
  const [, seed, path] = /\{ seed: (-?\d+), path: "([\d:]*)"/.exec(failure) ?? [];
  return seed === undefined ? '' : `: --seed ${seed} --path ${path}`;
}

/** @param {Fuzzed} fuzzed */
function lineOf({ file, title, runs, seconds, failure }) {
  const played = runs < wanted ? `${spelled(runs)} of ${spelled(wanted)}` : spelled(runs);
  const line = `${played} runs, ${seconds.toFixed(1)} s: ${file}: ${title}`;
  return failure === undefined ? `✓ ${line}` : `✗ ${line}${replay(failure)}`;
}

/** @type {import('koa').Middleware} */
async function hearResults(ctx, next) {
  if (ctx.path !== '/play-control/fuzzed') return next();
  const chunks = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  const result = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  results.push(result);
  console.log(lineOf(result));
  ctx.body = {};
}

/** Files with failures as ever, and the totals. @returns {import('@web/test-runner').Reporter} */
function fuzzReporter() {
  const usual = reporter();
  return {
    reportTestFileResults(report) {
      if (report.sessionsForTestFile.some(({ passed }) => !passed)) usual.reportTestFileResults?.(report);
    },
    stop() {
      const runs = results.reduce((sum, result) => sum + result.runs, 0);
      const failed = results.filter(({ failure }) => failure !== undefined).length;
      console.log(`\n${results.length} properties, ${spelled(runs)} runs, ${failed} failed`);
    },
  };
}

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  ...config,
  testsFinishTimeout: 2 ** 31 - 1,
  middleware: [hearResults, ...(config.middleware ?? [])],
  testRunnerHtml: (path, given, ...more) =>
    config.testRunnerHtml?.(path, given, ...more).replace('<title>', `${meta}<title>`) ?? '',
  reporters: [fuzzReporter()],
};
