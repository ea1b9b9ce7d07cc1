import type { Message, RunFailure, Thread } from '../model/thread.js';
import { answersIn } from './reading.js';

/** Statuses by which a backend refuses the question itself: too large, or nothing it understands. */
const refusals = [400, 413, 422];

/**
 * What a backend is told of a thread. Failed and empty answers are no part of what a model should go on from; nor are
 * questions that were refused, which would have all that follow refused too, unless one of them is asked again.
 */
export function toldOf(messages: readonly Message[]): readonly Message[] {
  return messages.filter((message, index) =>
    message.role === 'assistant' ? saysSomething(message) : isAccepted(message) || !messages[index + 1],
  );
}

const isAccepted = ({ status }: Message): boolean => status !== 'error';

function saysSomething(answer: Message): boolean {
  const { parts } = answer;
  return (
    isAccepted(answer) &&
    parts.some((part) => part.type === 'tool-call' || ('text' in part && part.text !== ''))
  );
}

/** Whether it is the question that the backend refuses, however often it is asked. */
export const isRefusal = ({ code, status = 0 }: RunFailure): boolean =>
  code === 'http' && refusals.includes(status);

/** The last question with what became of it: one that was refused, and is answered by nothing, has the status `error`. */
export function judged(thread: Thread, refused: boolean): Thread {
  const { messages } = thread;
  const index = messages.findLastIndex(({ role }) => role === 'user');
  const question = messages[index];
  const isOut = refused && answersIn(messages).every(({ parts }) => !parts.length);
  if (!question || isAccepted(question) !== isOut) return thread;
  return { ...thread, messages: messages.with(index, { ...question, status: isOut ? 'error' : 'complete' }) };
}
