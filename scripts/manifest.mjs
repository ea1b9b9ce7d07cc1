import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

import { at, ensureFolder, root, tool } from './run.mjs';

const FILE = 'custom-elements.json';

/** The manifest as the sources have it now. */
async function generate() {
  // The analyzer goes on without its configuration when that has a fault: this import does not.
  await import('../custom-elements-manifest.config.mjs');
  ensureFolder('build');
  const folder = mkdtempSync(join(root, 'build', 'manifest-'));
  try {
    const { code, output } = await tool('cem', ['analyze', '--outdir', relative(root, folder)], {
      quiet: true,
    });
    if (code !== 0) throw new Error(output);
    const manifest = JSON.parse(readFileSync(join(folder, FILE), 'utf8'));
    return `${JSON.stringify(manifest, null, 2)}\n`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns {Promise<string>} what is wrong, or nothing */
export async function checkManifest() {
  const kept = existsSync(at(FILE)) ? readFileSync(at(FILE), 'utf8') : '';
  return kept === (await generate()) ? '' : `${FILE} is not what the sources say: npm run manifest`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--check')) {
    const wrong = await checkManifest();
    if (wrong) console.log(wrong);
    process.exitCode = wrong ? 1 : 0;
  } else writeFileSync(at(FILE), await generate());
}
