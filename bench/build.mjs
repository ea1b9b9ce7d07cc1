import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as vite } from 'vite';

import { pageOf, WIDGETS } from './pages/pages.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const at = (file) => join(here, file);
const STAMP = 'node_modules/.bench-lock';

/** Installs the peers where they are absent or not those of the lock file. Their install scripts do not run. */
export function ensurePeers() {
  const lock = createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex');
  if (existsSync(at(STAMP)) && readFileSync(at(STAMP), 'utf8') === lock) return;
  console.error('Installing the peers (about 1 GB) …');
  const { status } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: here, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' },
  );
  if (status !== 0) throw new Error('npm ci failed in bench/');
  writeFileSync(at(STAMP), lock);
}

/** @returns {Record<string, string>} the versions that are measured, by package */
export const versions = () => JSON.parse(readFileSync(at('package.json'), 'utf8')).dependencies;

const newest = (folder) =>
  Math.max(
    ...readdirSync(folder, { withFileTypes: true }).map((entry) =>
      entry.isDirectory() ? newest(join(folder, entry.name)) : statSync(join(folder, entry.name)).mtimeMs,
    ),
  );

/** What one page needs, minified as for a site. */
async function bundle(name, entry) {
  await vite({
    configFile: false,
    root: here,
    logLevel: 'error',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.GENERATE_SOURCEMAP': '"false"' },
    build: {
      outDir: at(`build/${name}`),
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      chunkSizeWarningLimit: Infinity,
      rolldownOptions: {
        input: { main: at(entry) },
        checks: { invalidAnnotation: false },
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          assetFileNames: 'assets/[name]-[hash][extname]',
        },
      },
    },
    base: `/${name}/`,
  });
}

/** The style sheets of an entry's own: what is loaded later brings its own in. */
function stylesOf(script) {
  const folder = at(`build/${script}/assets`);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => /^main-.*\.css$/.test(file));
  return files.map((file) => `/${script}/assets/${file}`);
}

/** Bundles the peers' pages where they are out of date. */
export async function buildWidgets() {
  const stamp = at('build/.widgets');
  const sources = Math.max(newest(at('pages')), statSync(at('package-lock.json')).mtimeMs);
  if (existsSync(stamp) && statSync(stamp).mtimeMs > sources) return;
  for (const script of new Set(Object.values(WIDGETS).map(({ script }) => script))) {
    console.error(`Bundling ${script} …`);
    await bundle(script, `pages/${script}.js`);
  }
  copyFileSync(at('pages/page.css'), at('build/page.css'));
  for (const [name, { script }] of Object.entries(WIDGETS))
    writeFileSync(at(`build/${name}.html`), pageOf(name, stylesOf(script)));
  writeFileSync(stamp, '');
}

/** Bundles the writers' page, always: our own writer in it comes from the sources. */
export async function buildWriters() {
  mkdirSync(at('build'), { recursive: true });
  await bundle('writers', 'writers/page.js');
  const page = readFileSync(at('writers/index.html'), 'utf8');
  writeFileSync(
    at('build/writers.html'),
    page.replaceAll('./page.', '/writers/page.').replace('page.js', 'main.js'),
  );
  copyFileSync(at('writers/page.css'), at('build/writers/page.css'));
}
