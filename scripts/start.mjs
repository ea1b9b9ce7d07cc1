import { spawn } from 'node:child_process';
import { watch } from 'node:fs';

import { build } from './build.mjs';
import { at, ensurePackages } from './run.mjs';

/** @type {import('node:child_process').ChildProcess} */
let server;
let restarting = false;

function serve() {
  // The server chooses the port and prints its address, the only line of this command.
  server = spawn(process.execPath, [at('build/demo-server.js')], { stdio: 'inherit' });
  server.on('exit', (code) => {
    if (restarting) serve();
    else process.exit(code ?? 0);
    restarting = false;
  });
}

const update = () => build(['script', 'diagram', 'demo']);

async function rebuild() {
  try {
    await update();
    restarting = true;
    server.kill();
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
  }
}

function watchSources() {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  for (const folder of ['src', 'demo']) {
    watch(at(folder), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => void rebuild(), 100);
    });
  }
}

try {
  ensurePackages();
  await update();
  serve();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => server.kill(signal));
  if (process.argv.includes('--watch')) watchSources();
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}
