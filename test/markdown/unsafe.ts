import { NODES, type Tag } from '../../src/markdown/index.js';

export interface Hostile {
  id: string;
  category: string;
  input?: string;
  gen?: { prefix: string; unit: string; times: number; suffix: string };
  chunks?: string[];
  max_ms?: number;
  naive?: { exec?: Record<string, string>; dom?: string[]; request?: boolean };
}

export const textOf = ({ input, gen }: Hostile): string =>
  input ?? gen!.prefix + gen!.unit.repeat(gen!.times) + gen!.suffix;

const CLASSES = new Set(
  'group table loose task done start center end link image math display footnote footnotes to-note to-back part hidden'.split(
    ' ',
  ),
);
const REL = 'noopener noreferrer nofollow ugc';

/** What must not be there: elements, attributes, classes, schemes and relations beyond the few that are written. */
export function unsafe(root: Element): string[] {
  return [...root.querySelectorAll('*')].flatMap((element) => {
    const { localName: tag } = element;
    const known: readonly string[] | undefined = Object.hasOwn(NODES, tag) ? NODES[tag as Tag] : undefined;
    const bad = known ? [] : [tag];
    for (const { name, value } of element.attributes) {
      if (!known?.includes(name)) bad.push(name);
      else if (name === 'class') bad.push(...value.split(' ').filter((one) => !CLASSES.has(one)));
      else if (name === 'data-code' && !/^U\+[\dA-F]{4}$/.test(value)) bad.push(value);
      else if (name === 'start' && !/^\d{1,9}$/.test(value)) bad.push(value);
    }
    // Not `instanceof`: it may come from another page.
    if (tag === 'a') {
      const { href, rel, target } = element as HTMLAnchorElement;
      if (!/^(?:https?|mailto|tel):/.test(href)) bad.push(href);
      if (href !== element.getAttribute('href')) bad.push(`not canonical: ${href}`);
      if (rel !== REL || target !== '_blank') bad.push(`opener: ${rel}`);
    }
    return bad;
  });
}
