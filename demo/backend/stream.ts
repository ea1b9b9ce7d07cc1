import { createSSEStream, sseResponse, type SSEMessage, type SSEStream } from '../../src/server/index.js';
import type { Encoder } from '../protocols/route.js';
import type { Wire } from '../protocols/wire.js';
import type { Answer } from './answer.js';
import { bodyOf } from './faults.js';

/** Streams an answer in a protocol's words; returns at once. */
export function stream(
  answer: Answer,
  { encode, wire = {} }: { encode: Encoder; wire?: Wire | undefined },
  signal: AbortSignal,
): Response {
  const { format, headers = {} } = wire;
  if (format) return sseResponse(bodyOf(framed(encoded(answer, encode), format)), { headers });
  const sse = createSSEStream({ signal });
  void sendAll(answer, encode, sse);
  return sseResponse(sse.stream, { headers });
}

/** Sends an answer to its end, or for as long as somebody wants it. */
export async function sendAll(
  answer: Answer,
  encode: Encoder,
  { send, signal, close, fail }: Pick<SSEStream, 'send' | 'signal' | 'close' | 'fail'>,
): Promise<void> {
  try {
    for await (const message of encoded(answer, encode)) {
      await send(message);
      if (signal.aborted) break;
    }
    close();
  } catch (error) {
    fail(error);
  }
}

async function* encoded(answer: Answer, encode: Encoder): AsyncGenerator<SSEMessage, void, void> {
  for await (const event of answer) yield* encode(event);
}

/** A framing that is not the server library's; its content type is that of an event stream unless it names one. */
async function* framed(
  messages: AsyncGenerator<SSEMessage, void, void>,
  format: (message: SSEMessage) => string,
): AsyncGenerator<Uint8Array, void, void> {
  const encoder = new TextEncoder();
  for await (const message of messages) {
    const text = format(message);
    if (text) yield encoder.encode(text);
  }
}
