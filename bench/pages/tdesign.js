import 'tdesign-web-components/lib/style/index.css';
import 'tdesign-web-components/lib/chatbot';
import { endpoint } from './event-stream.js';

const chat = document.createElement('t-chatbot');
chat.chatServiceConfig = {
  endpoint: endpoint('openai/chat/completions'),
  stream: true,
  onMessage: ({ data }) => ({ type: 'markdown', data: data?.choices?.[0]?.delta.content ?? '' }),
};
chat.style.cssText = 'display:block;inline-size:100%;block-size:100%';
const ready = new Promise((resolve) => {
  chat.addEventListener('chatReady', resolve, { once: true });
});
document.body.append(chat);

globalThis.bench = { ready, send: (prompt) => void chat.sendUserMessage({ prompt }) };
