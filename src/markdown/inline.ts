import { resolve, Run } from './emphasis.js';
import { unescape } from './entities.js';
import { LABEL, safeUrl, TAIL, type Target, targetOf } from './links.js';
import { type Content, create } from './slot.js';

/** A `[` or `![` that waits for its `]`. */
interface Bracket {
  image: boolean;
  /** Index of its own text in the content. */
  at: number;
  /** Where its text starts. */
  start: number;
}

/**
 * Code; runs of marks; line ends; brackets; `<` autolinks `>`; bare URLs, with parentheses in pairs and no punctuation at
 * their end (GFM, section 6.9); and last, escapes and character references.
 */
const TOKEN =
  /(`+)(?!`)([^]*?[^`])\1(?!`)|`+|\*+|_+|~+|\\?\n *|!?\[|\]|<([^\s<>]+[:@][^\s<>]*)>|\b((?:https?:\/\/|www\.)(?:[^\s<>"()[\]]|\([^\s<>"()[\]]*\))+)(?<![?!.,:;*_~'])|\\[!-/:-@[-`{-~]|&#?\w{1,31};/gi;

// What may become a link's tail. A stray `[` shall not make a paragraph look like a link: no further than this back.
const UNFINISHED = /(?:\([^\n)]{0,250})?$/y;
const MAX_UNFINISHED = 250;

/**
 * Turns inline Markdown into nodes and text (CommonMark 0.31, chapter 6), in time linear in its length. With `open`, the
 * text goes on: what is open at its end is shown as if it were closed there. `find` looks up what a label is defined as.
 */
export function inline(
  source: string,
  open: boolean,
  find: (label: string) => Target | undefined,
): Content[] {
  const text = open ? withoutUnfinished(source) : source;
  const content: Content[] = [];
  let brackets: Bracket[] = [];
  let at = 0;

  /** Matches from here on and goes behind the match; what a global pattern passes over is text. */
  function read(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (pattern.global) content.push(text.slice(at, match?.index));
    if (match) at = pattern.lastIndex;
    return match;
  }

  function take(match: RegExpExecArray): void {
    const [token, , code, autolink, bareUrl] = match;
    const first = token[0]!;
    if (first === '`') content.push(codeSpan(code) ?? token);
    else if ('*_~'.includes(first)) content.push(new Run(text, match.index, at));
    else if (first === ']') closeBracket();
    else if ('[!'.includes(first)) {
      brackets.push({ image: first === '!', at: content.length, start: at });
      content.push(token);
    } else if (autolink || (bareUrl && isEnded())) content.push(addressLink(autolink ?? bareUrl!) ?? token);
    else if (token.includes('\n')) lineBreak(first === '\\');
    else content.push(unescape(token));
  }

  function codeSpan(code = open ? read(/[^]*/y)![0] : ''): Node | undefined {
    const line = code.replaceAll('\n', ' ');
    return line ? create('code', {}, [/^ .*[^ ].* $/.test(line) ? line.slice(1, -1) : line]) : undefined;
  }

  /** Whether a bare URL is complete: white space follows. And no link stands in what may be the text of another. */
  function isEnded(): boolean {
    return !brackets.length && (!open || /[\s<]/.test(text.slice(at)));
  }

  function lineBreak(hard: boolean): void {
    const before = content.pop() as string;
    const line = before.trimEnd();
    content.push(line, hard || before.length > line.length + 1 ? create('br') : '\n');
  }

  function closeBracket(): void {
    const bracket = brackets.pop();
    const target = bracket && targetAfter(bracket);
    if (target) link(bracket, target);
    else content.push(']');
  }

  /** Reads what follows a bracket's `]`, or looks up what its text refers to. */
  function targetAfter({ start }: Bracket): Target | undefined {
    const tail = read(TAIL);
    if (tail) return targetOf(tail);
    if (open && read(UNFINISHED)) return {};
    const textEnd = at;
    const label = read(LABEL)?.[1]!.trim() || text.slice(start, textEnd - 1);
    // A label holds no other bracket.
    const target = label.includes('[') ? undefined : find(label);
    if (!target) at = textEnd;
    return target;
  }

  /** Makes what follows the bracket a link or an image. */
  function link({ image, at: index }: Bracket, { destination, title }: Target): void {
    const [, ...inner] = content.splice(index);
    const url = safeUrl(destination);
    const unfinished = destination === undefined;
    const children = resolve(inner, unfinished);
    // An image is named, never loaded: asking its server would tell it what the reader sees.
    if (image) content.push(create('span', { class: 'image' }, [...children, url ? ` ${url.host}` : '']));
    else {
      if (url) content.push(anchor(url, children, title));
      else content.push(...(unfinished ? [create('span', { class: 'link' }, children)] : children));
      // Links do not nest.
      brackets = brackets.filter((outer) => outer.image);
    }
  }

  for (let match; (match = read(TOKEN));) take(match);
  const bracket = brackets.find(({ start }) => text.length - start < MAX_UNFINISHED);
  if (open && bracket) link(bracket, {});
  return resolve(content, open);
}

/** An address that is its own text. */
function addressLink(address: string): Node | undefined {
  const scheme = /^www\./i.test(address) ? 'http://' : address.includes(':') ? '' : 'mailto:';
  const url = safeUrl(scheme + address);
  return url && anchor(url, [address]);
}

function anchor({ href }: URL, content: Content[], title?: string): HTMLElement {
  const rel = 'noopener noreferrer nofollow ugc';
  return create('a', { href, target: '_blank', rel, title }, content);
}

/** Without marks at the end that may still become part of something. */
function withoutUnfinished(source: string): string {
  const text = source.replace(/(?:&#?\w*|<[^\s<>]*)$/, '');
  let end = text.length;
  // A loop, because `[…]+$` is quadratic for long runs elsewhere.
  while (end && '\\*_~`!'.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}
