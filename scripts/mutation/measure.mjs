import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Stryker } from '@stryker-mutator/core';

import { fixturesFolder } from '../../test/support/page-server.mjs';
import { at, root } from '../run.mjs';
import { ONCE, ROOMS, SLOW } from './rooms.mjs';

/**
 * Mutates a room, or some of its files, and runs the tests on each mutant. Takes minutes to an hour.
 * @param {string} room
 * @param {{ files?: string[], workers?: number }} [options]
 * files: all of the room by default; workers: browsers at a time
 */
export async function measure(room, { files, workers = 1 } = {}) {
  process.chdir(root);
  process.env.MUTATION_TESTS = ROOMS[room]?.join(' ');
  process.env.MUTATION_WITHOUT = SLOW.source;
  process.env.MUTATION_ONCE = ONCE.source;
  const fixtures = fixturesFolder();
  if (fixtures) process.env.CHAT_STREAM_FIXTURES = fixtures;
  const report = `build/mutation/${room}.json`;
  const stryker = new Stryker({
    mutate: files ?? [`src/${room}/**/*.ts`],
    ignorePatterns: ['**', '!{src,test}/**/*', '!scripts/mutation/page.ts', '!{tsconfig,package}.json'],
    plugins: [at('scripts/mutation/runner.mjs')],
    testRunner: 'page',
    coverageAnalysis: 'perTest',
    concurrency: workers,
    // A mutant may make a loop endless: nothing is known until the time is over.
    timeoutMS: 5000,
    timeoutFactor: 2,
    dryRunTimeoutMinutes: 10,
    tsconfigFile: 'none.json',
    disableTypeChecks: false,
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: report },
    tempDirName: join(tmpdir(), 'chat-stream-mutation'),
    allowConsoleColors: false,
    warnings: false,
  });
  await stryker.runMutationTest();
  return existsSync(at(report)) ? JSON.parse(readFileSync(at(report), 'utf8')) : undefined;
}
