import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { SourcePart } from '../model/thread.js';
import { linkClicked, webAddress } from './link.js';

/** What an answer rests on, numbered in the order it was named. */
export function sourcesView(sources: readonly SourcePart[], label: string): TemplateResult | typeof nothing {
  if (!sources.length) return nothing;
  return html`<ol
    class="sources"
    part="sources"
    aria-label=${label}
    @click=${linkClicked}
    @auxclick=${linkClicked}
  >
    ${sources.map((source, index) => html`<li>${pill(source, index + 1)}</li>`)}
  </ol>`;
}

function pill({ url, title }: SourcePart, number: number): TemplateResult {
  const address = webAddress(url);
  const words = html`${number} · <bdi>${title || address?.host || url}</bdi>`;
  return address
    ? html`<a
        part="source"
        href=${address.href}
        target="_blank"
        rel="noopener noreferrer nofollow ugc"
        title=${address.href}
        >${words}</a
      >`
    : html`<span part="source">${words}</span>`;
}
