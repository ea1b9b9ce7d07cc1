import { randomUUID } from 'node:crypto';
import { lastChunk, messageChunk } from './langchain.js';
import { post } from './post.js';
import { fieldsOf, type Encoder, type Fields } from './route.js';
import { crlf } from './wire.js';

/** LangServe's `/stream` of a chat model: CRLF, as sse-starlette writes it, and an end without data. */
export const langServe = [
  post({
    path: '/langserve/stream',
    turns: ({ input }) => inputOf(input),
    sourcesInText: true,
    wire: crlf,
    refusal: (detail) => ({ detail }),
    encoder,
  }),
];

/** A chain's input is a question, messages, or an object that holds one of them. */
function inputOf(input: unknown): unknown {
  const { messages, input: text, question }: Fields = Array.isArray(input) ? {} : fieldsOf(input);
  return messages ?? text ?? question ?? input;
}

function encoder(): Encoder {
  const id = `run-${randomUUID()}`;
  const chunk = (data: object) => ({ event: 'data', data });

  return (event) => {
    switch (event.type) {
      case 'start':
        return [{ event: 'metadata', data: { run_id: randomUUID() } }];
      case 'text':
        return [chunk(messageChunk(id, event.text))];
      case 'heartbeat':
        return [{ comment: 'ping' }];
      case 'error':
        return [{ event: 'error', data: { status_code: 500, message: event.message } }];
      case 'done':
        return [chunk(lastChunk(id, event.usage)), { event: 'end' }];
      default:
        return [];
    }
  };
}
