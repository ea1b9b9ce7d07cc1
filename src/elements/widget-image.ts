import { html, nothing } from 'lit';
import { own } from '../protocols/shared/fields.js';
import { widgetIcon } from './widget-icons.js';
import { boxLook, look } from './widget-look.js';
import { pick, words } from './widget-values.js';
import type { Draw } from './widget-view.js';

const fits = ['cover', 'contain', 'fill', 'scale-down', 'none'] as const;
const positions = [
  'top left',
  'top',
  'top right',
  'left',
  'center',
  'right',
  'bottom left',
  'bottom',
  'bottom right',
] as const;

/** Only pictures: an address of the web, or one that holds the picture itself. */
function pictureAddress(src: string): URL | undefined {
  if (!src) return undefined;
  try {
    const address = new URL(src, document.baseURI);
    if (/^https?:$/.test(address.protocol)) return address;
    return /^data:image\/(png|jpeg|gif|webp|avif);base64,/.test(src) ? address : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A picture is never loaded unasked: a server would learn who reads what, and when. A button says what it shows and from
 * where.
 */
export const image: Draw = (node, view) => {
  const { host } = view;
  const address = pictureAddress(words(node, 'src'));
  const alt = words(node, 'alt');
  const style = look({
    ...boxLook(node),
    'object-fit': pick(own(node, 'fit'), fits),
    'object-position': pick(own(node, 'position'), positions),
  });
  const kind = `image${own(node, 'frame') === true ? ' frame' : ''}${own(node, 'flush') === true ? ' flush' : ''}`;
  const failed = address && host.failed.has(address.href);
  if (!address || failed) {
    return html`<span class="${kind} gone" role="img" aria-label=${alt || host.words.imageFailed} ${style}>
      ${widgetIcon('image')}<span>${alt || host.words.imageFailed}</span>
    </span>`;
  }
  if (host.shown.has(address.href)) {
    return html`<img
      class=${kind}
      part="image"
      src=${address.href}
      alt=${alt}
      referrerpolicy="no-referrer"
      decoding="async"
      tabindex="-1"
      @error=${() => host.fail(address.href)}
      ${style}
    />`;
  }
  const name = host.words.showImage(alt);
  const width = own(node, 'width') ?? own(node, 'size');
  const small = typeof width === 'number' && width < 140;
  return html`<button
    class="${kind} wanted"
    part="image"
    type="button"
    aria-label=${small ? name : nothing}
    title=${name}
    @click=${() => host.show(address.href)}
    ${style}
  >
    ${widgetIcon('image')}${small ? nothing : html`<span dir="auto">${name}</span>`}${small || !address.host ? nothing : html`<small>${address.host}</small>`}
  </button>`;
};
