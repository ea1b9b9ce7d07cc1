import { defined } from './defined.js';
import { withDone } from './part.js';
import type { RunEvent } from './run-event.js';
import type { Message, MessageStatus, Run, Thread } from './thread.js';

/** A run begins; with the id of an answer that is there already it opens that one again. */
export function startRun(thread: Thread, event: RunEvent & { type: 'run-start' }): Thread {
  const run: Run = { id: event.id, status: 'loading', progress: [] };
  return { ...thread, run, messages: openAnswer(thread.messages, event) };
}

/** A run is over, and its answer with it. */
export function endRun(
  thread: Thread,
  status: 'complete' | 'stopped' | 'error',
  outcome: Partial<Run> = {},
): Thread {
  const closed = withMessageAt(thread, thread.messages.length - 1, (message) =>
    isOpen(message) ? close(message, status) : message,
  );
  return withRun(closed, (run) => defined({ ...run, wait: undefined, ...outcome, status }));
}

function openAnswer(
  messages: readonly Message[],
  { messageId, createdAt }: RunEvent & { type: 'run-start' },
): readonly Message[] {
  const last = messages.at(-1);
  if (messageId === undefined) return messages;
  if (last?.id !== messageId) return [...messages, answer(messageId, createdAt)];
  const parts = last.parts.map((part) => ('text' in part ? { ...part, done: false } : part));
  return [...messages.slice(0, -1), { ...last, parts, status: 'streaming' }];
}

export const isOpen = (message: Message | undefined): boolean =>
  message?.role === 'assistant' && message.status === 'streaming';

export function answer(id: string, createdAt: number): Message {
  return { id, role: 'assistant', parts: [], status: 'streaming', createdAt, metadata: {} };
}

export function close(message: Message, status: MessageStatus): Message {
  return { ...message, status, parts: message.parts.map(withDone) };
}

export function withRun(thread: Thread, change: (run: Run) => Run): Thread {
  return thread.run ? { ...thread, run: change(thread.run) } : thread;
}

export function withMessageAt(thread: Thread, index: number, change: (message: Message) => Message): Thread {
  const message = thread.messages[index];
  const changed = message && change(message);
  if (!changed || changed === message) return thread;
  const messages = thread.messages.slice();
  messages[index] = changed;
  return { ...thread, messages };
}
