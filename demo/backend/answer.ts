/** One turn of a conversation, oldest first where there are several. */
export interface Turn {
  role: 'user' | 'assistant' | 'system';
  content: string;
}

export interface Question {
  text: string;
  /** What was said before; the question itself is not in it. */
  history: Turn[];
}

export interface Source {
  title: string;
  /** Absolute. */
  url: string;
}

/** What an answer may report, whatever the protocol: encoders know these and nothing else. */
export type AnswerEvent =
  | { type: 'start' }
  /** `percent` is 0 to 100. */
  | { type: 'progress'; text: string; icon: 'search' | 'sparkle' | 'bolt'; percent: number }
  | { type: 'tool-call'; id: string; name: string; input: Record<string, unknown> }
  | { type: 'tool-result'; id: string; name: string; output: Record<string, unknown> }
  | { type: 'text'; text: string }
  | { type: 'sources'; sources: Source[] }
  | { type: 'heartbeat' }
  /** The answer failed; nothing follows. */
  | { type: 'error'; message: string }
  /** The answer is whole; nothing follows. An answer without it was cut. */
  | { type: 'done'; usage: Usage };

/** Tokens, as the backend counts them. */
export interface Usage {
  input: number;
  output: number;
}

export type Answer = AsyncGenerator<AnswerEvent, void, void>;

/** What an answer may need from its surroundings. */
export interface AnswerContext {
  /** Aborts when nobody listens any more. */
  signal: AbortSignal;
  /** Tokens a second; 0 for all at once. */
  pace: number;
  /** Waits; resolves early when the signal aborts. */
  delay: Delay;
  /** Where this server is reached, such as `http://127.0.0.1:4173`, for absolute URLs. */
  origin: string;
}

export type Delay = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** Anything that answers: the documentation here, or a model server. */
export type Answerer = (question: Question, context: AnswerContext) => Answer;
