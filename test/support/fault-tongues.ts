/** How a protocol says a text in pieces, for tests that make their own streams. */
export interface Tongue {
  start: string[];
  /** One piece of the text. */
  delta: (text: string) => string;
  end: string[];
  /** Which of the ends is the first that proves the answer whole, at least where the body then ends well. */
  mark: number;
  /** Whether the last of the ends needs no end of the body to count. */
  certain: boolean;
  error: string;
}

const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const named = (type: string, more: object = {}): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;
const chunk = (delta: object, finish: string | null = null): string =>
  data({ id: 'c1', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] });

export const tongues: Readonly<Record<string, Tongue>> = {
  'openai-chat': {
    start: [chunk({ role: 'assistant', content: '' })],
    delta: (content) => chunk({ content }),
    end: [chunk({}, 'stop'), 'data: [DONE]\n\n'],
    mark: 0,
    certain: true,
    error: data({ error: { message: 'Busy' } }),
  },
  anthropic: {
    start: [
      named('message_start', { message: { id: 'm1', role: 'assistant', content: [] } }),
      named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    ],
    delta: (text) => named('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
    end: [
      named('content_block_stop', { index: 0 }),
      named('message_delta', { delta: { stop_reason: 'end_turn' } }),
      named('message_stop'),
    ],
    mark: 2,
    certain: true,
    error: named('error', { error: { type: 'overloaded_error', message: 'Busy' } }),
  },
  'ai-sdk': {
    start: [data({ type: 'start', messageId: 'm1' }), data({ type: 'text-start', id: '1' })],
    delta: (delta) => data({ type: 'text-delta', id: '1', delta }),
    end: [data({ type: 'text-end', id: '1' }), data({ type: 'finish' }), 'data: [DONE]\n\n'],
    mark: 1,
    certain: true,
    error: data({ type: 'error', errorText: 'Busy' }),
  },
  'ag-ui': {
    start: [
      data({ type: 'RUN_STARTED', threadId: 't1', runId: 'r1' }),
      data({ type: 'TEXT_MESSAGE_START', messageId: 'm1', role: 'assistant' }),
    ],
    delta: (delta) => data({ type: 'TEXT_MESSAGE_CONTENT', messageId: 'm1', delta }),
    end: [
      data({ type: 'TEXT_MESSAGE_END', messageId: 'm1' }),
      data({ type: 'RUN_FINISHED', threadId: 't1', runId: 'r1' }),
    ],
    mark: 1,
    certain: false,
    error: data({ type: 'RUN_ERROR', message: 'Busy' }),
  },
  events: {
    start: [],
    delta: (content) => data({ type: 'text', content }),
    end: [data({ type: 'done' })],
    mark: 0,
    certain: true,
    error: data({ type: 'error', message: 'Busy' }),
  },
};

/** All events of an answer. */
export const eventsOf = ({ start, delta, end }: Tongue, pieces: readonly string[]): string[] => [
  ...start,
  ...pieces.map(delta),
  ...end,
];

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const base64 = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};
