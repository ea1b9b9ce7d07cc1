import type { RunEvent } from '../model/run-event.js';
import type { WireEvent } from '../wire/wire-event.js';
import type { AnswerHints, Decoder, Protocol } from './protocol.js';
import { recognise } from './recognise.js';
import { protocolOfPath, protocols } from './registry.js';
import { encodeGeneral } from './shared/request-shapes.js';

/** Asks in the shape the endpoint's path tells, and recognises the answer by its first telling event. */
export async function autoProtocol(endpoint: string): Promise<Protocol> {
  const told = protocolOfPath(endpoint);
  const asked = told === undefined ? undefined : await protocols[told]!();
  return {
    name: 'auto',
    framing: 'any',
    encode: (request) => asked?.encode(request) ?? encodeGeneral(request),
    decoder: (hints) => new AutoDecoder(hints),
    encodeAction: asked?.encodeAction,
    threads: asked?.threads,
    resume: asked?.resume,
    stop: asked?.stop,
  };
}

/** How many events may pass undecided before the tolerant protocol takes them. */
const patience = 3;

class AutoDecoder implements Decoder {
  readonly #hints: AnswerHints;
  #decoder: Decoder | undefined;
  #held: WireEvent[] = [];
  recognised: string | null = null;
  pending: Promise<readonly RunEvent[]> | undefined;

  constructor(hints: AnswerHints) {
    this.#hints = hints;
  }

  decode(event: WireEvent): readonly RunEvent[] | null {
    if (this.#decoder) return this.#decoder.decode(event);
    this.#held.push(event);
    if (this.pending) return [];
    const name = recognise(event, this.#hints) ?? (this.#held.length > patience ? 'events' : undefined);
    return name === undefined ? [] : this.#settle(name);
  }

  get finished(): boolean {
    return this.#decoder?.finished ?? false;
  }

  get mayGoOn(): boolean {
    return this.#decoder?.mayGoOn ?? false;
  }

  end(): readonly RunEvent[] {
    return [...(this.#decoder ? [] : this.#settle('events')), ...(this.#decoder?.end() ?? [])];
  }

  #settle(name: string): RunEvent[] {
    this.recognised = Object.hasOwn(protocols, name) ? name : 'events';
    const protocol = protocols[this.recognised]!();
    if (!(protocol instanceof Promise)) return this.#start(protocol);
    this.pending = protocol.then((loaded) => this.#start(loaded));
    return [];
  }

  #start(protocol: Protocol): RunEvent[] {
    const decoder = protocol.decoder(this.#hints);
    this.#decoder = decoder;
    this.pending = undefined;
    return this.#held.splice(0).flatMap((event) => decoder.decode(event) ?? []);
  }
}
