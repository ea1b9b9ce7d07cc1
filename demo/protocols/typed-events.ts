import { json, textOf, type Encoder, type Fields, type Route } from './route.js';
import { readConversation } from './turns.js';

/** Unnamed data events that say their type, as FastAPI apps send them, and the general backend that has more to say. */
export const fastapi: Route[] = [
  {
    method: 'POST',
    path: '/api/:user/chat/stream',
    read: ({ body }) => askFor(body, { encode: plain }),
  },
  {
    method: 'POST',
    path: '/api/:user/chat',
    read: ({ body }) => askFor(body, { json: (text) => ({ response: text }) }),
  },
];

export const general: Route[] = [
  {
    method: 'POST',
    path: '/api/chat',
    read({ body, threads }) {
      const { question, history } = readConversation(body, body.messages);
      if (!question) return json({ error: 'message is missing' }, 422);
      const { thread } = threads.open(body.thread_id);
      return { question, thread, history, sourcesInText: false, reply: { encode: rich(thread.id) } };
    },
  },
];

function askFor(body: Fields, reply: { encode: Encoder } | { json: (text: string) => unknown }) {
  const question = textOf(body.message);
  if (question) return { question, sourcesInText: true, reply };
  return json(
    { detail: [{ loc: ['body', 'message'], msg: 'field required', type: 'value_error.missing' }] },
    422,
  );
}

/** What the documented backend sends, and no more. */
const plain: Encoder = (event) => {
  switch (event.type) {
    case 'start':
      return [{ data: { type: 'start', agent: 'DocsAssistant' } }];
    case 'text':
      return [{ data: { type: 'text', content: event.text } }];
    case 'tool-call':
      return [{ data: { type: 'tool_call', name: event.name, status: 'started' } }];
    case 'tool-result':
      return [{ data: { type: 'tool_result', name: event.name, data: event.output } }];
    case 'heartbeat':
      return [{ comment: 'heartbeat' }];
    case 'error':
      // Its generator says done in `finally`, so also after an error.
      return [{ data: { type: 'error', message: event.message } }, ...end];
    case 'done':
      return end;
    default:
      return [];
  }
};

const end = [{ data: { type: 'done' } }, { data: '[DONE]' }];

/** The same style with what else a widget can show: progress, the input of tools, sources. */
const rich =
  (threadId: string): Encoder =>
  (event) => {
    switch (event.type) {
      case 'start':
        return [{ data: { type: 'start', agent: 'DocsAssistant', thread_id: threadId } }];
      case 'progress':
        return [{ data: { type: 'progress', text: event.text, icon: event.icon, percent: event.percent } }];
      case 'tool-call':
        return [{ data: { type: 'tool_call', id: event.id, name: event.name, input: event.input } }];
      case 'tool-result':
        return [{ data: { type: 'tool_result', id: event.id, name: event.name, output: event.output } }];
      case 'sources':
        return [{ data: { type: 'sources', sources: event.sources } }];
      default:
        return plain(event);
    }
  };
