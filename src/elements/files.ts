import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { FilePart } from '../model/thread.js';
import { icon } from './icon.js';
import { linkClicked, webAddress } from './link.js';

/** Types that a browser might run when they are opened. */
const active = /html|svg|xml|script/i;

/** The files of an answer, by name. None is fetched by itself: a link opens it, or saves what came with the answer. */
export function filesView(files: readonly FilePart[], label: string): TemplateResult | typeof nothing {
  if (!files.length) return nothing;
  return html`<ul
    class="sources"
    part="files"
    aria-label=${label}
    @click=${linkClicked}
    @auxclick=${linkClicked}
  >
    ${files.map((file) => html`<li>${pill(file)}</li>`)}
  </ul>`;
}

function pill({ url, name, mediaType }: FilePart): TemplateResult {
  const words = html`${icon('page')}<bdi>${name || mediaType}</bdi>`;
  const address = webAddress(url);
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
