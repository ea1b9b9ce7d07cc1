import type { Turn } from '../backend/answer.js';
import { fieldsOf, textOf, type Fields } from './route.js';

/** Whom the names of roles mean: OpenAI's, LangChain's, Google's, A2A's. */
const roles: Record<string, Turn['role']> = {
  user: 'user',
  human: 'user',
  ROLE_USER: 'user',
  assistant: 'assistant',
  ai: 'assistant',
  model: 'assistant',
  agent: 'assistant',
  ROLE_AGENT: 'assistant',
  system: 'system',
  developer: 'system',
};

/** The turns of a list of messages, or of a bare question; what has another shape is left out. */
export function readTurns(messages: unknown): Turn[] {
  const question = textOf(messages);
  if (question) return [{ role: 'user', content: question }];
  if (!Array.isArray(messages)) return [];
  return messages.map(fieldsOf).flatMap(({ role, type, content, parts }) => {
    const name = textOf(role) || textOf(type);
    const text = contentText(content ?? parts);
    return Object.hasOwn(roles, name) && text ? [{ role: roles[name]!, content: text }] : [];
  });
}

function contentText(content: unknown): string {
  if (!Array.isArray(content)) return textOf(content);
  return content.map((part) => textOf(fieldsOf(part).text)).join('');
}

/**
 * What a request asks: the last question of its turns, or the `message` of the general body. What was said before is
 * only told where the request brings more than the question.
 */
export function readConversation(
  body: Fields,
  messages: unknown,
): { question: string; history: Turn[] | undefined } {
  const own = readTurns(messages);
  const turns = own.length ? own : readTurns(body.messages);
  const at = turns.findLastIndex(({ role }) => role === 'user');
  return {
    question: textOf(body.message) || (turns[at]?.content ?? ''),
    history: at > 0 ? turns.slice(0, at) : undefined,
  };
}
