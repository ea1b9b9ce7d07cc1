import { startPart, withDone } from '../model/part.js';
import type { MessageInput } from '../model/plain-data.js';
import type { Message, PartInit } from '../model/thread.js';
import { createId } from './id.js';

/** A question: its text, or an object that holds it. */
export type QuestionInput = string | { text: string };

/** The message of a question; undefined if there is nothing to ask. */
export function questionFrom(input: QuestionInput): Message | undefined {
  const text = typeof input === 'string' ? input : input?.text;
  if (typeof text !== 'string' || !text.trim()) return undefined;
  return messageFrom({ role: 'user', text });
}

/** Messages from plain data; what is no message is left out, with a warning. */
export function messagesFrom(inputs: readonly MessageInput[]): Message[] {
  return inputs.flatMap((input) => {
    if (['user', 'assistant', 'system'].includes(input?.role) && Array.isArray(input.parts ?? []))
      return [messageFrom(input)];
    console.warn('chat-stream: not a message', input);
    return [];
  });
}

function messageFrom(input: MessageInput): Message {
  const { text, content, parts, ...rest } = input;
  const own = text ?? content;
  const list = parts ?? (own === undefined ? [] : [{ type: 'text', text: own } as const]);
  return {
    id: createId(),
    createdAt: Date.now(),
    metadata: {},
    ...rest,
    // Nothing is streaming in a message that was handed in whole.
    status: rest.status === 'stopped' || rest.status === 'error' ? rest.status : 'complete',
    parts: list.map((part, index) => withDone(startPart({ id: `part-${index}`, ...part } as PartInit))),
  };
}
