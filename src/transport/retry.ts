import type { ChatError } from '../model/chat-error.js';

/** The longest wait that a backend may ask for, in seconds: a page does not sleep for a day. */
const longestWait = 60;

/** Statuses that say "not now": the request had no effect. With any other it may have had one. */
const notNow = [408, 425, 429, 502, 503, 504, 529];

/** What a refused request says about asking again. */
export interface Refusal {
  readonly error: ChatError;
  /** The headers of the answer; undefined where none came. */
  readonly headers?: Headers | undefined;
}

/**
 * Milliseconds until a request is sent again after so many tries; undefined if it must not be. `repeatable` tells whether
 * a request that may have arrived can be sent twice without a second answer.
 */
export function retryDelay(
  { error, headers }: Refusal,
  tries: number,
  repeatable: boolean,
): number | undefined {
  if (error.detail === 'offline') return undefined;
  if (error.code === 'network' ? !repeatable : !mayRetry(error, headers)) return undefined;
  const asked = error.retryAfter;
  if (asked === undefined) return backoff(tries);
  return asked <= longestWait ? asked * 1000 : undefined;
}

/** A status of the list, unless the backend says otherwise: `x-should-retry`, as the SDKs of OpenAI and Anthropic read it. */
function mayRetry({ status = 0 }: ChatError, headers: Headers | undefined): boolean {
  const told = headers?.get('x-should-retry');
  return told === 'true' || (told !== 'false' && notNow.includes(status));
}

/**
 * Full jitter, in milliseconds: up to half a second, then twice as long each time, 8 s at most ("Exponential Backoff And
 * Jitter", AWS Architecture Blog). It spreads a crowd that was cut off at once.
 */
export const backoff = (tries: number): number => Math.random() * Math.min(8000, 500 * 2 ** tries);
