import { html, nothing } from 'lit';
import { isObject, listIn, own, type JSONObject } from '../protocols/shared/fields.js';
import { look } from './widget-look.js';
import { colour, spoken, words } from './widget-values.js';
import type { Draw } from './widget-view.js';

const mostRows = 200;
const mostSeries = 12;
/** In the order in which series without a colour of their own get one. */
const palette = ['blue-500', 'purple-500', 'orange-500', 'green-500', 'red-500', 'yellow-500', 'pink-500'];

interface Series {
  readonly key: string;
  readonly name: string;
  readonly colour: string | undefined;
  /** The largest value, as long as its bar. */
  readonly most: number;
}

const amount = (row: JSONObject, key: string): number => {
  const value = own(row, key);
  return typeof value === 'number' && Number.isFinite(value) ? value : NaN;
};

/** A chart as the table it is drawn from: every number can be read, and a bar in each cell shows how they compare. */
export const chart: Draw = (node) => {
  const rows = listIn(node, 'data').filter(isObject).slice(0, mostRows);
  const axis = own(node, 'xAxis');
  const key = isObject(axis) ? words(axis, 'dataKey') : words(node, 'xAxis');
  const ticks = isObject(axis) && isObject(axis.labels) ? axis.labels : {};
  const series = listIn(node, 'series')
    .filter(isObject)
    .slice(0, mostSeries)
    .map((entry, index): Series => {
      const name = words(entry, 'dataKey');
      return {
        key: name,
        name: words(entry, 'label') || spoken(name),
        colour: colour(own(entry, 'color')) ?? colour(palette[index % palette.length]),
        most: Math.max(0, ...rows.map((row) => Math.abs(amount(row, name)) || 0)),
      };
    });
  if (!rows.length || !series.length) return nothing;
  const top = Math.max(...series.map(({ most }) => most));
  return html`<div class="chart" role="group" aria-label=${series.map(({ name }) => name).join(', ')}>
    <table>
      <thead>
        <tr>
          <th scope="col">${spoken(key)}</th>
          ${series.map((one) => html`<th class="number" scope="col"><i ${look({ 'background-color': one.colour })}></i>${one.name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <th scope="row">${words(ticks, words(row, key)) || words(row, key)}</th>
              ${series.map((one) => cell(row, one, top))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
};

function cell(row: JSONObject, { key, colour: tint }: Series, top: number) {
  const value = amount(row, key);
  const share = top > 0 && value > 0 ? `${((value / top) * 100).toFixed(1)}%` : '0';
  const shown = Number.isNaN(value) ? words(row, key) : value.toLocaleString();
  return html`<td class="number">
    ${shown}<span class="bar" aria-hidden="true"
      ><i ${look({ 'inline-size': share, 'background-color': tint })}></i
    ></span>
  </td>`;
}
