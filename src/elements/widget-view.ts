import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { isObject, listIn, own, stringIn, type JSONObject } from '../protocols/shared/fields.js';
import type { WidgetWords } from './widget-words.js';

export type Drawn = TemplateResult | typeof nothing;
export type Draw = (node: JSONObject, view: WidgetView) => Drawn;

/** What a tree may hold at most; what is beyond is left out. */
const mostNodes = 1000;
const deepest = 30;

/** What the nodes of one widget need of it. */
export interface WidgetHost {
  readonly words: WidgetWords;
  /** Addresses of images that the person asked for. */
  readonly shown: ReadonlySet<string>;
  readonly failed: ReadonlySet<string>;
  /** Whether the whole of a list is shown. */
  readonly unfolded: boolean;
  show(image: string): void;
  fail(image: string): void;
  unfold(event: Event): void;
  /** Tells the page what a person asked for; `own` is the value of the field that asks. */
  act(event: Event, action: unknown, own?: JSONObject): void;
}

/** One drawing of a tree: walks it, counts what it draws, and knows its fields. */
export class WidgetView {
  readonly host: WidgetHost;
  /** Whether nodes are drawn inside of a form: forms cannot be nested. */
  inForm = false;
  readonly #nodes: Readonly<Record<string, Draw>>;
  readonly #labelled = new Set<string>();
  readonly #fields = new Map<string, string>();
  readonly #taken = new Set<string>();
  #drawn = 0;
  #depth = 0;

  constructor(host: WidgetHost, nodes: Readonly<Record<string, Draw>>, tree: unknown) {
    this.host = host;
    this.#nodes = nodes;
    walk(tree, (node) => {
      if (node.type === 'Label') this.#labelled.add(stringIn(node, 'fieldName') ?? '');
    });
  }

  node(value: unknown): Drawn {
    if (!isObject(value)) return nothing;
    if (this.#drawn >= mostNodes || this.#depth > deepest) return this.#leftOut();
    this.#drawn++;
    const type = stringIn(value, 'type') ?? '';
    if (!Object.hasOwn(this.#nodes, type))
      return unknown(this.host.words.unsupported(type.slice(0, 40) || '?'));
    this.#depth++;
    const drawn = this.#nodes[type]!(value, this);
    this.#depth--;
    return drawn;
  }

  /** The children of a node, each kept for as long as its name and type stay. */
  children(node: JSONObject): unknown {
    const children = own(node, 'children');
    if (!Array.isArray(children)) return this.node(children);
    return this.list(children);
  }

  /** Several nodes, each drawn now: what is drawn later would not be counted. */
  list(items: readonly unknown[], around: (drawn: Drawn) => Drawn = (drawn) => drawn): unknown {
    const keys = new Set<string>();
    const drawn = items.slice(0, Math.max(0, mostNodes - this.#drawn) + 1).map((item, index) => {
      const name = isObject(item) && stringIn(item, 'key', 'id');
      const key = name && !keys.has(name) ? name : `${index} ${isObject(item) ? String(item.type) : ''}`;
      keys.add(key);
      return { key, drawn: around(this.node(item)) };
    });
    return repeat(
      drawn,
      ({ key }) => key,
      (one) => one.drawn,
    );
  }

  /** The id of a field, for the first one of its name; the ids of labels end in `-label`. */
  fieldId(name: string): string {
    const id = this.#fields.get(name) ?? `field-${this.#fields.size}`;
    this.#fields.set(name, id);
    return id;
  }

  /** Takes the id for a control; nothing if another one has it. */
  take(name: string): string | typeof nothing {
    if (this.#taken.has(name)) return nothing;
    this.#taken.add(name);
    return this.fieldId(name);
  }

  isLabelled(name: string): boolean {
    return this.#labelled.has(name);
  }

  #leftOut(): Drawn {
    const first = this.#drawn <= mostNodes + 1;
    this.#drawn = mostNodes + 2;
    return first ? unknown(this.host.words.leftOut) : nothing;
  }
}

const unknown = (text: string): TemplateResult =>
  html`<span class="unknown" part="unknown" dir="auto">${text}</span>`;

/** Every node of a tree, the outer ones first, within the limits of what is drawn. */
export function walk(
  tree: unknown,
  visit: (node: JSONObject) => void,
  left = { nodes: mostNodes },
  depth = 0,
): void {
  if (!isObject(tree) || depth > deepest || left.nodes-- <= 0) return;
  visit(tree);
  const children = own(tree, 'children');
  for (const child of Array.isArray(children) ? listIn(tree, 'children') : [children]) {
    if (left.nodes <= 0) return;
    walk(child, visit, left, depth + 1);
  }
}
