import { isObject, listIn, own, type JSONObject } from '../shared/fields.js';

/** The objects in a list: the answer itself, or a field of it. */
export function rowsOf(answer: unknown, field: string): JSONObject[] {
  const list = Array.isArray(answer) ? answer : isObject(answer) ? listIn(answer, field) : [];
  return list.filter(isObject);
}

/** Milliseconds since the epoch, from seconds or a date; a date without a zone is UTC, as servers that leave it out mean. */
export function timeOf(row: JSONObject, ...names: string[]): number | undefined {
  for (const name of names) {
    const value = own(row, name);
    if (typeof value === 'number') return value < 1e11 ? value * 1000 : value;
    if (typeof value !== 'string') continue;
    const time = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(value) ? value : `${value}Z`);
    if (!Number.isNaN(time)) return time;
  }
  return undefined;
}
