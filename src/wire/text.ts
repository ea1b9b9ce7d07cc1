import type { WireDecoder, WireEvent } from './wire-event.js';

/** A body that is itself the text: every piece is an event. */
export function createTextDecoder(): WireDecoder {
  const utf8 = new TextDecoder();
  const eventsOf = (data: string): WireEvent[] => (data ? [{ name: '', data, id: '' }] : []);
  return {
    failure: undefined,
    feed: (bytes) => eventsOf(utf8.decode(bytes, { stream: true })),
    end: () => eventsOf(utf8.decode()),
  };
}
