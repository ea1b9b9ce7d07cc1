import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

import { bundle, moduleOf } from './bundle.mjs';
import { Pages } from './pages.mjs';
import { serve } from './server.mjs';

/**
 * Stryker's test runner for this project: the tests of some folders, in a page of Chromium.
 *
 * @typedef {import('./page.ts').Outcome} Outcome
 * @typedef {import('./page.ts').Ran} Ran
 * @typedef {import('./page.ts').Mutant} Mutant
 * @typedef {{ timeout: number, testFilter?: string[], hitLimit?: number, activeMutant: { id: string },
 *   sandboxFileName: string }} MutantRun
 * @typedef {{ file: string, time: number }} TestFacts its file and how long it takes, in milliseconds
 * @typedef {{ tests: Record<string, TestFacts>, users: Record<string, string[]> }} Facts
 * users: the tests that run code of a source, by its path
 */

/** Folders and files of tests, names of tests that are left out, and of those that a page can run once. */
const PLACES = (process.env.MUTATION_TESTS ?? '').split(' ');
const WITHOUT = new RegExp(process.env.MUTATION_WITHOUT || '(?!)');
const ONCE = new RegExp(process.env.MUTATION_ONCE || '(?!)');

/** How long a test may take where a mutant is active, in milliseconds and in times of what it takes without one. */
const PATIENCE = { least: 3000, times: 5 };

/** What one worker learned in the dry run, for the others. */
const FACTS = 'mutation-facts.json';

class PageRunner {
  #logger;
  #root = process.cwd();
  /** @type {string[]} */
  #testFiles = [];
  /** @type {string[]} what is loaded when it is needed, and what tests share */
  #chunks = [];
  /** @type {Map<string, string[]>} */
  #importers = new Map();
  /** @type {Facts | undefined} */
  #known;
  /** @type {Awaited<ReturnType<typeof serve>> | undefined} */
  #server;
  #pages = new Pages('');

