import { cleanUp } from './cleanup.js';
import { report, settleFaults, watch } from './faults.js';
import { ask, turn } from './server.js';

type Body = (this: Mocha.Context) => unknown;

async function askForUnexpectedRequests(): Promise<void> {
  const requests = await ask<{ method: string; url: string }[]>('/play-control/unexpected');
  for (const { method, url } of requests)
    report({ kind: 'request', message: `${method} ${url} was not expected` });
}

async function settle(): Promise<void> {
  await cleanUp();
  // Violations and rejections are told in tasks of their own, after the code that caused them.
  await turn();
  await askForUnexpectedRequests();
  await turn();
}

/**
 * Faults are checked inside the test and not in an afterEach hook, because mocha gives up the rest of a file when a
 * hook fails.
 */
function guarded(body: Body): Mocha.AsyncFunc {
  if (body.length > 0) throw new TypeError('A test returns a promise instead of taking "done"');
  return async function (this: Mocha.Context) {
    let failure: unknown;
    try {
      await Promise.race([watch(), (async () => body.call(this))()]);
    } catch (error) {
      failure = error;
    }
    await settle();
    try {
      settleFaults();
    } catch (fault) {
      if (failure instanceof Error && fault instanceof Error) failure.message += `\nand: ${fault.message}`;
      failure ??= fault;
    }
    if (failure !== undefined) throw failure;
  };
}

/** Makes every test of the page guarded, and catches what comes after the last one. */
export function guardTests(): void {
  const plain = window.it;
  const it = (title: string, body?: Body) => plain(title, body && guarded(body));
  window.it = Object.assign(it, plain);
  // A test that timed out never came to its own end.
  window.afterEach(cleanUp);
  window.after(async () => {
    await turn(20);
    await settle();
    settleFaults();
  });
}
