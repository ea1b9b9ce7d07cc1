import { ACCEPTED, EQUIVALENT } from './accepted.mjs';

/**
 * @typedef {import('./accepted.mjs').Known} Known
 * @typedef {{ line: number, column: number }} Place
 * @typedef {{ status: string, mutatorName: string, replacement?: string, location: { start: Place, end: Place } }} Mutant
 * @typedef {{ files: Record<string, { source: string, mutants: Mutant[] }> }} Report Stryker's own
 * @typedef {{ line: number, from: string, to: string, reached: boolean, known?: Known }} Survivor
 * @typedef {{ killed: number, endless: number, survived: number, unreached: number, equivalent: number }} Counts
 * killed: a test failed; endless: a test did not end; unreached: survived, as no test runs the code; equivalent: not
 * counted as survived
 * @typedef {Counts & { survivors: Survivor[] }} FileResult
 */

/** @param {string} text */
const plain = (text) => text.replace(/\s+/g, ' ').trim();

/**
 * @param {string[]} lines
 * @param {Mutant['location']} location
 */
function textAt(lines, { start, end }) {
  const text = lines.slice(start.line - 1, end.line);
  text[text.length - 1] = text.at(-1)?.slice(0, end.column - 1) ?? '';
  text[0] = text[0]?.slice(start.column - 1) ?? '';
  return text.join('\n');
}

/** @param {string} file @param {string[]} lines @param {Mutant} mutant @returns {Survivor} */
function survivorOf(file, lines, mutant) {
  const { start } = mutant.location;
  const line = lines[start.line - 1] ?? '';
  const from = plain(textAt(lines, mutant.location));
  const to = plain(mutant.replacement ?? '');
  const known = [...EQUIVALENT, ...ACCEPTED].find(
    (one) =>
      one.file === file && plain(one.from) === from && plain(one.to) === to && line.includes(one.on ?? ''),
  );
  const reached = mutant.status !== 'NoCoverage';
  return { line: start.line, from, to, reached, ...(known && { known }) };
}

/** @param {Report} report @returns {Record<string, FileResult>} */
export function resultsOf({ files }) {
  const results = Object.entries(files).map(([file, { source, mutants }]) => {
    const lines = source.split('\n');
    const count = (/** @type {string} */ status) => mutants.filter((one) => one.status === status).length;
    const survivors = mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map((mutant) => survivorOf(file, lines, mutant));
    const equivalent = survivors.filter(({ known }) => known && EQUIVALENT.includes(known)).length;
    return /** @type {const} */ ([
      file,
      {
        killed: count('Killed') + count('RuntimeError'),
        endless: count('Timeout'),
        survived: survivors.length - equivalent,
        unreached: survivors.filter(({ reached, known }) => !reached && !known).length,
        equivalent,
        survivors,
      },
    ]);
  });
  return Object.fromEntries(results);
}

/** @param {Counts[]} list @returns {Counts} */
export function sum(list) {
  const total = (/** @type {keyof Counts} */ name) => list.reduce((all, one) => all + one[name], 0);
  return {
    killed: total('killed'),
    endless: total('endless'),
    survived: total('survived'),
    unreached: total('unreached'),
    equivalent: total('equivalent'),
  };
}

/** How many of a hundred mutants that can be noticed are noticed. @param {Counts} counts */
export function scoreOf({ killed, endless, survived }) {
  const all = killed + endless + survived;
  return all === 0 ? 100 : ((killed + endless) * 100) / all;
}
