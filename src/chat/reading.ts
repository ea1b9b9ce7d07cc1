import { ChatError, failureOf } from '../model/chat-error.js';
import type { Message, Progress, RunFailure, Thread } from '../model/thread.js';
import { defaultLimits, type Limits } from '../wire/limits.js';
import type { ChatOptions } from './options.js';
import type { RunningRequest, RunReport } from '../transport/transport.js';

export const limitsOf = ({ limits }: ChatOptions): Limits => ({ ...defaultLimits, ...limits });

/** What a backend said it is doing before it said anything. */
export const noProgress: readonly Progress[] = [];

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
export function newest<T>(messages: readonly T[], maxMessages: number): readonly T[] {
  if (messages.length <= maxMessages) return messages;
  console.warn(`chat-stream: only the newest ${maxMessages} of ${messages.length} messages are kept`);
  return messages.slice(-maxMessages);
}

/** The messages up to the question that a message answers, or to the last one; none where there is no question. */
export function upToQuestion(messages: readonly Message[], messageId?: string): readonly Message[] {
  const last =
    messageId === undefined ? messages.length - 1 : messages.findIndex(({ id }) => id === messageId);
  const asked = messages.findLastIndex(({ role }, index) => role === 'user' && index <= last);
  return messages.slice(0, asked + 1);
}

/** The answer that was cut, if that is the last message: where it is taken up again it goes on. */
export function cutAnswer({ messages }: Thread): string | undefined {
  const last = messages.at(-1);
  return last?.role === 'assistant' && last.status === 'error' ? last.id : undefined;
}

/** Why a run failed, whatever was thrown: what a page's own transport throws is told to the console too. */
export function failureIn(cause: unknown): RunFailure {
  const known = cause instanceof ChatError;
  if (!known) console.warn('chat-stream: the transport threw', cause);
  return failureOf(
    known ? cause : new ChatError('protocol', 'The transport failed', { retryable: true, cause }),
  );
}
