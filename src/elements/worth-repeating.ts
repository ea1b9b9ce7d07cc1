import type { RunFailure } from '../model/thread.js';

/**
 * Whether a person who asks the very same again may get an answer: that is what `Try again` promises.
 *
 * The failure says so as a rule. Too long (413), not understood (400, 422), not found (404) or forbidden (403) it stays
 * however often it is asked, and so does what the backend calls final; the words say what to do instead, and the question
 * stays above, to be copied. Two kinds change without the question: who is signed out (401) signs in and comes back, and
 * what is taken (409, 423) is set free. Nothing of that is asked again without the person.
 */
export function isWorthRepeating({ retryable, status = 0 }: RunFailure): boolean {
  return retryable || [401, 409, 423].includes(status);
}
