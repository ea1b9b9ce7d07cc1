import { isObject, own, type JSONObject } from '../protocols/shared/fields.js';

/** Values of a widget's tree are untrusted: only what is known, or within limits, becomes style. */

/** The value if the list has it. */
export function pick<T extends string>(value: unknown, list: readonly T[]): T | undefined {
  return list.find((known) => known === value);
}

/** The text of a value: words and numbers as they are, anything else is none. */
export function words(node: JSONObject, name: string): string {
  const value = own(node, name);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export function count(value: unknown, least: number, most: number): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.min(most, Math.max(least, Math.round(value)))
    : undefined;
}

/** The longest a side can be, in pixels: what is wider than the line shrinks to it anyway. */
const longest = 2000;

/** A length: a number of `unit` pixels, or a number with a unit that is harmless. */
export function length(value: unknown, unit = 1): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value))
    return `${Math.min(longest, Math.max(0, value * unit))}px`;
  if (typeof value !== 'string') return undefined;
  const [, digits, suffix] = /^(\d{1,4}(?:\.\d{1,3})?)(px|rem|em|%)$/.exec(value) ?? [];
  const most = suffix === 'px' ? longest : suffix === '%' ? 100 : 100;
  if (digits !== undefined) return `${Math.min(most, Number(digits))}${suffix}`;
  return pick(value, ['auto', 'fit-content', 'min-content', 'max-content']);
}

/** A step of the scale in which ChatKit counts room. */
export const room = (value: unknown): string | undefined => length(value, 4);

type Sides = Partial<Record<'top' | 'right' | 'bottom' | 'left', string>>;

/** Room around a node: one value, or an object by side or axis. */
export function sides(value: unknown): Sides {
  if (!isObject(value)) {
    const all = room(value);
    return all === undefined ? {} : { top: all, right: all, bottom: all, left: all };
  }
  const side = (name: string, axis: string) => room(own(value, name) ?? own(value, axis));
  return {
    top: side('top', 'y'),
    right: side('right', 'x'),
    bottom: side('bottom', 'y'),
    left: side('left', 'x'),
  };
}

const named: Record<string, string> = {
  prose: 'var(--_text)',
  primary: 'var(--_text)',
  emphasis: 'var(--_text)',
  secondary: 'var(--_muted)',
  tertiary: 'var(--_muted)',
  success: 'var(--_success)',
  warning: 'var(--_warning)',
  danger: 'var(--_danger)',
  surface: 'var(--_surface)',
  'surface-secondary': 'var(--_soft)',
  'surface-tertiary': 'color-mix(in srgb, var(--_soft), var(--_line))',
  'surface-elevated': 'var(--_surface)',
  'surface-elevated-secondary': 'var(--_soft)',
  default: 'var(--_line)',
  subtle: 'color-mix(in srgb, var(--_line) 60%, transparent)',
  strong: 'var(--_muted)',
};

/** Hue and chroma of the primitive colours, as `blue-500` names them. */
const hues: Record<string, readonly [number, number]> = {
  gray: [265, 0.012],
  red: [25, 0.19],
  orange: [50, 0.16],
  yellow: [85, 0.15],
  green: [152, 0.15],
  blue: [255, 0.17],
  purple: [300, 0.18],
  pink: [355, 0.18],
};

function primitive(value: string): string | undefined {
  const [, hue = '', digits] = /^([a-z]+)-(\d{2,4})$/.exec(value) ?? [];
  if (!Object.hasOwn(hues, hue)) return undefined;
  const [angle, chroma] = hues[hue]!;
  const level = Math.min(1000, Number(digits)) / 1000;
  // The palest and the darkest steps have little colour.
  const share = Math.min(1, level * 2.4, (1.25 - level) * 1.8);
  return `oklch(${(0.99 - level * 0.78).toFixed(3)} ${(chroma * share).toFixed(3)} ${angle})`;
}

/** A colour: a known name, a primitive, a plain CSS colour, or a pair for light and dark. Never anything that loads. */
export function colour(value: unknown): string | undefined {
  if (isObject(value)) {
    const light = colour(own(value, 'light'));
    const dark = colour(own(value, 'dark'));
    return light && dark ? `light-dark(${light}, ${dark})` : (light ?? dark);
  }
  if (typeof value !== 'string') return undefined;
  if (Object.hasOwn(named, value)) return named[value];
  if (/^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(value)) return value;
  if (/^(rgb|hsl)a?\([\d\s.,%/deg]{5,40}\)$/.test(value)) return value;
  return (
    primitive(value) ?? (/^[a-z]{3,20}$/.test(value) && CSS.supports('color', value) ? value : undefined)
  );
}

const radii: Record<string, string> = {
  none: '0',
  '2xs': '2px',
  xs: '4px',
  sm: '6px',
  md: '8px',
  lg: '10px',
  xl: '12px',
  '2xl': '16px',
  '3xl': '20px',
  '4xl': '24px',
  full: '9999px',
  '100%': '100%',
};

export const radius = (value: unknown): string | undefined =>
  typeof value === 'string' && Object.hasOwn(radii, value) ? radii[value] : undefined;

/** `16/9`, `1.5` or a number. */
export function ratio(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';
  return /^\d{1,3}(\.\d{1,4})?(\s*\/\s*\d{1,3}(\.\d{1,4})?)?$/.test(text) ? text : undefined;
}

/** `todo.due_date` becomes “Due date”. */
export function spoken(name: string): string {
  const last = name.split('.').at(-1) ?? '';
  const text = last
    .replace(/([a-z\d])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
    .replace(/[\s_-]+/g, ' ')
    .trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
