import { ChatError } from '../model/chat-error.js';
import type { RunEvent } from '../model/run-event.js';
import { isObject, parseJSON } from '../protocols/shared/fields.js';
import type { Protocol } from '../protocols/protocol.js';
import { createJSONLinesDecoder } from '../wire/json-lines.js';
import type { Limits } from '../wire/limits.js';
import { readChunks } from '../wire/read.js';
import type { WireEvent } from '../wire/wire-event.js';
import { Body, cannotStream, framingOf, type BodyFraming } from './body.js';
import { EventReader } from './event-reader.js';
import { Journal } from './journal.js';
import { load } from './load.js';
import type { RunReport } from './transport.js';

export interface ReadOptions {
  protocol: Protocol;
  limits: Limits;
  signal: AbortSignal;
  inspect: (note: Partial<RunReport>) => void;
}

/** One answer, over as many connections as it takes. */
export class Answer {
  readonly journal = new Journal();
  readonly #options: ReadOptions;
  readonly #reader: EventReader;
  #lastProgress = performance.now();
  #ended = false;
  #retry: number | undefined;

  /** `headers` are those of the first connection: hints for the decoder. */
  constructor(headers: Headers, options: ReadOptions) {
    this.#options = options;
    this.#reader = new EventReader(options.protocol, headers, options.inspect);
  }

  /** Whether its end mark, or its failure, was read. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Milliseconds the backend asked to wait before reconnecting, if it did. */
  get retry(): number | undefined {
    return this.#retry;
  }

  /** The run events of a successful response, by its content type and, where that lies, by its first bytes. */
  async *read(response: Response): AsyncGenerator<readonly RunEvent[], void, void> {
    for await (const events of this.#read(response)) {
      if (events.length) this.#lastProgress = performance.now();
      this.#ended ||= events.some(({ type }) => type === 'run-end' || type === 'run-error');
      yield events;
    }
  }

  async *#read(response: Response): AsyncGenerator<readonly RunEvent[], void, void> {
    const { protocol, limits, signal, inspect } = this.#options;
    if (!response.body) throw noBody(response.status);
    const any = protocol.framing === 'any';
    const type = response.headers.get('content-type');
    const promised = any || protocol.framing === undefined ? framingOf(type) : protocol.framing;
    if (promised === null) {
      await response.body.cancel();
      throw cannotStream(`The answer is ${type}, not a stream`, 'content-type');
    }

    const reader = this.#reader;
    let framing = promised;
    const onFraming = (found: BodyFraming) => {
      framing = found;
      inspect({ framing });
      if (found !== 'json') reader.start(found);
    };
    const body = new Body({ framing, any, limits, onFraming });
    const { idleTimeout, progressTimeout } = limits;
    const lastProgress = () => this.#lastProgress;
    this.#lastProgress = performance.now();
    const chunks = readChunks(response.body, { signal, idleTimeout, progressTimeout, lastProgress });
    for await (const chunk of chunks) {
      reader.count(chunk);
      yield* this.#decode(body.feed(chunk));
      this.#retry = body.retry ?? this.#retry;
      if (body.failure) throw body.failure;
    }
    if (signal.aborted) return;
    yield* this.#decode(body.end());
    yield* this.#taken(this.journal.end());
    if (framing === 'json' && body.text.trim()) yield* readWhole(body.text, reader, limits);
    yield reader.end();
  }

  #decode(events: readonly WireEvent[]): Iterable<readonly RunEvent[] | Promise<readonly RunEvent[]>> {
    return this.#taken(this.journal.take(events));
  }

  *#taken({ events, replay }: ReturnType<Journal['take']>) {
    if (replay) {
      this.#reader.restart();
      yield [{ type: 'run-replay' } as const];
    }
    yield* this.#reader.read(events);
  }
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
  // A list of objects is a stream in brackets; several values under one label are lines.
  const list = eventsOf(body);
  const wire = createJSONLinesDecoder({ maxEventSize });
  const lines = list ?? [...wire.feed(new TextEncoder().encode(body)), ...wire.end()];
  if (!list && lines.length < 2) throw cannotStream('The answer is JSON, not a stream', 'content-type');
  reader.start('json-lines');
  let told = false;
  for (const batch of reader.read(lines)) {
    const found = await batch;
    told ||= found.length > 0;
    yield found;
  }
  if (list && !told) throw cannotStream('The answer is JSON, not a stream', 'content-type');
}

/** The objects of a JSON list (Gemini without `alt=sse`) as events; undefined for anything else. */
function eventsOf(body: string): WireEvent[] | undefined {
  const list = parseJSON(body);
  if (!Array.isArray(list) || !list.length || !list.every(isObject)) return undefined;
  return list.map((item) => ({ name: '', data: JSON.stringify(item), id: '' }));
}
