import type { Thread } from '../../src/model/thread.js';
import { openAIResponses } from '../../src/protocols/openai-responses.js';
import { bytesOf, replay, stream } from './replay.js';

export const response = (rest: object = {}) => ({ response: { id: 'resp_1', model: 'm', ...rest } });
export const event = (type: string, rest: object = {}) => ({ type: `response.${type}`, ...rest });
export const created = event('created', response());
export const completed = event('completed', response({ output: [] }));
export const text = (delta: string, output_index = 0, content_index = 0) =>
  event('output_text.delta', { output_index, content_index, delta });
/** An output item: whole, or as it begins where `step` is `added`. */
export const item = (type: string, rest: object, output_index = 0, step = 'done') =>
  event(`output_item.${step}`, { output_index, item: { type, ...rest } });
export const run = (...list: unknown[]): Thread => replay(openAIResponses, [bytesOf(stream(...list))]);
export const answer = (thread: Thread) => thread.messages.at(-1)!;
/** The parts of an answer that ends as it should. */
export const parts = (...list: unknown[]) => answer(run(created, ...list, completed)).parts;
