import type { FinishReason, Message, RunFailure, Usage } from '../model/thread.js';

/** When things happened in a run, by `performance.now()`, in milliseconds. */
export interface RunTimings {
  readonly start: number;
  /** The first batch of run events. */
  readonly firstEvent?: number;
  /** The first thing to see. */
  readonly firstVisible?: number;
  readonly end: number;
}

/** How a run ended. */
export type Outcome = 'complete' | 'stopped' | 'error';

/** What happened in a chat, once each, in order. */
export type ChatFact =
  /** The thread cannot be kept; told once. The chat goes on. */
  | { readonly type: 'history-failed'; readonly error: RunFailure }
  | { readonly type: 'message-added'; readonly message: Message }
  | { readonly type: 'run-started'; readonly runId: string; readonly messageId: string | undefined }
  | {
      readonly type: 'run-ended';
      readonly runId: string;
      readonly outcome: Outcome;
      /** The answer; undefined if the backend took it back. */
      readonly message: Message | undefined;
      readonly error?: RunFailure;
      readonly finishReason?: FinishReason;
      readonly usage?: Usage;
      readonly timings: RunTimings;
    };
