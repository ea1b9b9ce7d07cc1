import type { RunEvent } from '../model/run-event.js';
import type { RunRequest, Transport } from './transport.js';

/** Makes an answer in the page itself: strings are text, everything else is a run event. */
export type Answer = (request: RunRequest, signal: AbortSignal) => AsyncIterable<string | RunEvent>;

/**
 * A transport without a network, for tests, demos and models that run in the browser. The answer is complete when the
 * generator returns; what it throws fails the run.
 */
export class DirectTransport implements Transport {
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  async *run(request: RunRequest, signal: AbortSignal): AsyncGenerator<readonly RunEvent[], void, void> {
    for await (const piece of this.#answer(request, signal)) {
      if (signal.aborted) return;
      yield [typeof piece === 'string' ? { type: 'part-delta', id: 'text', delta: piece } : piece];
    }
    yield [{ type: 'run-end' }];
  }
}
