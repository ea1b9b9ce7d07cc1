import { ChatError } from '../model/chat-error.js';

/** What reads an answer that came in place of a stream. Most pages never need it, so it is fetched when one does. */
export async function loadInPlace(): Promise<typeof import('./in-place.js')> {
  try {
    return await import('./in-place.js');
  } catch (cause) {
    throw new ChatError('network', 'A part of chat-stream could not be fetched', { retryable: true, cause });
  }
}
