import type { ChatError } from '../model/chat-error.js';

/** One event as it stood on the wire, before any backend's meaning. */
export interface WireEvent {
  /** The event's name; empty where the wire gave none (SSE without `event:`, JSON lines). */
  readonly name: string;
  /** The data as text. */
  readonly data: string;
  /** The last event id of the connection when the event was dispatched; empty if none. */
  readonly id: string;
}

/** How events are cut out of bytes; `text` gives every piece as it comes. */
export type Framing = 'sse' | 'json-lines' | 'text';

/** Cuts events out of the bytes of one answer. */
export interface WireDecoder {
  /** The events that these bytes complete. */
  feed(bytes: Uint8Array): WireEvent[];
  /** Set when an event outgrew its limit: the events before it are good, and nothing comes after it. */
  readonly failure: ChatError | undefined;
  /** Milliseconds the server asked to wait before reconnecting, where the framing can say so. */
  readonly retry?: number | undefined;
  /** What a clean end of the body completes. Not to be called after a cut. */
  end(): WireEvent[];
}
