import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { isObject, own, type JSONObject } from '../protocols/shared/fields.js';
import { widgetIcon } from './widget-icons.js';
import { boxLook, look, type Look } from './widget-look.js';
import { colour, count, length, pick, room, spoken, words } from './widget-values.js';
import type { Draw, Drawn } from './widget-view.js';

const sizes = ['xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl', '4xl', '5xl'] as const;
const weights = ['normal', 'medium', 'semibold', 'bold'] as const;
const aligns = ['start', 'center', 'end'] as const;
export const tones = [
  'primary',
  'secondary',
  'info',
  'discovery',
  'success',
  'caution',
  'warning',
  'danger',
] as const;

/** Class names: the given ones, and what is set of size, weight, alignment and the like, each from its list. */
export function classes(node: JSONObject, ...names: string[]): string {
  const chosen = (name: string, value: string | undefined) => (value ? [`${name}-${value}`] : []);
  const flags = ['italic', 'truncate', 'flush', 'lineThrough'].filter((name) => own(node, name) === true);
  return [
    ...names.filter(Boolean),
    ...chosen('size', pick(own(node, 'size'), sizes)),
    ...chosen('weight', pick(own(node, 'weight'), weights)),
    ...chosen('align', pick(own(node, 'textAlign'), aligns)),
    ...flags,
    ...(own(node, 'maxLines') === undefined ? [] : ['clamp']),
  ].join(' ');
}

function textLook(node: JSONObject): Look {
  const lines = count(own(node, 'maxLines'), 1, 99);
  const least = count(own(node, 'minLines'), 1, 99);
  return {
    color: colour(own(node, 'color')),
    'inline-size': length(own(node, 'width')),
    '--lines': lines === undefined ? undefined : String(lines),
    'min-block-size': least === undefined ? undefined : `${least}lh`,
  };
}

const text: Draw = (node) => {
  const streaming = own(node, 'streaming') === true ? 'streaming' : '';
  const said = words(node, 'value');
  return html`<p class=${classes(node, 'text', streaming)} dir="auto" ${look(textLook(node))}>${said}</p>`;
};

const title: Draw = (node) => {
  const said = words(node, 'value');
  if (!said) return nothing;
  return html`<h3 class=${classes(node, 'title')} dir="auto" ${look(textLook(node))}>${said}</h3>`;
};

const caption: Draw = (node) =>
  html`<p class=${classes(node, 'caption')} dir="auto" ${look(textLook(node))}>${words(node, 'value')}</p>`;

const markdown: Draw = (node) => {
  const streaming = own(node, 'streaming') === true;
  return html`<chat-stream-markdown
    .text=${words(node, 'value')}
    ?streaming=${streaming}
    ?complete=${!streaming}
  ></chat-stream-markdown>`;
};

const label: Draw = (node, view) => {
  const id = view.fieldId(words(node, 'fieldName'));
  return html`<label
    class=${classes(node, 'label')}
    id="${id}-label"
    for=${id}
    dir="auto"
    ${look(textLook(node))}
    >${words(node, 'value')}</label
  >`;
};

const badge: Draw = (node) => {
  const tone = pick(own(node, 'color'), tones) ?? 'secondary';
  const variant = pick(own(node, 'variant'), ['solid', 'soft', 'outline']) ?? 'soft';
  const pill = own(node, 'pill') === true ? 'pill' : '';
  return html`<span class=${classes(node, 'badge', `tone-${tone}`, variant, pill)} dir="auto"
    >${words(node, 'label')}</span
  >`;
};

const drawing: Draw = (node) =>
  html`<span class=${classes(node, 'drawing')} ${look({ color: colour(own(node, 'color')) })}
    >${widgetIcon(own(node, 'name'))}</span
  >`;

const box =
  (kind: string): Draw =>
  (node, view) => {
    const way = kind || (own(node, 'direction') === 'row' ? 'row' : 'col');
    const middle = way === 'col' && own(node, 'align') === 'center' ? 'center' : undefined;
    const style = look({ ...boxLook(node), 'text-align': middle });
    return html`<div class="box ${way}" ${style}>${view.children(node)}</div>`;
  };

const divider: Draw = (node) =>
  html`<hr
    class=${classes(node)}
    ${look({
      'border-block-start-color': colour(own(node, 'color')),
      'border-block-start-width': length(own(node, 'size')),
      'margin-block': room(own(node, 'spacing')),
    })}
  />`;

const spacer: Draw = (node) =>
  html`<div class="spacer" ${look({ 'flex-basis': length(own(node, 'minSize')) })}></div>`;

/** A button: tells what it was pressed for, or sends its form. */
const button: Draw = (node, view) => {
  const name = words(node, 'label');
  const secondary = own(node, 'style') === 'secondary';
  const tone = pick(own(node, 'color'), tones) ?? (secondary ? 'secondary' : 'primary');
  const variant = pick(own(node, 'variant'), ['solid', 'soft', 'outline', 'ghost']) ?? 'solid';
  const size = pick(own(node, 'size'), ['3xs', '2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl']) ?? 'lg';
  const flags = ['pill', 'block', 'uniform'].filter((flag) => own(node, flag) === true);
  const [before, after] = [words(node, 'iconStart'), words(node, 'iconEnd')];
  const action = own(node, 'onClickAction');
  return html`<button
    class=${classes({}, 'button', `tone-${tone}`, variant, `control-${size}`, ...flags)}
    part="button"
    type=${own(node, 'submit') === true ? 'submit' : 'button'}
    aria-label=${name ? nothing : spoken(before || after || (isObject(action) ? words(action, 'type') : '')) || nothing}
    dir="auto"
    ?disabled=${own(node, 'disabled') === true}
    @click=${(event: Event) => view.host.act(event, action)}
  >
    ${before ? widgetIcon(before) : nothing}${name ? html`<span>${name}</span>` : nothing}${after ? widgetIcon(after) : nothing}
  </button>`;
};

/** The line above a card or a list. A favicon would load by itself: it is left out. */
export function statusLine(node: JSONObject): TemplateResult | typeof nothing {
  const status = own(node, 'status');
  if (!isObject(status) || !words(status, 'text')) return nothing;
  const name = words(status, 'icon');
  return html`<div class="status" part="status">
    ${name ? widgetIcon(name) : nothing}<span dir="auto">${words(status, 'text')}</span>
  </div>`;
}

export const plainNodes: Readonly<Record<string, Draw>> = {
  Text: text,
  Title: title,
  Caption: caption,
  Markdown: markdown,
  Label: label,
  Badge: badge,
  Icon: drawing,
  Box: box(''),
  Row: box('row'),
  Col: box('col'),
  Basic: box('col'),
  Divider: divider,
  Spacer: spacer,
  Button: button,
  Transition: (node, view): Drawn => view.node(own(node, 'children')),
};
