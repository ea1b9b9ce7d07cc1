import type { MessageInput } from '../../model/plain-data.js';
import { idIn, stringIn, type JSONObject } from '../shared/fields.js';
import type { ThreadProtocol } from '../protocol.js';
import { rowsOf, timeOf } from './read.js';

/** As the requests of the protocol say it, where the page's `body` names nobody. */
const user = 'anonymous';

/** The conversations of a Dify app (docs.dify.ai, Chat App API). Each stored message holds a question and its answer. */
export function difyThreads(endpoint: string): ThreadProtocol {
  const base = endpoint.replace(/\/chat-messages.*$/, '');
  const of = (id: string) => `${base}/conversations/${encodeURIComponent(id)}`;
  return {
    list: () => ({ address: `${base}/conversations?user=${user}&limit=100` }),
    readList: (answer) =>
      rowsOf(answer, 'data').map((row) => ({
        id: idIn(row, 'id') ?? '',
        title: stringIn(row, 'name') || null,
        updatedAt: timeOf(row, 'updated_at', 'created_at'),
      })),
    load: (id) => ({
      address: `${base}/messages?user=${user}&limit=100&conversation_id=${encodeURIComponent(id)}`,
    }),
    readThread: (answer, id) => {
      const rows = rowsOf(answer, 'data').map((row) => ({ row, at: timeOf(row, 'created_at') ?? 0 }));
      // Versions differ in which end they begin with.
      return { id, messages: rows.sort((a, b) => a.at - b.at).flatMap(({ row, at }) => messagesOf(row, at)) };
    },
    rename: (id, title) => ({ address: `${of(id)}/name`, body: { name: title, user } }),
    remove: (id) => ({ address: of(id), method: 'DELETE', body: { user } }),
  };
}

function messagesOf(row: JSONObject, createdAt: number): MessageInput[] {
  const question = stringIn(row, 'query') ?? '';
  const answer = stringIn(row, 'answer') ?? '';
  return [
    { role: 'user', text: question, createdAt },
    ...(answer ? [{ role: 'assistant', text: answer, createdAt, backendId: idIn(row, 'id') } as const] : []),
  ];
}
