import { idIn } from '../shared/fields.js';
import { messageIn, piecesIn, senderOf } from '../langchain/content.js';
import type { ThreadProtocol } from '../protocol.js';
import { rowsOf } from './read.js';

/**
 * What an n8n workflow remembers (n8n `packages/@n8n/chat`, `loadPreviousSession`). It can load one session by its id and
 * knows no list.
 */
export function n8nThreads(endpoint: string): ThreadProtocol {
  return {
    load: (id) => ({ address: endpoint, body: { action: 'loadPreviousSession', sessionId: id } }),
    readThread: (answer, id) => ({
      id,
      messages: rowsOf(answer, 'data').flatMap((row) => {
        const message = messageIn(row);
        const role = senderOf(message) === 'ai' ? 'assistant' : 'user';
        const text = piecesIn(message)
          .map((piece) => piece.text)
          .join('');
        return text ? [{ role, text, backendId: idIn(message, 'id') } as const] : [];
      }),
    }),
  };
}
