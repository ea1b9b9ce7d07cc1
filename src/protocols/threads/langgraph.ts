import type { MessageInput } from '../../model/plain-data.js';
import { idIn, isObject, listIn, objectIn, stringIn } from '../shared/fields.js';
import { messageIn, piecesIn, senderOf } from '../langchain/content.js';
import type { ThreadProtocol } from '../protocol.js';
import { rowsOf, timeOf } from './read.js';

/** The threads of a LangGraph server (LangGraph Platform API, Threads). The title is kept in the metadata. */
export function langGraphThreads(endpoint: string): ThreadProtocol {
  const base = endpoint.replace(/\/(threads\/[^/]+\/)?runs\/stream.*$/, '');
  const of = (id: string) => `${base}/threads/${encodeURIComponent(id)}`;
  return {
    list: () => ({
      address: `${base}/threads/search`,
      body: { limit: 100, sort_by: 'updated_at', sort_order: 'desc' },
    }),
    readList: (answer) =>
      rowsOf(answer, 'threads').map((thread) => ({
        id: idIn(thread, 'thread_id') ?? '',
        title: stringIn(objectIn(thread, 'metadata'), 'title', 'thread_name') ?? null,
        updatedAt: timeOf(thread, 'updated_at', 'created_at'),
      })),
    load: (id) => ({ address: `${of(id)}/state` }),
    readThread: (answer, id) => {
      const values = isObject(answer) ? objectIn(answer, 'values') : {};
      return { id, messages: listIn(values, 'messages').flatMap(messageOf) };
    },
    rename: (id, title) => ({ address: of(id), method: 'PATCH', body: { metadata: { title } } }),
    remove: (id) => ({ address: of(id), method: 'DELETE' }),
  };
}

/** The message a person would see: calls of tools and their results are no part of the reading. */
function messageOf(value: unknown): MessageInput[] {
  const message = messageIn(value);
  const role = { ai: 'assistant', human: 'user', tool: undefined, other: undefined }[senderOf(message)];
  const text = piecesIn(message)
    .filter(({ kind }) => kind === 'text')
    .map((piece) => piece.text)
    .join('');
  return role && text ? [{ role: role as 'user', text, backendId: idIn(message, 'id') }] : [];
}
