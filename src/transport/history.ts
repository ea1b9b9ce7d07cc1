import { ChatError } from '../model/chat-error.js';
import type { ThreadInput, ThreadSummary } from '../model/plain-data.js';
import type { BackendRequest } from '../protocols/protocol.js';
import { parseJSON } from '../protocols/shared/fields.js';
import { defaultLimits } from '../wire/limits.js';
import { protocolOf, type FetchOptions } from './fetch-transport.js';
import { ask } from './http.js';
import { readText } from './read-text.js';

/** Where threads are kept. */
export interface History {
  /** The threads there are, the newest first. */
  list(): Promise<readonly ThreadSummary[]>;
  load(id: string): Promise<ThreadInput>;
  /** Absent where titles cannot be changed. */
  rename?(id: string, title: string): Promise<void>;
  /** Absent where threads cannot be removed. */
  remove?(id: string): Promise<void>;
}

/**
 * The threads that the backend itself keeps, asked for in its protocol's way. Every call may fail with a `ChatError`; one
 * with code `history` where the protocol has no threads.
 */
export async function backendHistory(options: FetchOptions): Promise<History> {
  const limits = { ...defaultLimits, ...options.limits };
  const protocol = await protocolOf(options);
  const threads = await protocol.threads?.(options.endpoint);
  if (!threads) {
    throw new ChatError('history', `The protocol "${protocol.name}" keeps no threads`, {
      detail: 'unsupported',
    });
  }
  const call = async (request: BackendRequest): Promise<unknown> => {
    const { signal } = new AbortController();
    const response = await ask({ ...request, accept: 'application/json' }, { ...options, ...limits }, signal);
    const text = await readText(response, {
      signal,
      maxSize: limits.maxAnswerSize,
      timeout: limits.idleTimeout,
    });
    const answer = parseJSON(text);
    if (answer === undefined && text.trim()) {
      throw new ChatError('history', 'The backend answered with something else than JSON', {
        retryable: true,
      });
    }
    return answer;
  };
  return {
    list: async () => (threads.list && threads.readList?.(await call(threads.list()))) ?? [],
    load: async (id) => threads.readThread(await call(threads.load(id)), id),
    ...(threads.rename && {
      rename: async (id, title) => void (await call(threads.rename!(id, title))),
    }),
    ...(threads.remove && { remove: async (id) => void (await call(threads.remove!(id))) }),
  };
}
