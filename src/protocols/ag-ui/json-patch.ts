import { isObject, own, stringIn, type JSONObject } from '../shared/fields.js';

/** JSON Patch (RFC 6902) applied to a copy; the document itself where an operation does not fit it. */
export function patched(document: unknown, operations: unknown): unknown {
  if (!Array.isArray(operations)) return document;
  // A pointer to the whole document is empty, so that it stands under an empty name.
  const root = { '': structuredClone(document) };
  return operations.every((operation) => isObject(operation) && apply(root, operation)) ? root[''] : document;
}

interface Place {
  holder: JSONObject;
  key: string;
}

function apply(root: JSONObject, operation: JSONObject): boolean {
  const op = stringIn(operation, 'op') ?? '';
  const at = (name: string): Place | undefined => placeAt(root, stringIn(operation, name));
  const again = op === 'move' || op === 'copy';
  const from = at(again ? 'from' : 'path');
  const value = structuredClone(again ? from && read(from) : own(operation, 'value'));
  if (op === 'test') return JSON.stringify(from && read(from)) === JSON.stringify(value);
  if (/^(remove|replace|move)$/.test(op) && !remove(from)) return false;
  // Looked up only now: places shift when something is taken away.
  return (
    op === 'remove' || (/^(add|replace|move|copy)$/.test(op) && value !== undefined && add(at('path'), value))
  );
}

function placeAt(root: JSONObject, path = 'none'): Place | undefined {
  const keys = path.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  // All but the pointer to the whole begin with a slash.
  if (keys[0]) return undefined;
  const key = keys.pop()!;
  let holder: unknown = root;
  for (const step of keys) holder = read({ holder, key: step });
  return typeof holder === 'object' && holder ? { holder: holder as JSONObject, key } : undefined;
}

function read({ holder, key }: { holder: unknown; key: string }): unknown {
  return own(Object(holder) as JSONObject, key);
}

function add(place: Place | undefined, value: unknown): boolean {
  if (!place) return false;
  const { holder, key } = place;
  if (Array.isArray(holder)) {
    const index = key === '-' ? holder.length : /^\d+$/.test(key) ? Number(key) : Infinity;
    if (index > holder.length) return false;
    holder.splice(index, 0, value);
    return true;
  }
  // An assignment to this name would set the prototype.
  if (key === '__proto__') return false;
  holder[key] = value;
  return true;
}

function remove(place: Place | undefined): boolean {
  if (!place || read(place) === undefined) return false;
  const { holder, key } = place;
  if (!Array.isArray(holder)) return delete holder[key];
  return key !== 'length' && holder.splice(Number(key), 1).length > 0;
}
