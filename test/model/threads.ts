import { reduce } from '../../src/model/reduce.js';
import type { RunEvent } from '../../src/model/run-event.js';
import { emptyThread, type Message, type Part, type PartInit, type Thread } from '../../src/model/thread.js';

export const start: RunEvent = { type: 'run-start', id: 'run', messageId: 'answer', createdAt: 7 };

export const question: Message = {
  id: 'q',
  role: 'user',
  status: 'complete',
  createdAt: 1,
  metadata: {},
  parts: [{ type: 'text', id: 't', text: 'Why?', done: true }],
};

/** A thread in which a question was asked and no run began. */
export const asked: Thread = { ...emptyThread, messages: [question] };

/** What these events make of a run that has just begun. */
export const after = (...events: RunEvent[]): Thread => [start, ...events].reduce(reduce, asked);

export const opened = (part: PartInit): RunEvent => ({ type: 'part-start', part });
export const delta = (text: string, id = 'a'): RunEvent => ({ type: 'part-delta', id, delta: text });
export const replaced = (text: string, id = 'a'): RunEvent => ({ type: 'part-replace', id, text });
export const ended = (id = 'a'): RunEvent => ({ type: 'part-end', id });

/** The parts of the newest message. */
export const parts = (thread: Thread): readonly Part[] => thread.messages.at(-1)!.parts;
/** The first part of the newest message. */
export const part = (thread: Thread): Part => parts(thread)[0]!;
