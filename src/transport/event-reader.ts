import { ChatError } from '../model/chat-error.js';
import type { RunEvent } from '../model/run-event.js';
import type { AnswerHints, Decoder, Protocol } from '../protocols/protocol.js';
import { recognise } from '../protocols/recognise.js';
import type { Framing, WireEvent } from '../wire/wire-event.js';
import type { RunReport } from './transport.js';

/** So many events without a single one that is understood are another protocol's. */
const patience = 20;

/** Wire events read at once: their reader may pause between two batches, not within one. */
const batch = 128;

type Delta = Extract<RunEvent, { type: 'part-delta' }>;

/** Run events that came together; a promise where a part of a protocol is still on its way. */
export type Batch = readonly RunEvent[] | Promise<readonly RunEvent[]>;

/** Decodes wire events; counts, for debuggers, what arrived and what was passed over. */
export class EventReader {
  readonly #protocol: Protocol;
  readonly #headers: Headers;
  readonly #inspect: (note: Partial<RunReport>) => void;
  readonly #ignored = new Set<string>();
  #hints: AnswerHints | undefined;
  #decoder: Decoder | undefined;
  #counts = { bytes: 0, events: 0, ignored: 0 };
  /** What came while nothing was understood. */
  #strange: WireEvent[] | undefined = [];

  constructor(protocol: Protocol, headers: Headers, inspect: (note: Partial<RunReport>) => void) {
    this.#protocol = protocol;
    this.#headers = headers;
    this.#inspect = inspect;
  }

  /** Whether all that makes the answer whole was read. */
  get finished(): boolean {
    return this.#decoder?.finished ?? false;
  }

  /** Whether nothing but a close is still to come. */
  get closing(): boolean {
    return this.finished && !this.#decoder?.mayGoOn;
  }

  /** Starts decoding; an answer that was cut goes on with the decoder it had. */
  start(framing: Framing): void {
    this.#hints ??= { framing, header: (name) => this.#headers.get(name) };
    this.#decoder ??= this.#protocol.decoder(this.#hints);
  }

  /** What follows is the answer from its start once more. */
  restart(): void {
    if (this.#hints) this.#decoder = this.#protocol.decoder(this.#hints);
  }

  count(chunk: Uint8Array): void {
    this.#counts.bytes += chunk.length;
  }

  /** The run events of these wire events. Throws a `ChatError` where they are plainly of another protocol. */
  *read(events: readonly WireEvent[]): Generator<Batch, void, void> {
    for (let at = 0; at === 0 || at < events.length; at += batch) {
      const out = this.#decode(events, at);
      this.#tell();
      // Taken before anything is awaited: it is gone once it is settled.
      const pending = this.#decoder?.pending;
      yield out;
      if (pending) yield pending;
      if (this.#strange && this.#strange.length >= patience) throw this.#mismatch(this.#strange);
    }
  }

  #decode(events: readonly WireEvent[], start: number): readonly RunEvent[] {
    const out: RunEvent[] = [];
    let last: Delta | undefined;
    const end = Math.min(start + batch, events.length);
    for (let at = start; at < end; at++) {
      this.#counts.events++;
      const decoded = this.#decoder?.decode(events[at]!);
      if (!decoded) {
        this.#ignore(events[at]!);
        continue;
      }
      if (this.#strange) this.#judge(decoded, this.#strange);
      // Counted: to be walked through, each of the many little lists would need an iterator.
      for (let index = 0; index < decoded.length; index++) last = joined(decoded[index]!, last, out);
    }
    return out;
  }

  /** What the first event means that is understood. An end mark alone proves nothing: `[DONE]` ends many streams. */
  #judge(decoded: readonly RunEvent[], strange: readonly WireEvent[]): void {
    if (!decoded.length || decoded.some(({ type }) => type !== 'run-end')) this.#strange = undefined;
    else if (strange.length) throw this.#mismatch(strange);
  }

  /** What the clean end of the body means. */
  end(): readonly RunEvent[] {
    const out = this.#decoder?.end() ?? [];
    this.#tell();
    if (!out.length && this.#strange?.length) throw this.#mismatch(this.#strange);
    return out;
  }

  #ignore(event: WireEvent): void {
    this.#counts.ignored++;
    this.#strange?.push(event);
    const { name, data } = event;
    const type = /"type"\s*:\s*"([^"]{1,60})"/.exec(data.slice(0, 200))?.[1];
    if (this.#ignored.size < 20) this.#ignored.add(type ?? (name || data.slice(0, 60)));
  }

  /** Names what was seen instead, as far as it is known. */
  #mismatch(events: readonly WireEvent[]): ChatError {
    const hints = this.#hints ?? { framing: 'sse', header: () => null };
    const seen = events.map((event) => recognise(event, hints)).find((name) => name !== undefined);
    const instead =
      seen === undefined || seen === this.#protocol.name
        ? `its events are ${[...this.#ignored].join(', ')}`
        : `it looks like "${seen}"`;
    return new ChatError(
      'protocol',
      `The answer is not in the protocol "${this.#protocol.name}": ${instead}`,
      {
        detail: 'mismatch',
      },
    );
  }

  #tell(): void {
    // A whole body is read without any protocol.
    const { recognised = this.#protocol.name } = this.#decoder ?? { recognised: null };
    this.#inspect({
      ...this.#counts,
      protocol: recognised,
      ignoredNames: [...this.#ignored],
    });
  }
}

/** Adds an event; a delta becomes one with the last event where that is one of the same part, so that all behind see one. */
function joined(event: RunEvent, last: Delta | undefined, out: RunEvent[]): Delta | undefined {
  if (event.type !== 'part-delta') {
    out.push(event);
    return undefined;
  }
  if (last?.id === event.id && last.kind === event.kind) {
    last.delta += event.delta;
    return last;
  }
  // A copy, for it grows: the event is the protocol's.
  const own = { ...event };
  out.push(own);
  return own;
}
