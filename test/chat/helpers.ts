import { textOf, type Chat, type Status } from '../../src/headless.js';

/** The event of a piece of text. */
export const say = (text: string): string => `data: ${JSON.stringify({ type: 'text', content: text })}\n\n`;

/** The end mark. */
export const done = 'data: {"type":"done"}\n\n';

export function lastText(chat: Chat): string {
  const message = chat.messages.get().at(-1);
  return message ? textOf(message) : '';
}

/** Every status the chat goes through, each once. */
export function statuses(chat: Chat): Status[] {
  const seen: Status[] = [chat.status.get()];
  chat.status.subscribe(() => seen.push(chat.status.get()));
  return seen;
}
