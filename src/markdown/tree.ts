import { type Slot, trim } from './slot.js';

/** The document, a block quote or a list item. */
export interface Container extends Slot {
  /** Columns that continue a list item; 0 for a block quote. */
  indent: number;
  /** The list that is still open as its last child. */
  list?: List | undefined;
}

export interface List extends Slot {
  /** `-`, `+`, `*`, `.` or `)`: another mark starts another list. */
  mark: string;
}

/** The innermost open block. */
export interface Leaf {
  /** Of its element; a paragraph may still become a heading or a table. */
  tag: string;
  /** What is not settled yet: inline Markdown, or code. */
  text: string;
  /** Where code and rows go; other elements come into the DOM when they close. */
  slot?: Slot;
  /** The line that ends fenced code. */
  end?: RegExp | undefined;
  /** Columns that lines of code are indented less. */
  indent?: number;
  /** Classes of a table's columns. */
  columns?: Columns;
}

export type Columns = (string | undefined)[];

/** Drops what earlier previews left behind in an open container. */
export function trimAll(container: Container): void {
  if (container.list) trim(container.list);
  trim(container);
}
