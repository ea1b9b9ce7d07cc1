import { openPage } from './measure.mjs';
import { interleave } from './statistics.mjs';
import { TOKEN } from './text.mjs';

/**
 * Every writer, and how it is called in the tables. `most`: those that re-do the document take part up to so many
 * characters parsed in all, because their time grows with the square of the length.
 */
export const WRITERS = {
  'floor-grouped': { label: 'floor, grouped' },
  'floor-flat': { label: 'floor' },
  ours: { label: 'MarkdownWriter' },
  'smd-grouped': { label: 'smd, grouped' },
  smd: { label: 'smd' },
  'marked-open': { label: 'marked, only the open block, patched, grouped' },
  streamdown: { label: 'streamdown (React)', most: 80e6 },
  marked: { label: 'marked, innerHTML', most: 20e6 },
  'markdown-it': { label: 'markdown-it, innerHTML', most: 20e6 },
  micromark: { label: 'micromark, innerHTML', most: 20e6 },
};

export const SIZES = [10_000, 50_000, 200_000];
export const TOKENS = [1, 4, 16];
const YARDSTICKS = ['floor-grouped', 'ours', 'marked-open'];
/** Milliseconds for one cell over all rounds. */
const BUDGET = 12_000;
const WARM_UP = { tokens: 4, upTo: 10_000 };

const parsed = (length, tokens) => (length * length) / (2 * tokens * TOKEN);
const takesPart = (name, length, tokens) => parsed(length, tokens) <= (WRITERS[name].most ?? Infinity);

/** One size and one number of tokens a flush, in a page of its own. The warm-up is not counted. */
async function measureSize(browser, url, { length, tokens, names, rounds, repeated }) {
  const opened = await openPage(browser, `${url}/writers.html`);
  const measure = (name, options) =>
    opened.page.evaluate(([name, options]) => globalThis.measure(name, options), [name, options]);
  await opened.page.waitForFunction(() => globalThis.measure);
  for (const name of names) await measure(name, { length, ...WARM_UP });
  const rows = await interleave(
    names,
    { rounds, budget: BUDGET, whole: (name) => YARDSTICKS.includes(name) },
    (name) => measure(name, { length, tokens, repeated }),
  );
  await opened.close();
  return rows.map(({ cell, samples }) => ({ candidate: cell, length, tokens, samples }));
}

/** What one growing answer costs each writer. */
export async function measureWriters(browser, { url }, { rounds, quick }, tell) {
  const cells = [];
  for (const length of quick ? SIZES.slice(0, 1) : SIZES) {
    for (const tokens of TOKENS) {
      tell(`writers: ${length / 1000} kB, ${tokens} tokens a flush`);
      const names = Object.keys(WRITERS).filter((name) => takesPart(name, length, tokens));
      cells.push(...(await measureSize(browser, url, { length, tokens, names, rounds })));
    }
  }
  return { cells };
}

/** What a character costs in a short and in a long answer that is the short one over and over. */
export async function measureGrowth(browser, { url }, { rounds, quick }, tell) {
  const cells = [];
  const names = ['floor-grouped', 'ours'];
  for (const length of quick ? SIZES.slice(0, 2) : SIZES) {
    for (const tokens of TOKENS) {
      tell(`growth: ${length / 1000} kB, ${tokens} tokens a flush`);
      cells.push(...(await measureSize(browser, url, { length, tokens, names, rounds, repeated: true })));
    }
  }
  return { cells };
}
