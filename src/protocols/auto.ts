import type { RunEvent } from '../model/run-event.js';
import type { WireEvent } from '../wire/wire-event.js';
import { events } from './events.js';
import { isObject, parseJSON } from './fields.js';
import { openAIChat } from './openai-chat.js';
import type { Decoder, Protocol } from './protocol.js';
import { encodeByPath } from './request-shapes.js';

/** The protocols that come with the first download, by name. */
export const protocols: ReadonlyMap<string, Protocol> = new Map(
  [events, openAIChat].map((protocol) => [protocol.name, protocol]),
);

/** Asks in the shape the endpoint's path tells, and recognises the answer by its first telling event. */
export function autoProtocol(endpoint: string): Protocol {
  return { name: 'auto', encode: encodeByPath(endpoint), decoder: () => new AutoDecoder() };
}

/** How many events may pass undecided before the tolerant protocol takes them. */
const patience = 3;

class AutoDecoder implements Decoder {
  #decoder: Decoder | undefined;
  #name: string | null = null;
  #held: WireEvent[] = [];

  get recognised(): string | null {
    return this.#name;
  }

  decode(event: WireEvent): readonly RunEvent[] | null {
    if (this.#decoder) return this.#decoder.decode(event);
    this.#held.push(event);
    const protocol = recognise(event) ?? (this.#held.length > patience ? events : undefined);
    return protocol ? this.#settle(protocol) : [];
  }

  end(): readonly RunEvent[] {
    const held = this.#decoder ? [] : this.#settle(events);
    return [...held, ...(this.#decoder?.end() ?? [])];
  }

  #settle(protocol: Protocol): RunEvent[] {
    const decoder = protocol.decoder();
    this.#decoder = decoder;
    this.#name = protocol.name;
    const held = this.#held;
    this.#held = [];
    return held.flatMap((event) => decoder.decode(event) ?? []);
  }
}

/** Which protocol an event belongs to; undefined if it could be any. */
function recognise({ name, data }: WireEvent): Protocol | undefined {
  if (data.trim() === '[DONE]') return events;
  const value = parseJSON(data);
  // Noise that any host may send first: nothing, null, a list, JSON that went wrong.
  if (!isObject(value)) return /^\s*($|null$|[[{])/.test(data) ? undefined : events;
  if (!name && (Array.isArray(value.choices) || value.object === 'chat.completion.chunk')) return openAIChat;
  return Object.keys(value).length || name ? events : undefined;
}
