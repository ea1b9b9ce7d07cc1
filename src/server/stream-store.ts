import { KeptStream } from './kept-stream.js';
import { formatSSE, type SSEMessage } from './sse-message.js';
import { sseResponse } from './sse-response.js';
import type { SSEStream } from './sse-stream.js';

export interface StreamStoreOptions {
  /** Milliseconds for which an answer can still be read after its end; 300,000. */
  keep?: number;
  /** Milliseconds after which an answer that nobody ended is broken off; 3,600,000. */
  maxTime?: number;
  /** The most characters of one answer as it is sent; 4 Mi. */
  maxSize?: number;
  /** The most characters of all answers together; 64 Mi. Those that ended give way first, the oldest before others. */
  maxTotalSize?: number;
  /** Milliseconds of silence before a reader gets a comment, which keeps its connection open; 15,000, 0 for none. */
  heartbeat?: number;
}

/** An answer whose messages are kept while it grows. It does not end when a client leaves: `signal` aborts when it is stopped. */
export interface ResumableStream extends Omit<SSEStream, 'stream' | 'send'> {
  /** Names the answer. Not to be guessed, and yet no proof of anything: see `owner`. */
  readonly id: string;
  /**
   * Sends a message, numbered 1, 2, 3 and so on; after the end it does nothing. A message that is a comment alone goes
   * to those who listen now, and is not kept. The promise is resolved: no client can make an answer wait.
   * @throws TypeError for a message that would break its line.
   * @throws StreamStoreError where the answer outgrows the store; it is broken off then.
   */
  send(message: Omit<SSEMessage, 'id'>): Promise<void>;
}

export interface OpenOptions {
  /** Whom the answer belongs to, such as the id of a user or of a visit: nobody else can read or stop it. */
  owner?: string;
}

export interface RespondOptions {
  /** Who asks; what another one opened does not exist for them. */
  owner?: string;
  /** The request's `Last-Event-ID`; without it, or with one that was never given, the answer is read from its start. */
  lastEventId?: string | null;
  /** The request's signal: it ends this response, never the answer. */
  signal?: AbortSignal;
  /** Where the same answer can be read by GET, for `Content-Location` (RFC 9110, section 8.7). */
  location?: string;
  /** Added to the response, whatever its status. */
  headers?: HeadersInit;
}

export interface StopOptions {
  /** Who asks, as in `RespondOptions`. */
  owner?: string;
  /** What the answer's protocol says when it is stopped; sent before the end. */
  last?: Omit<SSEMessage, 'id'>;
}

/**
 * Where answers are that outlive their connections. Another implementation of these three methods, over what several
 * servers share, takes this one's place without a change elsewhere.
 */
export interface StreamStore {
  /** @throws StreamStoreError where there is no room for another answer: the moment for a status of 503. */
  open(options?: OpenOptions): ResumableStream;
  /**
   * Answers a request with what comes after its last event, and with what is still to come: 200, or 204 where all of it
   * was had, 404 where nobody knows it, and 410 where it is no longer kept.
   */
  respond(id: string, options?: RespondOptions): Promise<Response>;
  /** Ends an answer because its person said so; false where there is none that runs. */
  stop(id: string, options?: StopOptions): Promise<boolean>;
}

