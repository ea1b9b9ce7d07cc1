import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { at, root } from './run.mjs';

/** What a script tag may name; the first fetches the others of `script/` by itself. */
const ENTRIES = ['chat-stream.js', 'chat-stream.single.js'];
/** Built into diagram.html, of which licenses.md says nothing. */
const IN_DIAGRAM = 'mermaid';

/**
 * @typedef {{ name: string, version: string, 'bom-ref': string, properties: { name: string, value: string }[] }} Component
 * @typedef {{ serialNumber?: string, metadata: { timestamp?: string, component: Component }, components: Component[],
 *   dependencies: { ref: string, dependsOn: string[] }[] }} Bill
 */

/** @param {string | Buffer} bytes */
export const integrityOf = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

/**
 * What npm knows from the lock file alone; nothing is asked of a registry.
 * @param {string[]} args
 * @returns {Bill}
 */
function billOf(...args) {
  const command = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--loglevel=error', ...args];
  const { status, stdout } = spawnSync('npm', command, {
    ...{ cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('npm sbom failed');
  return JSON.parse(stdout);
}

/**
 * A component and all it needs.
 * @param {Bill} bill
 * @param {string[]} refs
 */
function withNeeds({ dependencies }, refs) {
  const needs = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const found = new Set(refs);
  for (const ref of found) for (const next of needs.get(ref) ?? []) found.add(next);
  return found;
}

/**
 * The bill of materials: what is installed with the package, and what is built into its files. The same tree gives the
 * same bill: no time and no number of its own.
 * @param {string} licenses the text of licenses.md
 */
function billOfMaterials(licenses) {
  const bill = billOf('--omit', 'dev');
  // Also where NODE_ENV says production, as after a build in the same process.
  const whole = billOf('--include', 'dev');
  const named = [...licenses.matchAll(/^## (\S+) - (\S+) \(/gm)].map(
    ([, name, version]) => `${name}@${version}`,
  );
  const diagram = whole.components.filter(({ name }) => name === IN_DIAGRAM).map((one) => one['bom-ref']);
  const built = new Set([...named, ...withNeeds(whole, diagram)]);
  const installed = new Set(bill.components.map((one) => one['bom-ref']));
  const added = whole.components.filter((one) => built.has(one['bom-ref']) && !installed.has(one['bom-ref']));
  for (const component of added) component.properties = [{ name: 'chat-stream:built-in', value: 'true' }];
  bill.components.push(...added);
  const refs = new Set(added.map((one) => one['bom-ref']));
  bill.dependencies.push(...whole.dependencies.filter(({ ref }) => refs.has(ref)));
  const { name } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  // npm takes the name of the folder.
  bill.metadata.component.name = name;
  delete bill.serialNumber;
  delete bill.metadata.timestamp;
  return bill;
}

/**
 * Hashes by which a page can hold a browser to the bytes of this release, by their path below dist.
 * @param {string} folder
 */
function integrities(folder) {
  const chunks = readdirSync(join(folder, 'script')).map((name) => `script/${name}`);
  const files = [...ENTRIES, ...chunks.filter((name) => name.endsWith('.js')).sort()];
  return Object.fromEntries(files.map((file) => [file, integrityOf(readFileSync(join(folder, file)))]));
}

/**
 * Writes what a release has beside its code: `sbom.cdx.json` and `integrity.json`.
 * @param {{ from?: string, to?: string }} [folders] the built files, and where to write
 */
export function writeReleaseFiles({ from = at('dist'), to = from } = {}) {
  for (const file of [...ENTRIES, 'licenses.md'])
    if (!existsSync(join(from, file))) throw new Error(`${file} is not built: npm run build`);
  const bill = billOfMaterials(readFileSync(join(from, 'licenses.md'), 'utf8'));
  const integrity = integrities(from);
  for (const [file, value] of Object.entries({ 'sbom.cdx.json': bill, 'integrity.json': integrity }))
    writeFileSync(join(to, file), `${JSON.stringify(value, null, 2)}\n`);
  return { bill, integrity };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { bill, integrity } = writeReleaseFiles();
  console.log(`dist/sbom.cdx.json: ${bill.components.length} components`);
  console.log(`dist/integrity.json: ${Object.keys(integrity).length} files\n`);
  for (const file of ENTRIES) {
    console.log(`<script type="module" src="/${file}" integrity="${integrity[file]}"></script>`);
  }
  console.log(
    '\nThe one file is covered as a whole. chat-stream.js is covered alone: for the files of script/, which it fetches,\n' +
      'a page names their hashes in an import map (docs/releasing.md).',
  );
}
