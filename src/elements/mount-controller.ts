import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { sharedEnds } from './message-groups.js';

/** How many messages come at once where a long thread is shown: about what fills a list of usual height. */
const first = 16;
/** More new messages than this do not come at once, nor does a slice hold more. */
const most = 32;
/** How long a slice may take, in milliseconds. */
const budget = 8;
/** How long a busy page may keep a slice waiting, in milliseconds. */
const patience = 200;

interface Item {
  readonly id: string;
}

interface Hooks {
  /** Before each slice. */
  before(): void;
  /** After the last one. */
  done(): void;
}

/**
 * Brings a long list into the document in slices, while the page has nothing better to do: what the reader sees first is
 * there at once, and in the end all of it is, for find-in-page and for screen readers.
 */
export class MountController<T extends Item> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #tag: string;
  readonly #hooks: Hooks;
  #items: readonly T[] = [];
  /** How many items are not in the document yet. */
  #waiting = 0;
  #slice = 4;
  #connected = false;
  #cancel: (() => void) | undefined;

  /** `tag` is what each item is drawn with: no slice comes before it is defined. */
  constructor(host: ReactiveControllerHost, tag: string, hooks: Hooks) {
    this.#host = host;
    this.#tag = tag;
    this.#hooks = hooks;
    host.addController(this);
  }

  hostConnected(): void {
    this.#connected = true;
    addEventListener('beforeprint', this.#onPrint);
    this.#schedule();
  }

  hostDisconnected(): void {
    this.#connected = false;
    removeEventListener('beforeprint', this.#onPrint);
    this.#stop();
  }

  /** The items to draw now: those at the end, or with `fromStart` those at the start. */
  take(items: readonly T[], fromStart: boolean): readonly T[] {
    if (items !== this.#items) {
      const count = fromStart ? waitingBelow : waitingAbove;
      this.#waiting = count(this.#items, items, this.#waiting);
      this.#items = items;
    }
    if (!this.#waiting) return items;
    this.#schedule();
    return fromStart ? items.slice(0, -this.#waiting) : items.slice(this.#waiting);
  }

  /** The reader is about to see what is missing: the next slice does not wait until the page is idle. */
  hurry(): void {
    if (!this.#waiting) return;
    this.#stop();
    this.#schedule(soon);
  }

  #stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #schedule(when = whenIdle): void {
    if (this.#cancel || !this.#waiting || !this.#connected) return;
    if (customElements.get(this.#tag)) this.#cancel = when(() => this.#mount(this.#slice));
    // Tags that wait for their definition are all upgraded in one task.
    else void customElements.whenDefined(this.#tag).then(() => this.#schedule());
  }

  /** Paper has all of it, however long that takes: the page is laid out for it as soon as this returns. */
  readonly #onPrint = (): void => {
    if (!this.#waiting || !customElements.get(this.#tag)) return;
    this.#stop();
    this.#mount(this.#waiting);
  };

  #mount(slice: number): void {
    this.#hooks.before();
    const began = performance.now();
    const count = Math.min(slice, this.#waiting);
    this.#waiting -= count;
    this.#host.requestUpdate();
    // The elements draw themselves at the end of this task.
    this.#cancel = soon(() => {
      const taken = performance.now() - began;
      this.#slice = Math.max(1, Math.min(most, 2 * count, Math.round((count * budget) / taken)));
      this.#cancel = undefined;
      if (this.#waiting) this.#schedule();
      else this.#hooks.done();
    });
  }
}

const sameId = (a: Item, b: Item): boolean => a.id === b.id;

/** How many items wait after a change of a list that is drawn from its end. */
function waitingAbove(before: readonly Item[], items: readonly Item[], waiting: number): number {
  const { front, back } = sharedEnds(before, items, sameId);
  const drawn = before.length - waiting;
  if (drawn && back >= drawn) return items.length - drawn;
  if (front >= waiting && items.length - front - back <= most) return waiting;
  return Math.max(0, items.length - Math.max(back, first));
}

/** How many items wait after a change of a list that is drawn from its start. */
function waitingBelow(before: readonly Item[], items: readonly Item[], waiting: number): number {
  const { front, back } = sharedEnds(before, items, sameId);
  if (!waiting && items.length - front - back <= most) return 0;
  const drawn = before.length - waiting;
  return Math.max(0, items.length - Math.max(Math.min(front, drawn), first));
}

function whenIdle(callback: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(callback, { timeout: patience });
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(callback);
  return () => clearTimeout(timer);
}

/** In a task of its own, right after this one: a timer is held back for some milliseconds. */
function soon(callback: () => void): () => void {
  const { port1, port2 } = new MessageChannel();
  const stop = () => port1.close();
  port1.addEventListener('message', () => {
    stop();
    callback();
  });
  port1.start();
  port2.postMessage(null);
  return stop;
}
