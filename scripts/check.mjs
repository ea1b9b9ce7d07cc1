import { build } from './build.mjs';
import { ensurePackages, tool } from './run.mjs';

/** @typedef {() => Promise<string> | string} Step returns what is wrong, or nothing */

/**
 * @param {string} name
 * @param {string[]} args
 * @returns {Step}
 */
const runs =
  (name, ...args) =>
  async () => {
    const { code, output } = await tool(name, args, { quiet: true });
    return code === 0 ? '' : output.trim() || `${name} ended with code ${code}`;
  };

/** @type {Record<string, Step>} */
const STEPS = {
  format: runs('prettier', '--check', '--log-level=warn', '.'),
  lint: async () => (await import('./lint.mjs')).lint(),
  rooms: async () => (await import('./rooms.mjs')).checkRooms().join('\n'),
  types: async () => (await Promise.all([runs('tsc')(), runs('tsc', '-p', 'scripts')()])).join(''),
  lockfile: async () => (await import('./lockfile.mjs')).checkLockfile().join('\n'),
  build: async () => {
    await build(['library', 'script', 'diagram', 'demo', 'types'], { anew: true });
    return '';
  },
  manifest: async () => (await import('./manifest.mjs')).checkManifest(),
  size: async () => {
    const { lines, passed } = (await import('./size.mjs')).measure();
    console.log(lines.join('\n').replaceAll(/^/gm, '  '));
    return passed ? '' : 'the script tag is over its budget';
  },
  package: runs('publint', 'run', '--strict'),
};

/** @param {Step} step */
async function wrongIn(step) {
  try {
    return await step();
  } catch (error) {
    return String(error instanceof Error ? error.message : error);
  }
}

ensurePackages();
const failures = [];
for (const [name, step] of Object.entries(STEPS)) {
  const began = performance.now();
  const wrong = await wrongIn(step);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${wrong ? '✗' : '✓'} ${name} (${seconds} s)`);
  if (!wrong) continue;
  failures.push(`check ${name}`);
  console.log(wrong.replaceAll(/^/gm, '    '));
}
const { test } = await import('./test.mjs');
process.exitCode = (await test({ failures, built: true })) ? 0 : 1;
