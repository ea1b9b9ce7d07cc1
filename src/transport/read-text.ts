import { ChatError } from '../model/chat-error.js';
import { readChunks } from '../wire/read.js';
import { leave } from './leave.js';

export interface ReadTextOptions {
  signal: AbortSignal;
  /** The most bytes to read. */
  maxSize: number;
  /** Milliseconds to wait for each piece, and for all of them. */
  timeout: number;
  /** Give back what has arrived when a limit is reached, instead of failing. */
  cut?: boolean;
}

/** A body as text, within limits. Throws `overflow`, `timeout` or `interrupted`, unless `cut` is set. */
export async function readText(response: Response, options: ReadTextOptions): Promise<string> {
  const { signal, maxSize, timeout, cut = false } = options;
  if (!response.body) return '';
  const utf8 = new TextDecoder();
  const until = performance.now() + timeout;
  let text = '';
  let size = 0;
  try {
    for await (const chunk of readChunks(response.body, { signal, idleTimeout: timeout })) {
      size += chunk.length;
      text += utf8.decode(chunk, { stream: true });
      if (size <= maxSize && performance.now() <= until) continue;
      if (cut) return text;
      throw size > maxSize ? tooLarge(maxSize) : tooSlow(timeout);
    }
  } catch (error) {
    if (!cut) throw error;
  } finally {
    leave(response);
  }
  return text + utf8.decode();
}

const tooLarge = (maxSize: number): ChatError =>
  new ChatError('overflow', `The answer is larger than ${maxSize} bytes`, { detail: 'answer-too-large' });

const tooSlow = (timeout: number): ChatError =>
  new ChatError('timeout', `The answer took longer than ${timeout} ms`, { retryable: true });
