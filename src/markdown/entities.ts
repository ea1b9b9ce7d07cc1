// The named references that models write; others stay text (CommonMark 0.31, section 6.2, refers to all 2,125 of HTML).
const NAMED = ' amp& lt< gt> quot" apos\' nbsp\u00a0 copy© hellip… mdash— ndash–';

/** `text` with its backslash escapes and character references decoded, without a parser of HTML. */
export const unescape = (text: string): string =>
  text.replace(
    /\\([!-/:-@[-`{-~])|&(?:#(x[\da-f]{1,6}|\d{1,7})|(\w{2,31}));/gi,
    (match, escaped, code, name) =>
      escaped ??
      (code ? character(Number(`0${code}`)) : (new RegExp(` ${name}(.)`).exec(NAMED)?.[1] ?? match)),
  );

const character = (code: number): string => String.fromCodePoint(code && code < 0x11_0000 ? code : 0xfffd);
