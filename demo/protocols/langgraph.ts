import { randomUUID } from 'node:crypto';
import { lastChunk, messageChunk } from './langchain.js';
import { post, type Asked, type Dialect } from './post.js';
import { fieldsOf, type Encoder, type Route } from './route.js';

const dialect: Omit<Dialect, 'path'> = {
  turns: ({ input }) => fieldsOf(input).messages,
  sourcesInText: true,
  refusal: (message) => ({ detail: message }),
  encoder,
  resumption: ({ threadId }) => ({
    always: true,
    location: (id) => `/threads/${encodeURIComponent(threadId || randomUUID())}/runs/${id}/stream`,
  }),
};

/**
 * LangGraph Platform with `stream_mode: messages-tuple`: named events with ids, a chunk of a message in each, and a run that
 * can be joined where `Content-Location` says.
 */
export const langGraph: Route[] = [
  post({ ...dialect, path: '/runs/stream' }),
  post({ ...dialect, path: '/threads/:id/runs/stream', thread: (_body, { id }) => id }),
  {
    method: 'GET',
    path: '/threads/:thread/runs/:run/stream',
    read: ({ params, resume }) => resume(params.run!),
  },
];

function encoder({ threadId }: Asked): Encoder {
  const run = { run_id: randomUUID(), thread_id: threadId || randomUUID() };
  const agent = `run-${randomUUID()}`;
  const say = (event: string, data: unknown) => [{ event, data }];
  const tuple = (message: object, langgraph_node = 'agent') =>
    say('messages', [message, { ...run, langgraph_node, langgraph_step: 1 }]);
  const callChunk = (fields: object) =>
    tuple(messageChunk(agent, '', { tool_call_chunks: [{ type: 'tool_call_chunk', index: 0, ...fields }] }));

  return (event) => {
    switch (event.type) {
      case 'start':
        return say('metadata', { run_id: run.run_id, attempt: 1 });
      case 'tool-call': {
        const { id, name, input } = event;
        return [
          ...callChunk({ id, name, args: '' }),
          ...callChunk({ id: null, name: null, args: JSON.stringify(input) }),
        ];
      }
      case 'tool-result': {
        const { id: tool_call_id, name } = event;
        const content = JSON.stringify(event.output);
        return tuple({ id: `tool-${tool_call_id}`, type: 'tool', tool_call_id, name, content }, 'tools');
      }
      case 'text':
        return tuple(messageChunk(agent, event.text));
      case 'heartbeat':
        return [{ comment: 'heartbeat' }];
      case 'error':
        return say('error', { error: 'DemoError', message: event.message });
      case 'done':
        return tuple(lastChunk(agent, event.usage));
      default:
        return [];
    }
  };
}
