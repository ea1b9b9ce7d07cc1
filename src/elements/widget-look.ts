import { noChange } from 'lit';
import { Directive, PartType, directive } from 'lit/directive.js';
import type { ElementPart, PartInfo } from 'lit/directive.js';
import { isObject, own, type JSONObject } from '../protocols/shared/fields.js';
import { colour, count, length, pick, radius, ratio, room, sides } from './widget-values.js';

export type Look = Readonly<Record<string, string | undefined>>;

/** Sets validated style properties one by one: a strict policy forbids the attribute. */
class LookDirective extends Directive {
  #old: Look = {};

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new TypeError('look() belongs on an element');
  }

  override render(_look: Look): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [look]: [Look]): unknown {
    const { style } = element as HTMLElement;
    for (const name of new Set([...Object.keys(this.#old), ...Object.keys(look)])) {
      const value = look[name];
      if (value === this.#old[name]) continue;
      if (value === undefined) style.removeProperty(name);
      else style.setProperty(name, value);
    }
    this.#old = look;
    return noChange;
  }
}

export const look = directive(LookDirective);

const alignments: Record<string, string> = {
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
  baseline: 'baseline',
  stretch: 'stretch',
  between: 'space-between',
  around: 'space-around',
  evenly: 'space-evenly',
};

const aligned = (value: unknown): string | undefined =>
  typeof value === 'string' && Object.hasOwn(alignments, value) ? alignments[value] : undefined;

const lines = ['solid', 'dashed', 'dotted', 'double', 'groove', 'ridge', 'inset', 'outset'] as const;

function border(value: unknown): string | undefined {
  const { size, color, style } = isObject(value)
    ? value
    : { size: value, color: undefined, style: undefined };
  const width = count(size, 0, 16);
  return width === undefined
    ? undefined
    : `${width}px ${pick(style, lines) ?? 'solid'} ${colour(color) ?? 'var(--_line)'}`;
}

function borders(value: unknown): Look {
  if (!isObject(value) || 'size' in value) {
    const all = border(value);
    return { border: all };
  }
  const side = (name: string, axis: string) => border(own(value, name) ?? own(value, axis));
  return {
    'border-block-start': side('top', 'y'),
    'border-block-end': side('bottom', 'y'),
    'border-inline-start': side('left', 'x'),
    'border-inline-end': side('right', 'x'),
  };
}

function around(property: 'padding' | 'margin', value: unknown): Look {
  const { top, right, bottom, left } = sides(value);
  return {
    [`${property}-block-start`]: top,
    [`${property}-inline-end`]: right,
    [`${property}-block-end`]: bottom,
    [`${property}-inline-start`]: left,
  };
}

function flex(value: unknown): string | undefined {
  const share = typeof value === 'string' && /^\d{1,2}$/.test(value) ? Number(value) : count(value, 0, 99);
  return share === undefined ? pick(value, ['auto', 'none']) : `${share} 1 0%`;
}

/** How big a node is (chatkit-python `widgets.py`, `BoxBase`). */
export function sizeLook(node: JSONObject): Look {
  const side = (name: string, both: string) => length(own(node, name) ?? own(node, both));
  return {
    'inline-size': side('width', 'size'),
    'block-size': side('height', 'size'),
    'min-inline-size': side('minWidth', 'minSize'),
    'min-block-size': side('minHeight', 'minSize'),
    'max-inline-size': clamped(side('maxWidth', 'maxSize')),
    'max-block-size': side('maxHeight', 'maxSize'),
    'aspect-ratio': ratio(own(node, 'aspectRatio')),
    flex: flex(own(node, 'flex')),
  };
}

/** Never wider than the line. */
const clamped = (width: string | undefined): string | undefined => width && `min(100%, ${width})`;

/** How a container looks (chatkit-python `widgets.py`, `BoxBase`). */
export function boxLook(node: JSONObject): Look {
  return {
    ...sizeLook(node),
    ...around('padding', own(node, 'padding')),
    ...around('margin', own(node, 'margin')),
    ...borders(own(node, 'border')),
    'background-color': colour(own(node, 'background')),
    'border-radius': radius(own(node, 'radius')),
    gap: room(own(node, 'gap')),
    'align-items': aligned(own(node, 'align')),
    'justify-content': aligned(own(node, 'justify')),
    'flex-wrap': pick(own(node, 'wrap'), ['nowrap', 'wrap', 'wrap-reverse']),
  };
}
