import { isObject, own, stringIn, type JSONObject } from '../protocols/shared/fields.js';
import type { WidgetAction } from './message-events.js';

/** Names that would reach the prototype of an object. */
const dangerous = /^(__proto__|constructor|prototype)$/;

/** Puts a value under a dotted name, `todo.title` inside `todo`; what is already there stays. */
function put(into: JSONObject, name: string, value: unknown): void {
  const path = name.split('.', 8);
  if (path.some((step) => !step || dangerous.test(step))) return;
  let place = into;
  for (const step of path.slice(0, -1)) {
    const next = own(place, step) ?? (place[step] = {});
    if (!isObject(next)) return;
    place = next;
  }
  const last = path.at(-1)!;
  if (!Object.hasOwn(place, last)) place[last] = value;
}

/** What the fields of a form hold, by name: checkboxes as booleans, everything else as text. */
export function formValues(form: HTMLFormElement): JSONObject {
  const values: JSONObject = {};
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement)) {
      const named = field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement;
      if (named && field.name && !field.disabled) put(values, field.name, field.value);
    } else if (field.name && !field.disabled) {
      if (field.type === 'checkbox') put(values, field.name, field.checked);
      else if (field.type !== 'radio' || field.checked) put(values, field.name, field.value);
    }
  }
  return values;
}

/**
 * An action as it is told: with the values of its form, and that of the field itself, in the payload. What the payload
 * holds already stays (chatkit-python `docs/guides/build-interactive-responses-with-widgets.md`, Payload key collisions).
 */
export function actionOf(
  action: unknown,
  form: HTMLFormElement | null,
  field: JSONObject = {},
): WidgetAction | undefined {
  const type = isObject(action) ? stringIn(action, 'type') : undefined;
  if (!isObject(action) || !type) return undefined;
  const given = own(action, 'payload');
  const values: JSONObject = {};
  for (const [name, value] of Object.entries(field)) put(values, name, value);
  const all = form ? merged(values, formValues(form)) : values;
  const nothing = given === undefined || given === null;
  const takes = isObject(given) || (nothing && Object.keys(all).length > 0);
  const handler = own(action, 'handler') === 'client' ? 'client' : 'server';
  return {
    type,
    payload: takes ? merged(isObject(given) ? given : {}, all) : given,
    handler,
    streaming: own(action, 'streaming') !== false,
  };
}

/** The first object and what only the second one has, at every depth. */
function merged(first: JSONObject, second: JSONObject): JSONObject {
  const both = { ...first };
  for (const [name, value] of Object.entries(second)) {
    const there = own(both, name);
    if (there === undefined) both[name] = value;
    else if (isObject(there) && isObject(value)) both[name] = merged(there, value);
  }
  return both;
}
