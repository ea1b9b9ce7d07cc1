import type { ChatError } from '../model/chat-error.js';
import { tooLarge } from './limits.js';
import type { WireDecoder, WireEvent } from './wire-event.js';

/** JSON lines (NDJSON): one event a line, blank lines dropped, the last line with or without its line feed. */
export function createJSONLinesDecoder({ maxEventSize }: { maxEventSize: number }): WireDecoder {
  const utf8 = new TextDecoder();
  // Pieces of the unfinished line: joined once when it ends, so that a line in many chunks costs no more than in one.
  let pieces: string[] = [];
  let size = 0;

  let failure: ChatError | undefined;

  const hold = (text: string): void => {
    size += text.length;
    if (size > maxEventSize) failure = tooLarge('A line', maxEventSize);
    else pieces.push(text);
  };

  const finish = (events: WireEvent[]): void => {
    const data = pieces.join('').trim();
    pieces = [];
    size = 0;
    if (data) events.push({ name: '', data, id: '' });
  };

  const feedText = (text: string): WireEvent[] => {
    const events: WireEvent[] = [];
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
      if (line) hold(line);
      if (failure) break;
      if (index < lines.length - 1) finish(events);
    }
    return events;
  };

  return {
    get failure() {
      return failure;
    },
    feed: (bytes) => (failure ? [] : feedText(utf8.decode(bytes, { stream: true }))),
    end: () => (failure ? [] : feedText(`${utf8.decode()}\n`)),
  };
}
