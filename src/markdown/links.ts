import { unescape } from './entities.js';

/** Where a link leads, with escapes and character references decoded. */
export interface Target {
  /** Undefined while it is not finished. */
  destination?: string;
  title?: string;
}

export const LABEL = /\[((?:[^[\]\\]|\\.)*)\]/sy;

// Below, a destination is `<…>` or bare, and a title stands in double or single quotes or in parentheses.

/** What follows the text of a link: `(destination "title")`; a bare destination may nest parentheses three deep. */
export const TAIL =
  /\(\s*(?:<((?:[^<>\\\n]|\\.)*)>|(?!<)((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*\))*))(?:\s+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?\s*\)/sy;

/** A link reference definition, `[label]: destination "title"` (CommonMark 0.31, section 4.7). */
export const DEFINITION =
  / {0,3}\[((?:[^[\]\\]|\\.)*)\]:\s*(?:<((?:[^<>\\\n]|\\.)*)>|(?!<)(\S+))(?:\s+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ \t]*(?:\n|$)/gsy;

/** The target in the last three groups of a match of `TAIL` or `DEFINITION`. */
export function targetOf(match: RegExpExecArray): Target {
  const [angled, bare, title = ''] = match.slice(-3);
  return { destination: unescape(angled ?? bare!), title: unescape(title.slice(1, -1)) };
}

/** Labels match whatever their case and white space. */
export const labelKey = (label: string): string => label.trim().replace(/\s+/g, ' ').toUpperCase();

/**
 * Nothing invisible, such as control, bidirectional, zero-width and tag characters; no backslash; two slashes, and an
 * authority without user name. What other spellings mean is for `new URL` to know, not for a reader.
 */
const ALLOWED =
  /^(?=[^\p{C}\u2028\u2029\\]{1,2000}$)(?:https?:\/\/[\p{L}\p{M}\d.:[\]%_~-]+(?:[/?#]|$)|mailto:|tel:)/iu;

/** The address a destination may lead to, or undefined if it must stay text; relative ones must. */
export function safeUrl(destination = ''): URL | undefined {
  try {
    if (ALLOWED.test(destination)) return new URL(destination);
  } catch {
    // A port or an address out of range.
  }
  return undefined;
}
