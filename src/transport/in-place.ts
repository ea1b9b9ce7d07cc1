import { ChatError } from '../model/chat-error.js';
import type { RunEvent } from '../model/run-event.js';
import { answerOf, readWholeAnswer } from '../protocols/shared/whole-answer.js';

export { httpError } from './http-error.js';
export { readText } from './read-text.js';
export { readWholeAnswer };

/** The run events of a whole body from the fallback endpoint: JSON or plain text. */
export function readFallback(body: string, contentType: string | null): readonly RunEvent[] {
  const events = readWholeAnswer(body);
  if (events) return events;
  if (/^text\/plain\b/i.test(contentType ?? '') && body.trim()) return answerOf(body);
  throw new ChatError('protocol', 'The fallback endpoint gave no answer', {
    detail: 'content-type',
    retryable: true,
  });
}
