// Groups: marks, title.
export const HEADING = /^ {0,3}(#{1,6})(|\s.*)$/;
// Groups: indentation, marks, what they say about the code.
export const FENCE = /^( {0,3})(`{3,}(?=[^`]*$)|~{3,})(.*)$/;
export const RULE = /^ {0,3}(?:(?:\*\s*){3,}|(?:_\s*){3,}|(?:-\s*){3,})$/;
export const UNDERLINE = /^ {0,3}(?:=+|-+)\s*$/;
export const QUOTE = /^ {0,3}> ?/;
// Groups: mark, number. White space up to the content belongs to the mark, but not that of indented code.
export const ITEM = /^ {0,3}([-+*]|(\d{1,9})[.)])(?: {1,4}(?=[^ ])|[ \t]|$)/;
export const TASK = /^\[([ x])\]\s+(?=\S)/i;
/** The start of a line that may still become any of these. */
export const UNDECIDED = /^(?:[-\s*+=_#>~`|:]|\d{1,9}(?:[.)]|$))*(?:\[[ x]?\]?\s*)?$/i;

/** Turns the tabs that indent a line into spaces: they reach to multiples of four. */
export const expandTabs = (line: string): string =>
  line.replace(/^\s*\t/, (indent) => indent.replace(/ {0,3}\t/g, '    '));

/** The cells of a table's row; `\|` is a bar within one (GFM, section 4.10). */
export function cellsOf(row: string): string[] {
  const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
  if (!cells[0]) cells.shift();
  if (!cells.at(-1)) cells.pop();
  return cells;
}

/** The class of a table's column by its cell in the delimiter row; undefined if that is none. */
export const alignmentOf = (cell: string): string | undefined =>
  /^:?-+:?$/.test(cell)
    ? ['', 'start', 'end', 'center'][+cell.startsWith(':') + 2 * +cell.endsWith(':')]
    : undefined;
