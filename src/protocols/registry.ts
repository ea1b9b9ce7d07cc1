import { events } from './events.js';
import type { Protocol } from './protocol.js';

/** The protocols by name. The tolerant one is always at hand; each other is fetched when it is named or recognised. */
export const protocols: Readonly<Record<string, () => Protocol | Promise<Protocol>>> = {
  events: () => events,
  'openai-chat': async () => (await import('./openai-chat.js')).openAIChat,
};
