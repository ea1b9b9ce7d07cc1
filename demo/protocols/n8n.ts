import { post } from './post.js';
import type { Encoder } from './route.js';
import { jsonLines } from './wire.js';

/** n8n's chat trigger with a streaming response: JSON lines, each with the node it comes from. */
export const n8n = [
  post({
    path: '/webhook/demo/chat',
    turns: ({ chatInput }) => chatInput,
    thread: ({ sessionId }) => sessionId,
    sourcesInText: true,
    wire: jsonLines,
    refusal: (message) => ({ code: 400, message }),
    encoder,
  }),
];

function encoder(): Encoder {
  const node = { nodeId: 'demo', nodeName: 'AI Agent', itemIndex: 0, runIndex: 0 };
  const line = (type: string, fields: object = {}) => [
    { data: { type, ...fields, metadata: { ...node, timestamp: Date.now() } } },
  ];

  return (event) => {
    switch (event.type) {
      case 'start':
        return line('begin');
      case 'text':
        return line('item', { content: event.text });
      case 'error':
        return line('error', { content: event.message });
      case 'done':
        return line('end');
      default:
        return [];
    }
  };
}
