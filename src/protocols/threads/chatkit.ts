import type { MessageInput } from '../../model/plain-data.js';
import { idIn, isObject, listIn, objectIn, stringIn, textIn, type JSONObject } from '../shared/fields.js';
import type { BackendRequest, ThreadProtocol } from '../protocol.js';
import { rowsOf, timeOf } from './read.js';

/** How many threads, and items of one, are asked for at once; the server's own most is 100. */
const limit = 100;

/** The threads of a ChatKit server (chatkit-python `types.py`): everything is a POST to its one address. */
export function chatKitThreads(endpoint: string): ThreadProtocol {
  const ask = (type: string, params: JSONObject): BackendRequest => ({
    address: endpoint,
    body: { type, params },
  });
  return {
    list: () => ask('threads.list', { limit, order: 'desc' }),
    readList: (answer) =>
      rowsOf(answer, 'data').map((thread) => ({
        id: idIn(thread, 'id') ?? '',
        title: stringIn(thread, 'title') || null,
        updatedAt: timeOf(thread, 'updated_at', 'created_at'),
      })),
    load: (id) => ask('threads.get_by_id', { thread_id: id }),
    readThread: (answer, id) => {
      const thread = isObject(answer) ? answer : {};
      const items = rowsOf(objectIn(thread, 'items'), 'data');
      return { id, title: stringIn(thread, 'title') || null, messages: items.flatMap(messageOf) };
    },
    rename: (id, title) => ask('threads.update', { thread_id: id, title }),
    remove: (id) => ask('threads.delete', { thread_id: id }),
  };
}

/** The message of an item; what is neither question nor answer has none. */
function messageOf(item: JSONObject): MessageInput[] {
  const role = { user_message: 'user', assistant_message: 'assistant' }[String(item.type)];
  if (role === undefined) return [];
  const text = listIn(item, 'content')
    .map((part) => textIn(part, ['text']) ?? '')
    .join('');
  return [
    { role: role as 'user', text, backendId: idIn(item, 'id'), createdAt: timeOf(item, 'created_at') ?? 0 },
  ];
}
