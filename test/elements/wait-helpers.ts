import type { RunEvent } from '../../src/model/run-event.js';
import type { RunFailure, Wait } from '../../src/model/thread.js';
import type { Transport } from '../../src/transport/transport.js';
import { onCleanup, until } from '../support/index.js';
import { inside, messages, read, widget } from './helpers.js';
import type { Widget } from './helpers.js';

export const text = (delta: string): RunEvent => ({ type: 'part-delta', id: 'text', delta });
export const failure = (more: Partial<RunFailure> & Pick<RunFailure, 'code'>): RunFailure => ({
  message: 'Failed',
  retryable: true,
  ...more,
});
export const tooMany = failure({ code: 'http', status: 429, detail: 'rate-limited' });
export const cut = failure({ code: 'interrupted' });

export const waitFor = (
  kind: Wait['kind'],
  left: number | null,
  reason = kind === 'retry' ? tooMany : cut,
): RunEvent => ({
  type: 'run-wait',
  wait: { kind, until: left === null ? null : Date.now() + left, reason },
});
export const goOn: RunEvent = { type: 'run-wait' };

/** A transport that brings what the test hands it, when the test does. */
export class Script implements Transport {
  /** How often something was asked. */
  asked = 0;
  #waiting: RunEvent[] = [];
  #wake = () => {};

  push(...events: RunEvent[]): void {
    this.#waiting.push(...events);
    this.#wake();
  }

  async *run(_request: unknown, signal: AbortSignal): AsyncGenerator<readonly RunEvent[]> {
    const own = ++this.asked;
    this.#waiting = [];
    // A run that is over is read on for two seconds: what is pushed by then is for the next one.
    while (!signal.aborted && own === this.asked) {
      if (this.#waiting.length) yield this.#waiting.splice(0);
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
    }
  }
}

/** A widget that has asked, and whose answer is what the test pushes. */
export async function asked(): Promise<{ element: Widget; script: Script }> {
  const element = await widget();
  const script = new Script();
  element.transport = script;
  void element.send('Go');
  await until(() => script.asked === 1 && messages(element).length === 2);
  return { element, script };
}

export const last = (element: Element) => messages(element).at(-1)!;
export const waiting = (element: Element): HTMLElement | null => inside(last(element), '[part="wait"]');
/** What a person reads of a wait; empty where there is none. */
export const waitText = (element: Element): string => {
  const shown = waiting(element);
  return shown ? read(shown) : '';
};

/** What the browser knows of the network. */
export function network(online: boolean): void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, value: online });
  onCleanup(() => Reflect.deleteProperty(navigator, 'onLine'));
  dispatchEvent(new Event(online ? 'online' : 'offline'));
}
