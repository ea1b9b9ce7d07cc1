import type { Usage } from '../backend/answer.js';

/** Usage as OpenAI counts it in Chat Completions, and all who followed. */
export const promptTokens = ({ input, output }: Usage): object => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
});

/** Usage as OpenAI counts it in Responses, and LangChain everywhere. */
export const inputTokens = ({ input, output }: Usage): object => ({
  input_tokens: input,
  output_tokens: output,
  total_tokens: input + output,
});
