import { type Attributes, create, type Tag } from './nodes.js';

/** The innermost open block. */
export interface Leaf {
  /** Takes more of the present line. */
  add(text: string): void;
  /** The present line is complete. */
  endLine?(): void;
  /** Brings the DOM up to date: called once for each delta that changes it. */
  show(): void;
  /** Nothing more will come. */
  close(): void;
}

/** Where a leaf's element goes. */
export interface Place {
  /** The direction of what stands there; undefined where it is inherited. */
  readonly dir: 'auto' | undefined;
  append(element: HTMLElement): void;
}

/** Puts a new element into its place. */
export function placeIn<T extends Tag>(
  place: Place,
  tag: T,
  attributes: Attributes<T> = {},
): HTMLElementTagNameMap[T] {
  const element = create(tag, { dir: place.dir, ...attributes });
  place.append(element);
  return element;
}

/** Takes an element out of the document, and what groups it was alone in. */
export function remove(element: Element): void {
  const parent = element.parentElement;
  element.remove();
  if (parent?.className === 'group' && !parent.firstChild) remove(parent);
}
