import { safeUrl } from '../markdown/index.js';
import { ChatLinkClickEvent } from './message-events.js';
import { isListed } from './origins.js';

/** For `click` and `auxclick`: lets the page decide about a link before the browser follows it. */
export function linkClicked(event: Event): void {
  const link = event
    .composedPath()
    .find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement);
  if (!link?.href || (event as MouseEvent).button > 1) return;
  if (!link.dispatchEvent(new ChatLinkClickEvent(link.href))) event.preventDefault();
}

/**
 * The address of a source or a file, if it is one of the web without disguise, and on the page's list of `allowed` origins where
 * there is one. Anything else a backend names stays text.
 */
export function webAddress(url: string | undefined, allowed?: string): URL | undefined {
  const safe = safeUrl(url ?? '');
  if (!safe || !/^https?:/.test(safe)) return undefined;
  const address = new URL(safe);
  return allowed === undefined || isListed(allowed, address) ? address : undefined;
}