export class StreamStoreError extends Error {
  /** Which limit was reached: that of one answer, or that of the store. */
  readonly code: 'too-large' | 'full';
  constructor(code: StreamStoreError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

interface Entry {
  readonly id: string;
  readonly owner: string | undefined;
  readonly kept: KeptStream;
  readonly stopped: AbortController;
  size: number;
  timer?: ReturnType<typeof setTimeout>;
}

/** Characters that an answer, and each of its messages, counts beside its text: a million empty ones take room as well. */
const OVERHEAD = 64;
/** Ids of answers that are no longer kept, and are remembered so that their clients can be told. */
const MOST_GONE = 1000;

/** Keeps answers in the memory of this process. */
export function createStreamStore(options: StreamStoreOptions = {}): StreamStore {
  const { keep = 300_000, maxTime = 3_600_000, heartbeat = 15_000 } = options;
  const { maxSize = 4 * 1024 * 1024, maxTotalSize = 64 * 1024 * 1024 } = options;
  const live = new Map<string, Entry>();
  /** In the order in which they ended. */
  const ended = new Map<string, Entry>();
  const gone = new Set<string>();
  let total = 0;

  function open({ owner }: OpenOptions = {}): ResumableStream {
    const id = crypto.randomUUID();
    const entry: Entry = { id, owner, kept: new KeptStream(), stopped: new AbortController(), size: 0 };
    if (!makeRoom(OVERHEAD)) throw full(maxTotalSize);
    live.set(id, entry);
    grow(entry, OVERHEAD);
    const fail = (reason: unknown = new Error('The answer was broken off')): void => end(entry, { reason });
    entry.timer = later(() => fail(new Error(`The answer did not end within ${maxTime} ms`)), maxTime);
    // Thrown at once: a rejection of a promise that nobody awaits would end the process.
    const send = (message: Omit<SSEMessage, 'id'>): Promise<void> => Promise.resolve(add(entry, message));
    return { id, signal: entry.stopped.signal, send, close: () => end(entry), fail };
  }

  function add(entry: Entry, message: Omit<SSEMessage, 'id'>): void {
    const { kept, size } = entry;
    if (kept.ended) return;
    const { comment, ...rest } = message;
    if (comment !== undefined && Object.values(rest).every((value) => value === undefined)) {
      return kept.remark(formatSSE({ comment }));
    }
    const text = formatSSE({ ...message, id: String(kept.length + 1) });
    const cost = text.length + OVERHEAD;
    const error =
      size + cost > maxSize
        ? new StreamStoreError('too-large', `The answer is larger than ${maxSize} characters`)
        : makeRoom(cost)
          ? undefined
          : full(maxTotalSize);
    if (error) {
      end(entry, { reason: error });
      throw error;
    }
    grow(entry, cost);
    kept.add(text);
  }

  function grow(entry: Entry, cost: number): void {
    entry.size += cost;
    total += cost;
  }

  /** Lets ended answers go until there is room; false where those that run need all of it. */
  function makeRoom(cost: number): boolean {
    for (const entry of ended.values()) {
      if (total + cost <= maxTotalSize) break;
      drop(entry);
    }
    return total + cost <= maxTotalSize;
  }

  function end(entry: Entry, failure?: { reason: unknown }): void {
    if (entry.kept.ended) return;
    clearTimeout(entry.timer);
    live.delete(entry.id);
    ended.set(entry.id, entry);
    entry.timer = later(() => drop(entry), keep);
    entry.kept.end(failure);
    entry.stopped.abort();
  }

  function drop(entry: Entry): void {
    clearTimeout(entry.timer);
    ended.delete(entry.id);
    total -= entry.size;
    entry.kept.drop();
    gone.add(entry.id);
    if (gone.size > MOST_GONE) gone.delete(gone.values().next().value!);
  }

  /** The answer of that id; undefined also for everybody but its owner. */
  function find(id: string, owner: string | undefined): Entry | undefined {
    const entry = live.get(id) ?? ended.get(id);
    return entry?.owner === owner ? entry : undefined;
  }

  async function respond(id: string, options: RespondOptions = {}): Promise<Response> {
    const { owner, lastEventId, signal, location, headers } = options;
    const entry = find(id, owner);
    if (!entry) return new Response(null, { status: gone.has(id) ? 410 : 404, headers: headers ?? {} });
    const { kept } = entry;
    const after = indexOf(lastEventId, kept.length);
    if (kept.ended && after === kept.length)
      return new Response(null, { status: 204, headers: headers ?? {} });
    const own = new Headers(headers);
    if (location !== undefined) own.set('Content-Location', location);
    return sseResponse(kept.read({ after, heartbeat, signal }), { headers: own });
  }

  async function stop(id: string, { owner, last }: StopOptions = {}): Promise<boolean> {
    const entry = find(id, owner);
    if (!entry || entry.kept.ended) return false;
    if (last) add(entry, last);
    end(entry);
    return true;
  }

  return { open, respond, stop };
}

/** How many messages come before the one to go on with. */
function indexOf(lastEventId: string | null | undefined, length: number): number {
  const id = /^\d+$/.test(lastEventId ?? '') ? Number(lastEventId) : 0;
  return id <= length ? id : 0;
}

const full = (most: number): StreamStoreError =>
  new StreamStoreError('full', `All answers together are larger than ${most} characters`);

/** A timer that keeps no process from ending, where the platform knows that word. */
function later(action: () => void, milliseconds: number): ReturnType<typeof setTimeout> {
  const timer: { unref?: () => void } & ReturnType<typeof setTimeout> = setTimeout(action, milliseconds);
  if (typeof timer === 'object') timer.unref?.();
  return timer;
}
