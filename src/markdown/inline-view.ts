import { type Inline, type InlineElement, create, setAll } from './nodes.js';

/**
 * The DOM of a growing line. What is settled is not looked at again; of the rest only the difference to what is shown is
 * written, and text that grew is appended to: the reader's selection and the engine's layout of it stay.
 */
export class InlineView {
  readonly #element: Element;
  /** The last settled node. */
  #last: ChildNode | null = null;
  /** If that is text: how much of it is settled, because text may go on in the same node. */
  #kept = 0;
  /** What stands behind it. */
  #shown: readonly Inline[] = [];

  constructor(element: Element) {
    this.#element = element;
  }

  /** Whether what is settled is still where it was: translators and other tools put text into elements of their own. */
  get stands(): boolean {
    return !this.#last || this.#last.parentNode === this.#element;
  }

  /** Shows what follows the settled part: `settled`, which will not change any more, and `open`. */
  update(settled: readonly Inline[], open: readonly Inline[]): void {
    const next = joined(settled, open);
    this.#write(next);
    this.#shown = next;
    if (settled.length) this.#settle(settled, open);
  }

  #write(next: readonly Inline[]): void {
    let shown = this.#shown;
    const last = this.#last;
    let node = last ? last.nextSibling : this.#element.firstChild;
    if (last instanceof Text) {
      const [before, after] = [leadingText(shown), leadingText(next)];
      writeText(last, this.#kept, before, after);
      if (before !== undefined) shown = shown.slice(1);
      if (after !== undefined) next = next.slice(1);
      node = last.nextSibling;
    }
    patch(this.#element, node, shown, next);
  }

  #settle(settled: readonly Inline[], open: readonly Inline[]): void {
    const inLast = this.#last instanceof Text && typeof settled[0] === 'string';
    let node = this.#last;
    for (let left = settled.length - +inLast; left; left--)
      node = node ? node.nextSibling : this.#element.firstChild;
    const final = settled.at(-1)!;
    if (typeof final === 'string') this.#kept = final.length + (node === this.#last ? this.#kept : 0);
    this.#last = node;
    this.#shown = open;
  }
}

const leadingText = ([first]: readonly Inline[]): string | undefined =>
  typeof first === 'string' ? first : undefined;

/** Both lists in one; text that goes on is one text. */
export function joined(settled: readonly Inline[], open: readonly Inline[]): readonly Inline[] {
  if (!settled.length) return open;
  const last = settled.at(-1);
  const first = open[0];
  if (typeof last !== 'string' || typeof first !== 'string') return [...settled, ...open];
  return [...settled.slice(0, -1), last + first, ...open.slice(1)];
}

function writeText(node: Text, offset: number, before = '', after = ''): void {
  if (before === after) return;
  if (after.startsWith(before)) node.appendData(after.slice(before.length));
  // A translator may have made it shorter.
  else node.replaceData(Math.min(offset, node.length), node.length, after);
}

/** Turns the children from `node` on, which show `before`, into `after`. */
function patch(
  parent: Node,
  node: ChildNode | null,
  before: readonly Inline[],
  after: readonly Inline[],
): void {
  const common = Math.min(before.length, after.length);
  let index = 0;
  for (; node && index < common; index++) {
    const next: ChildNode | null = node.nextSibling;
    change(node, before[index]!, after[index]!);
    node = next;
  }
  while (node) {
    const next = node.nextSibling;
    node.remove();
    node = next;
  }
  for (; index < after.length; index++) parent.appendChild(make(after[index]!));
}

function change(node: ChildNode, before: Inline, after: Inline): void {
  if (before === after) return;
  if (typeof before === 'string' && typeof after === 'string' && node instanceof Text)
    return writeText(node, 0, before, after);
  if (typeof before === 'string' || typeof after === 'string' || !alike(before, after))
    return node.replaceWith(make(after));
  if (!before.made) patch(node, node.firstChild, before.children, after.children);
}

/** Whether one can become the other by its children alone. */
function alike(one: InlineElement, other: InlineElement): boolean {
  if (one.tag !== other.tag || !one.made !== !other.made) return false;
  for (const name in one.attributes) if (one.attributes[name] !== other.attributes[name]) return false;
  for (const name in other.attributes) if (one.attributes[name] !== other.attributes[name]) return false;
  return one.key === other.key;
}

export function make(inline: Inline): ChildNode {
  if (typeof inline === 'string') return document.createTextNode(inline);
  const element = create(inline.tag);
  setAll(element, inline.attributes);
  for (const child of inline.children) element.appendChild(make(child));
  inline.made?.(element);
  return element;
}