  /** @param {{ warn(message: string): void }} logger */
  constructor(logger) {
    this.#logger = logger;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    this.#testFiles = PLACES.flatMap((place) => (place.endsWith('.ts') ? place : testsIn(this.#root, place)));
    const { modules, importers } = await bundle(this.#root, this.#testFiles);
    this.#importers = importers;
    this.#chunks = [...modules.keys()].filter((name) => name.startsWith('/chunks/'));
    this.#server = await serve(this.#root, modules);
    this.#pages = new Pages(this.#server.url);
  }

  /** Every test once without a mutant. Which one passes which mutant is counted by the instrumented code. */
  async dryRun() {
    const page = await this.#pages.open([]);
    // First: else the first test that needs such a module would seem to be the only one to run its code.
    await page.evaluate((chunks) => window.runner.load(chunks), this.#chunks);
    /** @type {Map<string, string>} */
    const files = new Map();
    for (const file of this.#testFiles) {
      const ids = await page.evaluate((module) => window.runner.load([module]), moduleOf(file));
      for (const id of ids) if (!files.has(id)) files.set(id, file);
    }
    const ids = [...files.keys()].filter((id) => !WITHOUT.test(id));
    const { outcomes: all } = await page.evaluate((ids) => window.runner.run(ids), ids);
    const outcomes = all.filter(({ failure }) => failure === undefined);
    for (const { id, failure } of all) {
      if (failure !== undefined)
        this.#logger.warn(`Left out, as it fails without a mutant: ${id}: ${failure}`);
    }
    const coverage = await page.evaluate(() => window.runner.coverage());
    await page.close();
    const tests = outcomes.map(({ id, time }) => [id, { file: files.get(id) ?? '', time }]);
    const facts = { tests: Object.fromEntries(tests), users: usersIn(this.#root, coverage.perTest) };
    writeFileSync(`${this.#root}/${FACTS}`, JSON.stringify(facts));
    return { status: 'complete', tests: outcomes.map(resultOf), mutantCoverage: coverage };
  }

  /** @param {MutantRun} options */
  async mutantRun({ timeout, testFilter, hitLimit, activeMutant, sandboxFileName }) {
    const { tests } = this.#facts;
    const mutant = { id: activeMutant.id, hitLimit };
    const wanted = testFilter ?? this.#usersOf(relative(this.#root, sandboxFileName));
    // The quick ones first: most mutants do not live to see the others.
    const ids = wanted
      .filter((id) => tests[id])
      .sort((a, b) => (tests[a]?.time ?? 0) - (tests[b]?.time ?? 0));
    // Stryker would end this process, which takes longer than a new browser.
    const ran = await this.#pages.within(timeout - 1000, () =>
      testFilter ? this.#runTests(ids, mutant) : this.#runAlone(ids, mutant),
    );
    return verdictOf(ran);
  }

  /** @param {string[]} ids @param {Mutant} mutant */
  async #runTests(ids, mutant) {
    const once = ids.filter((id) => ONCE.test(id));
    const often = ids.filter((id) => !ONCE.test(id));
    const ran = await this.#runInLasting(often, mutant);
    return failureIn(ran) || !once.length ? ran : this.#runAlone(once, mutant);
  }

  /**
   * In the page in which everything is loaded.
   * @param {string[]} ids
   * @param {Mutant} mutant
   */
  async #runInLasting(ids, mutant) {
    const files = new Set(Object.values(this.#facts.tests).map(({ file }) => file));
    const page = await this.#pages.lasting([...files]);
    const ran = await this.#run(page, ids, mutant);
    // What did not end goes on, and would disturb the next test.
    if (ran.endless) await this.#pages.renew();
    return ran;
  }

  /**
   * In a page for each test file, for a mutant that has to be active while modules are loaded.
   * @param {string[]} ids
   * @param {Mutant} mutant
   */
  async #runAlone(ids, mutant) {
    const { tests } = this.#facts;
    /** @type {Map<string, string[]>} */
    const files = new Map();
    for (const id of ids) {
      const file = tests[id]?.file ?? '';
      files.set(file, [...(files.get(file) ?? []), id]);
    }
    /** @type {Ran} */
    let ran = { outcomes: [], endless: false };
    // The file that has most to do with it first: mostly no other has to be asked.
    for (const [file, own] of [...files].sort(([, a], [, b]) => b.length - a.length)) {
      const page = await this.#pages.open([]);
      const broken = await load(page, file, mutant);
      ran = broken === undefined ? await this.#run(page, own, mutant) : failed(own, broken);
      await page.close();
      if (failureIn(ran)) break;
    }
    return ran;
  }

  /**
   * @param {import('playwright-core').Page} page
   * @param {string[]} ids
   * @param {Mutant} mutant
   */
  #run(page, ids, mutant) {
    const limitOf = (/** @type {string} */ id) =>
      PATIENCE.least + PATIENCE.times * (this.#facts.tests[id]?.time ?? 0);
    const limits = Object.fromEntries(ids.map((id) => [id, limitOf(id)]));
    return page.evaluate(
      ([ids, mutant, limits]) => window.runner.run(ids, mutant, limits),
      /** @type {const} */ ([ids, mutant, limits]),
    );
  }

  /** @returns {Facts} */
  get #facts() {
    return (this.#known ??= JSON.parse(readFileSync(`${this.#root}/${FACTS}`, 'utf8')));
  }

  /**
   * The tests that can see what a module computes when it is loaded: those that run its code or code of a module that
   * imports it, and those whose files import it themselves, since nothing else can read it.
   * @param {string} file
   */
  #usersOf(file) {
    const { tests, users } = this.#facts;
    const importers = this.#importers.get(file) ?? [];
    const files = this.#testFilesAbove(importers);
    const able = new Set([file, ...importers].flatMap((module) => users[module] ?? []));
    const own = Object.entries(tests).filter(([, test]) => files.has(test.file));
    return [...able, ...own.map(([id]) => id).filter((id) => !able.has(id))];
  }

  /**
   * Those of these modules that are tests, and the tests that import them.
   * @param {string[]} modules
   * @returns {Set<string>}
   */
  #testFilesAbove(modules) {
    const found = new Set(modules.filter((module) => module.startsWith('test/')));
    for (const module of found) for (const above of this.#importers.get(module) ?? []) found.add(above);
    return found;
  }

  async dispose() {
    await this.#pages.close();
    this.#server?.close();
  }
}

/** @param {string} root @param {string} folder */
const testsIn = (root, folder) =>
  readdirSync(`${root}/${folder}`)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name}`);

/**
 * @param {string} root
 * @param {Record<string, Record<string, number>>} perTest
 */
function usersIn(root, perTest) {
  /** @type {Map<string, string>} the source of each mutant */
  const sources = new Map();
  for (const name of readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const text = readFileSync(`${root}/src/${name}`, 'utf8');
    for (const [, id] of text.matchAll(/stryMutAct_\w+\("(\d+)"\)/g)) sources.set(`${id}`, `src/${name}`);
  }
  /** @type {Record<string, string[]>} */
  const users = {};
  for (const [test, hits] of Object.entries(perTest)) {
    const used = new Set(Object.keys(hits).map((id) => sources.get(id) ?? ''));
    for (const source of used) (users[source] ??= []).push(test);
  }
  return users;
}

/** @param {Outcome} outcome */
const resultOf = ({ id, time }) => ({ id, name: id, timeSpentMs: time, status: 0 });

/**
 * What a module threw as it was loaded, or undefined.
 * @param {import('playwright-core').Page} page
 * @param {string} file
 * @param {Mutant} mutant
 */
const load = (page, file, mutant) =>
  page
    .evaluate(
      ([file, mutant]) => window.runner.load([file], mutant),
      /** @type {const} */ ([moduleOf(file), mutant]),
    )
    .then(() => undefined, String);

/** @param {string[]} ids @param {string} failure @returns {Ran} */
const failed = ([id = ''], failure) => ({ outcomes: [{ id, time: 0, failure }], endless: false });

/** @param {Ran} ran */
const failureIn = ({ outcomes, endless }) =>
  endless ? outcomes.at(-1) : outcomes.find(({ failure }) => failure !== undefined);

/** @param {Ran | undefined} ran */
function verdictOf(ran) {
  if (!ran || ran.endless) return { status: 'timeout' };
  const killer = failureIn(ran);
  const nrOfTests = ran.outcomes.length;
  return killer
    ? { status: 'killed', killedBy: [killer.id], failureMessage: killer.failure, nrOfTests }
    : { status: 'survived', nrOfTests };
}

/** @param {{ warn(message: string): void }} logger */
const create = (logger) => new PageRunner(logger);

export const strykerPlugins = [
  { kind: 'TestRunner', name: 'page', factory: Object.assign(create, { inject: ['logger'] }) },
];
