import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

import base from '../../web-test-runner.config.mjs';
import { sourceOf } from '../imports.mjs';
import { root } from '../run.mjs';
import { instrument } from './instrument.mjs';
import { isMeasured } from './results.mjs';

/** @type {import('@web/dev-server-core').Plugin} */
const counting = {
  name: 'counting',
  transform({ path }) {
    const file = path.slice(1);
    return isMeasured(file) ? instrument(file, sourceOf(file)).code : undefined;
  },
};

/**
 * What each test file made run, in the file that COVERAGE_REPORT names. The runner takes what a page leaves in `__coverage__`
 * for a session's coverage, and hands it on as it is while its own `coverage` is off.
 * @type {import('@web/test-runner-core').Reporter}
 */
const counts = {
  stop({ sessions }) {
    const found = sessions.map(({ testFile, testCoverage }) => [relative(root, testFile), testCoverage ?? {}]);
    const { COVERAGE_REPORT } = process.env;
    if (COVERAGE_REPORT) writeFileSync(COVERAGE_REPORT, JSON.stringify(Object.fromEntries(found)));
  },
};

/** The test runner as everybody uses it, with counts written into the sources. */
export default {
  ...base,
  rootDir: root,
  plugins: [counting, ...(base.plugins ?? [])],
  reporters: [...(base.reporters ?? []), counts],
};
