import { randomUUID } from 'node:crypto';
import { post } from './post.js';
import { textOf, type Encoder, type Route } from './route.js';

/**
 * The AI SDK's UI message stream (version 5 and later), as its `toUIMessageStreamResponse` answers. Where answers can be
 * resumed, a chat's latest one is sent again from its start; there are no ids in it.
 */
export const aiSDK: Route[] = [
  post({
    path: '/ai-sdk/chat',
    wire: { headers: { 'x-vercel-ai-ui-message-stream': 'v1' } },
    refusal: (error) => ({ error }),
    encoder,
    resumption: ({ body }) => ({ withoutIds: true, threadId: textOf(body.id) || undefined }),
  }),
  {
    method: 'GET',
    path: '/ai-sdk/chat/:chat/stream',
    read({ params, answers, resume }) {
      const latest = answers.latest(params.chat!);
      return latest ? resume(latest.id) : new Response(null, { status: 204 });
    },
  },
];

function encoder(): Encoder {
  let open = false;
  const say = (type: string, fields: object = {}) => ({ data: { type, ...fields } });
  // A step is one call of a model: what a tool found goes into the next.
  const next = [say('finish-step'), say('start-step')];
  const end = { data: '[DONE]' };

  return (event) => {
    switch (event.type) {
      case 'start':
        return [say('start', { messageId: `msg-${randomUUID()}` }), say('start-step')];
      case 'tool-call': {
        const { id: toolCallId, name: toolName, input } = event;
        return [
          say('tool-input-start', { toolCallId, toolName }),
          say('tool-input-delta', { toolCallId, inputTextDelta: JSON.stringify(input) }),
          say('tool-input-available', { toolCallId, toolName, input }),
        ];
      }
      case 'tool-result':
        return [say('tool-output-available', { toolCallId: event.id, output: event.output }), ...next];
      case 'text': {
        const opening = open ? [] : [say('text-start', { id: '0' })];
        open = true;
        return [...opening, say('text-delta', { id: '0', delta: event.text })];
      }
      case 'sources':
        return event.sources.map((source, index) =>
          say('source-url', { sourceId: `source-${index}`, ...source }),
        );
      case 'heartbeat':
        return [{ comment: 'heartbeat' }];
      case 'error':
        return [say('error', { errorText: event.message }), end];
      case 'done': {
        const { input: inputTokens, output: outputTokens } = event.usage;
        const usage = { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
        return [
          ...(open ? [say('text-end', { id: '0' })] : []),
          say('finish-step'),
          say('finish', { finishReason: 'stop', messageMetadata: { usage } }),
          end,
        ];
      }
      default:
        return [];
    }
  };
}
