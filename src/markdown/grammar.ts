// These look at what a line holds behind its indentation.

// Groups: marks, title.
export const HEADING = /^(#{1,6})(?=[ \t]|$)(.*)/s;
// Groups: marks, what they say about the code.
export const FENCE = /^(`{3,}(?=[^`]*$)|~{3,})(.*)/s;
export const RULE = /^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/;
export const UNDERLINE = /^(?:=+|-+)[ \t]*$/;
// Groups: mark, number.
export const ITEM = /^([-+*]|(\d{1,9})[.)])(?=[ \t]|$)/;
export const TASK = /^\[([ x])\][ \t]+(?=\S)/i;
export const MATH = /^(?:\$\$|\\\[)[ \t]*$/;
// Group: label (GitHub's footnotes; GFM's specification has none).
export const FOOTNOTE = /^\[\^([^\]\s]{1,100})\]:[ \t]*/;

/** The start of a line, behind its containers' marks, that may still become any of these. */
export const UNDECIDED =
  /^(?:[-\s*+=_#>~`|:]|\d{1,9}(?:[.)]|$)|\[[ x]\]\s|\[\^[^\]\s]*\]:)*(?:`{3,}[^`]*|~{3,}.*|\[\^[^\]\s]*\]?|\[[ x]?\]?|\$\$?\s*|\\\[?\s*)?$/is;
/** The start of a line in fenced code that may still become its end. */
export const UNDECIDED_CODE = /^(?:`*|~*)\s*$/;

/** The cells of a table's row; `\|` is a bar within one (GFM, section 4.10). */
export function cellsOf(row: string): string[] {
  const cells = row.trim().split(/(?<!\\)\|/);
  if (!cells[0]) cells.shift();
  if (!cells.at(-1)?.trim()) cells.pop();
  return cells.map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** The class of each column by a table's second line; undefined if it is none. */
export function columnsOf(line: string): (string | undefined)[] | undefined {
  if (!/^[|:\-\s]+$/.test(line) || !line.includes('-')) return undefined;
  const cells = cellsOf(line);
  return cells.every((cell) => /^:?-+:?$/.test(cell)) ? cells.map(alignmentOf) : undefined;
}

const alignmentOf = (cell: string): string | undefined =>
  [undefined, 'start', 'end', 'center'][+cell.startsWith(':') + 2 * +cell.endsWith(':')];
