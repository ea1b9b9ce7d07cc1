import { html, nothing } from 'lit';
import { isObject, listIn, own, type JSONObject } from '../protocols/shared/fields.js';
import { formAround } from './widget-form.js';
import { boxLook, look } from './widget-look.js';
import { statusLine } from './widget-nodes.js';
import { colour, count, pick, room, sides, spoken, words } from './widget-values.js';
import { walk, type Draw, type WidgetView } from './widget-view.js';

const themes = ['light', 'dark'] as const;

/** What a card or a row is called: its status, or the first words in it. */
function named(node: JSONObject, most: number): string {
  const said: string[] = [];
  walk(node, (inner) => {
    const text = words(inner, 'value') || words(inner, 'label');
    if (text && said.length < most && inner.type !== 'Label') said.push(text.slice(0, 200));
  });
  return said.join(', ');
}

const statusOf = (node: JSONObject): string => {
  const status = own(node, 'status');
  return isObject(status) ? words(status, 'text') : '';
};

function footer(node: JSONObject, view: WidgetView) {
  const choice = (name: 'confirm' | 'cancel') => {
    const asked = own(node, name);
    if (!isObject(asked)) return nothing;
    const submits = name === 'confirm' && own(node, 'asForm') === true;
    return html`<button
      class="button control-lg ${name === 'confirm' ? 'solid tone-primary' : 'outline tone-secondary'}"
      part="button"
      type=${submits ? 'submit' : 'button'}
      dir="auto"
      @click=${submits ? nothing : (event: Event) => view.host.act(event, own(asked, 'action'))}
    >
      <span>${words(asked, 'label') || name}</span>
    </button>`;
  };
  if (!isObject(own(node, 'confirm')) && !isObject(own(node, 'cancel'))) return nothing;
  return html`<div class="foot">${choice('cancel')}${choice('confirm')}</div>`;
}

/** A card: its status, what it holds, and what can be decided about it. */
const card: Draw = (node, view) => {
  const name = statusOf(node) || named(node, 1);
  const size = pick(own(node, 'size'), ['sm', 'md', 'lg', 'full']) ?? 'md';
  const theme = pick(own(node, 'theme'), themes) ?? '';
  const { top, right, bottom, left } = sides(own(node, 'padding'));
  const draw = () =>
    html`<div class="body">${view.children(node)}</div>
      ${footer(node, view)}`;
  const inner =
    own(node, 'asForm') === true
      ? formAround(
          view,
          isObject(own(node, 'confirm')) ? own(own(node, 'confirm') as JSONObject, 'action') : null,
          draw,
        )
      : draw();
  return html`<div
    class="card card-${size} ${theme}"
    part="card"
    role=${name ? 'group' : nothing}
    aria-label=${name || nothing}
    ${look({
      'background-color': colour(own(node, 'background')),
      '--pad-block-start': top,
      '--pad-inline-end': right,
      '--pad-block-end': bottom,
      '--pad-inline-start': left,
    })}
  >
    ${statusLine(node)}
    ${
      own(node, 'collapsed') === true
        ? html`<details>
            <summary>${name || view.host.words.details}</summary>
            ${inner}
          </details>`
        : inner
    }
  </div>`;
};

const list: Draw = (node, view) => {
  const items = listIn(node, 'children');
  const limit = own(node, 'limit') === 'auto' ? 8 : count(own(node, 'limit'), 1, 500);
  const shown = limit === undefined || view.host.unfolded ? items : items.slice(0, limit);
  const theme = pick(own(node, 'theme'), themes) ?? '';
  return html`<div class="card list ${theme}" part="card">
    ${statusLine(node)}
    <ul role="list">
      ${view.list(shown, (drawn) => html`<li tabindex="-1">${drawn}</li>`)}
    </ul>
    ${
      shown.length < items.length
        ? html`<button class="more" type="button" @click=${view.host.unfold}>
            ${view.host.words.showMore}
          </button>`
        : nothing
    }
  </div>`;
};

/** A row of a list. Where it can be chosen, a button lies over it, under whatever else in it can be used. */
const item: Draw = (node, view) => {
  const action = own(node, 'onClickAction');
  const name = named(node, 6) || (isObject(action) ? spoken(words(action, 'type')) : '');
  return html`<div class="item">
    ${
      isObject(action)
        ? html`<button
            class="cover"
            part="item"
            type="button"
            aria-label=${name}
            @click=${(event: Event) => view.host.act(event, action)}
          ></button>`
        : nothing
    }
    <div class="box row" ${look({ ...boxLook({ align: own(node, 'align') }), gap: room(own(node, 'gap')) })}>
      ${view.children(node)}
    </div>
  </div>`;
};

export const rootNodes: Readonly<Record<string, Draw>> = { Card: card, ListView: list, ListViewItem: item };
