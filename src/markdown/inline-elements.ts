import { type Inline, type InlineElement, inlineElement } from './nodes.js';

/** TeX in a line. */
export const formula = (tex: string, display: boolean): InlineElement =>
  inlineElement('span', [tex.trim()], { class: display ? 'math display' : 'math', dir: 'ltr' });

type Told = (element: HTMLElement, url: string) => void;

/** An image is named, never loaded: asking its server would tell it what the reader sees. */
export function imageOf(children: readonly Inline[], url: string | undefined, told: Told): InlineElement {
  const host = url && URL.canParse(url) && new URL(url).host;
  const named = inlineElement('span', host ? [...children, ` ${host}`] : children, { class: 'image' });
  return host ? addressed(named, url, told) : named;
}

export function anchor(href: string, children: readonly Inline[], title: string, told: Told): InlineElement {
  const rel = 'noopener noreferrer nofollow ugc';
  const named = inOrder(title) || undefined;
  return addressed(inlineElement('a', children, { href, target: '_blank', rel, title: named }), href, told);
}

/** Tells about an element; its text is its key, because what stands in it is not compared any more. */
const addressed = (element: InlineElement, url: string, told: Told): InlineElement => ({
  ...element,
  key: JSON.stringify([url, element.children]),
  made: (node) => told(node, url),
});

/** Text in the order it was written in: what a link says shall not be turned around. */
const inOrder = (text: string): string => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');

/** What stands in a link: a bare address is text there. */
export function withoutLinks(item: Inline): readonly Inline[] {
  if (typeof item === 'string') return [inOrder(item)];
  const children = item.children.map(withoutLinks).flat();
  return item.tag === 'a' ? children : [{ ...item, children }];
}
