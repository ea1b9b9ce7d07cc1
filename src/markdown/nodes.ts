/**
 * Every element Markdown can become, with the attributes it may have. Nothing else is ever created from a text, whatever
 * it holds.
 */
export const NODES = {
  div: ['class', 'dir', 'tabindex'],
  section: ['class'],
  p: ['dir'],
  h1: ['dir'],
  h2: ['dir'],
  h3: ['dir'],
  h4: ['dir'],
  h5: ['dir'],
  h6: ['dir'],
  hr: [],
  blockquote: ['dir'],
  ul: ['class', 'dir'],
  ol: ['class', 'dir', 'start'],
  li: ['class', 'tabindex'],
  pre: ['dir'],
  table: [],
  thead: [],
  tbody: [],
  tr: [],
  th: ['class'],
  td: ['class'],
  em: [],
  strong: [],
  del: [],
  code: [],
  br: [],
  a: ['href', 'target', 'rel', 'title'],
  span: ['class', 'dir', 'data-code'],
  sub: [],
  sup: ['class'],
  kbd: [],
  mark: [],
  details: [],
  summary: [],
  button: ['type', 'class'],
} as const satisfies Record<string, readonly string[]>;

export type Tag = keyof typeof NODES;
export type Attributes<T extends Tag = Tag> = {
  readonly [Name in (typeof NODES)[T][number]]?: string | undefined;
};

/** An element within a line, before it is in the document. */
export interface InlineElement {
  readonly tag: Tag;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly Inline[];
  /** Told about its element once, when that is made: what stands in it is not compared any more, but for its key. */
  readonly made?: ((element: HTMLElement) => void) | undefined;
  readonly key?: string | undefined;
}

/** What a line holds: text and elements. */
export type Inline = string | InlineElement;

export const inlineElement = <T extends Tag>(
  tag: T,
  children: readonly Inline[],
  attributes: Attributes<T> = {},
): InlineElement => ({ tag, attributes, children });

/** An element with those attributes that have a value. */
export function create<T extends Tag>(tag: T, attributes: Attributes<T> = {}): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag);
  setAll(element, attributes);
  return element;
}

export function setAll(element: Element, attributes: Readonly<Record<string, string | undefined>>): void {
  for (const name in attributes) {
    const value = attributes[name];
    if (value !== undefined) element.setAttribute(name, value);
  }
}

/** Makes an element as the last child of another. */
export function place<T extends Tag>(
  parent: Node,
  tag: T,
  attributes?: Attributes<T>,
): HTMLElementTagNameMap[T] {
  return parent.appendChild(create(tag, attributes));
}
