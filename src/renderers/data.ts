import type { Block } from '../markdown/index.js';
import { english, showInstead, type ViewWords, type WordedView } from './view.js';

const MOST_ROWS = 200;
/** Of more columns no one sees a table. */
const MOST_COLUMNS = 100;
/** Longer text stays text, in characters. */
const MOST_TEXT = 2_000_000;

const NUMBER = /^[-+−]?[\p{Sc}]?\d[\d.,\s]*[%\p{Sc}]?$/u;

/** Comma or semicolon separated values as a table, by RFC 4180; text that makes no table stays text. */
export const csv = (block: Block, words = english): WordedView => dataView(block, words, likelier);

/** Tab-separated values as a table. */
export const tsv = (block: Block, words = english): WordedView => dataView(block, words, () => '\t');

function dataView(block: Block, words: () => ViewWords, separatorIn: (text: string) => string): WordedView {
  let rewords: (() => void)[] = [];
  return {
    reword: () => rewords.forEach((reword) => reword()),
    end() {
      const text = block.text();
      const rows = text.length > MOST_TEXT ? undefined : parse(text, separatorIn(text));
      const columns = rows?.reduce((most, row) => Math.max(most, row.length), 0) ?? 0;
      // One column or one row says no more as a table.
      if (!rows || rows.length < 2 || columns < 2 || columns > MOST_COLUMNS) return;
      const { box, reword } = view(rows, columns, words);
      rewords = [reword, showInstead(block.element, box, block.language, words)];
    },
  };
}

/** Spreadsheets of half the world write semicolons, because their comma is the decimal point. */
function likelier(text: string): string {
  const [first = ''] = text.split('\n', 1);
  const count = (separator: string): number => first.split(separator).length;
  return count(';') > count(',') ? ';' : ',';
}

/** Rows of fields, or nothing for text that is no such data: a quote that never closes. */
export function parse(text: string, separator: string): string[][] | undefined {
  const rows: string[][] = [];
  const plain = new RegExp(`[^${separator}\r\n]*`, 'y');
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      const end = closing(text, at);
      if (end < 0) return undefined;
      field = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    }
    plain.lastIndex = at;
    field += plain.exec(text)![0];
    at = plain.lastIndex;
    row.push(field);
    if (text[at] === separator) {
      // A separator that ends the text is followed by an empty field.
      if (++at === text.length) row.push('');
      if (at < text.length) continue;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

/** Where the quoted field that opens here closes, or -1. */
function closing(text: string, open: number): number {
  let quote = text.indexOf('"', open + 1);
  while (quote >= 0 && text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
  return quote;
}

/** What the styles of tables know: a box, its scroller, the table; and a note where rows are left out. */
function view(
  rows: string[][],
  columns: number,
  words: () => ViewWords,
): { box: HTMLElement; reword: () => void } {
  const [head = [], ...body] = rows;
  const shown = body.slice(0, MOST_ROWS);
  const box = element('div', 'table');
  const scroll = element('div', 'scroll');
  const table = element('table');
  const ends = Array.from({ length: columns }, (_, column) => isNumeric(shown, column));
  const line = (row: string[], tag: 'th' | 'td'): HTMLElement => {
    const tr = element('tr');
    for (let column = 0; column < columns; column++) {
      const cell = element(tag, ends[column] ? 'end' : '');
      cell.dir = 'auto';
      cell.textContent = row[column] ?? '';
      if (tag === 'th') cell.setAttribute('scope', 'col');
      tr.append(cell);
    }
    return tr;
  };
  const thead = element('thead');
  const tbody = element('tbody');
  thead.append(line(head, 'th'));
  tbody.append(...shown.map((row) => line(row, 'td')));
  table.append(thead, tbody);
  scroll.append(table);
  scroll.tabIndex = 0;
  box.append(scroll);
  const note = element('p', 'note');
  if (shown.length < body.length) box.append(note);
  const reword = (): void => void (note.textContent = words().firstRows(shown.length, body.length));
  reword();
  return { box, reword };
}

/** Whether all that is there in a column are numbers, which stand flush at their end. */
function isNumeric(rows: string[][], column: number): boolean {
  const cells = rows.map((row) => row[column] ?? '').filter(Boolean);
  return cells.length > 0 && cells.every((cell) => NUMBER.test(cell.trim()));
}

function element(tag: string, className = ''): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  return made;
}
