/** @param {number[]} values */
export function median(values) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The medians of the numbers in these samples, by name. */
export function medians(samples) {
  const names = [...new Set(samples.flatMap((sample) => Object.keys(sample)))];
  return Object.fromEntries(names.map((name) => [name, median(samples.map((sample) => sample[name]))]));
}

/**
 * Rounds in which every cell is measured once, in an order that turns by one each round. A cell that used up its time is
 * left out of later rounds: what takes half a minute needs no median to be told from what takes none.
 * @template Cell
 * @param {Cell[]} cells
 * @param {{ rounds: number, budget: number, warmUp?: boolean, whole?: (cell: Cell) => boolean }} options budget in
 *   milliseconds for each cell; `whole` cells take part in all rounds
 * @param {(cell: Cell, round: number) => Promise<object>} measure
 * @returns {Promise<{ cell: Cell, samples: object[] }[]>}
 */
export async function interleave(cells, { rounds, budget, whole = () => false }, measure) {
  const rows = cells.map((cell) => ({ cell, samples: [], spent: 0 }));
  for (let round = 0; round < rounds; round++) {
    const from = round % rows.length;
    for (const row of [...rows.slice(from), ...rows.slice(0, from)]) {
      const failed = row.samples.some(({ failure }) => failure);
      if (failed || (row.spent > budget && !whole(row.cell))) continue;
      const began = performance.now();
      row.samples.push({ round, ...(await measure(row.cell, round)) });
      row.spent += performance.now() - began;
    }
  }
  return rows.map(({ cell, samples }) => ({ cell, samples }));
}

/**
 * The median over the rounds of one cell's number divided by another's in the same round; undefined where they share none.
 */
export function ratio(samples, yardstick, name) {
  const other = new Map(yardstick.map((sample) => [sample.round, sample[name]]));
  return median(samples.map((sample) => sample[name] / other.get(sample.round)));
}

/** Numbers with as many digits as a measurement is worth. */
export const rounded = (value) =>
  JSON.parse(
    JSON.stringify(value, (_, entry) => (typeof entry === 'number' ? Number(entry.toPrecision(5)) : entry)),
  );
