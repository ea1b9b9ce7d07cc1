import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

import { at } from './run.mjs';

/** Each package that reaches a browser is one more to trust. */
const mostDependencies = 3;

/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, inBundle?: boolean, hasInstallScript?: boolean,
 *   dev?: boolean, optional?: boolean, resolved?: string }} Entry
 */

/**
 * What is wrong with what is installed: what users install runs no script, everything is named by its content, and nothing
 * comes from anywhere but a registry.
 */
export function checkLockfile() {
  /** @type {{ packages: Record<string, Entry> }} */
  const { packages } = JSON.parse(readFileSync(at('package-lock.json'), 'utf8'));
  /** @type {{ dependencies: Record<string, string> }} */
  const { dependencies } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const wrong = [];
  const names = Object.keys(dependencies);
  if (names.length > mostDependencies)
    wrong.push(`${names.length} dependencies, more than ${mostDependencies}: ${names.join(', ')}`);
  for (const [name, version] of Object.entries(dependencies))
    if (!/^\d/.test(version)) wrong.push(`${name} ${version} is no exact version`);
  for (const [path, entry] of Object.entries(packages)) {
    if (path === '' || entry.link) continue;
    if (!entry.integrity && !entry.inBundle) wrong.push(`${path} has no integrity`);
    if (entry.hasInstallScript && !entry.dev) wrong.push(`${path} runs a script when it is installed`);
    if (entry.resolved && !entry.resolved.startsWith('https:'))
      wrong.push(`${path} comes from ${entry.resolved}`);
  }
  return wrong;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const wrong = checkLockfile();
  for (const line of wrong) console.log(line);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
