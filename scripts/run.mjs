import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

/** The top folder of the project. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** @param {string} file */
export const at = (file) => join(root, file);

/**
 * Runs a command to its end, in the top folder.
 * @param {string} command
 * @param {string[]} args
 * @param {{ quiet?: boolean, env?: Record<string, string>, onMessage?: () => void }} [options]
 *   `quiet` keeps the output for the caller; `onMessage`: the command sent something by `process.send`
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { quiet = false, env = {}, onMessage } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...(quiet ? { NO_COLOR: '1' } : {}), ...env },
      stdio: ['ignore', ...Array(2).fill(quiet ? 'pipe' : 'inherit'), ...(onMessage ? ['ipc'] : [])],
      shell: process.platform === 'win32',
    });
    if (onMessage) child.on('message', onMessage);
    let output = '';
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: stripVTControlCharacters(output) }));
  });
}

/**
 * Runs one of the project's own tools.
 * @param {string} name
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export const tool = (name, args, options) => run(at(`node_modules/.bin/${name}`), args, options);

/**
 * The rooms that were asked for on the command line, or all of them.
 * @param {string[]} asked
 * @param {string[]} rooms
 */
export function roomsAsked(asked, rooms) {
  const unknown = asked.filter((room) => !rooms.includes(room));
  if (unknown.length > 0) throw new Error(`The rooms are ${rooms.join(', ')}; not ${unknown.join(', ')}`);
  return asked.length > 0 ? asked : rooms;
}

const STAMP = 'node_modules/.chat-stream-lock';

/** Installs the packages when they are absent or not those of the lock file. */
export function ensurePackages() {
  const lock = createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex');
  const stamp = existsSync(at(STAMP)) ? readFileSync(at(STAMP), 'utf8') : '';
  if (lock === stamp || (stamp === '' && matchesLock())) return;
  console.error('Installing packages …');
  const { status } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    },
  );
  if (status !== 0) throw new Error('npm ci failed');
  writeFileSync(at(STAMP), lock);
}

/** Whether what npm noted at its own last install is what the lock file says. */
function matchesLock() {
  const installed = at('node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  /** @type {{ packages: Record<string, { version: string, optional?: boolean }> }} */
  const wanted = JSON.parse(readFileSync(at('package-lock.json'), 'utf8'));
  const { packages } = JSON.parse(readFileSync(installed, 'utf8'));
  return Object.entries(wanted.packages).every(
    ([name, { version, optional }]) => name === '' || optional || packages[name]?.version === version,
  );
}

/**
 * The time of the newest file below these, or 0.
 * @param {string[]} paths
 * @returns {number}
 */
export function newest(...paths) {
  const times = paths.map((path) => {
    if (!existsSync(path)) return 0;
    const info = statSync(path);
    if (!info.isDirectory()) return info.mtimeMs;
    return newest(...readdirSync(path).map((name) => join(path, name)));
  });
  return Math.max(0, ...times);
}

/** @param {string} folder */
export function ensureFolder(folder) {
  mkdirSync(at(folder), { recursive: true });
}
