/** Who a message is from. */
export type Role = 'user' | 'assistant' | 'system';

/** The one status word of a chat and of its runs. `busy` means `loading` or `streaming`. */
export type Status = 'idle' | 'loading' | 'streaming' | 'complete' | 'stopped' | 'error';

/** Where a message stands; a user's message is `complete` from the start. */
export type MessageStatus = 'streaming' | 'complete' | 'stopped' | 'error';

interface PartBase {
  /** Unique within its message; run events address a part by it. */
  readonly id: string;
  /** True once nothing more will be added to this part. */
  readonly done: boolean;
}

/** Markdown of an answer, or the plain text of a question. */
export interface TextPart extends PartBase {
  readonly type: 'text';
  readonly text: string;
}

/** What a model says it thinks. */
export interface ReasoningPart extends PartBase {
  readonly type: 'reasoning';
  readonly text: string;
}

/** A tool the backend runs, with its input and output as far as they are known. */
export interface ToolCallPart extends PartBase {
  readonly type: 'tool-call';
  readonly name: string;
  /** The parsed input; undefined until it is whole and valid JSON. */
  readonly input?: unknown;
  /** The input as it streamed, JSON or free text. */
  readonly inputText: string;
  readonly output?: unknown;
  readonly state: 'input' | 'running' | 'complete' | 'error';
  /** Why the tool failed, in the backend's words. */
  readonly error?: string;
}

/** Something an answer rests on. */
export interface SourcePart extends PartBase {
  readonly type: 'source';
  readonly url?: string;
  readonly title?: string;
}

/** A file in a question or an answer. */
export interface FilePart extends PartBase {
  readonly type: 'file';
  readonly mediaType: string;
  readonly url?: string;
  readonly name?: string;
}

/** Anything else a backend sends and a page renders itself. */
export interface DataPart extends PartBase {
  readonly type: 'data';
  readonly name: string;
  readonly data: unknown;
}

export type Part = TextPart | ReasoningPart | ToolCallPart | SourcePart | FilePart | DataPart;

/** A part as a protocol announces it: what it leaves out starts empty and open. */
export type PartInit =
  | { type: 'text' | 'reasoning'; id: string; text?: string }
  | ({ type: 'tool-call'; id: string; name: string } & Partial<
      Pick<ToolCallPart, 'input' | 'inputText' | 'output' | 'state' | 'error'>
    >)
  | { type: 'source'; id: string; url?: string; title?: string }
  | { type: 'file'; id: string; mediaType: string; url?: string; name?: string }
  | { type: 'data'; id: string; name: string; data: unknown };

export interface Message {
  /** Ours, and stable for the life of the message: renderers key by it. */
  readonly id: string;
  /** What the backend calls this message, once it said so. */
  readonly backendId?: string;
  readonly role: Role;
  readonly parts: readonly Part[];
  readonly status: MessageStatus;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** What the backend said about the message besides its parts. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** One line of what a backend says it is doing before and while it answers. */
export interface Progress {
  readonly text?: string;
  /** An icon's name as the backend sends it; unknown names are harmless. */
  readonly icon?: string;
  /** 0 to 100. */
  readonly percent?: number;
}

/** Tokens as the backend counted them. */
export interface Usage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly totalTokens?: number;
}

/** Why a model stopped: `stop`, `length`, `tool-calls`, `content-filter`, or the backend's own word. */
export type FinishReason = string;

/** What went wrong in a run, as plain data: the same fields as `ChatError`. */
export interface RunFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly detail?: string;
  readonly status?: number;
  readonly retryable: boolean;
  /** Seconds. */
  readonly retryAfter?: number;
  /** The backend's own words, plain text, cut to 500 characters; untrusted. */
  readonly backendMessage?: string;
}

export type ErrorCode =
  | 'network'
  | 'http'
  | 'protocol'
  | 'interrupted'
  | 'timeout'
  | 'overflow'
  | 'backend'
  | 'tool'
  | 'attachment'
  | 'history';

/** A run waits: to ask again (`retry`), or to take up an answer that was cut (`resume`). */
export interface Wait {
  readonly kind: 'retry' | 'resume';
  /** When it goes on, in milliseconds since the epoch; null when the network is back. */
  readonly until: number | null;
  readonly reason: RunFailure;
}

/** One question to the backend and what became of it. */
export interface Run {
  readonly id: string;
  readonly status: Exclude<Status, 'idle'>;
  /** In the order they came; the last one is what is happening now. */
  readonly progress: readonly Progress[];
  /** Set while the run waits before it asks the backend again. */
  readonly wait?: Wait;
  /** Where the backend said this answer can be read again, as it said it. */
  readonly location?: string;
  readonly error?: RunFailure;
  readonly finishReason?: FinishReason;
  readonly usage?: Usage;
}

/** The record of a conversation, and of the newest run in it. A new object for every change: compare with `===`. */
export interface Thread {
  /** The backend's id for the thread, or null while it has not named one. */
  readonly id: string | null;
  readonly title: string | null;
  readonly messages: readonly Message[];
  /** The newest run, or null while nothing has been asked. */
  readonly run: Run | null;
}

export const emptyThread: Thread = { id: null, title: null, messages: [], run: null };

/** The text of a message: its text parts joined, in order. */
export function textOf(message: Message): string {
  let text = '';
  for (const part of message.parts) if (part.type === 'text') text += part.text;
  return text;
}
