import { join, resolve } from 'node:path';

import { build } from 'esbuild';

/** What only the tests of elements need: not there on the page of mutation tests. */
const ABSENT = /^(?:axe-core|@web\/test-runner-commands)$/;

/** @type {import('esbuild').Plugin} */
const absent = {
  name: 'absent',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: ABSENT }, ({ path }) => ({ path, namespace: 'absent' }));
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/**
 * The page and the test files of a project as modules, in memory.
 * @param {string} root
 * @param {string[]} files
 */
export async function bundle(root, files) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['scripts/mutation/page.ts', ...files],
    bundle: true,
    splitting: true,
    metafile: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['development', 'browser'],
    outdir: 'built',
    outbase: '.',
    chunkNames: 'chunks/[hash]',
    logLevel: 'error',
    plugins: [absent],
  });
  const base = resolve(root, 'built');
  const modules = new Map(outputFiles.map(({ path, text }) => [path.slice(base.length), text]));
  return { modules, importers: importersIn(metafile) };
}

/**
 * Which sources import a source, by their paths below the project. Not those that load it only when they need it: they run
 * its code then.
 * @param {import('esbuild').Metafile} metafile
 */
function importersIn({ inputs }) {
  /** @type {Map<string, string[]>} */
  const importers = new Map();
  for (const [file, { imports }] of Object.entries(inputs)) {
    for (const { path, kind } of imports)
      if (kind !== 'dynamic-import') importers.set(path, [...(importers.get(path) ?? []), file]);
  }
  return importers;
}

/** @param {string} file */
export const moduleOf = (file) => join('/', file.replace(/\.ts$/, '.js'));
