import { ADDRESS, BARE } from './autolinks.js';

const TOKENS = [
  // Code. Groups: the run of backticks, what stands before the same run.
  '(`+)(?!`)([^]*?[^`])\\1(?!`)',
  '`+',
  // Formulas, where `$` is not a price. Groups: TeX between `$$`, `$`, `\(` and `\)`, `\[` and `\]`.
  String.raw`\$\$((?:[^$\\]|\\[^]|\$(?!\$))+)\$\$`,
  String.raw`(?<![\w\\$])\$((?![\s$])(?:[^$\\\n]|\\.)*?[^\s\\$]|[^\s\\$])\$(?![\w$])`,
  String.raw`\\\(([^]+?)\\\)`,
  String.raw`\\\[([^]+?)\\\]`,
  String.raw`\$\$`,
  // Emphasis, line ends, brackets.
  String.raw`\*+|_+|~+|\\?\n[ \t]*|!?\[|\]`,
  // Groups: address.
  `<(${ADDRESS})>`,
  // The few tags that are no danger, without their attributes. Groups: slash, name.
  String.raw`<(\/?)(sub|sup|kbd|mark|details|summary)(?:\s[^<>]*)?>|<br(?:\s[^<>]*)?\/?>`,
  // Groups: address.
  `(${BARE})`,
  // Escapes and character references.
  '\\\\[!-/:-@[-`{-~]|&#?\\w{1,31};',
];

/** What is not plain text within a line. */
export const TOKEN = new RegExp(TOKENS.join('|'), 'giu');

/** What may still become a tag with attributes, or start a formula. */
export const UNCLEAR = /<\/?(?:br|sub|sup|kbd|mark|details|summary)(?![\w-])|(?<![\w\\$])\$(?![\s$])/gi;
// What may become a link's tail. A stray `[` shall not make a paragraph look like a link: no further than this back.
export const UNFINISHED = /(?:\((?:[^\n()]|\([^\n()]{0,250}(?:\)|$)){0,250}|\[[^\n\]]{0,250})?$/y;
export const MAX_UNFINISHED = 250;
export const OPEN_MATH = /(?:\$\$|\\[([])\s*(\S[^]*)$/y;

/** What may belong to a token, or has to wait at the end. A dot or a slash may make what stands before it an address. */
const SPECIAL = /[`$\\*_~\n\t[\]!<&@]|(?<=www|:)[./]/gi;

/** Whether text from an offset on looks as it is written, whatever follows. */
export function plainFrom(text: string, offset: number): boolean {
  SPECIAL.lastIndex = offset;
  return !SPECIAL.test(text);
}

/** Without marks at the end that may still become part of something. */
export const withoutUnfinished = (source: string): string =>
  withoutEnd(source.replace(/(?:&#?\w*|<\/?[^\s<>]*|\\[([]\s*|\[\^[^\][\s]*)$/, ''), '\\*_~`!$ \t\n');

/** Without those of the characters that it ends with: a loop, because `[…]+$` is quadratic for long runs elsewhere. */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end && characters.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}
