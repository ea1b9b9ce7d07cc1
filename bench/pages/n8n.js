// The file that n8n offers for a page without a bundler.
import '@n8n/chat/style.css';
import { createChat } from '@n8n/chat/dist/chat.bundle.es.js';
import { endpoint } from './event-stream.js';

const target = document.body.appendChild(document.createElement('div'));
target.id = 'n8n-chat';
target.style.blockSize = '100%';
createChat({
  webhookUrl: endpoint('n8n'),
  target: '#n8n-chat',
  mode: 'fullscreen',
  enableStreaming: true,
  loadPreviousSession: false,
  initialMessages: [],
});

async function until(find) {
  for (;;) {
    const found = find();
    if (found) return found;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

async function send(question) {
  const field = document.querySelector('textarea');
  field.value = question;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  const button = await until(() => document.querySelector('.chat-input-send-button:not(:disabled)'));
  button.click();
}

globalThis.bench = { ready: until(() => document.querySelector('textarea')), send };
