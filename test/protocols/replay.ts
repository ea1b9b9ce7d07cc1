import { failureOf } from '../../src/model/chat-error.js';
import { textOf, type Thread } from '../../src/model/thread.js';

export {
  bytesOf,
  bytewise,
  plainHints as hints,
  replay,
  replayThroughChat,
  splits,
} from '../../src/testing.js';

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

/** An event stream of JSON data, each with its event name or none. */
export const stream = (...events: (readonly [string, unknown] | unknown)[]): string =>
  events
    .map((event) => {
      const [name, data] = Array.isArray(event) ? event : ['', event];
      return `${name ? `event: ${name}\n` : ''}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
    })
    .join('');
