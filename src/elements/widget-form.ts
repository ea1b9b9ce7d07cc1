import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { isObject, listIn, own, type JSONObject } from '../protocols/shared/fields.js';
import { icon } from './icon.js';
import { boxLook, look } from './widget-look.js';
import { plainNodes } from './widget-nodes.js';
import { count, pick, spoken, words } from './widget-values.js';
import type { Draw, Drawn, WidgetView } from './widget-view.js';

const controlSizes = ['3xs', '2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl'] as const;
const inputTypes = ['number', 'email', 'text', 'password', 'tel', 'url'] as const;
const mostOptions = 500;

const flag = (node: JSONObject, name: string): boolean => own(node, name) === true;

/** What a field is called where no label of the tree names it. */
const nameOf = (node: JSONObject, view: WidgetView): string | typeof nothing =>
  view.isLabelled(words(node, 'name'))
    ? nothing
    : words(node, 'ariaLabel') || words(node, 'placeholder') || spoken(words(node, 'name')) || '…';

/** A pattern that cannot hang the page while a person types: little in it repeats, and nothing that repeats itself. */
function patternOf(node: JSONObject): string | typeof nothing {
  const pattern = words(node, 'pattern');
  const plain = pattern.replace(/\\[^1-9]|\{\d+\}/g, '');
  const repeats = plain.match(/[*+?{]/g) ?? [];
  if (!pattern || pattern.length > 200 || repeats.length > 4 || /\)[*+{]|\\/.test(plain)) return nothing;
  try {
    void new RegExp(pattern, 'v');
    return pattern;
  } catch {
    return nothing;
  }
}

function control(node: JSONObject, ...more: string[]): string {
  const size = pick(own(node, 'size'), controlSizes) ?? 'lg';
  const variant = pick(own(node, 'variant'), ['soft', 'outline', 'ghost', 'solid']) ?? 'outline';
  const flags = ['pill', 'block'].filter((name) => flag(node, name));
  return ['control', `control-${size}`, variant, ...flags, ...more].join(' ');
}

const selectAll = (event: Event): void => (event.currentTarget as HTMLInputElement).select();

/** The person's browser fills in nothing, unless the field asks for it. */
const completion = (node: JSONObject): string => {
  const hint = words(node, 'autoComplete');
  return flag(node, 'allowAutofillExtensions') && /^[a-z][a-z -]{1,40}$/.test(hint) ? hint : 'off';
};

function input(node: JSONObject, view: WidgetView): TemplateResult {
  const name = words(node, 'name');
  return html`<input
    class=${control(node)}
    id=${view.take(name)}
    name=${name}
    type=${pick(own(node, 'inputType'), inputTypes) ?? 'text'}
    step="any"
    .defaultValue=${words(node, 'defaultValue')}
    placeholder=${words(node, 'placeholder') || nothing}
    pattern=${patternOf(node)}
    autocomplete=${completion(node)}
    aria-label=${nameOf(node, view)}
    dir="auto"
    ?required=${flag(node, 'required')}
    ?disabled=${flag(node, 'disabled')}
    @focus=${flag(node, 'autoSelect') ? selectAll : nothing}
  />`;
}

function textarea(node: JSONObject, view: WidgetView): TemplateResult {
  const name = words(node, 'name');
  const rows = count(own(node, 'rows'), 1, 20) ?? 3;
  const most = count(own(node, 'maxRows'), rows, 30);
  return html`<textarea
    class=${control(node, flag(node, 'autoResize') ? 'grows' : '')}
    id=${view.take(name)}
    name=${name}
    rows=${rows}
    placeholder=${words(node, 'placeholder') || nothing}
    autocomplete=${completion(node)}
    aria-label=${nameOf(node, view)}
    dir="auto"
    ?required=${flag(node, 'required')}
    ?disabled=${flag(node, 'disabled')}
    .defaultValue=${words(node, 'defaultValue')}
    @focus=${flag(node, 'autoSelect') ? selectAll : nothing}
    ${look({ 'max-block-size': most === undefined ? undefined : `calc(${most}lh + 18px)` })}
  ></textarea>`;
}

interface Option {
  value: string;
  label: string;
  disabled: boolean;
}

const optionsOf = (node: JSONObject): Option[] =>
  listIn(node, 'options')
    .slice(0, mostOptions)
    .filter(isObject)
    .map((option) => {
      const about = words(option, 'description');
      const label = words(option, 'label') || words(option, 'value');
      return {
        value: words(option, 'value'),
        label: about ? `${label} – ${about}` : label,
        disabled: flag(option, 'disabled'),
      };
    });

/** Tells the value of the field itself, also where it is in no form. */
const changed =
  (
    node: JSONObject,
    view: WidgetView,
    value: (field: HTMLInputElement) => unknown = (field) => field.value,
  ) =>
  (event: Event): void =>
    view.host.act(event, own(node, 'onChangeAction'), {
      [words(node, 'name')]: value(event.currentTarget as HTMLInputElement),
    });

function select(node: JSONObject, view: WidgetView): TemplateResult {
  const name = words(node, 'name');
  const chosen = words(node, 'defaultValue');
  const options = optionsOf(node);
  const some = options.some(({ value }) => value === chosen);
  const none = flag(node, 'clearable') || !some;
  return html`<span class="select ${flag(node, 'block') ? 'block' : ''}">
    <select
      class=${control(node)}
      id=${view.take(name)}
      name=${name}
      aria-label=${nameOf(node, view)}
      ?disabled=${flag(node, 'disabled')}
      @change=${changed(node, view)}
    >
      ${none ? html`<option value="">${words(node, 'placeholder') || view.host.words.choose}</option>` : nothing}
      ${options.map(({ value, label, disabled }) => html`<option value=${value} ?selected=${value === chosen} ?disabled=${disabled}>${label}</option>`)}
    </select>
    ${icon('chevron')}
  </span>`;
}

const day = (node: JSONObject, name: string): string | undefined =>
  /^\d{4}-\d{2}-\d{2}/.exec(words(node, name))?.[0];

function date(node: JSONObject, view: WidgetView): TemplateResult {
  const name = words(node, 'name');
  return html`<input
    class=${control(node)}
    id=${view.take(name)}
    name=${name}
    type="date"
    .defaultValue=${day(node, 'defaultValue') ?? ''}
    min=${day(node, 'min') ?? nothing}
    max=${day(node, 'max') ?? nothing}
    aria-label=${nameOf(node, view)}
    ?disabled=${flag(node, 'disabled')}
    @change=${changed(node, view)}
  />`;
}

function checkbox(node: JSONObject, view: WidgetView): TemplateResult {
  const name = words(node, 'name');
  const label = words(node, 'label');
  return html`<label class="choice"
    ><input
      id=${view.take(name)}
      name=${name}
      type="checkbox"
      aria-label=${label ? nothing : nameOf(node, view)}
      ?checked=${flag(node, 'defaultChecked')}
      ?required=${flag(node, 'required')}
      ?disabled=${flag(node, 'disabled')}
      @change=${changed(node, view, (field) => field.checked)}
    />${label ? html`<span dir="auto">${label}</span>` : nothing}</label
  >`;
}

function radios(node: JSONObject, view: WidgetView): TemplateResult {
  const name = words(node, 'name');
  const chosen = words(node, 'defaultValue');
  const all = flag(node, 'disabled');
  const change = changed(node, view);
  return html`<div
    class="choices ${own(node, 'direction') === 'row' ? 'row' : 'col'}"
    role="radiogroup"
    aria-label=${nameOf(node, view)}
    aria-labelledby=${view.isLabelled(name) ? `${view.fieldId(name)}-label` : nothing}
    aria-required=${flag(node, 'required') ? 'true' : nothing}
  >
    ${optionsOf(node).map(
      ({ value, label, disabled }) =>
        html`<label class="choice"
          ><input
            name=${name}
            type="radio"
            .value=${value}
            ?checked=${value === chosen}
            ?required=${flag(node, 'required')}
            ?disabled=${all || disabled}
            @change=${change}
          /><span dir="auto">${label}</span></label
        >`,
    )}
  </div>`;
}

/** A form around what `draw` draws; inside of another form only a box. */
export function formAround(view: WidgetView, action: unknown, draw: () => unknown): unknown {
  if (view.inForm) return draw();
  view.inForm = true;
  const inner = draw();
  view.inForm = false;
  const submit = (event: Event): void => {
    event.preventDefault();
    view.host.act(event, action);
  };
  return html`<form class="form" @submit=${submit}>${inner}</form>`;
}

const form: Draw = (node, view) => {
  const way = own(node, 'direction') === 'row' ? 'row' : 'col';
  return html`${formAround(
    view,
    own(node, 'onSubmitAction'),
    () => html`<div class="box ${way}" ${look(boxLook(node))}>${view.children(node)}</div>`,
  )}`;
};

/** A text that can be edited in its place is a field that looks like it. */
const editable: Draw = (node, view) => {
  const field = own(node, 'editable');
  if (!isObject(field)) return plainNodes.Text!(node, view);
  const asked = { ...field, defaultValue: words(node, 'value'), variant: 'soft' };
  const lines = count(own(node, 'minLines') ?? own(node, 'maxLines'), 1, 20) ?? 1;
  return kept('Input', asked, () =>
    lines > 1 ? textarea({ ...asked, rows: lines }, view) : input(asked, view),
  );
};

/** A field belongs to its name: what a person wrote into one never shows in another. */
const kept = (kind: string, node: JSONObject, draw: () => TemplateResult): Drawn =>
  html`${keyed(`${kind} ${words(node, 'name')}`, draw())}`;

const field =
  (draw: (node: JSONObject, view: WidgetView) => TemplateResult): Draw =>
  (node, view) =>
    kept(words(node, 'type'), node, () => draw(node, view));

export const formNodes: Readonly<Record<string, Draw>> = {
  Form: form,
  Text: editable,
  Input: field(input),
  Textarea: field(textarea),
  Select: field(select),
  DatePicker: field(date),
  Checkbox: field(checkbox),
  RadioGroup: field(radios),
};
