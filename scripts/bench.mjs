import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { build } from './build.mjs';
import { at, ensurePackages } from './run.mjs';

const HELP = `Measures chat-stream against a floor and against its peers: npm run bench -- [options]

  --rounds <number>   rounds, interleaved; medians are shown (5)
  --only <part>       writer, growth, widget, threads or start; may be given several times (all)
  --quick             one round with small answers, to see that everything runs
  --report [files]    no measuring: writes docs/performance.md and its plot from these saved results, or
                      from docs/performance.json`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    quick: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main() {
  if (values.help) return console.log(HELP);
  ensurePackages();
  // Not followed by the type checker: the bench is plain JavaScript and its peers are not installed for the checks.
  const { bench, partNames, renderReport } = await import(pathToFileURL(at('bench/index.mjs')).href);
  if (values.report) return renderReport(positionals);
  const unknown = values.only.filter((name) => !partNames.includes(name));
  if (unknown.length > 0) throw new Error(`--only takes ${partNames.join(', ')}; not ${unknown.join(', ')}`);
  await build(['script']);
  const rounds = Number(values.rounds ?? (values.quick ? 1 : 5));
  await bench({ rounds, only: values.only, quick: values.quick });
}

await main();
