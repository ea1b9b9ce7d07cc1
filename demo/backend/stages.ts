import type { Answer, AnswerEvent } from './answer.js';
import { linkList } from './excerpt.js';
import { ConnectionCut } from './faults.js';
import type { Thread } from './threads.js';

/** Steps that an answer's events may pass through on their way out. Each takes an answer and gives one. */

/** Opens the answer. */
export async function* opened(answer: Answer): Answer {
  yield { type: 'start' };
  yield* answer;
}

/** Keeps the answer in its thread once it is whole, or as far as it came when it was stopped; one that was cut is none. */
export async function* remembered(answer: Answer, thread: Thread, stopped: AbortSignal): Answer {
  let text = '';
  let kept = false;
  const keep = (): void => {
    if (!kept) thread.turns.push({ role: 'assistant', content: text });
    kept = true;
  };
  try {
    for await (const event of answer) {
      if (event.type === 'text') text += event.text;
      // Before it is sent: the next question may follow at once.
      if (event.type === 'done') keep();
      yield event;
    }
  } finally {
    if (stopped.aborted) keep();
  }
}

/** Names the sources in the text as well, for protocols that have no event for them. */
export async function* withSourceList(answer: Answer): Answer {
  for await (const event of answer) {
    if (event.type === 'sources') yield { type: 'text', text: `\n\n${linkList('Sources', event.sources)}` };
    yield event;
  }
}

/** Turns what an answer throws into its error event; a broken connection passes. */
export async function* guarded(answer: Answer): Answer {
  try {
    yield* answer;
  } catch (error) {
    if (error instanceof ConnectionCut) throw error;
    yield { type: 'error', message: error instanceof Error ? error.message : String(error) };
  }
}

/** The whole answer, for those who do not stream. */
export async function collect(answer: Answer): Promise<{ text: string; last: AnswerEvent }> {
  let text = '';
  let last: AnswerEvent = { type: 'start' };
  for await (last of answer) {
    if (last.type === 'text') text += last.text;
  }
  return { text, last };
}
