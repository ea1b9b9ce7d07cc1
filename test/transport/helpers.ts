import { Chat, textOf, type ChatOptions } from '../../src/headless.js';

/** A whole answer in two events. */
export const hello = 'data: {"type":"text","content":"Hello"}\n\ndata: [DONE]\n\n';

/** One question to a new chat, and what came of it. */
export async function ask(options: ChatOptions, text = 'Why?') {
  const chat = new Chat(options);
  const answer = await chat.send(text);
  return { chat, answer, text: answer ? textOf(answer) : undefined, error: chat.error.get() };
}
