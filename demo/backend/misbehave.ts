import { json } from '../protocols/route.js';
import { sseResponse } from '../../src/server/index.js';
import type { Misbehaviour } from '../page/options.js';
import type { Answer, AnswerContext } from './answer.js';

/** Thrown by an answer whose connection is to break. */
export class ConnectionCut extends Error {}

/** Pieces of text before something happens "in the middle". */
const MIDDLE = 12;
/** Pieces of text in one burst, and milliseconds between bursts. */
const BURST = { pieces: 25, pause: 1200 };

/** The answer a misbehaving server gives instead of any stream. */
export function instead(misbehaviour: Misbehaviour | undefined): Response | undefined {
  switch (misbehaviour) {
    case 'http-500':
      return json({ error: 'The demo backend fails on request' }, 500);
    case 'http-429':
      return json({ error: 'Too many requests' }, 429, { 'Retry-After': '3' });
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

/** Bends an answer's events; one without a misbehaviour, or with one that `instead` deals with, passes as it is. */
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
      if (misbehaviour === 'slow' && pieces === 1) {
        for (let second = 0; second < 8; second += 1) {
          yield { type: 'heartbeat' };
          await delay(1000, signal);
        }
      }
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
    yield event;
  }
}
