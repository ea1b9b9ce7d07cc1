/** How a page reaches one backend: attributes of `<chat-stream>` and nothing else. Tests and the README follow this table. */
export interface Preset {
  /** What the address bar calls it. */
  id: string;
  name: string;
  group: PresetGroup;
  /** What is particular about this backend's wire, in one sentence. */
  note: string;
  attributes: { endpoint: string } & Partial<Record<PresetAttribute, string>>;
}

/** In the order the page shows them. */
export const presetGroups = ['Home-made', 'Providers', 'Frameworks'] as const;

export type PresetGroup = (typeof presetGroups)[number];

export type PresetAttribute =
  'send-endpoint' | 'fallback-endpoint' | 'stop-endpoint' | 'method' | 'body' | 'thread-id';

/** Where a person's Stop is told to a backend whose answers outlive their connection. */
export const stopEndpoint = '/api/stop';

/** A field that providers insist on; a page says it once. */
const model = '{"model":"demo"}';

export const presets: Preset[] = [
  {
    id: 'general',
    name: 'General JSON',
    group: 'Home-made',
    note: 'Typed data events with progress, tool calls and sources. The shape to choose for a backend of your own.',
    attributes: { endpoint: '/api/chat' },
  },
  {
    id: 'chatkit',
    name: 'ChatKit (Rails)',
    group: 'Home-made',
    note: 'One address for everything. Progress lines first, then whole messages at once.',
    attributes: { endpoint: '/chatkit' },
  },
  {
    id: 'theo',
    name: 'Theo (named events)',
    group: 'Home-made',
    note: 'Told in one place, listened to in another, from the last id on after a break.',
    attributes: {
      endpoint: '/api/chat/conversations/{threadId}/stream',
      'send-endpoint': '/api/chat/conversations/{threadId}/messages',
      'stop-endpoint': stopEndpoint,
      method: 'get',
      'thread-id': 'demo',
      body: '{"content":"$message"}',
    },
  },
  {
    id: 'fastapi',
    name: 'FastAPI (typed data)',
    group: 'Home-made',
    note: 'Events say their type. Where streaming cannot work, the fallback answers whole.',
    attributes: { endpoint: '/api/42/chat/stream', 'fallback-endpoint': '/api/42/chat' },
  },
  {
    id: 'rubyllm',
    name: 'RubyLLM (Sinatra)',
    group: 'Home-made',
    note: 'The question travels in the address; every chunk is a JSON string.',
    attributes: { endpoint: '/stream_chat?prompt={message}', method: 'get' },
  },
  {
    id: 'printer',
    name: 'Printer AI',
    group: 'Home-made',
    note: 'Field names of its own, filled from placeholders. A token per event.',
    attributes: {
      endpoint: '/printer/chat/stream',
      body: '{"user_message":"$message","context_node_ids":[],"project_id":"demo","chat_node_id":"demo","conversation_id":"$threadId"}',
    },
  },
  {
    id: 'text',
    name: 'Plain text',
    group: 'Home-made',
    note: 'The body is the answer and nothing else: no end mark, no word for an error.',
    attributes: { endpoint: '/text' },
  },
  {
    id: 'openai',
    name: 'OpenAI-compatible',
    group: 'Providers',
    note: 'Chat Completions, as every model server speaks it.',
    attributes: { endpoint: '/v1/chat/completions', body: model },
  },
  {
    id: 'openai-responses',
    name: 'OpenAI Responses',
    group: 'Providers',
    note: 'Items that are announced, grow and are done; the last event repeats them all.',
    attributes: { endpoint: '/v1/responses', body: model },
  },
  {
    id: 'anthropic',
    name: 'Anthropic Messages',
    group: 'Providers',
    note: 'Numbered blocks of content: the tool, its result, the text with its citations.',
    attributes: { endpoint: '/v1/messages', body: model },
  },
  {
    id: 'gemini',
    name: 'Google Gemini',
    group: 'Providers',
    note: 'CRLF between events and no end mark; a finish reason says that all is there.',
    attributes: { endpoint: '/v1beta/models/demo:streamGenerateContent?alt=sse' },
  },
  {
    id: 'ollama',
    name: 'Ollama',
    group: 'Providers',
    note: 'JSON lines, one for every few letters; the last says done.',
    attributes: { endpoint: '/ollama/api/chat', body: model },
  },
  {
    id: 'cohere',
    name: 'Cohere v2',
    group: 'Providers',
    note: 'Named events with hyphens, and citations that know their documents.',
    attributes: { endpoint: '/v2/chat', body: model },
  },
  {
    id: 'chatkit-python',
    name: 'ChatKit (Python)',
    group: 'Frameworks',
    note: 'The full protocol: an item is announced, grows by deltas, gets annotations and is done.',
    attributes: { endpoint: '/py/chatkit' },
  },
  {
    id: 'ai-sdk',
    name: 'AI SDK (5 and later)',
    group: 'Frameworks',
    note: 'The UI message stream; a header says so before the first event.',
    attributes: { endpoint: '/ai-sdk/chat' },
  },
  {
    id: 'ai-sdk-v4',
    name: 'AI SDK 4 (data stream)',
    group: 'Frameworks',
    note: 'Lines of a code, a colon and JSON, labelled as plain text.',
    attributes: { endpoint: '/ai-sdk/v4' },
  },
  {
    id: 'ag-ui',
    name: 'AG-UI',
    group: 'Frameworks',
    note: 'Event types in capitals; steps, tool calls and messages have a start and an end.',
    attributes: { endpoint: '/ag-ui' },
  },
  {
    id: 'langgraph',
    name: 'LangGraph Platform',
    group: 'Frameworks',
    note: 'Named events with ids; after a break the run is joined where a header says.',
    attributes: { endpoint: '/runs/stream', 'stop-endpoint': stopEndpoint },
  },
  {
    id: 'langserve',
    name: 'LangServe',
    group: 'Frameworks',
    note: 'Serialised message chunks with CRLF between them, and an end without data.',
    attributes: { endpoint: '/langserve/stream' },
  },
  {
    id: 'a2a',
    name: 'A2A 1.x (REST)',
    group: 'Frameworks',
    note: 'A task with states; the answer is an artifact that grows.',
    attributes: { endpoint: '/message:stream' },
  },
  {
    id: 'dify',
    name: 'Dify',
    group: 'Frameworks',
    note: 'An agent’s thoughts, sent again with what the tool found; letters escaped to ASCII.',
    attributes: { endpoint: '/v1/chat-messages' },
  },
  {
    id: 'flowise',
    name: 'Flowise',
    group: 'Frameworks',
    note: 'Every event wrapped in another; the start repeats the first token.',
    attributes: { endpoint: '/api/v1/prediction/demo' },
  },
  {
    id: 'n8n',
    name: 'n8n chat trigger',
    group: 'Frameworks',
    note: 'JSON lines that say which node of the workflow speaks.',
    attributes: { endpoint: '/webhook/demo/chat' },
  },
];
