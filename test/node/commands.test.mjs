import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';

import { at, run } from '../../scripts/run.mjs';

/* A newcomer's first command installs the packages: nothing that it loads before may be one. */
for (const command of ['start', 'test', 'check', 'bench']) {
  it(`npm run ${command} begins on a machine without packages`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'bare-'));
    t.after(() => rmSync(folder, { recursive: true }));
    cpSync(at('scripts'), join(folder, 'scripts'), { recursive: true });
    cpSync(at('package.json'), join(folder, 'package.json'));
    // Without a lock file it ends where it would install.
    const script = join(folder, 'scripts', `${command}.mjs`);
    const { output } = await run(process.execPath, [script], { quiet: true });
    assert.match(output, /package-lock\.json/);
    assert.doesNotMatch(output, /Cannot find package/);
  });
}
