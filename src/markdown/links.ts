import { unescape } from './characters.js';

/** Where a link leads, with escapes and character references decoded. */
export interface Target {
  readonly destination: string;
  readonly title: string;
}

/** A `[` or `![` that waits for its `]`. */
export interface Bracket {
  readonly image: boolean;
  /** Index of its own text in the content. */
  readonly at: number;
  /** Where its text starts. */
  readonly start: number;
  /** Not in a link: links do not nest. */
  active: boolean;
}

// Below, a destination is `<…>` or bare, and a title stands in double or single quotes or in parentheses.

/** What follows the text of a link: `(destination "title")`; a bare destination may nest parentheses three deep. */
export const TAIL = new RegExp(
  `\\([ \\t\\n]*(?:<((?:[^<>\\\\\\n]|\\\\.)*)>|(?!<)(${nested(nested(nested(nested(''))))}))(?:[ \\t\\n]+("(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'|\\((?:[^()\\\\]|\\\\.)*\\)))?[ \\t\\n]*\\)`,
  'sy',
);

/** Characters of a bare destination, with `inner` in parentheses. Each way to read them is the only one. */
function nested(inner: string): string {
  const characters = '[^\\0- ()\\\\]|\\\\[!-/:-@[-`{-~]|\\\\(?![!-/:-@[-`{-~])';
  return `(?:${characters}${inner && `|\\(${inner}\\)`})*`;
}

/** A label in brackets, which hold no other bracket. */
export const LABEL = /\[((?:[^[\]\\]|\\.){0,999})\]/sy;

/** A link reference definition, `[label]: destination "title"` (CommonMark 0.31, section 4.7); none of a footnote. */
const DEFINITION =
  / {0,3}\[(?!\^)((?:[^[\]\\]|\\.){1,999})\]:[ \t]*\n?[ \t]*(?:<((?:[^<>\\\n]|\\.)*)>|(?!<)(\S+))(?:\s+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))(?=[ \t]*(?:\n|$)))?[ \t]*(?:\n|$)/sy;
/** Text that may become a definition, or a longer one. */
const UNFINISHED_DEFINITION = /^\[(?:[^[\]\\]|\\.){1,999}\]:\s*(?:\S+(?:\s+(?:"[^"]*|'[^']*|\([^)]*)?)?)?$/s;

export interface Definition {
  readonly label: string;
  readonly destination: string;
  readonly title: string;
  /** Where it ends. */
  readonly end: number;
}

/** The definition that starts at an offset of a paragraph's text. */
export function definitionAt(text: string, offset: number): Definition | undefined {
  DEFINITION.lastIndex = offset;
  const match = DEFINITION.exec(text);
  if (!match?.[1]!.trim()) return undefined;
  const [, label, angled, bare, title = ''] = match;
  return {
    label: label!,
    destination: angled ?? bare!,
    title: title.slice(1, -1),
    end: DEFINITION.lastIndex,
  };
}

/** Whether a paragraph's text from an offset on may still become a definition: it is not shown until that is clear. */
export const mayDefine = (text: string, offset: number): boolean =>
  text[offset] === '[' && UNFINISHED_DEFINITION.test(text.slice(offset));

/** The target in a match of `TAIL`. */
export function targetOf([, angled, bare, title = '']: RegExpExecArray): Target {
  return { destination: unescape(angled ?? bare!), title: unescape(title.slice(1, -1)) };
}

/** Labels match whatever their case and white space. */
export const labelKey = (label: string): string =>
  label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase();

/**
 * Nothing invisible, such as control, bidirectional, zero-width and tag characters, nor what stands for them; no backslash;
 * two slashes, and an authority without user name; mail to one reader, without copies or files; a number without commands for
 * a telephone. What other spellings mean is for `new URL` to know, not for a reader.
 */
const ALLOWED =
  /^(?=[^\p{C}\u2028\u2029\u2400-\u241f\ufffd\\]{1,2000}$)(?:https?:\/\/[\p{L}\p{M}\d.:[\]%_~-]+(?:[/?#]|$)|mailto:[^/?%@]+@[^?%@]+(?:[?&](?:subject|body)=[^&]*)*$|tel:[-+().;=\w]+$)/iu;

/** The address a destination may lead to in its canonical spelling, or undefined if it must stay text; relative ones must. */
export function safeUrl(destination: string): string | undefined {
  try {
    if (ALLOWED.test(destination)) return new URL(destination).href;
  } catch {
    // A port or an address out of range.
  }
  return undefined;
}
