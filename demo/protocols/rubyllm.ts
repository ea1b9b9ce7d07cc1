import { json, textOf, type Encoder, type Route } from './route.js';

/** RubyLLM in Sinatra: the question in the URL, every chunk a JSON string, `complete` at the end. */
export const rubyllm: Route[] = [
  {
    method: 'GET',
    path: '/stream_chat',
    read({ query }) {
      const question = textOf(query.get('prompt'));
      if (!question) return json({ error: 'prompt is missing' }, 400);
      return { question, sourcesInText: true, reply: { encode } };
    },
  },
];

const encode: Encoder = (event) => {
  switch (event.type) {
    case 'text':
      // Written as JSON here, because a string would go out as it is.
      return [{ data: JSON.stringify(event.text) }];
    case 'heartbeat':
      return [{ comment: 'heartbeat' }];
    case 'error':
      return [{ event: 'error', data: JSON.stringify(event.message) }];
    case 'done':
      return [{ event: 'complete', data: {} }];
    default:
      return [];
  }
};
