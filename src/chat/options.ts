import type { History } from '../transport/history.js';
import type { Transport } from '../transport/transport.js';
import type { FetchOptions } from '../transport/fetch-transport.js';

/** What a chat is made of; each can be changed later with `configure`. */
export interface ChatOptions extends Partial<FetchOptions> {
  /** The backend's id of the thread to go on with; null for a new one. */
  threadId?: string | null;
  /** Takes the place of `fetch` and of every option about the request. */
  transport?: Transport;
  /**
   * Where threads are kept: `none` by default; in the browser, for this tab (`session`) or for good (`local`), where
   * every script of the page's origin can read them, and two tabs that go on with one thread keep one each; by the backend,
   * where its protocol has threads; or a port of the page's own.
   */
  history?: 'none' | 'session' | 'local' | 'backend' | History;
}
