import { defined } from '../../model/defined.js';
import type { RunEvent } from '../../model/run-event.js';
import type { Usage } from '../../model/thread.js';
import { own, stringIn, type JSONObject } from '../shared/fields.js';

/** A file from its bytes, which Python servers write in the URL-safe alphabet, or from its address. */
export function fileOf(value: JSONObject, id: string): RunEvent | undefined {
  const mediaType = stringIn(value, 'mimeType', 'mime_type') ?? 'application/octet-stream';
  const data = stringIn(value, 'data')?.replaceAll('-', '+').replaceAll('_', '/');
  const url = data ? `data:${mediaType};base64,${data}` : stringIn(value, 'fileUri', 'uri');
  return url ? { type: 'part-start', part: { type: 'file', id, mediaType, url } } : undefined;
}

/** Token counts, each the sum of those that are there: what a model thinks is output, what its tools tell it is input. */
export function usageOf(
  counts: JSONObject,
  names: Record<'input' | 'output' | 'total', readonly string[]>,
): Usage | undefined {
  const sum = (list: readonly string[]): number | undefined => {
    const found = list.map((name) => own(counts, name)).filter((count) => typeof count === 'number');
    return found.length ? found.reduce((total, count) => total + count) : undefined;
  };
  const usage: Usage = defined({
    inputTokens: sum(names.input),
    outputTokens: sum(names.output),
    totalTokens: sum(names.total),
  });
  return Object.keys(usage).length ? usage : undefined;
}
