import { isObject, listIn, own, stringIn, textIn, type JSONObject } from '../shared/fields.js';

/**
 * State after the operations of an assistant transport (assistant-ui `GorpStreamAccumulator.ts`): `set`, and `append-text`.
 * An operation that does not fit is left out.
 */
export function withOperations(state: unknown, operations: readonly unknown[]): unknown {
  return operations.reduce((before, operation) => {
    if (!isObject(operation)) return before;
    const value = own(operation, 'value');
    const type = stringIn(operation, 'type');
    const path = listIn(operation, 'path').map(String);
    if (type === 'set') return at(before, path, () => value);
    if (type !== 'append-text' || typeof value !== 'string') return before;
    return at(before, path, (text) => (typeof text === 'string' ? text + value : text));
  }, state);
}

/** A copy with the place at `path` changed. */
function at(state: unknown, path: readonly string[], change: (value: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(state);
  const holder = state ?? {};
  // An assignment to this name would set the prototype.
  if (typeof holder !== 'object' || key === '__proto__') return state;
  const value = at(own(holder as JSONObject, key), rest, change);
  if (value === undefined) return state;
  if (!Array.isArray(holder)) return { ...holder, [key]: value };
  const index = /^\d+$/.test(key) ? Number(key) : Infinity;
  return index > holder.length ? holder : Object.assign([...holder], { [index]: value });
}

/**
 * The operations of one answer, pieces of one text joined. They are kept as they are, and not as the state they make: they
 * build on the state that was sent, which only the thread knows.
 */
export function joined(before: readonly unknown[], operations: readonly unknown[]): unknown[] {
  const out = [...before];
  for (const operation of operations) {
    const last = out.at(-1);
    if (!isObject(operation)) continue;
    if (isObject(last) && isPiece(last) && isPiece(operation) && String(last.path) === String(operation.path))
      out[out.length - 1] = { ...operation, value: last.value + operation.value };
    else out.push(operation);
  }
  return out;
}

function isPiece(operation: JSONObject): operation is { value: string; path: unknown } & JSONObject {
  return own(operation, 'type') === 'append-text' && typeof own(operation, 'value') === 'string';
}

/** What the state says in answer to the last question, where it holds messages in one of the usual shapes. */
export function answersIn(state: unknown): Map<string, string> {
  const answers = new Map<string, string>();
  const messages = isObject(state) ? own(state, 'messages') : undefined;
  for (const [index, message] of Object.entries(Object(messages) as object)) {
    if (!isObject(message)) continue;
    const role = stringIn(message, 'role', 'type');
    if (role === 'user' || role === 'human') answers.clear();
    else if (role === 'assistant' || role === 'ai')
      answers.set(index, textIn(message, ['content', 'parts', 'text']) ?? '');
  }
  return answers;
}
