/** The object without its undefined properties, so that what was not said is absent and not merely empty. */
export function defined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
