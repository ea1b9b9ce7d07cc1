import { events } from './events.js';
import type { Protocol } from './protocol.js';

type Loader = () => Protocol | Promise<Protocol>;

/** The protocols by name. The tolerant one is always at hand; each other is fetched when it is named or recognised. */
export const protocols: Readonly<Record<string, Loader>> = {
  events: () => events,
  chatkit: async () => (await import('./chatkit.js')).chatkit,
  'openai-chat': async () => (await import('./openai-chat.js')).openAIChat,
  text: async () => (await import('./text.js')).text,
};

/** Endpoints whose path tells what they want to be asked in. */
const paths: readonly (readonly [RegExp, string])[] = [
  [/\/chat\/completions$/, 'openai-chat'],
  [/\/responses$/, 'openai-responses'],
  [/\/v1\/messages$/, 'anthropic'],
  [/:streamGenerateContent$/, 'gemini'],
  [/\/chatkit$/, 'chatkit'],
  [/\/runs\/stream$/, 'langgraph'],
  [/\/api\/generate$/, 'ollama'],
  [/\/v2\/chat$/, 'cohere'],
  [/\/message:stream$/, 'a2a'],
  [/\/chat-messages$/, 'dify'],
  [/\/prediction\/[^/]+$/, 'flowise'],
  [/\/webhook\/.+\/chat$/, 'n8n'],
];

/** The name of the protocol that an endpoint's path tells; undefined where any may be behind it. */
export function protocolOfPath(endpoint: string): string | undefined {
  const path = endpoint.replace(/[?#].*$/, '').replace(/\/+$/, '');
  const name = paths.find(([pattern]) => pattern.test(path))?.[1];
  return name !== undefined && Object.hasOwn(protocols, name) ? name : undefined;
}
