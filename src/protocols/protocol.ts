import type { RunEvent } from '../model/run-event.js';
import type { ThreadInput, ThreadSummary } from '../model/plain-data.js';
import type { Message } from '../model/thread.js';
import type { Framing, WireEvent } from '../wire/wire-event.js';

/** What a run asks, before any backend's words for it. */
export interface ProtocolRequest {
  /** The question. */
  readonly text: string;
  /** The thread so far, the question last; failed and empty answers left out. */
  readonly messages: readonly Message[];
  /** The backend's id for the thread, or null for a new one. */
  readonly threadId: string | null;
}

/** An answer that the backend is giving, as far as is known. */
export interface RunningAnswer {
  /** The backend's id for the thread. */
  readonly threadId: string | null;
  /** The backend's id for the message. */
  readonly messageId?: string | undefined;
  /** Where it can be read again: the `Content-Location` of the answer, resolved. */
  readonly location?: string | undefined;
  /** The id of the last event; empty where the answer is wanted from its start. */
  readonly lastEventId: string;
}

/** What a person did in a widget of an answer. */
export interface WidgetAction {
  readonly type: string;
  readonly payload?: unknown;
  /** The backend's id of the item that the widget came in. */
  readonly itemId?: string;
}

/** The request as the backend wants it. */
export interface EncodedRequest {
  /** A value for `JSON.stringify`. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is known of an answer before its first event. */
export interface AnswerHints {
  /** A response header, or null; across origins only what the server exposes. */
  readonly header: (name: string) => string | null;
  readonly framing: Framing;
}

/** Reads the events of one answer. Pure and synchronous; unknown or missing fields never throw. */
export interface Decoder {
  /** What an event means; null where it means nothing this protocol knows. */
  decode(event: WireEvent): readonly RunEvent[] | null;
  /** The body ended cleanly: a `run-end` here where this protocol has no end mark of its own and enough was seen. */
  end(): readonly RunEvent[];
  /**
   * Whether all that makes the answer whole was read, and only a close is still to come: a connection that stays open, or
   * breaks, after that ends it too.
   */
  readonly finished?: boolean;
  /** Whether more may follow a finished answer, however late: a connection that stays open is given its time. */
  readonly mayGoOn?: boolean;
  /** The protocol that was recognised, where the decoder had to find out. */
  readonly recognised?: string | null;
  /** Set while the decoder fetches what it needs to go on; gives the run events of what it was told meanwhile. */
  readonly pending?: Promise<readonly RunEvent[]> | undefined;
}

/** A request beside the conversation. */
export interface BackendRequest {
  readonly address: string;
  /** `POST` with a body, else `GET`. */
  readonly method?: string;
  /** A value for `JSON.stringify`. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a backend is asked for its threads, and how it answers. Pure, like all of a protocol. */
export interface ThreadProtocol {
  /** Absent where a thread can be loaded but not found. */
  list?(): BackendRequest;
  readList?(answer: unknown): readonly ThreadSummary[];
  load(id: string): BackendRequest;
  readThread(answer: unknown, id: string): ThreadInput;
  rename?(id: string, title: string): BackendRequest;
  remove?(id: string): BackendRequest;
}

/** How one backend speaks. A page may pass its own object; nothing needs to be registered. */
export interface Protocol {
  readonly name: string;
  /** How events are cut out of the bytes, whatever the answer's content type says; `any` takes plain text too. */
  readonly framing?: Framing | 'any';
  encode(request: ProtocolRequest): EncodedRequest;
  /** Tells what a person did in a widget; absent where the backend has no widgets. */
  encodeAction?(request: ProtocolRequest, action: WidgetAction): EncodedRequest;
  /** How to reattach to the thread's running answer; undefined, or absent, where the backend cannot. */
  resume?(endpoint: string, request: RunningAnswer): BackendRequest | undefined;
  /** How to tell the backend that the person wants no more of an answer; undefined, or absent, where closing does. */
  stop?(endpoint: string, request: RunningAnswer): BackendRequest | undefined;
  /** The threads the backend keeps, where it does. */
  threads?(endpoint: string): ThreadProtocol | Promise<ThreadProtocol>;
  decoder(hints: AnswerHints): Decoder;
}
