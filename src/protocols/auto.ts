import type { RunEvent } from '../model/run-event.js';
import type { WireEvent } from '../wire/wire-event.js';
import { isObject, parseJSON } from './fields.js';
import type { Decoder, Protocol } from './protocol.js';
import { protocols } from './registry.js';
import { encodeByPath } from './request-shapes.js';

/** Asks in the shape the endpoint's path tells, and recognises the answer by its first telling event. */
export function autoProtocol(endpoint: string): Protocol {
  return { name: 'auto', encode: encodeByPath(endpoint), decoder: () => new AutoDecoder() };
}

/** How many events may pass undecided before the tolerant protocol takes them. */
const patience = 3;

class AutoDecoder implements Decoder {
  #decoder: Decoder | undefined;
  #held: WireEvent[] = [];
  recognised: string | null = null;
  pending: Promise<readonly RunEvent[]> | undefined;

  decode(event: WireEvent): readonly RunEvent[] | null {
    if (this.#decoder) return this.#decoder.decode(event);
    this.#held.push(event);
    const name = this.recognised ?? recognise(event) ?? (this.#held.length > patience ? 'events' : undefined);
    return name === undefined || this.pending ? [] : this.#settle(name);
  }

  end(): readonly RunEvent[] {
    return [...(this.#decoder ? [] : this.#settle('events')), ...(this.#decoder?.end() ?? [])];
  }

  #settle(name: string): RunEvent[] {
    this.recognised = name;
    const protocol = protocols[name]!();
    if (!(protocol instanceof Promise)) return this.#start(protocol);
    this.pending = protocol.then((loaded) => this.#start(loaded));
    return [];
  }

  #start(protocol: Protocol): RunEvent[] {
    const decoder = protocol.decoder();
    this.#decoder = decoder;
    this.pending = undefined;
    return this.#held.splice(0).flatMap((event) => decoder.decode(event) ?? []);
  }
}

/** The name of the protocol an event belongs to; undefined if it could be any. */
function recognise({ name, data }: WireEvent): string | undefined {
  if (data.trim() === '[DONE]') return 'events';
  const value = parseJSON(data);
  // Noise that any host may send first: nothing, null, a list, JSON that went wrong.
  if (!isObject(value)) return /^\s*($|null$|[[{])/.test(data) ? undefined : 'events';
  if (!name && (Array.isArray(value.choices) || value.object === 'chat.completion.chunk'))
    return 'openai-chat';
  return Object.keys(value).length || name ? 'events' : undefined;
}
