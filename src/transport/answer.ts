import { ChatError } from '../model/chat-error.js';
import type { RunEvent } from '../model/run-event.js';
import { isObject, parseJSON } from '../protocols/shared/fields.js';
import type { Protocol } from '../protocols/protocol.js';
import { createJSONLinesDecoder } from '../wire/json-lines.js';
import type { Limits } from '../wire/limits.js';
import { readChunks } from '../wire/read.js';
import type { WireEvent } from '../wire/wire-event.js';
import { Body, cannotStream, framingOf, type BodyFraming } from './body.js';
import { EventReader, type Batch } from './event-reader.js';
import { Journal, type Taken } from './journal.js';
import { leave } from './leave.js';
import { load } from './load.js';
import type { RunReport, RunRequest } from './transport.js';

/** Milliseconds for which a connection may stay open, and silent, when nothing but its close is still to come. */
const drainTime = 2000;

export interface ReadOptions {
  protocol: Protocol;
  limits: Limits;
  signal: AbortSignal;
  inspect: (note: Partial<RunReport>) => void;
  nextFrame?: RunRequest['nextFrame'];
}

/** One answer, over as many connections as it takes. */
export class Answer {
  readonly journal = new Journal();
  readonly #options: ReadOptions;
  readonly #reader: EventReader;
  #lastProgress = performance.now();
  #ended = false;
  #shown = false;
  #threadId: string | undefined;
  #retry: number | undefined;

  /** `headers` are those of the first connection: hints for the decoder. */
  constructor(headers: Headers, options: ReadOptions) {
    this.#options = options;
    this.#reader = new EventReader(options.protocol, headers, options.inspect);
  }

  /** Whether anything came of it. */
  get shown(): boolean {
    return this.#shown;
  }

  /** The thread it belongs to, once it said so. */
  get threadId(): string | undefined {
    return this.#threadId;
  }

  /** Milliseconds the backend asked to wait before reconnecting, if it did. */
  get retry(): number | undefined {
    return this.#retry;
  }

  /**
   * The run events of a successful response, by its content type and, where that lies, by its first bytes. Where it is cut
   * before its end mark, by a broken connection, silence or a close, `next` gives the connection to go on with; where there
   * is none the answer ends as its last connection did.
   *
   * One generator for all of it: every layer of them costs each piece of a stream several turns of the microtask queue.
   */
  async *read(
    first: Response,
    next: (cut: ChatError) => Promise<Response | undefined>,
  ): AsyncGenerator<readonly RunEvent[], void, void> {
    const { signal } = this.#options;
    let response: Response | undefined = first;
    while (response) {
      let failure: ChatError | undefined;
      const drain = new Drain(signal);
      try {
        const { body, chunks } = await this.#open(response, drain.signal);
        for await (const chunk of chunks) {
          for (const batch of this.#decode(body, chunk))
            yield this.#noted(batch instanceof Promise ? await batch : batch);
          if (body.failure) throw body.failure;
          drain.stop();
          if (this.#reader.closing) drain.start();
        }
        if (signal.aborted) return;
        for await (const batch of this.#close(body)) yield this.#noted(batch);
      } catch (error) {
        if (!isCut(error)) throw error;
        if (this.#reader.finished) yield this.#noted(this.#reader.end());
        failure = error;
      } finally {
        drain.leave();
        leave(response);
      }
      if (this.#ended || signal.aborted) return;
      response = await next(failure ?? closedEarly());
      if (!response && failure) throw failure;
    }
  }

  async #open(
    response: Response,
    signal: AbortSignal,
  ): Promise<{ body: Body; chunks: AsyncIterable<Uint8Array> }> {
    const { protocol, limits, inspect, nextFrame } = this.#options;
    if (!response.body) throw noBody(response.status);
    const any = protocol.framing === 'any';
    const type = response.headers.get('content-type');
    const framing = any || protocol.framing === undefined ? framingOf(type) : protocol.framing;
    if (framing === null) {
      await response.body.cancel();
      throw cannotStream(`The answer is ${type}, not a stream`, 'content-type');
    }
    const onFraming = (found: BodyFraming) => {
      inspect({ framing: found });
      if (found !== 'json') this.#reader.start(found);
    };
    const { idleTimeout, progressTimeout } = limits;
    this.#lastProgress = performance.now();
    const lastProgress = () => this.#lastProgress;
    const options = { signal, idleTimeout, progressTimeout, lastProgress, nextFrame };
    return {
      body: new Body({ framing, any, labelled: type !== null, limits, onFraming }),
      chunks: readChunks(response.body, options),
    };
  }

  #decode(body: Body, chunk: Uint8Array): Iterable<Batch> {
    this.#reader.count(chunk);
    const events = body.feed(chunk);
    this.#retry = body.retry ?? this.#retry;
    return this.#taken(this.journal.take(events));
  }

  *#taken({ events, replay }: Taken): Generator<Batch, void, void> {
    if (replay) {
      this.#reader.restart();
      yield [{ type: 'run-replay' } as const];
    }
    yield* this.#reader.read(events);
  }

  async *#close(body: Body): AsyncGenerator<readonly RunEvent[], void, void> {
    yield* this.#taken(this.journal.take(body.end()));
    yield* this.#taken(this.journal.end());
    if (body.framing === 'json' && body.text.trim())
      yield* readWhole(body.text, this.#reader, this.#options.limits);
    yield this.#reader.end();
  }

  #noted(events: readonly RunEvent[]): readonly RunEvent[] {
    if (!events.length) return events;
    this.#lastProgress = performance.now();
    this.#shown = true;
    for (const event of events) {
      if (event.type === 'run-end' || event.type === 'run-error') this.#ended = true;
      else if (event.type === 'thread-update') this.#threadId = event.id ?? this.#threadId;
    }
    return events;
  }
}

/** Ends the reading of a connection that stays open although nothing is to come but its close. */
class Drain {
  readonly #controller = new AbortController();
  readonly #whole: AbortSignal;
  readonly #end = () => this.#controller.abort();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Ends with `whole` in any case. */
  constructor(whole: AbortSignal) {
    this.#whole = whole;
    whole.addEventListener('abort', this.#end, { once: true });
    if (whole.aborted) this.#end();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  start(): void {
    this.#timer = setTimeout(this.#end, drainTime);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  leave(): void {
    this.stop();
    this.#whole.removeEventListener('abort', this.#end);
  }
}

const isCut = (error: unknown): error is ChatError =>
  error instanceof ChatError && (error.code === 'interrupted' || error.detail === 'idle');

const closedEarly = (): ChatError => new ChatError('interrupted', 'The stream ended before its end mark');

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
