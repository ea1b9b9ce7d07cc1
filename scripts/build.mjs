import { existsSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

import { buildDiagram } from './build-diagram.mjs';
import { at, ensureFolder, ensurePackages, newest, tool } from './run.mjs';

/** @typedef {'types' | 'library' | 'script' | 'diagram' | 'demo'} Target */

/** @type {Record<Target, { needs: string, makes: string, commands: (string[] | (() => Promise<unknown>))[] }>} */
const TARGETS = {
  types: { needs: 'src', makes: 'dist/index.d.ts', commands: [['tsc', '-p', 'tsconfig.build.json']] },
  library: { needs: 'src', makes: 'dist/index.js', commands: [['vite', 'build', '--mode', 'library']] },
  script: {
    needs: 'src/chat-stream.ts',
    makes: 'dist/chat-stream.single.js',
    commands: [
      ['vite', 'build', '--mode', 'bundle'],
      ['vite', 'build', '--mode', 'single'],
    ],
  },
  diagram: {
    needs: 'src/renderers/diagram/frame.ts',
    makes: 'dist/diagram.html',
    commands: [() => buildDiagram(at('dist'))],
  },
  demo: {
    needs: 'demo/backend/server.ts',
    makes: 'build/demo-server.js',
    commands: [
      ['vite', 'build', '--mode', 'demo'],
      ['vite', 'build', '--mode', 'demo-page'],
    ],
  },
};

const SOURCES = [
  'src',
  'demo',
  'vite.config.ts',
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
  'package-lock.json',
];

/** @param {Target} target */
const stampOf = (target) => at(`build/.${target}`);

/** @param {Target} target */
const isFresh = (target) =>
  existsSync(at(TARGETS[target].makes)) && newest(stampOf(target)) > newest(...SOURCES.map(at));

/**
 * Builds what is out of date, or everything when asked to begin anew.
 * @param {Target[]} targets
 * @param {{ anew?: boolean }} [options]
 */
export async function build(targets, { anew = false } = {}) {
  ensureFolder('build');
  if (anew) for (const folder of ['dist', 'build']) rmSync(at(folder), { recursive: true, force: true });
  for (const target of targets) {
    if (!existsSync(at(TARGETS[target].needs)) || (!anew && isFresh(target))) continue;
    ensureFolder('build');
    const began = new Date();
    if (target === 'script') rmSync(at('dist/script'), { recursive: true, force: true });
    for (const command of TARGETS[target].commands) {
      if (typeof command === 'function') {
        await command();
        continue;
      }
      const [name = '', ...args] = command;
      const { code, output } = await tool(name, args, { quiet: true });
      if (code !== 0) throw new Error(`${name} ${args.join(' ')}\n${output}`);
      if (output.trim()) console.log(output.trim());
    }
    writeFileSync(stampOf(target), '');
    // Sources saved while the build ran count as newer.
    utimesSync(stampOf(target), began, began);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensurePackages();
  try {
    await build(['library', 'script', 'diagram', 'demo', 'types'], { anew: true });
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exitCode = 1;
  }
}
