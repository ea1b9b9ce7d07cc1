import { readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { ensureBrowsers } from './browsers.mjs';
import { at, ensurePackages, tool } from './run.mjs';

const HELP = `Plays many more cases of the property tests: npm run fuzz -- [options] [files]

  files               test files with properties (all)
  --runs <number>     cases of each property (100,000)
  --minutes <number>  the most for each property (10)
  --seed <number>     draws the same cases once more (another one each time)
  --path <path>       with the seed: one case only, as a failure names it
  --only <words>      the tests with these words in their names

In Chromium, or in the engines that BROWSERS names.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '100000' },
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    path: { type: 'string' },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

/** The test files with properties. */
function filesWithProperties() {
  const files = readdirSync(at('test'), { recursive: true, encoding: 'utf8' });
  return files
    .map((file) => `test/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts') && readFileSync(at(file), 'utf8').includes("'fast-check'"));
}

/** @param {string} name @param {string} text */
function positive(name, text) {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} takes a number, not ${text}`);
  return number;
}

async function main() {
  if (values.help) return console.log(HELP);
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  if (!Number.isInteger(seed)) throw new Error(`--seed takes a whole number, not ${values.seed}`);
  const fuzz = {
    seed,
    runs: positive('runs', values.runs),
    time: positive('minutes', values.minutes) * 60_000,
    path: values.path,
    only: values.only,
  };
  ensurePackages();
  process.env.BROWSERS ||= 'chromium';
  for (const { advice } of ensureBrowsers().missing) throw new Error(advice);
  console.log(`seed ${seed}`);
  const files = positionals.length > 0 ? positionals : filesWithProperties();
  const { code } = await tool('wtr', ['--config', 'scripts/fuzz.config.mjs', '--files', ...files], {
    env: { FUZZ: JSON.stringify(fuzz) },
  });
  process.exitCode = code;
}

await main();
