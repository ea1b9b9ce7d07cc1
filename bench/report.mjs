import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

import { goalsOf, goalTable } from './goals.mjs';
import { WIDGETS } from './pages/pages.mjs';
import { plot } from './plot.mjs';
import { medians, ratio, rounded } from './statistics.mjs';
import { asMarkdown, samplesOf, short, tablesOf } from './tables.mjs';
import { WRITERS } from './writer.mjs';

const path = (file) => fileURLToPath(new URL(file, import.meta.url));
const TEMPLATE = path('performance.template.md');
const DATA = path('../docs/performance.json');
const PAGE = path('../docs/performance.md');
const PLOT = path('../docs/images/performance.svg');

const kindOf = (name) => (name === 'ours' ? 'own' : name.startsWith('floor') ? 'floor' : 'peer');

/** The writers at one size, the quick ones first. */
function writerChart(part) {
  const cell = { length: 50_000, tokens: 16 };
  const floor = samplesOf(part, { ...cell, candidate: 'floor-grouped' });
  const bars = Object.entries(WRITERS).map(([candidate, { label }]) => {
    const value = ratio(samplesOf(part, { ...cell, candidate }), floor, 'ms');
    return { label, value, shown: `${short(value)}×`, kind: kindOf(candidate) };
  });
  return {
    title: 'Writing one growing answer of 50 kB, 16 tokens a flush',
    unit: 'times the least DOM work that gives the same result; the scale is logarithmic',
    bars: ranked(bars),
  };
}

function widgetChart(part) {
  const bars = Object.entries(WIDGETS).map(([candidate, { label }]) => {
    const { mainThread: value } = medians(samplesOf(part, { case: 'pace-200', candidate }));
    return { label, value, shown: `${short(value)} ms`, kind: kindOf(candidate) };
  });
  return {
    title: 'A whole widget streaming 2,000 tokens in 10 s',
    unit: 'time the main thread was busy; the scale is logarithmic',
    bars: ranked(bars),
  };
}

const ranked = (bars) => bars.filter(({ value }) => value > 0).sort((a, b) => a.value - b.value);

function machineLine({ date, rounds, machine }) {
  const { cpu, cores, memory, system, node, chromium } = machine;
  return `${date.slice(0, 10)}, ${rounds} rounds, ${cpu}, ${cores} cores, ${memory}, ${system}, Node ${node}, Chromium ${chromium} (headless)`;
}

/** One result out of several runs: each part from the last run that has it. */
function merged(results) {
  const last = results.at(-1);
  return { ...last, parts: Object.assign({}, ...results.map(({ parts }) => parts)) };
}

/** @param {object[]} results as saved; none: what docs/performance.json holds is rendered again */
export async function report(results) {
  const result = results.length > 0 ? merged(results) : JSON.parse(readFileSync(DATA, 'utf8'));
  const { parts, versions } = result;
  const tables = tablesOf(parts);
  const charts = [parts.writer && writerChart(parts.writer), parts.widget && widgetChart(parts.widget)];
  const words = {
    machine: machineLine(result),
    versions: Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
    goals: asMarkdown({ ...goalTable(goalsOf(parts)), title: undefined }),
    ...Object.fromEntries(
      Object.entries(tables).map(([name, list]) => [name, list.map(asMarkdown).join('\n\n')]),
    ),
  };
  const text = readFileSync(TEMPLATE, 'utf8').replace(
    /\{\{(\w+)\}\}/g,
    (_, name) => words[name] ?? 'Not measured.',
  );
  mkdirSync(path('../docs/images'), { recursive: true });
  writeFileSync(PLOT, plot(charts.filter((chart) => chart?.bars.length > 0)));
  await write(PAGE, text);
  await write(DATA, JSON.stringify(rounded(result)));
}

/** In the project's own format. */
async function write(file, text) {
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}
