import { ChatError } from '../model/chat-error.js';

/** The transport that asks by `fetch`, with everything that reads an answer: not needed before there is a question. */
export const loadFetchTransport = () => load(() => import('./fetch-transport.js'));

/** What reads an answer that came in place of a stream: most pages never need it. */
export const loadInPlace = () => load(() => import('./in-place.js'));

async function load<T>(part: () => Promise<T>): Promise<T> {
  try {
    return await part();
  } catch (cause) {
    throw new ChatError('network', 'A part of chat-stream could not be fetched', { retryable: true, cause });
  }
}
