import { ChatError } from '../model/chat-error.js';

/** What one run may use. All are options of `Chat`. */
export interface Limits {
  /** The most characters a single event may hold; 8 MiB. Past it the run ends as `overflow`. */
  maxEventSize: number;
  /** The most characters of text one answer may hold; 8 million. Past it the run ends as `overflow`, text kept. */
  maxAnswerSize: number;
  /** Milliseconds to wait for the headers of an answer; 120,000. */
  headersTimeout: number;
  /** Milliseconds without a single byte, comments included, before a run ends as `timeout`; 90,000. */
  idleTimeout: number;
}

export const defaultLimits: Limits = {
  maxEventSize: 8 * 1024 * 1024,
  maxAnswerSize: 8_000_000,
  headersTimeout: 120_000,
  idleTimeout: 90_000,
};

/** The failure of an event, or a line, that outgrew its limit. */
export function tooLarge(what: string, limit: number): ChatError {
  return new ChatError('overflow', `${what} is larger than ${limit} characters`, {
    detail: 'event-too-large',
    retryable: true,
  });
}
