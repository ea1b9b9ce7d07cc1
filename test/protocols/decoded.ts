import type { RunEvent } from '../../src/model/run-event.js';
import type { Decoder, Protocol } from '../../src/protocols/protocol.js';
import { hints } from './replay.js';

/** An event: its data alone, or its name too. */
export type Told = object | readonly [name: string, data: unknown];

const isNamed = (event: Told): event is readonly [string, unknown] => Array.isArray(event);

/** What a decoder makes of one event. */
export function decodedBy(decoder: Decoder, event: Told): readonly RunEvent[] | null {
  const [name, data] = isNamed(event) ? event : ['', event];
  return decoder.decode({ name, data: typeof data === 'string' ? data : JSON.stringify(data), id: '' });
}

/** The run events of an answer, before anything puts them in order. */
export function decoded(protocol: Protocol, ...events: Told[]): RunEvent[] {
  const decoder = protocol.decoder(hints);
  return events.flatMap((event) => decodedBy(decoder, event) ?? []);
}

/** The same, and what the close of the body makes of it. */
export function decodedWhole(protocol: Protocol, ...events: Told[]): RunEvent[] {
  const decoder = protocol.decoder(hints);
  return [...events.flatMap((event) => decodedBy(decoder, event) ?? []), ...decoder.end()];
}

export const grown = (id: string, delta: string, kind: 'text' | 'reasoning' = 'text'): RunEvent => ({
  type: 'part-delta',
  id,
  delta,
  kind,
});
export const patched = (id: string, patch: object): RunEvent => ({ type: 'part-update', id, patch });
export const ended = (id: string): RunEvent => ({ type: 'part-end', id });
