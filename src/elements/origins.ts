/**
 * Whether an address is in a list of a page's own: origins with spaces between them, each with a path if only what is below
 * that counts, `self` for the page's own origin, and `mailto:` or `tel:`. What no URL can be is in no list.
 */
export function isListed(list: string, url: URL): boolean {
  return list.split(/\s+/).some((entry) => matches(entry, url));
}

function matches(entry: string, url: URL): boolean {
  if (/^(?:mailto|tel):$/.test(entry)) return entry === url.protocol;
  if (!/^https?:$/.test(url.protocol)) return false;
  if (entry === 'self') return url.origin === location.origin;
  if (!URL.canParse(entry)) return false;
  const { origin, pathname } = new URL(entry);
  return origin === url.origin && isBelow(url.pathname, pathname);
}

function isBelow(path: string, folder: string): boolean {
  if (folder === '/' || path === folder) return true;
  // What these are is for the server to say: perhaps the way up.
  if (/%(?:2e|2f|5c)/i.test(path)) return false;
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
