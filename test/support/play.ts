import { onCleanup } from './cleanup.js';
import type { PlayScript, SeenRequest } from './play-script.js';
import { ask } from './server.js';

export type { Answer, Bytes, PlayScript, SeenRequest, Step } from './play-script.js';

export interface Play {
  /** Same-origin address that plays the script; may be followed by any path and query. */
  url: string;
  /** The same on another origin, where no connection is used twice; see `PlayScript.cors`. Only where the page's policy allows it. */
  otherUrl: string;
  /** Opens a gate for good. */
  release(gate: string): Promise<void>;
  /** Resolves when an answer has come to that gate. */
  reached(gate: string): Promise<void>;
  /** What was asked so far; with a number, waits until there are that many requests. */
  requests(atLeast?: number): Promise<SeenRequest[]>;
  /** Resolves when the exchange with that number (from 0) is over, and says who closed it. */
  closed(number?: number): Promise<SeenRequest>;
}

/**
 * Scripts a server for this test:
 *
 *     const server = await play({ answers: [{ steps: [{ write: 'data: a\n\n' }, { gate: 'more' }], end: 'truncate' }] });
 *     const response = await fetch(server.url);
 *     await server.release('more');
 *
 * A browser opens six connections to one server at most: a test that leaves six answers hanging blocks `release` too.
 */
export async function play(script: PlayScript): Promise<Play> {
  const { id, other } = await ask<{ id: string; other: string }>('/play', 'PUT', script);
  const control = `/play-control/${id}`;
  onCleanup(() => ask(`${control}/end`, 'DELETE'));
  return {
    url: `/play/${id}`,
    otherUrl: `${other}/play/${id}`,
    release: async (gate) => void (await ask(`${control}/release/${encodeURIComponent(gate)}`, 'POST')),
    reached: async (gate) => void (await ask(`${control}/reached/${encodeURIComponent(gate)}`)),
    requests: (atLeast = 0) => ask(`${control}/requests/${atLeast}`),
    closed: (number = 0) => ask(`${control}/closed/${number}`),
  };
}

/** An origin where nobody listens. */
export const closedPort = async (): Promise<string> =>
  (await ask<{ origin: string }>('/play-control/nobody')).origin;

/** The usual answer: an event stream of these pieces of text. */
export const streamed = (...pieces: string[]): PlayScript => ({
  answers: [{ steps: pieces.map((write) => ({ write })) }],
});
