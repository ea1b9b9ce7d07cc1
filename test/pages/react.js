import { createElement as h, StrictMode, useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';

import '../../src/define.ts';

/** A chat as an app has it: a new function and a new object with every render, and an effect that subscribes. */
function Chat({ id, label }) {
  const element = useRef(null);
  useEffect(() => {
    const { chat } = element.current;
    return chat.messages.subscribe(() => (window.notices[id] = (window.notices[id] ?? 0) + 1));
  }, [id]);
  return h('chat-stream', {
    ...{ id, label, ref: element, endpoint: `/chat/${id}` },
    headers: () => ({ 'x-label': label }),
    suggestions: ['What is this?'],
    strings: { placeholder: label },
    'onchat-run-ended': ({ outcome }) => window.ended.push(`${id} ${outcome}`),
  });
}

function App() {
  const [{ order, label, shown }, set] = useState({ order: ['a', 'b'], label: 'First', shown: true });
  window.page = {
    relabel: (next) => set((state) => ({ ...state, label: next })),
    reorder: () => set((state) => ({ ...state, order: state.order.toReversed() })),
    toggle: () => set((state) => ({ ...state, shown: !state.shown })),
  };
  return (
    shown &&
    h(
      'main',
      null,
      ...[h('p', null, label)],
      order.map((id) => h(Chat, { key: id, id, label })),
    )
  );
}

window.ended = [];
window.notices = {};
createRoot(document.querySelector('#app')).render(h(StrictMode, null, h(App)));
