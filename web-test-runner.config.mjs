import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

import { esbuildPlugin } from '@web/dev-server-esbuild';

import { startOtherOrigin } from './test/support/fault-origin.mjs';
import { launchers } from './test/support/launchers.mjs';
import { inputPlugin } from './test/support/input-plugin.mjs';
import { testServer } from './test/support/page-server.mjs';
import { reporter } from './test/support/reporter.mjs';

// A port from the system, so that two runs at once never meet.
const probe = createServer().listen(0, '127.0.0.1');
await once(probe, 'listening');
const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
probe.close();

const nonce = randomBytes(16).toString('base64');
const run = '/test/support/run.ts';

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: ['test/**/*.test.ts', '!test/node/**'],
  hostname: '127.0.0.1',
  port,
  browsers: launchers(),
  concurrentBrowsers: 3,
  // The page keeps its own; see test/support/logs.ts.
  browserLogs: false,
  // Only what hangs comes to an end by these: a machine may be three times slower than another.
  testsFinishTimeout: 900_000,
  nodeResolve: { exportConditions: ['development', 'browser'] },
  plugins: [
    inputPlugin(),
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)),
    }),
  ],
  middleware: testServer({ nonce, port, other: await startOtherOrigin() }),
  testFramework: { config: { timeout: 300_000, forbidOnly: process.env.CI === 'true' } },
  testRunnerHtml: () =>
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Tests</title></head>' +
    `<body><script type="module" src="${run}"></script></body></html>`,
  reporters: [reporter()],
};
