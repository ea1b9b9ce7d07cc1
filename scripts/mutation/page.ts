import { cleanUp } from '../../test/support/cleanup.js';
import { settleFaults, watch } from '../../test/support/faults.js';
import { prepareFixtures } from '../../test/support/fixtures.js';

/** The page's own, kept from before any test may replace them. */
const wait = window.setTimeout.bind(window);
const cancel = window.clearTimeout.bind(window);
const clock = performance.now.bind(performance);

type Body = (this: Context) => unknown;
type Hook = () => unknown;

/** What tests and suites may say of themselves. They are never tried again here: a mutant is found by one failure. */
interface Context {
  timeout(milliseconds: number): void;
  retries(times: number): void;
}

interface Suite {
  name: string;
  /** How long its tests may take, in milliseconds. */
  limit: number;
  parent?: Suite;
  before: Hook[];
  beforeEach: Hook[];
  afterEach: Hook[];
}

interface Test {
  id: string;
  suite: Suite;
  body: Body;
  /** In milliseconds. */
  limit: number;
}

/** What Stryker's instrumented code reads and writes; its own name for it is `__stryker__`. */
interface Switch {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: { static: Record<string, number>; perTest: Record<string, Record<string, number>> };
}

export interface Outcome {
  id: string;
  /** In milliseconds. */
  time: number;
  failure?: string;
  /** Whether it was given up as it took too long. */
  late?: boolean;
}

export interface Mutant {
  id: string;
  hitLimit?: number | undefined;
}

export interface Ran {
  outcomes: Outcome[];
  /** Whether a test did not end, or the mutant was passed so often that a loop of it has no end. */
  endless: boolean;
}

class Late extends Error {}

const tests: Test[] = [];
const newSuite = (name: string, parent?: Suite): Suite => ({
  name,
  limit: parent?.limit ?? 10_000,
  ...(parent && { parent }),
  before: [],
  beforeEach: [],
  afterEach: [],
});
let suite = newSuite('');

/** From the outermost to this one. */
const lineage = (suite: Suite): Suite[] => [...(suite.parent ? lineage(suite.parent) : []), suite];

const contextOf = (timeout: (milliseconds: number) => unknown): Context => ({ timeout, retries: () => {} });

function describe(name: string, body: (this: Context) => void): void {
  const outer = suite;
  const own = newSuite(name, outer);
  suite = own;
  body.call(contextOf((limit) => (own.limit = limit)));
  suite = outer;
}

function it(name: string, body: Body): Context {
  const full = [...lineage(suite).map((one) => one.name), name].filter(Boolean).join(' › ');
  const same = tests.filter(({ id }) => id === full || id.startsWith(`${full} (`)).length;
  const test = { id: same ? `${full} (${same + 1})` : full, suite, body, limit: suite.limit };
  tests.push(test);
  return contextOf((limit) => (test.limit = limit));
}

const skip = (): void => {};
Object.assign(window, {
  describe: Object.assign(describe, { skip }),
  it: Object.assign(it, { skip }),
  before: (hook: Hook) => suite.before.push(hook),
  beforeEach: (hook: Hook) => suite.beforeEach.push(hook),
  afterEach: (hook: Hook) => suite.afterEach.push(hook),
});

const mutation = ((window as unknown as { __stryker__?: Switch }).__stryker__ ??= {});

async function prepared({ suite, body }: Test, context: Context): Promise<void> {
  const suites = lineage(suite);
  for (const { before } of suites) for (const hook of before.splice(0)) await hook();
  for (const { beforeEach } of suites) for (const hook of beforeEach) await hook();
  await body.call(context);
}

/** One turn of the event loop; a timer's would take four milliseconds. */
const turn = (): Promise<unknown> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', resolve);
    port1.start();
    port2.postMessage(undefined);
  });

/** Runs one test as test/support/guard.ts does, but for what the server knows; for `most` milliseconds. */
async function runTest(test: Test, most: number): Promise<void> {
  let timer = 0;
  let overdue!: (error: Error) => void;
  const late = new Promise<never>((_resolve, reject) => (overdue = reject));
  const limit = (asked: number) => {
    const milliseconds = Math.min(asked, most);
    cancel(timer);
    timer = wait(() => overdue(new Late(`took longer than ${milliseconds} ms`)), milliseconds);
  };
  limit(test.limit);
  try {
    await Promise.race([watch(), late, prepared(test, contextOf(limit))]);
  } finally {
    cancel(timer);
    for (const { afterEach } of lineage(test.suite)) for (const hook of afterEach) await hook();
    await cleanUp();
  }
  // Violations and rejections are told in tasks of their own.
  await turn();
  settleFaults();
}

async function outcomeOf(test: Test, most = Infinity): Promise<Outcome> {
  const start = clock();
  mutation.currentTestId = test.id;
  try {
    await runTest(test, most);
    return { id: test.id, time: clock() - start };
  } catch (error) {
    try {
      settleFaults();
    } catch {
      // The first failure is the one that is told.
    }
    const late = error instanceof Late;
    return { id: test.id, time: clock() - start, failure: String(error), late };
  } finally {
    mutation.currentTestId = undefined;
  }
}

const runner = {
  /** Loads test files. A mutant that is given is active from the first line on. */
  async load(files: string[], mutant?: Mutant): Promise<string[]> {
    mutation.activeMutant = mutant?.id;
    await prepareFixtures();
    for (const file of files) await import(file);
    return tests.map(({ id }) => id);
  },

  /**
   * Runs tests in this order, up to the first that fails where a mutant is active; `limits` are the milliseconds that some
   * may take at most.
   */
  async run(ids: string[], mutant?: Mutant, limits: Record<string, number> = {}): Promise<Ran> {
    mutation.activeMutant = mutant?.id;
    mutation.hitLimit = mutant?.hitLimit;
    mutation.hitCount = mutant?.hitLimit === undefined ? undefined : 0;
    const endless = () => (mutation.hitCount ?? 0) > (mutation.hitLimit ?? Infinity);
    const outcomes: Outcome[] = [];
    for (const id of ids) {
      const test = tests.find((one) => one.id === id);
      if (!test) continue;
      const outcome = await outcomeOf(test, limits[id]);
      outcomes.push(outcome);
      if (mutant && (outcome.failure !== undefined || endless())) break;
    }
    const result = { outcomes, endless: endless() || !!outcomes.at(-1)?.late };
    mutation.activeMutant = undefined;
    return result;
  },

  coverage: () => mutation.mutantCoverage ?? { static: {}, perTest: {} },
};

declare global {
  interface Window {
    runner: typeof runner;
  }
}
window.runner = runner;
