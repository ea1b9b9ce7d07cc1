import { create } from './nodes.js';
import { type Line } from './line.js';

/** A block that holds blocks: the document, a quote, an item or a footnote. */
export interface Container {
  readonly kind: 'document' | 'quote' | 'item' | 'note';
  readonly element: Element;
  /** Columns that a line must be indented to go on with it. */
  readonly indent: number;
  /** The list that is its last child and may go on. */
  list?: List | undefined;
}

export interface List {
  readonly element: Element;
  /** `-`, `+`, `*`, `.` or `)`: another mark starts another list. */
  readonly mark: string;
}

/** Takes the mark of an open container off a line; returns whether it was there. `empty`: nothing stands in it yet. */
export function continues({ kind, indent }: Container, line: Line, empty: boolean): boolean {
  if (kind === 'quote') return takeQuote(line);
  // An item that starts with a blank line has no second one.
  const stays = line.content ? line.indent >= indent : !empty;
  if (stays) line.skip(indent);
  return stays;
}

export function takeQuote(line: Line): boolean {
  if (line.content[0] !== '>' || line.indent > 3) return false;
  line.take(1);
  line.skip(1);
  return true;
}

// Engines skip what is out of sight group by group.
const GROUP_SIZE = 8;

/** The last group of a document, or a new one where that is full. */
export function groupIn(root: Node, before: Node | null): Element {
  const last = (before ? before.previousSibling : root.lastChild) as Element | null;
  if (last && last.childElementCount < GROUP_SIZE) return last;
  return root.insertBefore(create('div', { class: 'group' }), before);
}
