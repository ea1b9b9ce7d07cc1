/** How a page reaches one backend: attributes of `<chat-stream>` and nothing else. Tests and the README follow this table. */
export interface Preset {
  /** What the address bar calls it. */
  id: string;
  name: string;
  /** What is particular about this backend's wire, in one sentence. */
  note: string;
  attributes: { endpoint: string } & Partial<Record<PresetAttribute, string>>;
}

export type PresetAttribute = 'send-endpoint' | 'fallback-endpoint' | 'method' | 'body' | 'thread-id';

export const presets: Preset[] = [
  {
    id: 'general',
    name: 'General JSON',
    note: 'Typed data events with progress, tool calls and sources. The shape to choose for a backend of your own.',
    attributes: { endpoint: '/api/chat' },
  },
  {
    id: 'chatkit',
    name: 'ChatKit (Rails)',
    note: 'One address for everything. Progress lines first, then whole messages at once.',
    attributes: { endpoint: '/chatkit' },
  },
  {
    id: 'theo',
    name: 'Theo (named events)',
    note: 'Told in one place, listened to in another. Chunks, then the whole message.',
    attributes: {
      endpoint: '/api/chat/conversations/{threadId}/stream',
      'send-endpoint': '/api/chat/conversations/{threadId}/messages',
      method: 'get',
      'thread-id': 'demo',
      body: '{"content":"$message"}',
    },
  },
  {
    id: 'fastapi',
    name: 'FastAPI (typed data)',
    note: 'Events say their type. Where streaming cannot work, the fallback answers whole.',
    attributes: { endpoint: '/api/42/chat/stream', 'fallback-endpoint': '/api/42/chat' },
  },
  {
    id: 'rubyllm',
    name: 'RubyLLM (Sinatra)',
    note: 'The question travels in the address; every chunk is a JSON string.',
    attributes: { endpoint: '/stream_chat?prompt={message}', method: 'get' },
  },
  {
    id: 'printer',
    name: 'Printer AI',
    note: 'Field names of its own, filled from placeholders. A token per event.',
    attributes: {
      endpoint: '/printer/chat/stream',
      body: '{"user_message":"$message","context_node_ids":[],"project_id":"demo","chat_node_id":"demo","conversation_id":"$threadId"}',
    },
  },
  {
    id: 'openai',
    name: 'OpenAI-compatible',
    note: 'Chat Completions, as every model server speaks it.',
    attributes: { endpoint: '/v1/chat/completions', body: '{"model":"demo"}' },
  },
];
