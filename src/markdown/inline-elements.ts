import { type Inline, type InlineElement, inlineElement } from './nodes.js';

/** TeX in a line. */
export const formula = (tex: string, display: boolean): InlineElement =>
  inlineElement('span', [tex.trim()], { class: display ? 'math display' : 'math', dir: 'ltr' });

/** An image is named, never loaded: asking its server would tell it what the reader sees. */
export function imageOf(children: readonly Inline[], url: string | undefined): InlineElement {
  const host = url && URL.canParse(url) ? ` ${new URL(url).host}` : '';
  return inlineElement('span', host ? [...children, host] : children, { class: 'image' });
}

export function anchor(href: string, children: readonly Inline[], title?: string): InlineElement {
  const rel = 'noopener noreferrer nofollow ugc';
  return inlineElement('a', children, { href, target: '_blank', rel, title: title || undefined });
}

/** A bare address in the text of a link is text. */
export function withoutLinks(item: Inline): readonly Inline[] {
  if (typeof item === 'string') return [item];
  const children = item.children.map(withoutLinks).flat();
  return item.tag === 'a' ? children : [{ ...item, children }];
}
