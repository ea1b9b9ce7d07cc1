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

// Engines lay out a group only when something in it changes, and look at every child of what it stands in.
const GROUP_SIZE = 8;

/** The group for the next block: the last one of a document, or a new one where that is full. */
export function groupIn(root: Element, before: Node | null): Element {
  const last = (before ? before.previousSibling : root.lastChild) as Element | null;
  // A long document has its groups in groups, so that there are never many to look at.
  const inner = last?.lastElementChild;
  const nested = inner?.className === 'group';
  const group = nested ? inner : last;
  if (group && hasRoom(group)) return group;
  if (nested && hasRoom(last!)) return open(last!, null);
  return hasRoom(root) ? open(root, before) : open(open(root, before), null);
}

const hasRoom = (element: Element): boolean => element.childElementCount < GROUP_SIZE;

const open = (parent: Element, before: Node | null): Element =>
  parent.insertBefore(create('div', { class: 'group' }), before);
