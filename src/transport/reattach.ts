import { ChatError, failureOf } from '../model/chat-error.js';
import type { Limits } from '../wire/limits.js';
import type { Answer } from './answer.js';
import { framingOf } from './body.js';
import { isOffline, type HTTPRequest, type Retry } from './http.js';
import { backoff } from './retry.js';

/** Milliseconds between which a stream's own `retry:` is believed. */
const shortestRetry = 1000;
const longestRetry = 30_000;

export interface ReattachOptions {
  /** How to ask for the rest after the event of that id, or without one for all of it; undefined where it cannot be had. */
  request: (lastEventId: string) => HTTPRequest | undefined;
  ask: (request: HTTPRequest) => Promise<Response>;
  wait: Retry['wait'];
  signal: AbortSignal;
  limits: Pick<Limits, 'maxReattachments' | 'reconnectTimeout'>;
}

/** The connections to an answer after its first one. */
export class Reattachments {
  readonly #options: ReattachOptions;
  #count = 0;

  constructor(options: ReattachOptions) {
    this.#options = options;
  }

  /** The next connection of an answer that was cut; undefined where there is none to be had. */
  async next(answer: Answer, cut: ChatError): Promise<Response | undefined> {
    const { ask, request, signal, limits } = this.#options;
    const { lastEventId } = answer.journal;
    const asked = request(lastEventId);
    let reason = cut;
    let since = performance.now();
    while (asked && this.#count < limits.maxReattachments) {
      if (await this.#wait(reason, answer.retry)) since = performance.now();
      if (signal.aborted || performance.now() - since > limits.reconnectTimeout) return undefined;
      this.#count++;
      try {
        const response = await ask(asked);
        if (isStream(response)) {
          answer.journal.reconnected(lastEventId);
          return response;
        }
        await response.body?.cancel();
        return undefined;
      } catch (error) {
        if (!mayPass(error)) return undefined;
        reason = error;
      }
    }
    return undefined;
  }

  /** Waits for the next try; tells whether it was for the network to come back. */
  async #wait(reason: ChatError, retry: number | undefined): Promise<boolean> {
    const { signal, wait } = this.#options;
    const offline = isOffline();
    const told = retry === undefined ? 0 : Math.min(longestRetry, Math.max(shortestRetry, retry));
    const delay = Math.max(
      told || backoff(this.#count),
      Math.min(longestRetry, 1000 * (reason.retryAfter ?? 0)),
    );
    const until = offline ? null : Date.now() + delay;
    await wait({ kind: 'resume', until, reason: failureOf(reason) }, signal);
    return offline;
  }
}

/** Whether a response is what is left of a stream; a page or a JSON value is no part of the answer. */
function isStream({ status, headers }: Response): boolean {
  const framing = framingOf(headers.get('content-type'));
  return status !== 204 && framing !== null && framing !== 'json';
}

/** Whether asking for the rest once more may help. Anything else, 404 and 410 above all, says that nothing is there. */
function mayPass(error: unknown): error is ChatError {
  if (!(error instanceof ChatError)) return false;
  const { status = 0, code } = error;
  return code === 'network' || code === 'timeout' || [408, 425, 429].includes(status) || status >= 500;
}
