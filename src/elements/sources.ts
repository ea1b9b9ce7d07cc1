import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { SourcePart } from '../model/thread.js';
import { visible } from '../markdown/index.js';
import { linkClicked, webAddress } from './link.js';
import { isMisleading } from './links.js';

/** What an answer rests on, numbered in the order it was named. Only `allowed` origins are linked, where there is a list. */
export function sourcesView(
  sources: readonly SourcePart[],
  label: string,
  allowed?: string,
): TemplateResult | typeof nothing {
  if (!sources.length) return nothing;
  return html`<ol
    class="sources"
    part="sources"
    aria-label=${label}
    @click=${linkClicked}
    @auxclick=${linkClicked}
  >
    ${sources.map((source, index) => html`<li>${pill(source, index + 1, allowed)}</li>`)}
  </ol>`;
}

function pill({ url, title }: SourcePart, number: number, allowed?: string): TemplateResult {
  const known = webAddress(url);
  const address = webAddress(url, allowed);
  const named = visible(title ?? '').trim();
  const beside = named && known && (!address || isMisleading(named, known)) ? known.host : '';
  const words = html`${number} ·
    <bdi>${named || known?.host || visible(url ?? '')}</bdi>
    ${beside ? html`<bdi>(${beside})</bdi>` : nothing}`;
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
