import type { AnswerContext, AnswerEvent, Delay } from './answer.js';

/** Waits with a timer; an abort ends the wait, it does not reject. */
export const delay: Delay = (milliseconds, signal) =>
  new Promise((resolve) => {
    if (signal.aborted || milliseconds <= 0) return resolve();
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal.addEventListener('abort', finish, { once: true });
  });

/** Pieces about as large as a model's tokens, white space kept: joined they are the text again. */
export function tokenize(text: string): string[] {
  return text.match(/\s*[\p{L}\p{N}]{1,8}|\s*[^\s\p{L}\p{N}]{1,3}|\s+/gu) ?? [];
}

/** Streams a text the way a model does: one to three tokens at a time, at the pace of the context. */
export async function* typeOut(
  text: string,
  { pace, delay, signal }: AnswerContext,
): AsyncGenerator<AnswerEvent> {
  const tokens = tokenize(text);
  for (let at = 0, size; at < tokens.length; at += size) {
    // 1, 2, 1, 3, …: uneven like the real thing, and yet the same in every run.
    size = [1, 2, 1, 3][at % 4]!;
    await pause(size, { pace, delay, signal });
    if (signal.aborted) return;
    yield { type: 'text', text: tokens.slice(at, at + size).join('') };
  }
}

/** Waits as long as a number of tokens takes. */
export function pause(tokens: number, { pace, delay, signal }: Omit<AnswerContext, 'origin'>): Promise<void> {
  return pace > 0 ? delay((tokens / pace) * 1000, signal) : Promise.resolve();
}
