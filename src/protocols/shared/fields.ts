/** Reading JSON of unknown shape: own properties only, nothing throws. */

export type JSONObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JSONObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `value` parsed, or undefined if it is no JSON. */
export function parseJSON(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** The first of these own properties that is a string. */
export function stringIn(object: JSONObject, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = own(object, name);
    if (typeof value === 'string') return value;
  }
  return undefined;
}

/** The first of these own properties that is a string or a number, as a string; empty strings do not count. */
export function idIn(object: JSONObject, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = own(object, name);
    if (typeof value === 'number' || (typeof value === 'string' && value)) return String(value);
  }
  return undefined;
}

export function own(object: JSONObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The own property as an object, or an empty one. */
export function objectIn(object: JSONObject, name: string): JSONObject {
  const value = own(object, name);
  return isObject(value) ? value : {};
}

/** The own property as a list, or an empty one. */
export function listIn(object: JSONObject, name: string): unknown[] {
  const value = own(object, name);
  return Array.isArray(value) ? value : [];
}

/** The names under which backends send text, the most telling first. */
const textNames = ['token', 'delta', 'content', 'text', 'chunk', 'answer', 'response', 'output', 'value'];

/**
 * The text in a value: the string itself, the first usual field that holds text, or the texts of a list of content
 * parts joined. Undefined if there is none; at most three levels deep.
 */
export function textIn(value: unknown, names: readonly string[] = textNames, depth = 0): string | undefined {
  if (typeof value === 'string') return value;
  if (depth > 3) return undefined;
  if (Array.isArray(value)) {
    const texts = value.map((item) => textIn(item, names, depth + 1)).filter((text) => text !== undefined);
    return texts.length ? texts.join('') : undefined;
  }
  if (!isObject(value)) return undefined;
  for (const name of names) {
    const text = textIn(own(value, name), names, depth + 1);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A backend's message about a failure, wherever it put it (`docs/protocols.md` lists the shapes). */
export function failureTextIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value || undefined;
  if (Array.isArray(value)) {
    const texts = value.map(failureTextIn).filter((text) => text !== undefined);
    return texts.length ? texts.join('; ') : undefined;
  }
  if (!isObject(value)) return undefined;
  // Validation errors of FastAPI and Zod: where, then what.
  const place = (own(value, 'loc') === undefined ? listIn(value, 'path') : listIn(value, 'loc')).join('.');
  const text = stringIn(value, 'msg') ?? (place ? stringIn(value, 'message') : undefined);
  if (text) return place ? `${place}: ${text}` : text;
  const error = own(value, 'error');
  if (isObject(error))
    return failureTextIn(error.issues) ?? failureTextIn(error) ?? failureTextIn(value.message);
  return (
    failureTextIn(error) ??
    failureTextIn(own(value, 'detail')) ??
    (stringIn(value, 'message', 'title', 'reason', 'errorText', 'content', 'text', 'data') || undefined)
  );
}
