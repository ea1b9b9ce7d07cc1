import { ChatLinkClickEvent } from './events.js';

/** For `click` and `auxclick`: lets the page decide about a link before the browser follows it. */
export function linkClicked(event: Event): void {
  const link = event
    .composedPath()
    .find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement);
  if (!link?.href || (event as MouseEvent).button > 1) return;
  if (!link.dispatchEvent(new ChatLinkClickEvent(link.href))) event.preventDefault();
}

/** Only addresses of the web are links; anything else an answer names stays text. */
export function webAddress(url: string | undefined): URL | undefined {
  try {
    const address = new URL(url ?? '');
    return /^https?:$/.test(address.protocol) ? address : undefined;
  } catch {
    return undefined;
  }
}
