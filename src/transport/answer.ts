import { ChatError } from '../model/chat-error.js';
import type { RunEvent } from '../model/run-event.js';
import type { Decoder, Protocol } from '../protocols/protocol.js';
import { createJSONLinesDecoder } from '../wire/json-lines.js';
import type { Limits } from '../wire/limits.js';
import { readChunks } from '../wire/read.js';
import { createSSEDecoder } from '../wire/sse.js';
import { createTextDecoder } from '../wire/text.js';
import type { Framing, WireDecoder, WireEvent } from '../wire/wire-event.js';
import { load } from './load.js';
import type { RunReport } from './transport.js';

export interface ReadOptions {
  protocol: Protocol;
  limits: Limits;
  signal: AbortSignal;
  inspect: (note: Partial<RunReport>) => void;
}

/** Content types of JSON lines in the wild. */
const jsonLines = [
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/json-lines',
];

/** The run events of a successful answer, by its content type and, where that lies, by its first byte. */
export async function* readAnswer(
  response: Response,
  options: ReadOptions,
): AsyncGenerator<readonly RunEvent[], void, void> {
  const { protocol, limits, signal, inspect } = options;
  if (!response.body) {
    const empty = response.status === 204 || response.status === 205 || response.status === 304;
    throw empty
      ? new ChatError('interrupted', 'The answer has no body', { detail: 'empty', retryable: true })
      : cannotStream('The body of the answer cannot be read as a stream', 'no-body');
  }
  const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const any = protocol.framing === 'any';
  let framing: AnswerFraming | undefined =
    protocol.framing === undefined || protocol.framing === 'any' ? framingOf(type) : protocol.framing;
  if (framing === undefined && type && !/^(text\/plain|application\/octet-stream)$/.test(type)) {
    await response.body.cancel();
    throw cannotStream(`The answer is ${type}, not a stream`, 'content-type');
  }

  const reader = new EventReader(options, response.headers);
  const utf8 = new TextDecoder();
  let wire: WireDecoder | undefined;
  // What arrived before the first byte told what it is, as bytes: a chunk may end inside a character.
  let held: Uint8Array[] = [];
  let text = '';
  for await (const chunk of readChunks(response.body, { signal, idleTimeout: limits.idleTimeout })) {
    reader.count(chunk);
    if (wire) {
      yield* reader.read(wire.feed(chunk));
      if (wire.failure) throw wire.failure;
      continue;
    }
    text += utf8.decode(chunk, { stream: true });
    if (text.length > limits.maxEventSize) throw new ChatError('overflow', 'The answer is too large');
    if (framing === 'json' && !held.length) continue;
    held.push(chunk);
    const confirmed = confirm(framing, text.trimStart(), any);
    if (!confirmed) continue;
    framing = confirmed;
    inspect({ framing });
    if (framing !== 'json') {
      reader.start(framing);
      wire = createDecoder(framing, limits);
      for (const bytes of held) yield* reader.read(wire.feed(bytes));
      if (wire.failure) throw wire.failure;
    }
    held = [];
  }
  if (signal.aborted) return;
  if (framing === 'json' && text.trim()) yield* readWhole(text, reader, limits);
  else if (wire) yield* reader.read(wire.end());
  yield reader.end();
}

type AnswerFraming = Framing | 'json';

function framingOf(type: string): AnswerFraming | undefined {
  if (type === 'text/event-stream') return 'sse';
  if (jsonLines.includes(type)) return 'json-lines';
  return type === 'application/json' || type.endsWith('+json') ? 'json' : undefined;
}

/**
 * The framing the first bytes allow, or undefined while they are too few: a label may lie, and a body without one must
 * show what it is.
 */
function confirm(framing: AnswerFraming | undefined, first: string, any: boolean): AnswerFraming | undefined {
  if (!first) return undefined;
  if (first.startsWith('<')) throw cannotStream('The answer is an HTML page, not a stream', 'content-type');
  if (framing === 'json-lines' || framing === 'text') return framing;
  // No field of an event stream begins like this, and its parser would drop such a body without a word.
  if (/^[{[]/.test(first)) return 'json';
  if (framing === 'sse' || /^(data|event|id|retry)?:/.test(first)) return 'sse';
  if (/^\w{1,5}$/.test(first)) return undefined;
  if (!any) throw cannotStream('The answer is plain text, not a stream', 'content-type');
  return /^[\da-z]:["[{]/.test(first) ? 'json-lines' : 'text';
}

function createDecoder(framing: Framing, { maxEventSize }: Limits): WireDecoder {
  if (framing === 'text') return createTextDecoder();
  return framing === 'sse'
    ? createSSEDecoder({ maxEventSize, lenient: true })
    : createJSONLinesDecoder({ maxEventSize });
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

/** Streaming does not work here: what the fallback endpoint is for. */
function cannotStream(message: string, detail: string): ChatError {
  return new ChatError('protocol', message, { detail, retryable: true });
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
