import { textOf, type Thread } from '../../src/model/thread.js';
import { openAIChat } from '../../src/protocols/openai-chat.js';
import { bytesOf, replay, stream } from './replay.js';

/** One chunk of the first choice. */
export const chunk = (delta: unknown, rest: object = {}) => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  model: 'm',
  choices: [{ index: 0, delta, ...rest }],
});
export const run = (...list: (readonly [string, unknown] | unknown)[]): Thread =>
  replay(openAIChat, [bytesOf(stream(...list))]);
export const answer = (thread: Thread) => thread.messages.at(-1);
export const text = (thread: Thread) => textOf(thread.messages[1]!);
export const reasoning = (thread: Thread) =>
  answer(thread)
    ?.parts.map((part) => (part.type === 'reasoning' ? part.text : ''))
    .join('');
export const calls = (thread: Thread) =>
  answer(thread)?.parts.map((part) => part.type === 'tool-call' && [part.id, part.name, part.input]);
export const sources = (thread: Thread) =>
  answer(thread)?.parts.flatMap((part) => (part.type === 'source' ? [[part.url, part.title]] : []));
