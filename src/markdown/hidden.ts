import { type Inline, inlineElement } from './nodes.js';

// Halves of characters and no flag `u`: WebKit does not look back over whole ones.
const CONTROLS = '\\0-\\x08\\v\\f\\x0e-\\x1f\\x7f-\\x9f';
const EMPTY =
  '\\xad\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b-\\u200d\\u2060-\\u2065\\u206a-\\u206f\\u3164\\ufeff\\uffa0\\ufff0-\\ufffb';
// Scripts with joiners, symbols, ideographs, and the halves of emoji.
const JOINED = '\\u0600-\\u1fff\\u2122-\\ufdff';
const JOINER = `(?<=[${JOINED}\\ufe0f])[\\u200c\\u200d]`;
// How a symbol or an ideograph looks, and the tags of a flag. Elsewhere these carry hidden words.
const NEEDED = `${JOINER}|(?<=[#*\\d©®‼⁉${JOINED}])[\\ufe00-\\ufe0f]|(?<=[\\u3400-\\u9fff\\uf900-\\ufaff]|[\\ud840-\\ud88f].)\\udb40[\\udd00-\\uddef]|(?<=\\ud83c\\udff4(?:\\udb40[\\udc30-\\udc7a]){0,6})\\udb40[\\udc30-\\udc7f]`;

const SUSPECT = new RegExp(`[${CONTROLS}${EMPTY}\\ufe00-\\ufe0f\\udb40]`);
const STRAY = new RegExp(
  `(?!${NEEDED})(?:[${CONTROLS}\\ufe00-\\ufe0f]|\\udb40.|(?<=[${EMPTY}])[${EMPTY}])`,
  'g',
);
const IN_CODE = new RegExp(
  `((?!${JOINER})[${EMPTY}\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufffc\\u2800]|[^\\S \\n\\t\\u3000])`,
);

/** How much before a character decides what it means: a flag with its tags, in UTF-16 units. */
export const CONTEXT = 16;

/**
 * `text` as it may be read: a picture in the place of a control character, and a mark for each that carries hidden words or
 * shows nothing behind another such. What languages, emoji and ideographs need stays. What stands `before` it counts.
 */
export function visible(text: string, before = ''): string {
  if (!SUSPECT.test(text)) return text;
  return (before + text)
    .replace(STRAY, (found, index: number) => (index < before.length ? found : pictureOf(found)))
    .slice(before.length);
}

const pictureOf = (character: string): string =>
  character < ' ' ? String.fromCharCode(0x2400 + character.charCodeAt(0)) : '\ufffd';

/**
 * Code, in which a mark holds each character that is not seen, or not for what it is, and shows its number: that is copied,
 * and does nothing to those around it. `before` is plain text.
 */
export const codeOf = (code: string, before = ''): Inline[] =>
  (before + code)
    .split(IN_CODE)
    .map((piece, index) => (index % 2 ? mark(piece) : index ? piece : piece.slice(before.length)))
    .filter((piece) => piece);

const mark = (character: string): Inline =>
  inlineElement('span', [character], {
    class: 'hidden',
    'data-code': `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  });
