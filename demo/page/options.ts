/** Questions the documentation answers; the page offers them, and the backend proposes them where it found nothing. */
export const suggestions: string[] = [
  'How do I point it at my backend?',
  'How do I match my brand colours?',
  'What happens when the connection breaks?',
];

/** Every way the demo backend can go wrong on request (`?misbehave=`), and what a person sees of it. */
export const misbehaviours = {
  slow: 'First word after 8 s',
  bursty: 'Words in bursts',
  cut: 'Breaks off mid-answer',
  'cut-clean': 'Ends early, no end mark',
  silent: 'Never answers',
  error: 'Error event mid-answer',
  'http-500': 'HTTP 500',
  'http-429': 'HTTP 429, try after 3 s',
  html: 'HTML page, no stream',
  json: 'JSON object, no stream',
} as const;

export type Misbehaviour = keyof typeof misbehaviours;

/** Tokens a second of an answer, where nothing else is asked for. */
export const defaultPace = 40;

/** What may be named in place of recognising it: the protocols of this demo's backends. */
export const protocolNames: string[] = [
  ...[
    'events',
    'text',
    'openai-chat',
    'openai-responses',
    'anthropic',
    'gemini',
    'ollama',
    'cohere',
    'chatkit',
  ],
  ...['ai-sdk', 'ag-ui', 'langgraph', 'langserve', 'a2a-rest', 'dify', 'flowise', 'n8n'],
];
