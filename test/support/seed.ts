import * as fc from 'fast-check';

import { ask } from './server.js';

/** What `npm run fuzz` asks for; see scripts/fuzz.config.mjs. */
interface Fuzz {
  seed: number;
  /** How often each property is tried, and for how many milliseconds at most. */
  runs: number;
  time: number;
  /** Leads to one case of a property. */
  path?: string;
  /** Words of the names of the tests to run. */
  only?: string;
}

interface Tries {
  numRuns: number;
  interruptAfterTimeLimit?: number;
  path?: string;
}

const told = document.querySelector<HTMLMetaElement>('meta[name="fuzz"]')?.content;
const fuzz = told === undefined ? undefined : (JSON.parse(told) as Fuzz);

/**
 * The seed of all property tests, so that a run can be repeated and a change is judged by the change alone. `npm run fuzz`
 * plays other cases, and many more: keep what fails as an example of its own.
 */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: fuzz?.seed ?? 20_261_121 });

/**
 * How often a property is tried: so often, or as `npm run fuzz` says, which runs the tests that call this. A test that asserts
 * its property for many texts shares the number among them.
 */
export function tries(usual: number, texts = 1): Tries {
  if (!fuzz) return { numRuns: usual };
  if (fuzz.path !== undefined) return { numRuns: 1, path: fuzz.path };
  return {
    numRuns: Math.ceil(fuzz.runs / texts),
    interruptAfterTimeLimit: Math.ceil(fuzz.time / texts),
  };
}

/** Leaves out the tests of no property, lifts all limits, and tells the test server how each went. */
function fuzzTests({ only = '' }: Fuzz): void {
  let count = 0;
  let start = 0;
  const { it } = window;
  const itOfProperty = (title: string, body?: Mocha.AsyncFunc) =>
    // One without a body is passed over.
    it(title, title.includes(only) && /\btries\(/.test(String(body)) ? body : undefined);
  window.it = Object.assign(itOfProperty, it);
  fc.configureGlobal({
    ...fc.readConfigureGlobal(),
    includeErrorInReport: true,
    reporter: (details) => {
      count += details.numRuns;
      if (details.failed) throw new Error(fc.defaultReportMessage(details), { cause: details.errorInstance });
    },
  });
  beforeEach(function () {
    this.currentTest!.timeout(0);
    count = 0;
    start = performance.now();
  });
  afterEach(async function () {
    const { err, title } = this.currentTest!;
    const seconds = (performance.now() - start) / 1000;
    const file = window.__WTR_CONFIG__.testFile.replace(/^\/|\?.*/g, '');
    await ask('/play-control/fuzzed', 'PUT', { file, title, runs: count, seconds, failure: err?.message });
  });
}

if (fuzz) fuzzTests(fuzz);
