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

  const reader = new EventReader(protocol, response.headers, inspect);
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
