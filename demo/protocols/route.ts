import type { SSEMessage } from '../../src/server/index.js';
import type { AnswerEvent, Turn } from '../backend/answer.js';
import type { Answers, Resumption } from '../backend/answers.js';
import type { Thread, Threads } from '../backend/threads.js';
import type { Wire } from './wire.js';

/** A JSON object nobody checked yet. */
export type Fields = Record<string, unknown>;

/** A request, as far as a protocol may look at it. */
export interface Call {
  /** What the `:name` segments of the path stand for. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** The JSON body; an empty object where there is none. */
  body: Fields;
  threads: Threads;
  answers: Pick<Answers, 'latest' | 'stop'>;
  /** The last event that a client has which comes back to an answer. */
  lastEventId: string | null;
  /** Sends what this request lacks of an answer. */
  resume(id: string): Promise<Response>;
}

/**
 * What one event looks like on this protocol's wire; nothing where the protocol has no word for it. Keeps no clock.
 * Where a protocol cannot tell of a failure it throws `ConnectionCut`.
 */
export type Encoder = (event: AnswerEvent) => SSEMessage[];

/** A question that a protocol read out of a request, and how to answer it. */
export interface Ask {
  /** Empty if nobody asked anything yet. */
  question: string;
  /** Where the backend keeps the conversation itself. */
  thread?: Thread | undefined;
  /** What was said before, where the client sends it. */
  history?: Turn[] | undefined;
  /** Whether sources need to be named in the text, because the protocol has no event for them. */
  sourcesInText: boolean;
  /** How to stream, or the JSON to answer with at the end. */
  reply: { encode: Encoder; wire?: Wire | undefined } | { json: (text: string) => unknown };
  /** How it can be read again, where that is not by the address that its first response names. */
  resumption?: Resumption | undefined;
}

export interface Route {
  method: 'GET' | 'POST';
  /** `/api/:user/chat`: a segment that begins with a colon stands for any. */
  path: string;
  /** Reads the request; a `Response` refuses it or answers without any stream. */
  read(call: Call): Ask | Response | Promise<Response>;
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });

/** A text out of a field nobody checked yet. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '').trim();

/** The fields of a value nobody checked yet. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
