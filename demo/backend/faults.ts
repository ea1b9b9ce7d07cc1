import type { Misbehaviour } from '../page/options.js';
import type { Delay } from './answer.js';

/** Thrown by an answer whose connection is to break. */
export class ConnectionCut extends Error {}

/** One connection that an answer is sent over. */
export interface Connection {
  signal: AbortSignal;
  delay: Delay;
  /** Which connection of this answer it is, from 1; 0 where it has only one. */
  connections: number;
  /** How many messages were sent before the first text, and before the middle of the answer. */
  middle: { first: number; half: number };
  /** Whether the messages' ids are not for the client. */
  withoutIds?: boolean;
}

/** Bytes of a connection that has all but come to rest, and milliseconds between them. */
const DRIBBLE = { bytes: 16, pause: 15 };
/** How often `cut-often` breaks off: as often as a client may come back, less one. */
const CUTS = 4;
/** Messages that get through between two of them. */
const BETWEEN = 8;

/** Bends a response by what happens to its connection; the answer itself knows nothing of it. */
export function onTheWire(
  response: Response,
  misbehaviour: Misbehaviour | undefined,
  connection: Connection,
): Response {
  const { status, headers } = response;
  const rebuilt = (body: Pieces): Response => new Response(bodyOf(body), { status, headers });
  const body = response.body!;
  switch (misbehaviour) {
    case 'wrong-type':
      headers.set('Content-Type', 'application/pdf');
      return new Response(body, { status, headers });
    case 'dribble':
      return rebuilt(dribble(body, connection));
    case 'open-end':
      return rebuilt(openEnd(body, connection));
    case 'cut-resumable':
    case 'cut-often':
    case 'cut-in-character':
    case 'repeat-ids':
      if (connection.connections) return rebuilt(cut(body, misbehaviour, connection));
      break;
  }
  return connection.withoutIds ? rebuilt(cut(body, undefined, connection)) : response;
}

type Pieces = AsyncGenerator<Uint8Array, void, void>;

/** A body that takes nothing before it is read. */
export function bodyOf(pieces: Pieces): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => void pieces.return(),
    },
    // Nothing waits in a queue: an answer that breaks off would take it along.
    { highWaterMark: 0 },
  );
}

async function* dribble(body: ReadableStream<Uint8Array>, { delay, signal }: Connection): Pieces {
  for await (const piece of body) {
    for (let at = 0; at < piece.length; at += DRIBBLE.bytes) {
      await delay(DRIBBLE.pause, signal);
      yield piece.subarray(at, at + DRIBBLE.bytes);
    }
  }
}

/** Everything is sent, and then the connection stays. */
async function* openEnd(body: ReadableStream<Uint8Array>, { signal }: Connection): Pieces {
  yield* body;
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

/** The messages of one connection, up to the byte where it breaks. */
async function* cut(
  body: ReadableStream<Uint8Array>,
  misbehaviour: Misbehaviour | undefined,
  connection: Connection,
): Pieces {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  for await (const piece of body) {
    // The store sends whole messages.
    for (const message of decoder.decode(piece).split(/(?<=\n\n)/)) {
      const number = Number(/^id: (\d+)$/m.exec(message)?.[1] ?? 0);
      const bytes = encoder.encode(withIds(message, misbehaviour, connection));
      const end = breaksAt(bytes, number, misbehaviour, connection);
      yield bytes.subarray(0, end);
      if (end !== undefined) throw new ConnectionCut('The connection is cut on request');
    }
  }
}

function withIds(
  message: string,
  misbehaviour: Misbehaviour | undefined,
  { withoutIds }: Connection,
): string {
  if (withoutIds) return message.replace(/^id: \d+\n/m, '');
  return misbehaviour === 'repeat-ids' ? message.replace(/^id: \d+$/m, 'id: 1') : message;
}

/** How many bytes of a message still get through; undefined for all of them. */
function breaksAt(
  bytes: Uint8Array,
  number: number,
  misbehaviour: Misbehaviour | undefined,
  { connections, middle: { first, half } }: Connection,
): number | undefined {
  const cuts = misbehaviour === 'cut-often' ? CUTS : 1;
  if (misbehaviour === undefined || connections > cuts) return undefined;
  const character = bytes.findIndex((byte) => byte >= 0x80);
  if (misbehaviour === 'cut-in-character' && number > first && character >= 0) return character + 1;
  return number > half + (connections - 1) * BETWEEN ? bytes.length >> 1 : undefined;
}
