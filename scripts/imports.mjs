import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

import { root } from './run.mjs';

/**
 * @typedef {{ specifier: string, line: number, typeOnly: boolean, target?: string }} Import
 * target: the imported file, when it is ours
 */

/**
 * All files below a folder, as paths from the top folder.
 * @param {string} folder
 * @param {RegExp} pattern
 * @returns {string[]}
 */
export function filesBelow(folder, pattern) {
  const here = join(root, folder);
  if (!existsSync(here)) return [];
  return readdirSync(here, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(path, pattern);
    return pattern.test(entry.name) ? [path] : [];
  });
}

/** @param {string} file */
export const sourceOf = (file) => readFileSync(join(root, file), 'utf8');

/** Comments become blanks, so that lines keep their numbers; strings stay. */
const PIECES = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

/** @param {string} source */
const withoutComments = (source) =>
  source.replace(PIECES, (piece) => (/^\/[/*]/.test(piece) ? piece.replace(/[^\n]/g, ' ') : piece));

const STATEMENT =
  /^[ \t]*(import|export)\b(?!\s*\()\s*(type\b(?!\s*(?:,|from\b)))?([^'";=]*?)\bfrom\s*(['"])([^'"]+)\4/gm;
const BARE = /^[ \t]*import\s*(['"])([^'"]+)\1/gm;
const CALL = /\bimport\(\s*(['"])([^'"]+)\1/g;

/** @param {string} clause what stands between "import" and "from" */
function namesOnlyTypes(clause) {
  const names = /^\s*\{([^}]*)\}\s*$/
    .exec(clause)?.[1]
    ?.split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return names !== undefined && names.length > 0 && names.every((name) => name.startsWith('type '));
}

/**
 * What a TypeScript file imports, types included.
 * @param {string} file
 * @returns {Import[]}
 */
export function importsOf(file) {
  const source = withoutComments(sourceOf(file));
  /** @type {Import[]} */
  const found = [];
  const add = (
    /** @type {RegExpExecArray} */ match,
    /** @type {string} */ specifier,
    /** @type {boolean} */ typeOnly,
  ) => {
    const line = source.slice(0, match.index + match[0].length).split('\n').length;
    found.push({ specifier, line, typeOnly, target: targetOf(file, specifier) });
  };
  for (const match of source.matchAll(STATEMENT)) {
    add(match, match[5] ?? '', match[2] !== undefined || namesOnlyTypes(match[3] ?? ''));
  }
  for (const match of source.matchAll(BARE)) add(match, match[2] ?? '', false);
  for (const match of source.matchAll(CALL)) add(match, match[2] ?? '', false);
  return found;
}

/**
 * @param {string} file
 * @param {string} specifier
 */
function targetOf(file, specifier) {
  if (!specifier.startsWith('.')) return undefined;
  const path = resolve(root, dirname(file), specifier).replace(/\.js$/, '.ts');
  return relative(root, path).split(sep).join('/');
}

/**
 * Circles of imports, each once, as the files along it.
 * @param {Map<string, Import[]>} graph
 * @returns {string[][]}
 */
export function cycles(graph) {
  /** @type {string[][]} */
  const found = [];
  /** @type {Set<string>} */
  const done = new Set();
  /** @type {(file: string, path: string[]) => void} */
  const visit = (file, path) => {
    const start = path.indexOf(file);
    if (start >= 0) return void found.push([...path.slice(start), file]);
    if (done.has(file)) return;
    for (const { target } of graph.get(file) ?? []) {
      if (target && target !== file && graph.has(target)) visit(target, [...path, file]);
    }
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
