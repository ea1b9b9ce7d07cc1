import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from './icon.js';
import type { IconName } from './icon.js';

/** Drawings for the icons that ChatKit names (chatkit-python `icons.py`); some stand for several. */
const paths: Record<string, string> = {
  agent: 'M4 6.5h8v6H4zM8 6.5V4M6.5 9.2v.6m3-.6v.6M2.5 8.5v2m11-2v2',
  calendar: 'M3 4h10v9H3zM3 7h10M5.5 2.5V5m5-2.5V5',
  chart: 'M3 13h10M4.5 10.5v-3m3.5 3V3.5m3.5 7V6',
  check: 'm3.5 8.5 3 3 6-7',
  'check-circle': 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M5.5 8l2 2 3.2-3.6',
  'chevron-left': 'm10 4-4 4 4 4',
  'chevron-right': 'm6 4 4 4-4 4',
  clock: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M8 4.5V8l2.3 1.5',
  compass: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M10.5 5.5 9 9l-3.5 1.5L7 7z',
  cube: 'm8 2 5.2 3v6L8 14l-5.2-3V5zM2.8 5 8 8l5.2-3M8 8v6',
  desktop: 'M2.5 3.5h11v7h-11zM6 13h4M8 10.5V13',
  'dots-horizontal': 'M3.5 8h.01M8 8h.01m4.49 0h.01',
  'dots-vertical': 'M8 3.5v.01M8 8v.01m0 4.49v.01',
  'empty-circle': 'M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0',
  'external-link': 'M9.5 3H13v3.5M13 3 7.5 8.5M11.5 9.5V13H3V4.5h3.5',
  globe: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M2 8h12M8 2c4 4 4 8 0 12-4-4-4-8 0-12',
  info: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M8 7.5V11m0-6v.01',
  keys: 'M9.5 6.5a3 3 0 1 1-6 0 3 3 0 0 1 6 0M8.8 8.8 13 13m-1.8-1.8 1.3-1.3',
  lightbulb: 'M6 11.5a4.5 4.5 0 1 1 4 0zM6.5 13.5h3',
  mail: 'M2.5 4h11v8h-11zm0 .5L8 8.5l5.5-4',
  'map-pin':
    'M8 14c3-3.2 4.5-5.3 4.5-7.5a4.5 4.5 0 0 0-9 0C3.5 8.7 5 10.8 8 14M9.5 6.5a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0',
  mobile: 'M5 2h6v12H5zM7.5 12h1',
  phone: 'M5.5 3 3 3.5C3.5 9 7 12.5 12.5 13l.5-2.5-2.5-1.2-1.3 1.3C7.5 9.8 6.2 8.5 5.4 6.8l1.3-1.3z',
  play: 'M5 3.5v9L12.5 8z',
  plus: 'M8 3v10M3 8h10',
  reload: 'M13 4.5A6 6 0 1 0 14 8m-1-6v2.5h-2.5',
  star: 'm8 2 1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5z',
  settings:
    'M2.5 5h4m4 0h3M2.5 11h3m4 0h4M10.5 5a2 2 0 1 1-4 0 2 2 0 0 1 4 0m-1 6a2 2 0 1 1-4 0 2 2 0 0 1 4 0',
  image: 'M2.5 3.5h11v9h-11zm0 7L6 7.5l3 3 1.5-1.5 3 2.5M10.5 6v.01',
  suitcase: 'M2.5 5.5h11v7h-11zM6 5.5V3h4v2.5M2.5 8.5h11',
  user: 'M10.5 5.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0M3 13.5c.5-5 9.5-5 10 0',
  write: 'M3 13l.7-3L10.5 3.2l2.3 2.3L6 12.3z',
  question: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M6.3 6.3C6.5 4.2 9.7 4.3 9.6 6.2 9.5 7.5 8 7.4 8 9m0 2v.01',
  code: 'm5 5-3 3 3 3m6-6 3 3-3 3M9 3.5l-2 9',
  bug: 'M5.5 7h5v3.5a2.5 2.5 0 0 1-5 0zM6 7a2 2 0 1 1 4 0M2.5 6.5 5.5 8m8-1.5-3 1.5m-8 4.5 3-2m8 2-3-2M2.5 9h3m5 0h3',
  lab: 'M6.5 2.5v4L3 13h10L9.5 6.5v-4M5.5 2.5h5M5 10h6',
};

/** Names that share a drawing. */
const alike: Record<string, string> = {
  analytics: 'chart',
  'check-circle-filled': 'check-circle',
  'circle-question': 'question',
  lifesaver: 'question',
  images: 'image',
  'square-image': 'image',
  'square-code': 'code',
  maps: 'map-pin',
  name: 'user',
  profile: 'user',
  'profile-card': 'user',
  'settings-slider': 'settings',
  'star-filled': 'star',
  'notebook-pencil': 'write',
  'write-alt': 'write',
  'write-alt2': 'write',
  wreath: 'star',
  confetti: 'sparkle',
  'sparkle-double': 'sparkle',
  document: 'page',
  'page-blank': 'page',
  'square-text': 'page',
  notebook: 'page',
  'book-open': 'page',
  'book-closed': 'page',
  'book-clock': 'clock',
  atom: 'compass',
  batch: 'cube',
};

const shared: readonly IconName[] = ['bolt', 'search', 'sparkle', 'page', 'bookmark', 'tool'];

/** The drawing of an icon, from ChatKit or by a vendor's name; an unknown name is a quiet dot. */
export function widgetIcon(value: unknown): TemplateResult {
  const name = typeof value === 'string' ? value.replace(/^(lucide|vendor):/, '') : '';
  const drawing = Object.hasOwn(alike, name) ? alike[name]! : name;
  const known = shared.find((one) => one === drawing);
  if (known) return icon(known);
  const path = Object.hasOwn(paths, drawing) ? paths[drawing]! : 'M9.5 8a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0';
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=${path}></path></svg>`;
}
