import { createParser } from 'eventsource-parser';
import type { ChatError } from '../model/chat-error.js';
import { ErrorLines } from './error-lines.js';
import { tooLarge } from './limits.js';
import { StrayJSON } from './stray-json.js';
import type { WireDecoder, WireEvent } from './wire-event.js';

export interface SSEOptions {
  /** The most characters one event may hold. */
  maxEventSize: number;
  /**
   * Dispatch a last block that lacks its empty line if its data is whole JSON or `[DONE]`. The HTML standard drops such
   * a block; real backends send it. A line `error: …`, no field of the standard, counts as an event of that name, and
   * so does JSON that stands between the events.
   */
  lenient?: boolean;
}

/** A decoder that also knows what a reconnection needs. */
export interface SSEDecoder extends WireDecoder {
  /** The last event id so far; a block without data moves it too. */
  readonly lastEventId: string;
  /** Milliseconds the server asked to wait before reconnecting, if it did. */
  readonly retry: number | undefined;
}

/**
 * Server-sent events as the HTML standard reads them (section 9.2.6).
 *
 * The parser takes strings, so one streaming UTF-8 decoder stands before it. That decoder must leave a byte order mark
 * in, because the parser removes one itself and two would be one too many.
 */
export function createSSEDecoder({ maxEventSize, lenient = false }: SSEOptions): SSEDecoder {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  let events: WireEvent[] = [];
  let lastId = '';
  let retry: number | undefined;
  let failure: ChatError | undefined;
  const errorLines = lenient ? new ErrorLines() : undefined;
  const strayJSON = lenient ? new StrayJSON() : undefined;

  const parser = createParser({
    maxBufferSize: maxEventSize,
    // `event.id` is the block's own; the standard's last event id outlives the block, also one without data.
    onId: (id) => (lastId = id),
    onRetry: (milliseconds) => (retry = milliseconds),
    onEvent: ({ event = '', data }) => events.push({ name: event, data, id: lastId }),
    // A line that is no field means nothing to the standard; some servers put their errors there.
    onError: ({ type, field, value = '' }) => {
      if (type === 'max-buffer-size-exceeded') failure = tooLarge('An event', maxEventSize);
      else if (lenient && field === 'error') events.push({ name: 'error', data: value, id: lastId });
    },
  });

  const take = (): WireEvent[] => {
    const taken = events;
    events = [];
    return taken;
  };

  /** The parser joins what it is fed to the half line it holds, which copies it: the end of that event is fed by itself. */
  const parse = (text: string): void => {
    const end = text.indexOf('\n\n');
    const rest = end < 0 ? text.length : end + 2;
    parser.feed(text.slice(0, rest));
    if (rest < text.length && !failure) parser.feed(text.slice(rest));
  };

  return {
    get lastEventId() {
      return lastId;
    },
    get retry() {
      return retry;
    },
    get failure() {
      return failure;
    },
    feed(bytes) {
      // After an overflow the parser would throw on every call.
      if (failure) return [];
      const text = utf8.decode(bytes, { stream: true });
      const stray = strayJSON?.feed(text);
      parse(errorLines?.feed(text) ?? text);
      if ((errorLines?.size ?? 0) > maxEventSize) failure = tooLarge('A line', maxEventSize);
      for (const data of stray ?? []) events.push({ name: 'error', data, id: lastId });
      return take();
    },
    end() {
      if (!lenient || failure) return [];
      parser.feed(`${errorLines?.end() ?? ''}${utf8.decode()}\n\n`);
      return take().filter(({ data }) => isWhole(data));
    },
  };
}

/** Whether text that may have been cut is certainly whole: half a JSON value never parses, half a number does. */
function isWhole(data: string): boolean {
  if (data === '[DONE]') return true;
  if (!/^[[{"]/.test(data.trimStart())) return false;
  try {
    JSON.parse(data);
    return true;
  } catch {
    return false;
  }
}
