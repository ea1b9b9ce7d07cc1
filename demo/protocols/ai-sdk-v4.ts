import { randomUUID } from 'node:crypto';
import { post } from './post.js';
import type { Encoder } from './route.js';
import { plainText } from './wire.js';

/** The AI SDK's older data stream (version 4): lines of a code, a colon and JSON. */
export const aiSDKv4 = [
  post({
    path: '/ai-sdk/v4',
    wire: { ...plainText, headers: { ...plainText.headers, 'x-vercel-ai-data-stream': 'v1' } },
    refusal: (error) => ({ error }),
    encoder,
  }),
];

function encoder(): Encoder {
  const line = (code: string, value: unknown) => ({ data: `${code}:${JSON.stringify(value)}\n` });
  const step = () => line('f', { messageId: `msg-${randomUUID()}` });
  const finish = (finishReason: string, promptTokens?: number, completionTokens?: number) => {
    const usage = { promptTokens: promptTokens ?? null, completionTokens: completionTokens ?? null };
    return [line('e', { finishReason, usage, isContinued: false }), line('d', { finishReason, usage })];
  };

  return (event) => {
    switch (event.type) {
      case 'start':
        return [step()];
      case 'tool-call': {
        const { id: toolCallId, name: toolName, input: args } = event;
        return [
          line('b', { toolCallId, toolName }),
          line('c', { toolCallId, argsTextDelta: JSON.stringify(args) }),
          line('9', { toolCallId, toolName, args }),
        ];
      }
      case 'tool-result':
        return [
          line('a', { toolCallId: event.id, result: event.output }),
          finish('tool-calls')[0]!,
          // What the tool found goes into the next call of the model.
          step(),
        ];
      case 'text':
        return [line('0', event.text)];
      case 'sources':
        return event.sources.map((source, index) =>
          line('h', { sourceType: 'url', id: `source-${index}`, ...source }),
        );
      case 'error':
        return [line('3', event.message), ...finish('error')];
      case 'done':
        return finish('stop', event.usage.input, event.usage.output);
      default:
        return [];
    }
  };
}
