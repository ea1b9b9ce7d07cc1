import { ChatError } from '../model/chat-error.js';

/** A part that is fetched when it is needed, `load(() => import('…'))`; a `network` error where it cannot be. */
export async function load<T>(part: () => Promise<T>): Promise<T> {
  try {
    return await part();
  } catch (cause) {
    throw new ChatError('network', 'A part of chat-stream could not be fetched', { retryable: true, cause });
  }
}
