import { html } from 'lit';
import type { TemplateResult } from 'lit';

const paths = {
  send: 'M8 13V3M3.5 7.5 8 3l4.5 4.5',
  stop: 'M4 4h8v8H4z',
  down: 'M8 3v10M3.5 8.5 8 13l4.5-4.5',
  tick: 'm3.5 8.5 3 3 6-7',
  cross: 'm4.5 4.5 7 7m0-7-7 7',
  copy: 'M5.5 5.5V3H13v7.5h-2.5M3 5.5h7.5V13H3z',
  again: 'M13 4.5A6 6 0 1 0 14 8m-1-6v2.5h-2.5',
  thumb: 'M5 7v6M5 7l2.5-5c1.4 0 1.8 1 1.5 2l-.5 2H13l-1 6.5H5M2.5 7H5v6H2.5z',
  chevron: 'm6 4 4 4-4 4',
  search: 'M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0m-1 3.5 3 3',
  page: 'M4 2.5h5.5L12 5v8.5H4zM6.5 7h3m-3 3h3',
  bookmark: 'M4.5 2.5h7v11L8 11l-3.5 2.5z',
  sparkle: 'M8 2c.6 3.6 2.4 5.4 6 6-3.6.6-5.4 2.4-6 6-.6-3.6-2.4-5.4-6-6 3.6-.6 5.4-2.4 6-6z',
  bolt: 'M8.5 2 3.5 9H8l-.5 5 5-7H8z',
  tool: 'M13.5 4.5A3.5 3.5 0 0 1 9 9l-4.5 4.5-2-2L7 7a3.5 3.5 0 0 1 4.5-4.5L9.5 4.5l2 2z',
};

export type IconName = keyof typeof paths;

/** Decoration beside words, or in a button that has a name; drawn in the text colour. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=${paths[name]}></path></svg>`;
}

/** The drawing for an icon's name as backends send it; an unknown name has none. */
export function backendIcon(name: string | undefined): IconName | undefined {
  const word = name?.toLowerCase() ?? '';
  if (/doc|book$|file|read/.test(word)) return 'page';
  return (['search', 'bookmark', 'sparkle', 'bolt', 'tool', 'page'] as const).find((known) =>
    word.includes(known),
  );
}
