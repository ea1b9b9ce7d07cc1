import type { RunEvent } from '../../model/run-event.js';
import { isObject, listIn, objectIn, own, stringIn, type JSONObject } from './fields.js';

export interface SourceNote {
  url?: string;
  title?: string;
}

/** The sources an event names: a list under a usual field, or the event itself; a string is an address or a title. */
export function sourcesIn(event: JSONObject, alone: boolean): SourceNote[] {
  const lists = ['sources', 'citations', 'references', 'documents'].map((name) => listIn(event, name));
  const list = lists.find((items) => items.length) ?? (alone ? [event] : []);
  return list.map(sourceIn).filter((source) => source.url !== undefined || source.title !== undefined);
}

/** One source: an address, a title, or an object that holds either. */
export function sourceIn(value: unknown): SourceNote {
  if (typeof value === 'string') return /^https?:/i.test(value) ? { url: value } : { title: value };
  if (!isObject(value)) return {};
  const inner = isObject(own(value, 'source')) ? objectIn(value, 'source') : value;
  const url = stringIn(inner, 'url', 'link', 'href', 'uri');
  const title = stringIn(inner, 'title', 'name', 'label', 'filename');
  return { url: url || undefined, title: title || undefined };
}

/** Names each source of a run once, however often a backend repeats it. */
export class SourceParts {
  readonly #seen = new Set<string>();

  /** The parts for sources not named before; `alone` says that the event itself may be one. */
  from(event: JSONObject, alone: boolean): RunEvent[] {
    return sourcesIn(event, alone).flatMap((source) => {
      const key = `${source.url} ${source.title}`;
      if (this.#seen.has(key)) return [];
      this.#seen.add(key);
      return [
        { type: 'part-start', part: { type: 'source', id: `source-${this.#seen.size}`, ...source } },
      ] as const;
    });
  }
}
