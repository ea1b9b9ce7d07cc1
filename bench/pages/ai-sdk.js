import { useChat } from '@ai-sdk/react';
import { DefaultChatTransport } from 'ai';
import { createElement as h, useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Streamdown } from 'streamdown';
import { endpoint } from './event-stream.js';

const transport = new DefaultChatTransport({ api: endpoint('ai-sdk') });
const textOf = ({ parts }) => parts.map(({ text = '' }) => text).join('');
const mounted = Promise.withResolvers();

function Message({ message, busy }) {
  if (message.role === 'user') return h('p', null, textOf(message));
  return h(Streamdown, { isAnimating: busy }, textOf(message));
}

/** The chat of the AI SDK's guide: messages, a form, and a list that stays at its end. */
function Chat() {
  const { messages, sendMessage, status } = useChat({ transport, experimental_throttle: 50 });
  const [input, setInput] = useState('');
  const list = useRef(null);
  const busy = status === 'streaming';
  useEffect(() => void (list.current.scrollTop = 1e9), [messages]);
  useEffect(() => mounted.resolve((text) => void sendMessage({ text })), [sendMessage]);
  const submit = (event) => {
    event.preventDefault();
    void sendMessage({ text: input });
    setInput('');
  };
  return h(
    'div',
    { className: 'page' },
    h(
      'main',
      { ref: list },
      messages.map((message) => h(Message, { key: message.id, message, busy })),
    ),
    h(
      'form',
      { onSubmit: submit },
      h('textarea', { value: input, onChange: ({ target }) => setInput(target.value) }),
    ),
  );
}

createRoot(document.body.appendChild(document.createElement('div'))).render(h(Chat));
globalThis.bench = {
  ready: mounted.promise,
  send: (question) => void mounted.promise.then((send) => send(question)),
};
