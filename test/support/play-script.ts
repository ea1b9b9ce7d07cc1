/** What one request is answered with, step by step. */
export interface Answer {
  /** 200 by default; 0 is no answer at all: `hang` leaves the client waiting, any other end takes the connection away. */
  status?: number;
  /** `content-type` is `text/event-stream` unless said otherwise. `@now+2s` is an HTTP date two seconds from then. */
  headers?: Record<string, string>;
  steps?: Step[];
  /** What tells where the body ends: `chunked`, or with `close` only the end of the connection. */
  framing?: 'chunked' | 'close';
  /** The body is gzipped as one; `half` leaves out its second half and yet ends the HTTP body well. */
  gzip?: 'whole' | 'half';
  /** The bytes of the steps are all there is: no status line, no headers, no HTTP. */
  raw?: boolean;
  /**
   * `close` ends well; `truncate` closes the connection without the last chunk; `reset` sends a TCP reset; `hang`
   * leaves it open until the client goes. Put a gate before `reset`: a reset may overtake what was written before it.
   */
  end?: 'close' | 'truncate' | 'reset' | 'hang';
}

/** Text, or any bytes. */
export type Bytes = { write: string } | { base64: string };

export type Step =
  | Bytes
  | { wait: number }
  /** Waits for `release(name)`; a gate stays open once released. */
  | { gate: string }
  /**
   * `{n}` in the text counts from 0; -1 times is until the client leaves. Without `every` (milliseconds) it goes out in
   * large pieces: an engine may hang on a million small ones.
   */
  | { repeat: Bytes & { times: number; every?: number } }
  /** One byte every so many milliseconds. */
  | { drip: Bytes & { every: number } }
  /**
   * Those of the events that come after the one whose `id:` the request names in `Last-Event-ID`, all without one;
   * `overlap` of those before them once more, and `most` in all.
   */
  | { after: string[]; overlap?: number; most?: number };

export interface PlayScript {
  /** One for each request, in order; the last one repeats. */
  answers: Answer[];
  /** The same for addresses below the play's own, by their first segment: `{ a: […] }` answers `${url}/a` and below. */
  paths?: Record<string, Answer[]>;
  /**
   * Lets pages of another origin (`otherUrl`) ask, and read the response headers named here. Preflights are then
   * answered and not counted.
   */
  cors?: string[];
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
