import { isListed } from './origins.js';

// In text without compatibility characters: what follows two slashes, names with dots, addresses of computers.
const names =
  /\/\/[^\s/?#<>()"']*|(?<![/\p{L}\p{M}\d_.-])(?:(?:[\p{L}\p{M}\d_-]+[.。])+\p{L}[\p{L}\p{M}\d-]+|\d+(?:\.\d+){3})/gu;
/** Endings that no domain has. */
const files =
  /\.(?:[jt]sx?|mjs|json|html?|css|ya?ml|toml|txt|xml|csv|pdf|png|jpe?g|gif|svg|webp|docx?|xlsx?|cpp|java)$/i;

/** Words without a dot and a slash, in which there is no name of a place: most of what links say. */
const plain = /^ *[!-\-0-~][ -\-0-~]*$/;

/** Names where a link leads, if its text says something else or nothing, and takes it away where the page allows no such. */
export function describeLink(link: HTMLAnchorElement, allowed: string | undefined): void {
  const url = new URL(link.href);
  const refused = allowed !== undefined && !isListed(allowed, url);
  const text = link.textContent;
  const place = placeOf(url);
  const beside = refused ? !text.includes(place) : isMisleading(text, url);
  if (beside) {
    const host = document.createElement('span');
    host.className = 'host';
    host.dir = 'ltr';
    host.textContent = ` (${place})`;
    link.append(host);
  }
  if (refused) for (const name of ['href', 'target', 'rel', 'title']) link.removeAttribute(name);
}

/** The part of an address that a reader has to know: the host, the mail address, the number. */
export const placeOf = (url: URL): string => url.host || url.pathname;

/** Whether text shows another place than the address it leads to, none at all, or one that only looks like it. */
export function isMisleading(text: string, url: URL): boolean {
  const disguised = url.hostname.includes('xn--');
  if (plain.test(text) && url.protocol.startsWith('http')) return disguised;
  const shown = text
    .normalize('NFKC')
    .replace(/\p{DI}/gu, '')
    .trim();
  if (!shown || disguised) return true;
  if ([shown, `http://${shown}`, `mailto:${shown}`].some((one) => hrefOf(one) === url.href)) return false;
  const found = shown.match(names)?.filter((name) => !files.test(name)) ?? [];
  if (url.protocol === 'tel:') return found.length > 0 || !isNumber(shown, url.pathname);
  if (url.protocol === 'mailto:')
    return (found.length > 0 || shown.includes('@')) && !shown.toLowerCase().includes(mailOf(url));
  return found.some((name) => name.includes('@') || hostOf(name) !== withoutWww(url.hostname));
}

const hrefOf = (text: string): string | undefined => (URL.canParse(text) ? new URL(text).href : undefined);
const withoutWww = (host: string): string => host.replace(/^www\./, '');
const mailOf = (url: URL): string => url.pathname.toLowerCase();

function hostOf(name: string): string | undefined {
  const address = `http://${name.replace(/^\/\//, '').replace(/[.。]+$/, '')}`;
  return URL.canParse(address) ? withoutWww(new URL(address).hostname) : undefined;
}

/** Whether the digits in a text, if any, are the end of a telephone number; people leave out its start. */
function isNumber(text: string, number: string): boolean {
  const digits = text.replace(/\D/g, '');
  return digits.length < 3 || number.replace(/\D/g, '').endsWith(digits.replace(/^0+/, ''));
}
