import { isObject, own, stringIn, type JSONObject } from '../shared/fields.js';

/**
 * Puts one of Gemini's `partialArgs` (`{jsonPath, stringValue | numberValue | boolValue | nullValue}`) in its place.
 * Pieces of a string at one path are joined. A path that skips elements of a list is passed over: no list is that long.
 */
export function setArgument(root: JSONObject, piece: JSONObject): void {
  const keys = keysOf(stringIn(piece, 'jsonPath') ?? '');
  const last = keys.pop();
  let node: unknown = root;
  for (const [index, key] of keys.entries()) {
    const next = keys[index + 1] ?? last;
    node = child(node, key) ?? put(node, key, typeof next === 'number' ? [] : {});
  }
  if (last === undefined) return;
  const before = child(node, last);
  const value = valueOf(piece);
  put(node, last, typeof before === 'string' && typeof value === 'string' ? before + value : value);
}

/** `$.recipe.steps[0]['a name']` as its keys. */
function keysOf(path: string): (string | number)[] {
  return Array.from(
    path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\[(['"])(.*?)\3\]/g),
    ([, name, index, , quoted]) => (index === undefined ? (name ?? quoted ?? '') : Number(index)),
  );
}

function child(node: unknown, key: string | number): unknown {
  if (Array.isArray(node)) return typeof key === 'number' ? (node[key] as unknown) : undefined;
  return isObject(node) ? own(node, String(key)) : undefined;
}

/** Gives the value back if there was a place for it. */
function put(node: unknown, key: string | number, value: unknown): unknown {
  if (Array.isArray(node)) {
    if (typeof key !== 'number' || key > node.length) return undefined;
    node[key] = value;
  } else if (isObject(node) && key !== '__proto__') node[key] = value;
  else return undefined;
  return value;
}

function valueOf(piece: JSONObject): unknown {
  return own(piece, 'stringValue') ?? own(piece, 'numberValue') ?? own(piece, 'boolValue') ?? null;
}
