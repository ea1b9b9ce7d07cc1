import type { Message, Thread } from '../model/thread.js';
import type { RunningRequest, RunReport } from '../transport/transport.js';
import type { Limits } from '../wire/limits.js';

/** What is known of a run before it reads anything. */
export const newReport: RunReport = {
  protocol: null,
  framing: null,
  bytes: 0,
  events: 0,
  ignored: 0,
  ignoredNames: [],
  fallback: false,
};

/** Failed and empty answers are no part of what a model should go on from. */
export function isWorthTelling({ role, status, parts }: Message): boolean {
  if (role !== 'assistant') return true;
  return (
    status !== 'error' &&
    parts.some((part) => part.type === 'tool-call' || ('text' in part && part.text !== ''))
  );
}

/** The answers to the last question. */
export function answersIn(messages: readonly Message[]): readonly Message[] {
  const asked = messages.findLastIndex(({ role }) => role === 'user');
  return messages.slice(asked + 1).filter(({ role }) => role === 'assistant');
}

/** What a backend needs to know to find the answer it is giving. */
export function runningIn({ id: threadId, messages, run }: Thread): RunningRequest {
  return { threadId, messageId: answersIn(messages).at(-1)?.backendId, location: run?.location };
}

/** As many messages as a thread may hold, the newest. */
export function newest<T>(messages: readonly T[], { maxMessages }: Limits): readonly T[] {
  if (messages.length <= maxMessages) return messages;
  console.warn(`chat-stream: only the newest ${maxMessages} of ${messages.length} messages are kept`);
  return messages.slice(-maxMessages);
}
