import { randomUUID } from 'node:crypto';
import type { Turn } from './answer.js';

/** A conversation the backend keeps. */
export interface Thread {
  id: string;
  turns: Turn[];
}

export interface Threads {
  /** The thread of that id, made if there is none; without an id a new one. */
  open(id?: unknown): { thread: Thread; created: boolean };
}

/** Keeps threads in memory: the 200 used last, and 40 turns of each. */
export function createThreads(): Threads {
  const kept = new Map<string, Thread>();
  return {
    open(id) {
      const known = typeof id === 'string' ? kept.get(id) : undefined;
      const thread = known ?? { id: typeof id === 'string' && id ? id : randomUUID(), turns: [] };
      thread.turns.splice(0, thread.turns.length - 40);
      // Deleted and set again, it is the youngest.
      kept.delete(thread.id);
      kept.set(thread.id, thread);
      if (kept.size > 200) kept.delete(kept.keys().next().value!);
      return { thread, created: !known };
    },
  };
}

/** Adds a question; one that was never answered gives way to it, so that asking again does not ask twice. */
export function addQuestion({ turns }: Thread, content: string): void {
  if (isWaiting({ turns })) turns.pop();
  turns.push({ role: 'user', content });
}

/** Whether the last word is the person's. */
export const isWaiting = ({ turns }: Pick<Thread, 'turns'>): boolean => turns.at(-1)?.role === 'user';
