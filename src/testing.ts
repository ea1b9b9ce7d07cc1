/**
 * For authors of protocols: runs one over recorded answers, however the network may cut them, and tells what differs.
 * Needs no browser and no test runner.
 */
import { Chat } from './chat/chat.js';
import type { ChatOptions } from './chat/options.js';
import { reduce } from './model/reduce.js';
import type { RunEvent } from './model/run-event.js';
import {
  emptyThread,
  textOf,
  type Message,
  type RunFailure,
  type Status,
  type Thread,
} from './model/thread.js';
import type { AnswerHints, Protocol } from './protocols/protocol.js';
import { RunGuard } from './wire/guard.js';
import { createSSEDecoder } from './wire/sse.js';

export interface Recording {
  /** How the answer is called in what this helper tells. */
  name: string;
  /** The body as it came over the wire. */
  body: string | Uint8Array;
  /** `text/event-stream` if left out. */
  contentType?: string;
  /** The text of the whole answer. */
  text: string;
  /** How the run ends; `complete` if left out. */
  status?: Exclude<Status, 'idle'>;
  /** The error's code, where it ends with one. */
  code?: RunFailure['code'];
}

const question: Message = {
  id: 'question',
  role: 'user',
  parts: [{ type: 'text', id: 'text', text: 'Why?', done: true }],
  status: 'complete',
  createdAt: 0,
  metadata: {},
};

/** An event stream without telling headers. */
export const plainHints: AnswerHints = { header: () => null, framing: 'sse' };

/** The thread after an event stream that came in these chunks and then ended cleanly. Synchronous: no time passes. */
export function replay(protocol: Protocol, chunks: readonly Uint8Array[], hints = plainHints): Thread {
  const wire = createSSEDecoder({ maxEventSize: 8e6, lenient: true });
  const decoder = protocol.decoder(hints);
  const guard = new RunGuard();
  let thread = reduce(
    { ...emptyThread, messages: [question] },
    { type: 'run-start', id: 'run', messageId: 'answer', createdAt: 0 },
  );
  const apply = (events: readonly RunEvent[]) => {
    thread = guard.push(events).reduce(reduce, thread);
  };
  for (const chunk of chunks) for (const event of wire.feed(chunk)) apply(decoder.decode(event) ?? []);
  for (const event of wire.end()) apply(decoder.decode(event) ?? []);
  if (decoder.pending) throw new Error('This protocol has to be fetched: time must pass');
  apply(decoder.end());
  return guard.end().reduce(reduce, thread);
}

/** The chat after one question whose answer came in these chunks: the public path, `fetch` and all. */
export async function replayThroughChat(
  chunks: readonly Uint8Array[],
  { contentType = 'text/event-stream', ...options }: ChatOptions & { contentType?: string } = {},
): Promise<Chat> {
  const body = () =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
  const chat = new Chat({
    endpoint: '/replayed',
    ...options,
    fetch: async () => new Response(body(), { headers: { 'content-type': contentType } }),
  });
  await chat.send('Why?');
  return chat;
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** One byte at a time. */
export const bytewise = (bytes: Uint8Array): Uint8Array[] =>
  Array.from(bytes, (_byte, at) => bytes.subarray(at, at + 1));

/** The bytes cut in two, at every place. */
export function* splits(bytes: Uint8Array): Generator<[Uint8Array, Uint8Array]> {
  for (let at = 1; at < bytes.length; at++) yield [bytes.subarray(0, at), bytes.subarray(at)];
}

/**
 * Runs a protocol over recorded answers: whole and byte by byte through `fetch` and `Chat`, then, for event streams, cut in
 * two at every place. Resolves with what is wrong, one line each; empty means that the protocol conforms.
 */
export async function checkProtocol(protocol: Protocol, recordings: readonly Recording[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const { name, body, contentType, text, status = 'complete', code } of recordings) {
    const bytes = typeof body === 'string' ? bytesOf(body) : body;
    const check = (how: string, thread: Thread) => {
      const shown = thread.messages
        .filter(({ role }) => role === 'assistant')
        .map(textOf)
        .join('');
      const seen = { text: shown, status: thread.run?.status, code: thread.run?.error?.code };
      const wanted = { text, status, code };
      for (const fact of ['text', 'status', 'code'] as const) {
        if (seen[fact] !== wanted[fact]) {
          wrong.push(
            `${name}, ${how}: ${fact} is ${JSON.stringify(seen[fact])}, not ${JSON.stringify(wanted[fact])}`,
          );
        }
      }
    };
    for (const [how, chunks] of [
      ['whole', [bytes]],
      ['byte by byte', bytewise(bytes)],
    ] as const) {
      check(how, (await replayThroughChat(chunks, { protocol, contentType })).thread.get());
    }
    if (contentType !== undefined && !contentType.startsWith('text/event-stream')) continue;
    const whole = JSON.stringify(replay(protocol, [bytes]));
    for (const chunks of splits(bytes)) {
      if (JSON.stringify(replay(protocol, chunks)) === whole) continue;
      wrong.push(`${name}, cut at byte ${chunks[0].length}: the thread is another`);
      break;
    }
  }
  return wrong;
}
