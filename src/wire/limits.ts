import { ChatError } from '../model/chat-error.js';

/** What one run may use. All are options of `Chat`. */
export interface Limits {
  /** The most characters a single event may hold; 4 MiB. Past it the run ends as `overflow`. */
  maxEventSize: number;
  /** The most characters of text one answer may hold; 8 million. Past it the run ends as `overflow`, text kept. */
  maxAnswerSize: number;
  /** The most parts one answer may have, such as calls of tools; 10,000. Past it the run ends as `overflow`. */
  maxParts: number;
  /** Milliseconds to wait for the headers of an answer; 120,000. */
  headersTimeout: number;
  /** Milliseconds without a single byte, comments included, before a run ends as `timeout`; 90,000. */
  idleTimeout: number;
  /** Milliseconds without an event that brings something, heartbeats only, before a run ends as `timeout`; 300,000. */
  progressTimeout: number;
  /** Milliseconds for which an answer that was cut is asked for again, time offline apart; 300,000. */
  reconnectTimeout: number;
  /** How often a question is sent again by itself before any byte of its answer; 2. */
  maxRetries: number;
  /** How often one answer that was cut is taken up again; 5. */
  maxReattachments: number;
  /** The most messages a thread may hold; 10,000. Past it a question ends as `overflow`, and older ones are not loaded. */
  maxMessages: number;
}

export const defaultLimits: Limits = {
  maxEventSize: 4 * 1024 * 1024,
  maxAnswerSize: 8_000_000,
  maxParts: 10_000,
  headersTimeout: 120_000,
  idleTimeout: 90_000,
  progressTimeout: 300_000,
  reconnectTimeout: 300_000,
  maxRetries: 2,
  maxReattachments: 5,
  maxMessages: 10_000,
};

/** The failure of an event, or a line, that outgrew its limit. */
export function tooLarge(what: string, limit: number): ChatError {
  return new ChatError('overflow', `${what} is larger than ${limit} characters`, {
    detail: 'event-too-large',
    retryable: true,
  });
}
