import { ChatError } from '../model/chat-error.js';
import type { Thread } from '../model/thread.js';
import type { FetchOptions } from '../transport/fetch-transport.js';
import { load } from '../transport/load.js';
import type { Transport } from '../transport/transport.js';
import type { ChatOptions } from './options.js';
import { limitsOf } from './reading.js';

/** The options of a request. Throws a `ChatError` where no backend is set. */
export function fetchOptionsOf(options: ChatOptions): FetchOptions {
  const { endpoint } = options;
  if (!endpoint) throw new ChatError('protocol', 'No endpoint is set', { detail: 'endpoint' });
  return { ...options, endpoint };
}

/** What takes a question of a thread to its backend. Rejects with a `ChatError` where the thread may not go on. */
export async function transportOf(options: ChatOptions, { messages }: Thread): Promise<Transport> {
  const { maxMessages } = limitsOf(options);
  if (messages.length > maxMessages) {
    throw new ChatError('overflow', `A thread holds ${maxMessages} messages at most`, {
      detail: 'thread-too-long',
    });
  }
  if (options.transport) return options.transport;
  const fetchOptions = fetchOptionsOf(options);
  // Not needed before there is a question: the first download does without it.
  const { FetchTransport } = await load(() => import('../transport/fetch-transport.js'));
  return new FetchTransport(fetchOptions);
}
