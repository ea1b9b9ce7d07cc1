import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { FilePart } from '../model/thread.js';
import { visible } from '../markdown/index.js';
import { icon } from './icon.js';
import { linkClicked, webAddress } from './link.js';
import { isMisleading } from './links.js';

/** Types that a browser might run when they are opened. */
const active = /html|svg|xml|script/i;

/**
 * The files of an answer, by name. None is fetched by itself: a link opens it, or saves what came with the answer. Only
 * `allowed` origins are linked, where there is a list.
 */
export function filesView(
  files: readonly FilePart[],
  label: string,
  allowed?: string,
): TemplateResult | typeof nothing {
  if (!files.length) return nothing;
  return html`<ul
    class="sources"
    part="files"
    aria-label=${label}
    @click=${linkClicked}
    @auxclick=${linkClicked}
  >
    ${files.map((file) => html`<li>${pill(file, allowed)}</li>`)}
  </ul>`;
}

function pill({ url, name, mediaType }: FilePart, allowed?: string): TemplateResult {
  const named = visible(name || mediaType);
  const known = webAddress(url);
  const beside = known && isMisleading(named, known) ? known.host : '';
  const words = html`${icon('page')}<bdi>${named}</bdi> ${beside ? html`<bdi>(${beside})</bdi>` : nothing}`;
  const address = webAddress(url, allowed);
  if (address) {
    return html`<a
      part="file"
      href=${address.href}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
      title=${address.href}
      >${words}</a
    >`;
  }
  return url?.startsWith('data:') && !active.test(url.slice(0, url.indexOf(',')))
    ? html`<a part="file" href=${url} download=${name || 'file'}>${words}</a>`
    : html`<span part="file">${words}</span>`;
}
