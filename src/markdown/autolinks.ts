/** `<scheme:…>` and `<name@host>` (CommonMark 0.31, section 6.5), without their brackets. */
export const ADDRESS =
  "[a-z][a-z\\d+.-]{1,31}:[^\\s<>\\x00-\\x20]*|[a-z\\d.!#$%&'*+/=?^_`{|}~-]+@[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?(?:\\.[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?)*";

/**
 * Where a bare address may start, and all it may hold; not in the middle of a word, nor behind what opens no word. A bar
 * ends it everywhere: a line may turn out to be a table's only later, and an address shall not change then.
 */
export const BARE =
  '(?<![^\\s*_~(\\p{P}\\p{S}\\p{Lo}])(?:https?:\\/\\/|www\\.)[^\\s<|\\u3000-\\u303f\\uff00-\\uffef]+|(?<![\\w.+-])[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+';

/**
 * The part of a bare address that is the link: no punctuation at its end, no parenthesis too many, nothing that looks
 * like a character reference (GFM, section 6.9). Undefined if nothing is one.
 */
export function trimAddress(found: string): string | undefined {
  if (/^[^:/]+@/.test(found)) return trimMail(found);
  let address = found;
  for (let before = ''; before !== address;) {
    before = address;
    address = address.replace(/&\w+;$|[?!.,:;*_~'"]$/, '');
    if (address.endsWith(')') && count(address, ')') > count(address, '(')) address = address.slice(0, -1);
    if (address.endsWith(']') && count(address, ']') > count(address, '[')) address = address.slice(0, -1);
  }
  const [, host = ''] = /^(?:https?:\/\/)?([^/?#]*)/i.exec(address)!;
  const [last = '', beforeLast = ''] = host.split('.').reverse();
  const complete = last && (beforeLast || /^https?:/i.test(address)) && !`${last}${beforeLast}`.includes('_');
  return complete ? address : undefined;
}

/** The most characters that an address for mail may have (RFC 5321, section 4.5.3.1). */
const longestMail = 320;

/** The end of a growing text that may still become an address for mail, or a part of one. */
const UNFINISHED_MAIL = new RegExp(`[\\w.+@-]{0,${longestMail}}$`, 'y');

/** Whether all that stands behind an offset may still become an address for mail: nothing there is settled. */
export function mayBecomeMail(text: string, offset: number): boolean {
  UNFINISHED_MAIL.lastIndex = offset;
  return UNFINISHED_MAIL.test(text);
}

function trimMail(found: string): string | undefined {
  if (found.length > longestMail) return undefined;
  const address = found.replace(/\.+$/, '');
  return /[-_]$/.test(address) ? undefined : address;
}

/** What a link needs before an address that has no scheme. */
export const schemeOf = (address: string): string =>
  /^www\./i.test(address) ? 'http://' : /^[a-z][a-z\d+.-]{1,31}:/i.test(address) ? '' : 'mailto:';

const count = (text: string, character: string): number => text.split(character).length - 1;
