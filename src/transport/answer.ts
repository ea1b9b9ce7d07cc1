import { ChatError } from '../model/chat-error.js';
import type { RunEvent } from '../model/run-event.js';
import type { Decoder, Protocol } from '../protocols/protocol.js';
import { createJSONLinesDecoder } from '../wire/json-lines.js';
import type { Limits } from '../wire/limits.js';
import { readChunks } from '../wire/read.js';
import type { Framing, WireEvent } from '../wire/wire-event.js';
import { Body, cannotStream, framingOf, type BodyFraming } from './body.js';
import { load } from './load.js';
import type { RunReport } from './transport.js';

export interface ReadOptions {
  protocol: Protocol;
  limits: Limits;
  signal: AbortSignal;
  inspect: (note: Partial<RunReport>) => void;
}

/** The run events of a successful answer, by its content type and, where that lies, by its first bytes. */
export async function* readAnswer(
  response: Response,
  options: ReadOptions,
): AsyncGenerator<readonly RunEvent[], void, void> {
  const { protocol, limits, signal, inspect } = options;
  if (!response.body) throw noBody(response.status);
  const any = protocol.framing === 'any';
  const type = response.headers.get('content-type');
  const promised = any || protocol.framing === undefined ? framingOf(type) : protocol.framing;
  if (promised === null) {
    await response.body.cancel();
    throw cannotStream(`The answer is ${type}, not a stream`, 'content-type');
  }

  const reader = new EventReader(options, response.headers);
  let framing = promised;
  const onFraming = (found: BodyFraming) => {
    framing = found;
    inspect({ framing });
    if (found !== 'json') reader.start(found);
  };
  const body = new Body({ framing, any, limits, onFraming });
  for await (const chunk of readChunks(response.body, { signal, idleTimeout: limits.idleTimeout })) {
    reader.count(chunk);
    yield* reader.read(body.feed(chunk));
    if (body.failure) throw body.failure;
  }
  if (signal.aborted) return;
  yield* reader.read(body.end());
  if (framing === 'json' && body.text.trim()) yield* readWhole(body.text, reader, limits);
  yield reader.end();
}

function noBody(status: number): ChatError {
  return status === 204 || status === 205 || status === 304
    ? new ChatError('interrupted', 'The answer has no body', { detail: 'empty', retryable: true })
    : cannotStream('The body of the answer cannot be read as a stream', 'no-body');
}

async function* readWhole(
  body: string,
  reader: EventReader,
  { maxEventSize }: Limits,
): AsyncGenerator<readonly RunEvent[], void, void> {
  const { readWholeAnswer } = await load(() => import('./in-place.js'));
  const events = readWholeAnswer(body);
  if (events) {
    yield events;
    return;
  }
  // Several JSON values under one label are lines after all.
  const wire = createJSONLinesDecoder({ maxEventSize });
  const lines = [...wire.feed(new TextEncoder().encode(body)), ...wire.end()];
  if (lines.length < 2) throw cannotStream('The answer is JSON, not a stream', 'content-type');
  reader.start('json-lines');
  yield* reader.read(lines);
}

/** Decodes wire events and counts, for debuggers, what arrived and what was passed over. */
class EventReader {
  #decoder: Decoder | undefined;
  readonly #protocol: Protocol;
  readonly #headers: Headers;
  readonly #inspect;
  readonly #ignored = new Set<string>();
  #counts = { bytes: 0, events: 0, ignored: 0 };

  constructor({ protocol, inspect }: ReadOptions, headers: Headers) {
    this.#protocol = protocol;
    this.#headers = headers;
    this.#inspect = inspect;
  }

  start(framing: Framing): void {
    this.#decoder = this.#protocol.decoder({ framing, header: (name) => this.#headers.get(name) });
  }

  count(chunk: Uint8Array): void {
    this.#counts.bytes += chunk.length;
  }

  async *read(events: readonly WireEvent[]): AsyncGenerator<readonly RunEvent[], void, void> {
    const out: RunEvent[] = [];
    for (const event of events) {
      this.#counts.events++;
      const decoded = this.#decoder?.decode(event);
      if (decoded) out.push(...decoded);
      else this.#ignore(event);
    }
    this.#tell();
    // Taken before anything is awaited: it is gone once it is settled.
    const pending = this.#decoder?.pending;
    yield out;
    if (pending) yield await pending;
  }

  end(): readonly RunEvent[] {
    const out = this.#decoder?.end() ?? [];
    this.#tell();
    return out;
  }

  #ignore({ name, data }: WireEvent): void {
    this.#counts.ignored++;
    const type = /"type"\s*:\s*"([^"]{1,60})"/.exec(data.slice(0, 200))?.[1];
    if (this.#ignored.size < 20) this.#ignored.add(type ?? (name || data.slice(0, 60)));
  }

  #tell(): void {
    const recognised = this.#decoder?.recognised;
    this.#inspect({
      ...this.#counts,
      protocol: recognised === undefined ? this.#protocol.name : recognised,
      ignoredNames: [...this.#ignored],
    });
  }
}
