import { randomUUID } from 'node:crypto';
import type { Usage } from '../backend/answer.js';
import { post } from './post.js';
import type { Encoder } from './route.js';
import { crlf } from './wire.js';

/**
 * Gemini `streamGenerateContent` with `alt=sse`: CRLF, no end mark, no keep-alive. A function call would ask the client to
 * run it; what the server runs itself is code and its result.
 */
export const gemini = [
  post({
    path: '/v1beta/models/demo:streamGenerateContent',
    turns: ({ contents }) => contents,
    wire: crlf,
    refusal: (message) => failure(400, message, 'INVALID_ARGUMENT'),
    encoder,
  }),
];

function encoder(): Encoder {
  const frame = { modelVersion: 'demo', responseId: randomUUID() };
  const say = (parts: object[], candidate: object = {}, rest: object = {}) => [
    {
      data: {
        candidates: [{ content: { parts, role: 'model' }, index: 0, ...candidate }],
        ...rest,
        ...frame,
      },
    },
  ];

  return (event) => {
    switch (event.type) {
      case 'tool-call': {
        const code = `${event.name}(**${JSON.stringify(event.input)})`;
        return say([{ executableCode: { language: 'PYTHON', code } }]);
      }
      case 'tool-result':
        return say([
          { codeExecutionResult: { outcome: 'OUTCOME_OK', output: JSON.stringify(event.output) } },
        ]);
      case 'text':
        return say([{ text: event.text }]);
      case 'sources': {
        const groundingChunks = event.sources.map(({ title, url }) => ({ web: { uri: url, title } }));
        return say([{ text: '' }], { groundingMetadata: { groundingChunks } });
      }
      case 'error':
        return [{ data: failure(503, event.message, 'UNAVAILABLE') }];
      case 'done':
        return say([{ text: '' }], { finishReason: 'STOP' }, { usageMetadata: tokens(event.usage) });
      default:
        return [];
    }
  };
}

const tokens = ({ input, output }: Usage): object => ({
  promptTokenCount: input,
  candidatesTokenCount: output,
  totalTokenCount: input + output,
});

const failure = (code: number, message: string, status: string): object => ({
  error: { code, message, status },
});
