import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { at } from './run.mjs';

/** What a page with the script tag loads at its start, and the writer of answers with it, in bytes of gzip. */
const BUDGET = 30_000;
const WRITER = /^script\/markdown-/;
/** What one protocol may add when it is recognised, in bytes of gzip. */
const PROTOCOL_BUDGET = 3200;
const ENTRY = 'chat-stream.js';

/** @param {string} file below dist */
const read = (file) => readFileSync(at(`dist/${file}`));

/**
 * @param {string} file
 * @param {boolean} lazy whether import() counts
 */
function importsOf(file, lazy) {
  const code = read(file).toString('utf8');
  const pattern = lazy ? /import\(\s*[`'"](\.[^`'"]+)/g : /(?:from|import)\s*[`'"](\.[^`'"]+)/g;
  return [...code.matchAll(pattern)].map(([, path = '']) => posix.join(posix.dirname(file), path));
}

/** The entry, the chunk it loads at once, and what that needs; what is loaded on demand later does not count. */
function loadedAtStart() {
  const found = new Set([ENTRY]);
  const waiting = [...importsOf(ENTRY, true), ...importsOf(ENTRY, false)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    waiting.push(...importsOf(file, false));
  }
  return found;
}

/** @param {number} bytes */
const number = (bytes) => bytes.toLocaleString('en').padStart(10);

/** @returns {{ lines: string[], passed: boolean, start: number }} */
export function measure() {
  if (!existsSync(at(`dist/${ENTRY}`)))
    return { lines: [`dist/${ENTRY} is not built`], passed: false, start: 0 };
  const chunks = existsSync(at('dist/script'))
    ? readdirSync(at('dist/script')).map((name) => `script/${name}`)
    : [];
  const alone = ['chat-stream.single.js', 'embed.js'].filter((file) => existsSync(at(`dist/${file}`)));
  const files = [ENTRY, ...chunks.filter((file) => file.endsWith('.js')), ...alone];
  const atStart = loadedAtStart();
  const lines = [`${'file'.padEnd(38)}${'raw'.padStart(10)}${'gzip'.padStart(10)}${'brotli'.padStart(10)}`];
  const protocols = readdirSync(at('src/protocols')).filter((name) => name.endsWith('.ts'));
  const isProtocol = (/** @type {string} */ file) =>
    protocols.some((name) => file.replace(/-[\w-]{7}\.js$/, '') === `script/${name.slice(0, -3)}`);
  const large = [];
  let start = 0;
  let writer = 0;
  for (const file of files) {
    const code = read(file);
    const zipped = gzipSync(code, { level: 9 }).length;
    if (isProtocol(file) && zipped > PROTOCOL_BUDGET) large.push(file);
    if (atStart.has(file)) start += zipped;
    else if (WRITER.test(file)) writer += zipped;
    const when = atStart.has(file) ? '  at start' : alone.includes(file) ? '' : '  on demand';
    lines.push(
      file.padEnd(38) + number(code.length) + number(zipped) + number(brotliCompressSync(code).length) + when,
    );
  }
  for (const file of large) lines.push(`${file} is over the ${PROTOCOL_BUDGET} bytes of a protocol`);
  const first = start + writer;
  const passed = writer > 0 && first <= BUDGET && large.length === 0;
  lines.push(
    `${first <= BUDGET ? 'within' : 'OVER'} the budget: ${number(start).trim()} bytes gzip at start, ${number(first).trim()} of ${number(BUDGET).trim()} with the writer`,
  );
  return { lines, passed, start };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { lines, passed } = measure();
  console.log(lines.join('\n'));
  process.exitCode = passed ? 0 : 1;
}
