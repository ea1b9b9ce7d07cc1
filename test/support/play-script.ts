/** What one request is answered with, step by step. */
export interface Answer {
  /** 200 by default; 0 ends the connection without any answer. */
  status?: number;
  /** `content-type` is `text/event-stream` unless said otherwise. */
  headers?: Record<string, string>;
  steps?: Step[];
  /**
   * `close` ends well; `truncate` closes the connection without the last chunk; `reset` sends a TCP reset; `hang`
   * leaves it open until the client goes. Put a gate before `reset`: a reset may overtake what was written before.
   */
  end?: 'close' | 'truncate' | 'reset' | 'hang';
}

export type Step =
  | { write: string }
  | { base64: string }
  | { wait: number }
  /** Waits for `release(name)`; a gate stays open once released. */
  | { gate: string }
  /** `{n}` in the text counts from 0. */
  | { repeat: { write: string; times: number; every?: number } };

export interface PlayScript {
  /** One for each request, in order; the last one repeats. */
  answers: Answer[];
}

export interface SeenRequest {
  method: string;
  /** What followed the play's own address: further path and query. */
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Milliseconds of the server's clock. */
  at: number;
  /** Set once the exchange is over; `client` means it left before the answer's end. */
  closed?: { by: 'client' | 'server'; at: number };
  ended?: boolean;
  error?: string;
}
