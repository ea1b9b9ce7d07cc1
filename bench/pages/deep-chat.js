import 'deep-chat';
import { endpoint } from './event-stream.js';

const chat = document.createElement('deep-chat');
chat.connect = { url: endpoint('openai/chat/completions'), stream: true };
chat.responseInterceptor = (chunk) => ({ text: chunk.choices?.[0]?.delta.content ?? '' });
chat.chatStyle = { inlineSize: '100%', blockSize: '100vh', boxSizing: 'border-box' };
document.body.append(chat);

globalThis.bench = {
  ready: customElements.whenDefined('deep-chat'),
  send: (text) => chat.submitUserMessage({ text }),
};
