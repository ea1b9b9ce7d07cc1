import type { Usage } from '../backend/answer.js';
import { inputTokens } from './tokens.js';

/** What LangGraph and LangServe share: a chunk of a message as LangChain serialises it. */
export const messageChunk = (id: string, content: string, rest: object = {}): object => ({
  id,
  type: 'AIMessageChunk',
  content,
  additional_kwargs: {},
  tool_call_chunks: [],
  response_metadata: {},
  ...rest,
});

/** What the last chunk tells. */
export const lastChunk = (id: string, usage: Usage): object =>
  messageChunk(id, '', {
    usage_metadata: inputTokens(usage),
    response_metadata: { finish_reason: 'stop' },
  });
