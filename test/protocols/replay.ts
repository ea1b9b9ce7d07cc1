import { Chat, type ChatOptions } from '../../src/headless.js';
import { failureOf } from '../../src/model/chat-error.js';
import { reduce } from '../../src/model/reduce.js';
import type { RunEvent } from '../../src/model/run-event.js';
import { emptyThread, textOf, type Message, type Thread } from '../../src/model/thread.js';
import type { AnswerHints, Protocol } from '../../src/protocols/protocol.js';
import { RunGuard } from '../../src/wire/guard.js';
import { createSSEDecoder } from '../../src/wire/sse.js';

const question: Message = {
  id: 'question',
  role: 'user',
  parts: [{ type: 'text', id: 'text', text: 'Why?', done: true }],
  status: 'complete',
  createdAt: 0,
  metadata: {},
};

/** What is known of an event stream without telling headers. */
export const hints: AnswerHints = { header: () => null, framing: 'sse' };

/** What a thread holds after an event stream that came in these chunks and then ended cleanly. No time passes. */
export function replay(protocol: Protocol, chunks: readonly Uint8Array[]): Thread {
  const wire = createSSEDecoder({ maxEventSize: 1e6, lenient: true });
  const decoder = protocol.decoder(hints);
  const guard = new RunGuard();
  let thread: Thread = { ...emptyThread, messages: [question] };
  const apply = (events: readonly RunEvent[]) => {
    thread = guard.push(events).reduce(reduce, thread);
  };
  thread = reduce(thread, { type: 'run-start', id: 'run', messageId: 'answer', createdAt: 0 });
  for (const chunk of chunks) for (const event of wire.feed(chunk)) apply(decoder.decode(event) ?? []);
  for (const event of wire.end()) apply(decoder.decode(event) ?? []);
  if (decoder.pending) throw new Error('this protocol has to be fetched: time must pass');
  apply(decoder.end());
  return guard.end().reduce(reduce, thread);
}

/** The same through the public path: `fetch`, then `Chat`. */
export async function replayThroughChat(
  chunks: readonly Uint8Array[],
  { contentType = 'text/event-stream', ...options }: ChatOptions & { contentType?: string } = {},
): Promise<Chat> {
  const chat = new Chat({
    endpoint: '/replayed',
    ...options,
    fetch: async () =>
      new Response(
        new ReadableStream({
          start(controller) {
            for (const chunk of chunks) controller.enqueue(chunk);
            controller.close();
          },
        }),
        { headers: { 'content-type': contentType } },
      ),
  });
  await chat.send('Why?');
  return chat;
}

/** What a person and a program see of a thread, without what differs from run to run. */
export function summary(thread: Thread): unknown {
  const answers = thread.messages.filter(({ role }) => role === 'assistant');
  return {
    threadId: thread.id,
    title: thread.title,
    status: thread.run?.status,
    progress: thread.run?.progress,
    error: thread.run?.error && failureOf(thread.run.error),
    finishReason: thread.run?.finishReason,
    questionId: thread.messages.find(({ role }) => role === 'user')?.backendId,
    answers: answers.map((message) => ({
      id: message.backendId,
      status: message.status,
      text: textOf(message),
      parts: message.parts,
      metadata: message.metadata,
    })),
  };
}

export const bytewise = (bytes: Uint8Array): Uint8Array[] =>
  Array.from(bytes, (_byte, at) => bytes.subarray(at, at + 1));

/** The bytes cut in two at every place. */
export function* splits(bytes: Uint8Array): Generator<[Uint8Array, Uint8Array]> {
  for (let at = 1; at < bytes.length; at++) yield [bytes.subarray(0, at), bytes.subarray(at)];
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** An event stream of JSON data, each with its event name or none. */
export const stream = (...events: (readonly [string, unknown] | unknown)[]): string =>
  events
    .map((event) => {
      const [name, data] = Array.isArray(event) ? event : ['', event];
      return `${name ? `event: ${name}\n` : ''}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
    })
    .join('');
