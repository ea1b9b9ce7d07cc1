import { Chat, textOf, type ChatOptions } from '../../src/headless.js';
import { onCleanup } from '../support/index.js';

/** A whole answer in two events. */
export const hello = 'data: {"type":"text","content":"Hello"}\n\ndata: [DONE]\n\n';

/** One question to a new chat, and what came of it. */
export async function ask(options: ChatOptions, text = 'Why?') {
  const chat = new Chat(options);
  const answer = await chat.send(text);
  return { chat, answer, text: answer ? textOf(answer) : undefined, error: chat.error.get() };
}

/** Another value of a property, for this test; undefined takes it away. */
export function replace<T extends object, K extends keyof T & string>(
  owner: T,
  name: K,
  value: T[K] | undefined,
): void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  onCleanup(() =>
    before ? Object.defineProperty(owner, name, before) : Reflect.deleteProperty(owner, name),
  );
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
}

/** Lets this test wait for no longer than it must before it asks again. */
export const withoutJitter = (): void => replace(Math, 'random', () => 0);

/** Timers of this test run only when it says so; those of other lengths run by themselves. */
export function heldTimers(held: (delay: number) => boolean = () => true) {
  const { setTimeout, clearTimeout } = window;
  const timers = new Map<number, { run: () => void; delay: number }>();
  let last = -1;
  replace(window, 'setTimeout', ((task: () => void, delay = 0) => {
    if (!held(delay)) return setTimeout(task, delay);
    const id = last--;
    timers.set(id, { run: () => (timers.delete(id), task()), delay });
    return id;
  }) as typeof window.setTimeout);
  replace(window, 'clearTimeout', (id) => {
    if (!timers.delete(Number(id))) clearTimeout(id);
  });
  return timers;
}

/** How many listeners for the network's return, or for the end of a signal, are there. */
export function listeners(...owners: EventTarget[]): () => number {
  let count = 0;
  const watched = (name: string) => name === 'online' || name === 'abort';
  for (const owner of owners) {
    const { addEventListener, removeEventListener } = owner;
    replace(owner, 'addEventListener', (name: string, ...rest: [never]) => {
      if (watched(name)) count++;
      addEventListener.call(owner, name, ...rest);
    });
    replace(owner, 'removeEventListener', (name: string, ...rest: [never]) => {
      if (watched(name)) count--;
      removeEventListener.call(owner, name, ...rest);
    });
  }
  return () => count;
}

/** Clocks that stand still until they are told to go on by so many milliseconds. */
export function stoppedClocks(): (milliseconds: number) => void {
  let passed = 0;
  replace(Date, 'now', () => 1_000_000 + passed);
  replace(performance, 'now', () => passed);
  return (milliseconds) => (passed += milliseconds);
}
