const WIDTH = 880;
const LEFT = 320;
const RIGHT = 90;
const BAR = 18;
const STEP = 27;
const TOP = 44;

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/**
 * A chart of bars on a logarithmic scale.
 * @param {{ title: string, unit: string, bars: { label: string, value: number, shown: string, kind: 'own' | 'floor' | 'peer' }[] }} chart
 * @param {number} y where it begins
 */
function chartAt({ title, unit, bars }, y) {
  const most = Math.max(...bars.map(({ value }) => value));
  const least = Math.min(...bars.map(({ value }) => value)) / 2;
  const across = (value) =>
    Math.max(2, (Math.log(value / least) / Math.log(most / least)) * (WIDTH - LEFT - RIGHT));
  const rows = bars.map(({ label, value, shown, kind }, index) => {
    const top = y + TOP + index * STEP;
    const width = across(value);
    return `  <text class="label" x="${LEFT - 10}" y="${top + 13}">${escaped(label)}</text>
  <rect class="${kind}" x="${LEFT}" y="${top}" width="${width.toFixed(1)}" height="${BAR}" rx="3" />
  <text class="value" x="${(LEFT + width + 8).toFixed(1)}" y="${top + 13}">${escaped(shown)}</text>`;
  });
  return `  <text class="title" x="0" y="${y + 16}">${escaped(title)}</text>
  <text class="unit" x="0" y="${y + 33}">${escaped(unit)}</text>
${rows.join('\n')}`;
}

const heightOf = ({ bars }) => TOP + bars.length * STEP + 26;

/**
 * Charts one below the other, as SVG that follows the reader's light or dark.
 * @param {Parameters<typeof chartAt>[0][]} charts
 */
export function plot(charts) {
  const drawn = [];
  let y = 12;
  for (const chart of charts) {
    drawn.push(chartAt(chart, y));
    y += heightOf(chart);
  }
  const words = charts.map(
    ({ title, bars }) => `${title}: ${bars.map(({ label, shown }) => `${label} ${shown}`).join(', ')}`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-20 0 ${WIDTH + 40} ${y}" role="img">
  <title>${escaped(words.join('. '))}</title>
  <style>
    svg { background: #fff; font: 13px system-ui, sans-serif; }
    text { fill: #1f2328; }
    .title { font-size: 15px; font-weight: 600; }
    .unit, .value { fill: #59636e; font-size: 12px; }
    .label { text-anchor: end; }
    .own { fill: #3b5bdb; }
    .floor { fill: #8c959f; }
    .peer { fill: #d0b48a; }
    @media (prefers-color-scheme: dark) {
      svg { background: #0d1117; }
      text { fill: #e6edf3; }
      .unit, .value { fill: #9198a1; }
      .own { fill: #748ffc; }
      .floor { fill: #6e7681; }
      .peer { fill: #8f7848; }
    }
  </style>
${drawn.join('\n')}
</svg>
`;
}
