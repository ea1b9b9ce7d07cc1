import type { ChatError } from '../../src/headless.js';
import type { RunEvent } from '../../src/model/run-event.js';
import type { Wait } from '../../src/model/thread.js';
import { FetchTransport, type FetchOptions } from '../../src/transport/fetch-transport.js';
import type { RunningRequest, RunReport, RunRequest } from '../../src/transport/transport.js';

export interface Asked {
  address: string;
  method: string | undefined;
  headers: Headers;
  /** Read as JSON. */
  body: unknown;
  credentials: RequestCredentials | undefined;
  keepalive: boolean | undefined;
  signal: AbortSignal;
}

type Reply = Response | Error | ((asked: Asked) => Response | Promise<Response>);

/** A backend in the page: a `fetch` that gives these replies in turn, and what it was asked. */
export function backendOf(...replies: Reply[]): { fetch: typeof fetch; asked: Asked[] } {
  const asked: Asked[] = [];
  const reply: typeof fetch = async (
    address,
    { method, headers, body, credentials, keepalive, signal } = {},
  ) => {
    const seen: Asked = {
      ...{ address: String(address), method, credentials, keepalive, signal: signal! },
      ...{ headers: new Headers(headers), body: typeof body === 'string' ? JSON.parse(body) : undefined },
    };
    const next = replies[asked.push(seen) - 1];
    if (next === undefined) throw new Error('There are no more replies');
    if (next instanceof Error) throw next;
    return typeof next === 'function' ? next(seen) : next;
  };
  return { fetch: reply, asked };
}

/** A response, an event stream unless its headers say otherwise. */
export const reply = (body: BodyInit | null, headers: Record<string, string> = {}, status = 200): Response =>
  new Response(body, { status, headers: { 'content-type': 'text/event-stream', ...headers } });

/** The same, as it came from an address. */
export const from = (url: string, response: Response): Response =>
  Object.defineProperty(response, 'url', { value: url });

/** A body of these pieces that stays open, or breaks; more can be given to it. */
export function open(pieces: string[], { breaks = false } = {}) {
  const encoder = new TextEncoder();
  const bytes = pieces.map((piece) => encoder.encode(piece));
  let closed: () => void = () => {};
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  /** Resolves when its reader has gone. */
  const left = new Promise<void>((resolve) => (closed = resolve));
  const body = new ReadableStream<Uint8Array>({
    start: (own) => void (controller = own),
    pull: () => {
      const next = bytes.shift();
      if (next) controller.enqueue(next);
      // Not before the pieces are read: an error takes away what is still in the queue.
      else if (breaks) controller.error(new TypeError('network error'));
    },
    cancel: () => closed(),
  });
  const push = (text: string) => controller.enqueue(encoder.encode(text));
  return {
    body,
    left,
    push,
    close: () => controller.close(),
    fail: () => controller.error(new TypeError('lost')),
  };
}

/** What a list of batches holds, and what it failed with. */
export async function gathered(batches: AsyncIterable<readonly RunEvent[]>) {
  const events: RunEvent[] = [];
  try {
    for await (const batch of batches) events.push(...batch);
    return { events };
  } catch (error) {
    return { events, error: error as ChatError };
  }
}

/** A question to a transport, and what came of it. Waits are over at once. */
export async function runOf(
  options: FetchOptions,
  request: Partial<RunRequest> = {},
  signal = new AbortController().signal,
) {
  const waits: Wait[] = [];
  const report: Partial<RunReport> = {};
  const whole: RunRequest = {
    ...{ text: 'Why?', messages: [], threadId: null },
    wait: async (wait) => void waits.push(wait),
    inspect: (note) => Object.assign(report, note),
    ...request,
  };
  const outcome = await gathered(new FetchTransport(options).run(whole, signal));
  const text = outcome.events.map((event) => (event.type === 'part-delta' ? event.delta : '')).join('');
  return { ...outcome, text, waits, report };
}

type Replies = Parameters<typeof backendOf>;

/** A question to a backend with these replies, and what it was asked. */
export async function asked(
  replies: Replies,
  options: Partial<FetchOptions> = {},
  request: Partial<RunRequest> = {},
  stop = new AbortController(),
) {
  const { fetch, asked } = backendOf(...replies);
  const outcome = await runOf({ endpoint: '/ask', fetch, ...options }, request, stop.signal);
  return { ...outcome, asked, first: asked[0], last: asked.at(-1) };
}

/** Asks for an answer that is under way. */
export async function resumed(
  replies: Replies,
  options: Partial<FetchOptions> = {},
  running: Partial<RunRequest & RunningRequest> = {},
) {
  const { fetch, asked } = backendOf(...replies);
  const transport = new FetchTransport({ endpoint: '/ask', fetch, ...options });
  const waits: unknown[] = [];
  const wait = async (told: unknown) => void waits.push(told);
  const request = { text: '', messages: [], threadId: 't1', wait, ...running };
  const batches = await transport.resume(request, new AbortController().signal);
  return { outcome: batches && (await gathered(batches)), asked, waits };
}
