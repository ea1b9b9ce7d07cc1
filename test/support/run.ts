import './faults.js';
import { runTests } from '@web/test-runner-mocha';
import { prepareFixtures } from './fixtures.js';
import { guardTests } from './guard.js';
import { ask } from './server.js';

declare global {
  interface Window {
    __WTR_CONFIG__: { testFile: string };
  }
}

/** An engine says only that a module could not be loaded: the server knows which one. */
async function explained(error: unknown): Promise<unknown> {
  const missing = await ask<{ method: string; url: string }[]>('/play-control/unexpected');
  const lines = missing.map(({ url }) => `not found: ${url}`);
  return lines.length > 0 ? new Error(lines.join('\n'), { cause: error }) : error;
}

await runTests(async () => {
  guardTests();
  await prepareFixtures();
  try {
    await import(new URL(window.__WTR_CONFIG__.testFile, document.baseURI).href);
  } catch (error) {
    throw await explained(error);
  }
});
