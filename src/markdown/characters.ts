import { visible } from './hidden.js';

// The named references that models write; the others come with a table of all (CommonMark 0.31, section 2.5).
const FEW: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  hellip: '…',
  mdash: '—',
  ndash: '–',
};
const NAMES = /&([a-z]\w{1,30});/gi;

let all: Readonly<Record<string, string>> | undefined;
let loading: Promise<void> | undefined;

const named = (name: string): string | undefined => {
  const table = all ?? FEW;
  return Object.hasOwn(table, name) ? table[name] : undefined;
};

/** `text` with its backslash escapes and character references decoded, without a parser of HTML. */
export const unescape = (text: string): string =>
  text.replace(
    /\\([!-/:-@[-`{-~])|&(?:#(\d{1,7}|x[\da-f]{1,6})|([a-z]\w{1,30}));/gi,
    (match, escaped?: string, code?: string, name?: string) =>
      escaped ?? visible(code ? character(Number(`0${code}`)) : (named(name!) ?? match)),
  );

const character = (code: number): string =>
  code && code < 0x11_0000 && (code & 0xff_f800) !== 0xd800 ? String.fromCodePoint(code) : '\ufffd';

/** Whether a text has a reference that only the table of all may know, and that is not there yet. */
export function needsAll(text: string): boolean {
  if (all || !text.includes('&')) return false;
  for (const [, name] of text.matchAll(NAMES)) if (named(name!) === undefined) return true;
  return false;
}

/** Fetches the table of all 2,125 names of HTML. Rejects if it cannot be fetched; the next call tries again. */
export function loadAll(): Promise<void> {
  loading ??= import('character-entities').then(
    ({ characterEntities }) => void (all = characterEntities),
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
