import { createStreamStore, type StreamStore } from '../../src/server/index.js';

const decoder = new TextDecoder();

/** A response's body, piece by piece. */
export function readerOf(response: Response) {
  const reader = response.body!.getReader();
  let text = '';
  return {
    /** What has come, once it holds this. */
    async untilIt(includes: string): Promise<string> {
      while (!text.includes(includes)) {
        const { done, value } = await reader.read();
        if (done) throw new Error(`the body ended with ${JSON.stringify(text)}`);
        text += decoder.decode(value);
      }
      return text;
    },
    /** What has come when the body is over, and whether it broke. */
    async rest(): Promise<{ text: string; broken: boolean }> {
      try {
        for (let it = await reader.read(); !it.done; it = await reader.read())
          text += decoder.decode(it.value);
        return { text, broken: false };
      } catch {
        return { text, broken: true };
      }
    },
    leave: () => reader.cancel(),
  };
}

/** An answer of so many messages, and its store. */
export function answerOf(count: number, store: StreamStore = createStreamStore()) {
  const answer = store.open();
  for (let number = 1; number <= count; number += 1) void answer.send({ data: `m${number}` });
  return { store, answer };
}

export const message = (number: number): string => `id: ${number}\ndata: m${number}\n\n`;
export const messages = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index)).join('');

/** What an action throws at once. */
export function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
