import { WIDGETS } from './pages/pages.mjs';
import { median, medians, ratio } from './statistics.mjs';
import { CASES, THREAD_CASES, THREADS } from './widget.mjs';
import { SIZES, TOKENS, WRITERS } from './writer.mjs';

/** @typedef {{ title: string, head: string[], rows: string[][] }} Table */

const NONE = '–';
const digits = (value) => (value < 10 ? 2 : value < 100 ? 1 : 0);
/** A number in three digits or so. */
export const short = (value) =>
  Number.isFinite(value)
    ? value.toLocaleString('en', { maximumFractionDigits: digits(Math.abs(value)) })
    : NONE;
const whole = (value) => (Number.isFinite(value) ? Math.round(value).toLocaleString('en') : NONE);
const kilobytes = (value) =>
  Number.isFinite(value) ? (value / 1000).toLocaleString('en', { maximumFractionDigits: 1 }) : NONE;

/** The samples of the one cell that has these properties. */
export function samplesOf({ cells }, wanted) {
  const cell = cells.find((cell) => Object.entries(wanted).every(([name, value]) => cell[name] === value));
  return cell?.samples ?? [];
}

const failureOf = (samples) => samples.find(({ failure }) => failure)?.failure;

/** @returns {Table[]} */
export function writerTables(part) {
  const names = Object.keys(WRITERS).filter((candidate) => samplesOf(part, { candidate }).length > 0);
  const each = (candidate, show) =>
    SIZES.map((length) => TOKENS.map((tokens) => show({ candidate, length, tokens })).join(' / '));
  const times = (cell) =>
    short(ratio(samplesOf(part, cell), samplesOf(part, { ...cell, candidate: 'floor-grouped' }), 'ms'));
  const microseconds = (cell) =>
    short(median(samplesOf(part, cell).map((sample) => sample.microsecondsPerToken)));
  const table = (title, show) => ({
    title,
    head: ['writer', ...SIZES.map((length) => `${length / 1000} kB: ${TOKENS.join(' / ')}`)],
    rows: names.map((candidate) => [WRITERS[candidate].label, ...each(candidate, show)]),
  });
  return [
    table('One growing answer, as a multiple of the grouped floor (tokens a flush)', times),
    table('The same in microseconds a token', microseconds),
  ];
}

/** @returns {Table[]} */
export function growthTables(part) {
  const cost = (cell) => median(samplesOf(part, cell).map((sample) => sample.microsecondsPerToken));
  const rows = ['floor-grouped', 'ours'].flatMap((candidate) =>
    TOKENS.map((tokens) => {
      const costs = SIZES.map((length) => cost({ candidate, length, tokens }));
      return [WRITERS[candidate].label, String(tokens), ...costs.map(short), short(costs.at(-1) / costs[0])];
    }),
  );
  return [
    {
      title: 'The same answer over and over: microseconds a token',
      head: ['writer', 'tokens a flush', ...SIZES.map((length) => `${length / 1000} kB`), 'last to first'],
      rows,
    },
  ];
}

function widgetRow(part, id, candidate) {
  const samples = samplesOf(part, { case: id, candidate });
  const failure = failureOf(samples);
  const { label } = WIDGETS[candidate];
  if (samples.length === 0 || failure) return [label, failure ? `not run: ${failure}` : NONE];
  const middle = medians(samples);
  return [
    label,
    whole(middle.mainThread),
    short(ratio(samples, samplesOf(part, { case: id, candidate: 'floor' }), 'mainThread')),
    whole(middle.longestTask),
    whole(middle.slowFrames),
    whole(middle.lag),
    whole(middle.nodes),
    short(middle.heap),
    String(samples.length),
  ];
}

/** @returns {Table[]} */
export function widgetTables(part) {
  const head = [
    'widget',
    'main thread, ms',
    '× floor page',
    'longest task, ms',
    'frames over 25 ms',
    'last byte to painted, ms',
    'nodes',
    'heap, MB',
    'rounds',
  ];
  return Object.entries(CASES)
    .filter(([id]) => samplesOf(part, { case: id }).length > 0)
    .map(([id, { label, names, tokens }]) => ({
      title: `${label[0].toUpperCase()}${label.slice(1)} (${tokens.toLocaleString('en')} tokens)`,
      head,
      rows: names.map((candidate) => widgetRow(part, id, candidate)),
    }));
}

/** @returns {Table[]} */
export function threadTables(part) {
  const ids = [...new Set(part.cells.map((cell) => cell.case))];
  const cells = (id, before) => {
    const samples = samplesOf(part, { case: id, before });
    const { mainThread, longestTask, lag } = medians(samples);
    const times = ratio(samples, samplesOf(part, { case: id, before: 0 }), 'mainThread');
    return [whole(mainThread), short(times), whole(longestTask), whole(lag)];
  };
  const headOf = (id) => [
    `${THREAD_CASES[id].tokens.toLocaleString('en')} tokens ${THREAD_CASES[id].pace ? `at ${THREAD_CASES[id].pace} a second` : 'as fast as the wire'}: main thread, ms`,
    '× empty',
    'longest task, ms',
    'lag, ms',
  ];
  return [
    {
      title: 'An answer in a thread that is long already',
      head: ['messages before', ...ids.flatMap(headOf)],
      rows: THREADS.map((before) => [before.toLocaleString('en'), ...ids.flatMap((id) => cells(id, before))]),
    },
  ];
}

/** @returns {Table[]} */
export function startTables(part) {
  const rows = part.cells.map(({ candidate, samples }) => {
    const failure = failureOf(samples);
    const { usable, script, focus, gzip, brotli, raw, files } = medians(samples);
    const { label } = WIDGETS[candidate];
    if (failure) return [label, `not run: ${failure}`];
    return [
      label,
      kilobytes(raw),
      kilobytes(gzip),
      kilobytes(brotli),
      whole(files),
      short(script),
      whole(usable),
      whole(focus),
    ];
  });
  return [
    {
      title: 'Until a person could type',
      head: [
        ...['widget', 'kB', 'gzip, kB', 'brotli, kB', 'files', 'script, ms', 'usable after, ms'],
        'then in the field: main thread, ms',
      ],
      rows,
    },
  ];
}

const TABLES = {
  writer: writerTables,
  growth: growthTables,
  widget: widgetTables,
  threads: threadTables,
  start: startTables,
};

/** @returns {Record<string, Table[]>} the tables of each part that was measured */
export const tablesOf = (parts) =>
  Object.fromEntries(
    Object.keys(TABLES)
      .filter((name) => parts[name])
      .map((name) => [name, TABLES[name](parts[name])]),
  );

/** @param {Table} table */
export function asText({ title, head, rows }) {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)),
  );
  // What failed says so across the columns.
  const line = (row) =>
    row
      .map((cell, column) =>
        column === 0 || row.length < head.length
          ? cell.padEnd(widths[column])
          : cell.padStart(widths[column]),
      )
      .join('  ');
  return [title, line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join(
    '\n',
  );
}

/** @param {Table} table */
export function asMarkdown({ title, head, rows }) {
  const line = (row) => `| ${head.map((_, column) => row[column] ?? '').join(' | ')} |`;
  const align = `|${head.map((_, column) => (column === 0 ? '---' : '---:')).join('|')}|`;
  return [...(title ? [`**${title}**`, ''] : []), line(head), align, ...rows.map(line)].join('\n');
}
