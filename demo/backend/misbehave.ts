import { json } from '../protocols/route.js';
import { sseResponse } from '../../src/server/index.js';
import type { Misbehaviour } from '../page/options.js';
import type { Answer, AnswerContext, AnswerEvent } from './answer.js';
import { ConnectionCut } from './faults.js';

/** Pieces of text before something happens "in the middle". */
const MIDDLE = 12;
/** Pieces of text in one burst, and milliseconds between bursts. */
const BURST = { pieces: 25, pause: 1200 };
/** Characters of one event that is too large, and of one of an answer without end; milliseconds between these. */
const LARGE = { huge: 10_000_000, endless: 2000, pause: 5 };
/** Seconds that `retry-after` asks to wait. */
const RETRY_AFTER = '4';

/** The faults that an answer only shows when it can be read again. */
const needsResume: ReadonlySet<string> = new Set([
  'cut-resumable',
  'cut-often',
  'cut-in-character',
  'repeat-ids',
] satisfies Misbehaviour[]);

export const asksToResume = (misbehaviour: Misbehaviour | undefined): boolean =>
  misbehaviour !== undefined && needsResume.has(misbehaviour);

/** Counts how often the same thing was asked for, for faults that pass. */
export function createAttempts(): { count(key: string): number; forget(key: string): void } {
  const counts = new Map<string, number>();
  return {
    count(key) {
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (counts.size > 100) counts.delete(counts.keys().next().value!);
      return count;
    },
    forget: (key) => void counts.delete(key),
  };
}

/**
 * The answer a misbehaving server gives instead of any stream. Throws `ConnectionCut` where it gives none.
 * @param attempt How often the same was asked, this time included.
 */
export function instead(misbehaviour: Misbehaviour | undefined, attempt: number): Response | undefined {
  switch (misbehaviour) {
    case 'refuse':
      throw new ConnectionCut('The connection is refused on request');
    case 'redirect':
      return new Response(null, { status: 307, headers: { Location: '/demo/elsewhere' } });
    case 'http-401':
      return json({ error: 'Sign in first' }, 401, { 'WWW-Authenticate': 'Bearer' });
    case 'http-429':
      return json({ error: 'Too many requests' }, 429, { 'Retry-After': '3' });
    case 'http-500':
      return json({ error: 'The demo backend fails on request' }, 500);
    case 'http-503':
      return attempt > 2 ? undefined : json({ error: 'Starting, try again soon' }, 503);
    case 'retry-after':
      return attempt > 1
        ? undefined
        : json({ error: 'Too many requests' }, 429, { 'Retry-After': RETRY_AFTER });
    case 'html':
      return new Response('<!doctype html><title>Sign in</title><h1>Please sign in to the network</h1>\n', {
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
      });
    case 'json':
      return json({ status: 'ok' });
    case 'silent':
      // Not one byte, so no heartbeats either; the stream ends when the client gives up.
      return sseResponse(new ReadableStream());
    default:
      return undefined;
  }
}

/** Bends an answer's events; one without a misbehaviour, or with one that happens elsewhere, passes as it is. */
export async function* misbehave(
  answer: Answer,
  misbehaviour: Misbehaviour | undefined,
  context: AnswerContext,
): Answer {
  const { signal, delay } = context;
  let pieces = 0;
  let burst = '';
  for await (const event of answer) {
    if (event.type === 'text') {
      pieces += 1;
      if (pieces === 1) yield* beforeText(misbehaviour, context);
      if (pieces > MIDDLE) {
        if (misbehaviour === 'cut') throw new ConnectionCut('The connection is cut on request');
        if (misbehaviour === 'cut-clean') return;
        if (misbehaviour === 'error')
          return yield { type: 'error', message: 'The model gave up in the middle of its answer' };
      }
      if (misbehaviour === 'bursty') {
        burst += event.text;
        if (pieces % BURST.pieces) continue;
        await delay(BURST.pause, signal);
        yield { type: 'text', text: burst };
        burst = '';
        continue;
      }
    } else if (burst) {
      yield { type: 'text', text: burst };
      burst = '';
    }
    if (event.type === 'done' && misbehaviour === 'no-end-mark') return;
    yield event;
  }
}

/** What comes in place of the first word, or in front of it. */
async function* beforeText(
  misbehaviour: Misbehaviour | undefined,
  { signal, delay }: AnswerContext,
): AsyncGenerator<AnswerEvent, void, void> {
  const beats = { slow: 8, heartbeats: Infinity }[misbehaviour as 'slow' | 'heartbeats'] ?? 0;
  for (let second = 0; second < beats && !signal.aborted; second += 1) {
    yield { type: 'heartbeat' };
    await delay(1000, signal);
    await turn();
  }
  if (misbehaviour === 'huge-event') yield { type: 'text', text: filler(LARGE.huge) };
  while (misbehaviour === 'endless' && !signal.aborted) {
    yield { type: 'text', text: `${filler(LARGE.endless)}\n\n` };
    await delay(LARGE.pause, signal);
    await turn();
  }
}

const filler = (characters: number): string => 'so on and '.repeat(characters / 10).trimEnd();

/** Lets others have their turn, also where a test's delay does not wait. */
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Counts an answer's text as it passes, and tells where it begins and where its middle is. */
export async function* marked(answer: Answer, reached: (place: 'first' | 'half') => void): Answer {
  let pieces = 0;
  for await (const event of answer) {
    if (event.type === 'text') {
      pieces += 1;
      if (pieces === 1) reached('first');
      if (pieces === MIDDLE + 1) reached('half');
    }
    yield event;
  }
}
