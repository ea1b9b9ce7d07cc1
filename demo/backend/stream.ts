import { createSSEStream, sseResponse, type SSEMessage } from '../../src/server/index.js';
import type { Encoder } from '../protocols/route.js';
import type { Wire } from '../protocols/wire.js';
import type { Answer } from './answer.js';

/** Streams an answer in a protocol's words; returns at once. */
export function stream(
  answer: Answer,
  { encode, wire = {} }: { encode: Encoder; wire?: Wire | undefined },
  signal: AbortSignal,
): Response {
  const messages = encoded(answer, encode);
  if (wire.format) return framed(messages, wire.format, wire.headers);
  const sse = createSSEStream({ signal });
  void (async () => {
    try {
      for await (const message of messages) {
        await sse.send(message);
        if (sse.signal.aborted) break;
      }
      sse.close();
    } catch (error) {
      sse.fail(error);
    }
  })();
  return sseResponse(sse.stream, { headers: wire.headers ?? {} });
}

async function* encoded(answer: Answer, encode: Encoder): AsyncGenerator<SSEMessage, void, void> {
  for await (const event of answer) yield* encode(event);
}

/** A body in a framing that is not the server library's; its content type is that of an event stream unless it names one. */
function framed(
  messages: AsyncGenerator<SSEMessage, void, void>,
  format: (message: SSEMessage) => string,
  headers: Record<string, string> = {},
): Response {
  const encoder = new TextEncoder();
  // Nothing waits in a queue: an answer that breaks off would take it along.
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const { done, value } = await messages.next();
          if (done) return controller.close();
          const text = format(value);
          if (text) return controller.enqueue(encoder.encode(text));
        }
      },
      cancel: () => void messages.return(),
    },
    new CountQueuingStrategy({ highWaterMark: 0 }),
  );
  return sseResponse(body, { headers });
}
