import { html, nothing, render } from 'lit';
import type { TemplateResult } from 'lit';
import type { Rendering } from '../controllers/rendering.js';
import type { Strings } from '../controllers/strings.js';
import type { WordedView } from '../renderers/view.js';
import { describeLink } from './links.js';
import { isListed } from './origins.js';

/** What a person reads on an image of an answer. */
export interface ImageWords {
  /** The name of the button that loads it; `alt` may be empty. */
  load: (alt: string, host: string) => string;
  /** In the place of a text that is missing. */
  image: string;
  failed: string;
}

const englishImage: ImageWords = {
  load: (alt, host) => `Load image: ${alt || 'Image'} ${host}`,
  image: 'Image',
  failed: 'This image could not be loaded:',
};

declare module '../controllers/strings.js' {
  interface Strings {
    /** Words of images; they are fetched with the first one. */
    images?: Partial<ImageWords>;
  }
}

/** An image of an answer, and what decides when it is loaded. */
export interface Offer {
  /** Holds its text and, behind a space, its host. */
  readonly element: HTMLElement;
  readonly url: URL;
  readonly words: () => Strings;
  /** Addresses that a person asked for; one that is there loads by itself. */
  readonly wanted: Set<string>;
  readonly rendering: () => Rendering;
}

/**
 * Puts a button in the place of an image: its text, its host, and the whole address as its tooltip. An image is only asked for
 * when a person wants it, because its server learns who reads what and when, and an image of the page's own is a request with
 * the reader's cookies; unless its origin is on the page's list.
 */
export function offerImage(offer: Offer): Pick<WordedView, 'reword'> | undefined {
  return /^https?:$/.test(offer.url.protocol) ? new ImageView(offer) : undefined;
}

class ImageView {
  readonly #offer: Offer;
  readonly #alt: string;
  #view: () => TemplateResult = () => this.#button();

  constructor(offer: Offer) {
    const { element, url, wanted, rendering } = offer;
    this.#offer = offer;
    this.#alt = element.textContent.slice(0, -url.host.length - 1).trim();
    element.replaceChildren();
    element.classList.add('offered');
    if (wanted.has(url.href) || isListed(rendering().imageOrigins ?? '', url)) this.#load();
    else this.reword();
  }

  reword(): void {
    render(this.#view(), this.#offer.element);
  }

  get #words(): ImageWords {
    return { ...englishImage, ...this.#offer.words().images };
  }

  #button(): TemplateResult {
    const { url } = this.#offer;
    return html`<button
      type="button"
      title=${url.href}
      aria-label=${this.#words.load(this.#alt, url.host)}
      @click=${(event: Event) => this.#accept(event)}
    >
      ${picture}<span><bdi>${this.#alt || this.#words.image}</bdi> <small dir="ltr">${url.host}</small></span>
    </button>`;
  }

  #accept(event: Event): void {
    const { element, url, wanted } = this.#offer;
    // Within a link it is the image that is wanted.
    if (element.closest('a')) event.preventDefault();
    event.stopPropagation();
    wanted.add(url.href);
    this.#inPlace(() => this.#load());
  }

  #load(): void {
    this.#show(
      () =>
        html`<img
          class="loading"
          tabindex="-1"
          referrerpolicy="no-referrer"
          loading="lazy"
          decoding="async"
          alt=${this.#alt || this.#words.image}
          src=${this.#offer.url.href}
          @load=${({ target }: Event) => (target as Element).classList.remove('loading')}
          @error=${() => this.#inPlace(() => this.#fail())}
        />`,
    );
  }

  #fail(): void {
    const { element, url, rendering } = this.#offer;
    const address = element.closest('a')
      ? url.href
      : html`<a href=${url.href} target="_blank" rel="noopener noreferrer nofollow ugc">${url.href}</a>`;
    this.#show(
      () =>
        html`<span class="failed" tabindex="-1"
          >${picture}<span
            >${this.#alt ? html`<bdi>${this.#alt}</bdi> · ` : nothing}${this.#words.failed}
            <bdi>${address}</bdi></span
          ></span
        >`,
    );
    const link = element.querySelector('a');
    if (link) describeLink(link, rendering().linkOrigins);
  }

  /** Changes what is shown; the focus stays where it was. */
  #inPlace(change: () => void): void {
    const { element } = this.#offer;
    const { activeElement } = element.getRootNode() as ShadowRoot;
    const focused = element.contains(activeElement);
    change();
    if (focused) element.querySelector<HTMLElement>('[tabindex]')!.focus({ preventScroll: true });
  }

  #show(view: () => TemplateResult): void {
    this.#view = view;
    this.reword();
  }
}

const picture = html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
  <path d="M2 3.5h12v9H2zM2.5 11.5l3.5-4 3 3.5 1.5-1.5 3 2.5M10.5 6h.01"></path>
</svg>`;
