import { events } from './events.js';
import type { Protocol } from './protocol.js';

type Loader = () => Protocol | Promise<Protocol>;

/** The protocols by name. The tolerant one is always at hand; each other is fetched when it is named or recognised. */
export const protocols: Readonly<Record<string, Loader>> = {
  events: () => events,
  a2a: async () => (await import('./a2a.js')).a2a,
  'a2a-rest': async () => (await import('./a2a.js')).a2aRest,
  'a2a-v1': async () => (await import('./a2a.js')).a2aV1,
  'ag-ui': async () => (await import('./ag-ui.js')).agUI,
  'ai-sdk': async () => (await import('./ai-sdk.js')).aiSDK,
  anthropic: async () => (await import('./anthropic.js')).anthropic,
  'assistant-transport': async () => (await import('./assistant-transport.js')).assistantTransport,
  chatkit: async () => (await import('./chatkit.js')).chatkit,
  cohere: async () => (await import('./cohere.js')).cohere,
  completion: async () => (await import('./completion.js')).completion,
  coze: async () => (await import('./coze.js')).coze,
  dify: async () => (await import('./dify.js')).dify,
  flowise: async () => (await import('./flowise.js')).flowise,
  gemini: async () => (await import('./gemini.js')).gemini,
  'gemini-interactions': async () => (await import('./gemini/interactions.js')).geminiInteractions,
  'hf-chat-ui': async () => (await import('./hf-chat-ui.js')).hfChatUI,
  langgraph: async () => (await import('./langgraph.js')).langGraph,
  langserve: async () => (await import('./langserve.js')).langServe,
  lobechat: async () => (await import('./lobechat.js')).lobeChat,
  n8n: async () => (await import('./n8n.js')).n8n,
  ollama: async () => (await import('./ollama.js')).ollama,
  'openai-assistants': async () => (await import('./openai-assistants.js')).openAIAssistants,
  'openai-chat': async () => (await import('./openai-chat.js')).openAIChat,
  'openai-responses': async () => (await import('./openai-responses.js')).openAIResponses,
  text: async () => (await import('./text.js')).text,
};

/** Endpoints whose path tells what they want to be asked in. */
const paths: readonly (readonly [RegExp, string])[] = [
  [/\/chat\/completions$/, 'openai-chat'],
  [/\/responses$/, 'openai-responses'],
  [/\/v1\/threads(\/[^/]+)?\/runs$/, 'openai-assistants'],
  [/\/v1\/messages$/, 'anthropic'],
  [/:streamGenerateContent$/, 'gemini'],
  [/\/v1(alpha|beta)?\/interactions$/, 'gemini-interactions'],
  [/\/chatkit$/, 'chatkit'],
  [/\/runs\/stream$/, 'langgraph'],
  [/\/api\/generate$/, 'ollama'],
  [/\/v2\/chat$/, 'cohere'],
  [/\/message:stream$/, 'a2a-rest'],
  [/\/chat-messages$/, 'dify'],
  [/\/prediction\/[^/]+$/, 'flowise'],
  [/\/webhook\/.+\/chat$/, 'n8n'],
  [/\/(completion|generate_stream)$/, 'completion'],
  [/\/v3\/chat$/, 'coze'],
];

/** The name of the protocol that an endpoint's path tells; undefined where any may be behind it. */
export function protocolOfPath(endpoint: string): string | undefined {
  const path = endpoint.replace(/[?#].*$/, '').replace(/\/+$/, '');
  const name = paths.find(([pattern]) => pattern.test(path))?.[1];
  return name !== undefined && Object.hasOwn(protocols, name) ? name : undefined;
}
