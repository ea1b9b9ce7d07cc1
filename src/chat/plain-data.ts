import { startPart, withDone } from '../model/part.js';
import type { MessageInput } from '../model/plain-data.js';
import type { Message, PartInit, TextPart } from '../model/thread.js';
import { createId } from './id.js';

/** A question: its text, or an object that holds it. */
export type QuestionInput = string | { text: string };

/** The message of a question; undefined if there is nothing to ask. */
export function questionFrom(input: QuestionInput): Message | undefined {
  const text = typeof input === 'string' ? input : input?.text;
  if (typeof text !== 'string' || !text.trim()) return undefined;
  return messageFrom({ role: 'user', text });
}

/** Messages from plain data; what is no message, or no part of one, is left out, with a warning. */
export function messagesFrom(inputs: readonly MessageInput[]): Message[] {
  return inputs.filter(isMessage).map(messageFrom);
}

const isMessage = (input: MessageInput): boolean =>
  isKept(input, ['user', 'assistant', 'system'].includes(input?.role) && Array.isArray(partsOf(input)));

/** Text that is none would throw where it is drawn. */
const isPart = (part: PartInput): boolean =>
  isKept(
    part,
    !!part?.type &&
      typeof (part.type === 'tool-call' ? part.name : ((part as TextInput).text ?? '')) === 'string',
  );

function isKept(value: unknown, good: boolean): boolean {
  if (!good) console.warn('chat-stream: left out', value);
  return good;
}

type PartInput = NonNullable<MessageInput['parts']>[number];
type TextInput = Partial<TextPart>;

/** Content may be in pieces, as models are told it. */
function partsOf({ text, content, parts }: MessageInput): readonly PartInput[] {
  const own = text ?? content ?? [];
  return parts ?? (typeof own === 'string' ? [{ type: 'text', text: own }] : own);
}

function messageFrom(input: MessageInput): Message {
  const { text: _text, content: _content, parts: _parts, ...rest } = input;
  return {
    id: createId(),
    createdAt: Date.now(),
    metadata: {},
    ...rest,
    // Nothing is streaming in a message that was handed in whole.
    status: rest.status === 'stopped' || rest.status === 'error' ? rest.status : 'complete',
    parts: partsOf(input)
      .filter(isPart)
      .map((part, index) => withDone(startPart({ id: `part-${index}`, ...part } as PartInit))),
  };
}
