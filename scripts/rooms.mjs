import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

import { cycles, filesBelow, importsOf, sourceOf } from './imports.mjs';
import { at } from './run.mjs';

/** Which rooms a room may import; with "type" in front only types of it. The doors, right under src, may import all. */
const MAY_IMPORT = {
  model: [],
  wire: ['model'],
  protocols: ['model', 'type wire'],
  transport: ['model', 'wire', 'protocols'],
  chat: ['model', 'wire', 'protocols', 'transport'],
  markdown: [],
  renderers: ['type markdown'],
  controllers: ['chat', 'model', 'type markdown'],
  elements: ['model', 'protocols', 'transport', 'chat', 'markdown', 'renderers', 'controllers'],
  server: ['type model', 'type wire', 'type protocols', 'type transport', 'type chat'],
};

/** Packages that only some rooms may import; any other must be a dependency. */
const PACKAGES = [
  { pattern: /^(lit|lit-html|lit-element|@lit\/.+)(\/|$)/, rooms: ['controllers', 'elements'] },
  { pattern: /^eventsource-parser(\/|$)/, rooms: ['wire'] },
  // Built into chunks of our own that are fetched when there is something for them: no dependency of an installation.
  { pattern: /^(temml|mermaid|@codemirror\/.+)(\/|$)/, rooms: ['renderers'], bundled: true },
  { pattern: /^character-entities$/, rooms: ['markdown'], bundled: true },
];

const MOST_LINES = 300;
const MOST_FOLDERS = 2;
const CODE = /\.(ts|mts|js|mjs|css|html)$/;

/** @type {string[]} */
const breaches = [];

/** @typedef {import('./imports.mjs').Import} Import */

/**
 * @param {string} file
 * @param {number} line
 * @param {string} message
 */
const breach = (file, line, message) => void breaches.push(`${file}:${line} ${message}`);

/** @param {string} file */
const roomOf = (file) => /^src\/([^/]+)\//.exec(file)?.[1] ?? '';

/** @param {string} specifier */
const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/**
 * @param {string} file
 * @param {Import} entry
 * @param {string[]} dependencies
 */
function checkPackage(file, { specifier, line, typeOnly }, dependencies) {
  const room = roomOf(file);
  const rule = PACKAGES.find(({ pattern }) => pattern.test(specifier));
  if (rule && room !== '' && !rule.rooms.includes(room))
    breach(file, line, `${room} must not import ${specifier}`);
  const known = specifier.startsWith('node:')
    ? room === 'server'
    : dependencies.includes(packageOf(specifier));
  if (!known && !typeOnly && !rule?.bundled)
    breach(file, line, `${specifier} is not a dependency of the package`);
}

/**
 * @param {string} file
 * @param {Import} entry
 */
function checkRoom(file, { line, typeOnly, target = '' }) {
  const from = roomOf(file);
  const to = roomOf(target);
  if (from === '' || from === to) return;
  const may = MAY_IMPORT[/** @type {keyof typeof MAY_IMPORT} */ (from)];
  if (!may) return;
  if (!target.startsWith('src/')) return breach(file, line, `${target} lies outside src`);
  if (to === '') return breach(file, line, `${from} must not import the door ${target}`);
  if (may.some((room) => room === to)) return;
  if (may.some((room) => room === `type ${to}`)) {
    if (!typeOnly) breach(file, line, `${from} may import only types of ${to}`);
    return;
  }
  breach(file, line, `${from} must not import ${to}`);
}

/** The door for servers and workers: nothing on its way may need a DOM or Lit. */
function checkHeadless(/** @type {Map<string, Import[]>} */ graph) {
  const door = 'src/headless.ts';
  /** @type {Set<string>} */
  const seen = new Set();
  const waiting = graph.has(door) ? [door] : [];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const { specifier, line, typeOnly, target } of graph.get(file) ?? []) {
      if (typeOnly) continue;
      if (/^(@lit\/|lit\b)/.test(specifier)) breach(file, line, `${door} must not lead to ${specifier}`);
      if (/^(elements|controllers|markdown)$/.test(roomOf(target ?? '')))
        breach(file, line, `${door} must not lead to ${target}`);
      else if (target) waiting.push(target);
    }
  }
}

/** @param {string} file */
function checkShape(file) {
  const lines = sourceOf(file).split('\n').length - 1;
  if (lines > MOST_LINES) breach(file, MOST_LINES + 1, `has ${lines} lines, more than ${MOST_LINES}`);
  const folders = file.split('/').length - 2;
  if (file.startsWith('src/') && folders > MOST_FOLDERS)
    breach(file, 1, `lies more than ${MOST_FOLDERS} folders deep`);
  const room = roomOf(file);
  if (room !== '' && !(room in MAY_IMPORT)) breach(file, 1, `${room} is not a room of the house`);
}

/** @returns {string[]} every breach as "file:line message" */
export function checkRooms() {
  breaches.length = 0;
  const manifest = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const graph = new Map(filesBelow('src', /\.ts$/).map((file) => [file, importsOf(file)]));
  for (const [file, imports] of graph) {
    for (const entry of imports) {
      if (entry.target === undefined) checkPackage(file, entry, dependencies);
      else checkRoom(file, entry);
    }
  }
  for (const circle of cycles(graph)) {
    const [file = '', next = ''] = circle;
    const line = graph.get(file)?.find(({ target }) => target === next)?.line ?? 1;
    breach(file, line, `imports itself: ${circle.join(' → ')}`);
  }
  checkHeadless(graph);
  for (const folder of ['src', 'demo', 'test', 'scripts'])
    for (const file of filesBelow(folder, CODE)) checkShape(file);
  return breaches;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const found = checkRooms();
  for (const line of found) console.log(line);
  process.exitCode = found.length > 0 ? 1 : 0;
}
