/**
 * A place in the DOM that is being filled. Children up to `last` are settled; those after it come from an earlier
 * preview and are kept where they fit what is written next, so that growing text does not rebuild elements.
 */
export interface Slot {
  readonly element: Node;
  last: ChildNode | null;
}

export const slotIn = (element: Node): Slot => ({ element, last: null });

/** What `append` takes: it turns anything but nodes into text. */
export type Content = Node | { toString(): string };

type Attributes = Record<string, string | null | undefined>;

/** An element with those attributes that have a value. */
export function create(tag: string, attributes: Attributes = {}, content: Content[] = []): HTMLElement {
  const element = document.createElement(tag);
  for (const name in attributes) if (attributes[name]) element.setAttribute(name, attributes[name]);
  element.append(...(content as (Node | string)[]));
  return element;
}

/** Puts `fresh` next and settles it; returns the node that stands there now, which may be one of an earlier preview. */
export function put<T extends ChildNode>(slot: Slot, fresh: T): T {
  const { element, last } = slot;
  const old = last ? last.nextSibling : element.firstChild;
  const sameTag = old?.nodeName === fresh.nodeName;
  const keep = sameTag && (fresh instanceof Text || old.cloneNode().isEqualNode(fresh.cloneNode()));
  if (!keep) element.insertBefore(fresh, old);
  return (slot.last = keep ? old : fresh) as T;
}

/** Puts all children of `source`, which uses them up, and drops what earlier previews left behind them. */
export function fill(slot: Slot, source: Node): void {
  for (const fresh of [...source.childNodes]) {
    const placed = put(slot, fresh);
    if (placed === fresh) continue;
    if (!(placed instanceof Text)) fill(slotIn(placed), fresh);
    else {
      const { data } = fresh as Text;
      // Text that only grew is appended to: the reader's selection and the engine's layout of it stay.
      if (data.startsWith(placed.data)) placed.appendData(data.slice(placed.length));
      else placed.data = data;
    }
  }
  trim(slot);
}

/** Drops what earlier previews left behind the settled children. */
export function trim({ element, last }: Slot): void {
  while (element.lastChild !== last) element.lastChild!.remove();
}
