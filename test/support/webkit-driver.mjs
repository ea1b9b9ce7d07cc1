import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A proxy that nobody answers at: the engine reaches this machine and nothing else. */
const NO_NETWORK = {
  http_proxy: 'http://127.0.0.1:9',
  https_proxy: 'http://127.0.0.1:9',
  no_proxy: '127.0.0.1,localhost',
};

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  return port;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
function start(command, args, options) {
  const child = spawn(command, args, options);
  // Also when the run is interrupted.
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}

/** A screen without a monitor, unless there is one. */
async function openDisplay() {
  if (process.env.DISPLAY) return { display: process.env.DISPLAY, children: [] };
  const args = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const xvfb = start('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const pipe = /** @type {import('node:stream').Readable} */ (xvfb.stdio[3]);
  const [number] = await once(pipe, 'data');
  return { display: `:${String(number).trim()}`, children: [xvfb] };
}

/** @param {string} url */
async function answers(url) {
  for (let tries = 0; tries < 200; tries++) {
    const up = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return;
    await wait(50);
  }
  throw new Error('WebKitWebDriver does not answer');
}

/** @param {string} path */
export async function startDriver(path) {
  const { display, children } = await openDisplay();
  const port = await freePort();
  const driver = start(path, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: { ...process.env, ...NO_NETWORK, DISPLAY: display, WEBKIT_DISABLE_DMABUF_RENDERER: '1' },
  });
  const address = `http://127.0.0.1:${port}`;
  await answers(`${address}/status`);
  return { address, children: [...children, driver] };
}
