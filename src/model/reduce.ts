import { failureOf } from './chat-error.js';
import { defined } from './defined.js';
import { patchPart, startPart, withDone, withText } from './part.js';
import type { RunEvent } from './run-event.js';
import { answer, close, endRun, isOpen, startRun, withMessageAt, withRun } from './run-state.js';
import type { Message, Part, Progress, Thread } from './thread.js';

/** How many steps are remembered before the newest: each copies the list, and nobody reads a thousand. */
const mostSteps = 99;

/** What several events make of a thread. Deltas of one part that follow each other are one: each copies its message. */
export function reduceAll(thread: Thread, events: readonly RunEvent[]): Thread {
  let next = thread;
  let delta: Extract<RunEvent, { type: 'part-delta' }> | undefined;
  for (const event of events) {
    const goesOn = event.type === 'part-delta' && event.id === delta?.id && event.kind === delta.kind;
    if (delta && goesOn) delta = { ...delta, delta: delta.delta + event.delta };
    else {
      if (delta) next = reduce(next, delta);
      delta = event.type === 'part-delta' ? event : undefined;
      if (!delta) next = reduce(next, event);
    }
  }
  return delta ? reduce(next, delta) : next;
}

/**
 * What one run event makes of a thread. Pure: copies only the message and the part that changed, so `===` tells what
 * changed. An event that fits nowhere leaves the thread as it is.
 */
export function reduce(thread: Thread, event: RunEvent): Thread {
  switch (event.type) {
    case 'run-start':
      return startRun(thread, event);
    case 'run-wait':
      return withRun(thread, (run) => defined({ ...run, wait: event.wait }));
    case 'run-location':
      return withRun(thread, (run) => ({ ...run, location: event.address }));
    case 'run-progress':
      return withRun(thread, (run) => ({ ...run, progress: addProgress(run.progress, event) }));
    case 'thread-update':
      return updateThread(thread, event);
    case 'message-start':
      return event.role === 'user' ? nameQuestion(thread, event.id) : startMessage(thread, event);
    case 'part-start':
      return withVisible(thread, event.part.type !== 'text' || !!event.part.text, (message) =>
        message.parts.some((part) => part.id === event.part.id)
          ? message
          : { ...message, parts: [...message.parts, startPart(event.part)] },
      );
    case 'part-delta':
      return event.delta ? changePart(thread, event.id, (part) => withText(part, event.delta, true)) : thread;
    case 'part-replace':
      return changePart(thread, event.id, (part) => withText(part, event.text, false));
    case 'part-update':
      return updatePart(thread, event.id, (part) => patchPart(part, event.patch));
    case 'part-end':
      return changePart(thread, event.id, withDone);
    case 'message-end':
      return endMessage(thread, event);
    case 'message-remove':
      return removeMessage(thread, event.id);
    case 'run-paused':
    case 'run-replay':
      return thread;
    case 'run-end':
      return endRun(thread, event.stopped ? 'stopped' : 'complete', {
        finishReason: event.finishReason,
        usage: event.usage,
      });
    case 'run-error':
      return endRun(thread, 'error', { error: failureOf(event) });
  }
}

/** Changes the open answer and, where that makes something visible, moves the run from loading to streaming. */
function withVisible(thread: Thread, visible: boolean, change: (message: Message) => Message): Thread {
  const last = thread.messages.length - 1;
  if (!isOpen(thread.messages[last])) return thread;
  const changed = withMessageAt(thread, last, change);
  if (changed === thread || !visible || thread.run?.status !== 'loading') return changed;
  return withRun(changed, (run) => ({ ...run, status: 'streaming' }));
}

function changePart(thread: Thread, id: string, change: (part: Part) => Part): Thread {
  return withVisible(thread, true, (message) => {
    const index = message.parts.findIndex((part) => part.id === id);
    const part = message.parts[index];
    const changed = part && change(part);
    if (!changed || changed === part) return message;
    const parts = message.parts.slice();
    parts[index] = changed;
    return { ...message, parts };
  });
}

/** What is updated may stand in an earlier answer too: a widget the person used. */
function updatePart(thread: Thread, id: string, change: (part: Part) => Part): Thread {
  const changed = changePart(thread, id, change);
  if (changed !== thread) return changed;
  const index = thread.messages.findLastIndex(({ parts }) => parts.some((part) => part.id === id));
  return withMessageAt(thread, index, (message) => {
    const parts = message.parts.map((part) => (part.id === id ? change(part) : part));
    return parts.every((part, at) => part === message.parts[at]) ? message : { ...message, parts };
  });
}

function addProgress(
  list: readonly Progress[],
  event: RunEvent & { type: 'run-progress' },
): readonly Progress[] {
  const { text, icon } = event;
  const percent = event.percent === undefined ? undefined : Math.min(100, Math.max(0, event.percent));
  const next: Progress = defined({ text, icon, percent });
  const last = list.at(-1);
  // A bare number, or the same words again, is news of the step that is already shown.
  const same = last && (text === undefined || text === last.text);
  return same ? [...list.slice(0, -1), { ...last, ...next }] : [...list.slice(-mostSteps), next];
}

function updateThread(thread: Thread, { id, title }: { id?: string; title?: string }): Thread {
  const next = { ...thread, id: id ?? thread.id, title: title ?? thread.title };
  return next.id === thread.id && next.title === thread.title ? thread : next;
}

function nameQuestion(thread: Thread, id: string | undefined): Thread {
  const index = thread.messages.findLastIndex((message) => message.role === 'user');
  return withMessageAt(thread, index, (message) =>
    id === undefined || message.backendId === id ? message : { ...message, backendId: id },
  );
}

function startMessage(thread: Thread, { id, metadata }: RunEvent & { type: 'message-start' }): Thread {
  const last = thread.messages.length - 1;
  const open = thread.messages[last];
  const name = (message: Message): Message =>
    defined({
      ...message,
      backendId: id ?? message.backendId,
      metadata: { ...message.metadata, ...metadata },
    });
  // The run opened an empty answer; the backend's first message is that one, and so is one it names late, or twice.
  const known = open?.backendId === undefined || open.backendId === id;
  if (open && isOpen(open) && (!open.parts.length || (id !== undefined && known))) {
    return withMessageAt(thread, last, name);
  }
  const closed = withMessageAt(thread, last, (message) =>
    isOpen(message) ? close(message, 'complete') : message,
  );
  const next = answer(freeId(thread), open?.createdAt ?? 0);
  return { ...closed, messages: [...closed.messages, name(next)] };
}

/** Counted, but past the ids that are taken: where a message was taken back the count begins again below them. */
function freeId({ run, messages }: Thread): string {
  for (let count = messages.length; ; count++) {
    const id = `${run?.id ?? 'run'}:${count}`;
    if (messages.every((message) => message.id !== id)) return id;
  }
}

function endMessage(thread: Thread, { id, metadata }: RunEvent & { type: 'message-end' }): Thread {
  const index = thread.messages.findLastIndex((message) => message.role === 'assistant');
  return withMessageAt(thread, index, (message) => {
    // An end that comes late, after the message was closed, may still bring its name, but not another one.
    if (!isOpen(message) && (id === undefined || message.backendId !== undefined)) return message;
    return defined({
      ...(isOpen(message) ? close(message, 'complete') : message),
      backendId: id ?? message.backendId,
      metadata: { ...message.metadata, ...metadata },
    });
  });
}

function removeMessage(thread: Thread, id: string): Thread {
  const messages = thread.messages.filter((message) => message.backendId !== id && message.id !== id);
  return messages.length === thread.messages.length ? thread : { ...thread, messages };
}
