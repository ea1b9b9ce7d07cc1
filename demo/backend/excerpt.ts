import type { Source } from './answer.js';

/** Paragraphs, lists, tables and code blocks of a Markdown text, none of them cut. */
export function blocksOf(markdown: string): string[] {
  const blocks: string[] = [];
  let lines: string[] = [];
  let fence = '';
  const finish = (): void => {
    if (lines.length) blocks.push(lines.join('\n'));
    lines = [];
  };
  for (const line of markdown.split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence) {
      lines.push(line);
      if (mark?.startsWith(fence)) fence = '';
    } else if (line.trim()) {
      if (mark) fence = mark;
      lines.push(line);
    } else finish();
  }
  finish();
  return blocks;
}

/**
 * The part of a passage to quote: whole blocks of about `limit` characters, beginning where the question is met.
 * A table that is too long keeps its head and the rows that meet the question.
 */
export function excerpt(markdown: string, limit: number, meets: (text: string) => number): string {
  const blocks = blocksOf(markdown).map((block) => unwrapped(shortenTable(block, limit, meets)));
  const kept: string[] = [];
  let size = 0;
  for (const block of blocks.slice(markdown.length > limit ? firstToQuote(blocks, meets) : 0)) {
    if (kept.length && size + block.length > limit) break;
    kept.push(block);
    size += block.length;
  }
  // A sentence that announces a block which is not quoted any more says nothing.
  if (kept.length > 1 && kept.at(-1)!.endsWith(':')) kept.pop();
  return kept.join('\n\n');
}

/** Prose in one line: in an answer a line's end is one to see, in a file it is only the editor's. */
const unwrapped = (block: string): string =>
  /^\s*(?:\||`{3}|~{3})/m.test(block)
    ? block
    : block.replaceAll(/(?<! {2}|\\)\n(?!\s*(?:[-*+>#]|\d+[.)]))\s*/g, ' ');

function firstToQuote(blocks: string[], meets: (text: string) => number): number {
  const scores = blocks.map(meets);
  const best = Math.max(scores.indexOf(Math.max(...scores)), 0);
  return best > 0 && blocks[best - 1]!.trimEnd().endsWith(':') ? best - 1 : best;
}

function shortenTable(block: string, limit: number, meets: (text: string) => number): string {
  const [head, rule, ...rows] = block.split('\n');
  if (block.length <= limit || !rule || !/^\s*\|?\s*:?-+/.test(rule)) return block;
  const met = rows.filter((row) => meets(row) > 0);
  return [head, rule, ...(met.length ? met : rows).slice(0, 8)].join('\n');
}

/**
 * Makes a project's Markdown fit to be read elsewhere: links absolute, images as their words (an answer's images would
 * be blocked or ask to be loaded), HTML gone. Code is left alone.
 */
export function portable(markdown: string, resolve: (href: string) => string): string {
  return markdown
    .split(/(^\s*```[\s\S]*?^\s*```|`[^`\n]+`)/m)
    .map((piece, index) => (index % 2 ? piece : portableProse(piece, resolve)))
    .join('')
    .trim();
}

function portableProse(text: string, resolve: (href: string) => string): string {
  return text
    .replaceAll(/<!--[\s\S]*?-->|<(?!https?:)\/?[a-zA-Z][^>\n]*>/g, '')
    .replaceAll(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\]\(([^)\s]+)\)/g, (_, href: string) => `](${resolve(href)})`);
}

/** A text as Markdown that shows it as it is. */
export const literal = (text: string): string => text.replaceAll(/[\\`*_[\]<>]/g, '\\$&');

/** A heading line and the links below it, as Markdown. */
export function linkList(heading: string, links: Source[]): string {
  return `${heading}:\n\n${links.map(({ title, url }) => `- [${literal(title)}](${url})`).join('\n')}`;
}
