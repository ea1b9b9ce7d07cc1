import { answer, pieces, TOKEN } from '../text.mjs';
import { floorFlat, floorGrouped } from './floor.js';
import markedOpen from './marked-open.js';
import ours from './ours.js';
import { smd, smdGrouped } from './smd.js';
import streamdown from './streamdown.js';
import { markdownItWhole, markedWhole, micromarkWhole } from './whole.js';

const CANDIDATES = {
  'floor-grouped': floorGrouped,
  'floor-flat': floorFlat,
  ours,
  'marked-open': markedOpen,
  smd,
  'smd-grouped': smdGrouped,
  marked: markedWhole,
  'markdown-it': markdownItWhole,
  micromark: micromarkWhole,
  streamdown,
};

const texts = new Map();

/** The text of a size; `repeated` is the shortest one over and over, so that a character costs the same everywhere. */
function textOf(length, repeated) {
  const key = `${length} ${repeated}`;
  if (!texts.has(key)) texts.set(key, repeated ? grown(length) : answer(length));
  return texts.get(key);
}

function grown(length) {
  const once = `${answer(10_000)}\n\n`;
  return once.repeat(Math.ceil(length / once.length)).slice(0, length);
}

function begin(candidate, root, text, flushes) {
  if (typeof candidate === 'function') return candidate(root);
  return candidate.start(root, candidate.prepare(text, flushes));
}

/**
 * Streams a text into a fresh container, with a forced layout after each flush.
 * @returns {Promise<{ ms: number, characters: number, shown: number, microsecondsPerToken: number }>} `shown`: characters of
 *   text that ended in the page
 */
globalThis.measure = async (name, { length, tokens, repeated = false, upTo = Infinity }) => {
  const text = textOf(length, repeated).slice(0, upTo);
  const flushes = pieces(text, tokens);
  const root = document.createElement('div');
  root.className = 'answer';
  document.body.append(root);
  const writer = begin(CANDIDATES[name], root, text, flushes.length);
  globalThis.gc?.();
  let height = root.offsetHeight;
  const began = performance.now();
  for (const piece of flushes) {
    const waits = writer.write(piece);
    if (waits) await waits;
    height = root.offsetHeight;
  }
  writer.end();
  height = root.offsetHeight;
  const ms = performance.now() - began;
  const shown = root.textContent.length;
  writer.remove?.();
  root.remove();
  if (height === 0) throw new Error(`${name} shows nothing`);
  return { ms, characters: text.length, shown, microsecondsPerToken: (ms * 1000 * TOKEN) / text.length };
};
