// Only what the page around the element does; the element itself is the built script beside it.
const chat = document.querySelector('chat-stream');
const endpoint = `/answer/${location.search.slice(1)}/openai/v1/chat/completions`;

chat.setAttribute('endpoint', endpoint);
chat.setAttribute('body', '{"model":"bench"}');

const message = (index, role, text) => ({
  id: `old-${index}`,
  role,
  status: 'complete',
  createdAt: 0,
  metadata: {},
  parts: [{ type: 'text', id: '1', text, done: true }],
});

/** Short questions and answers of a thread that has gone on for long. */
function fill(count) {
  chat.messages = Array.from({ length: count }, (_, index) =>
    index % 2 === 0
      ? message(index, 'user', `Question ${index}: what about it?`)
      : message(index, 'assistant', `Answer ${index}.\n\nIt is **so**, for these reasons:\n\n- one\n- two`),
  );
}

globalThis.bench = {
  ready: customElements.whenDefined('chat-stream'),
  send: (question) => void chat.send(question),
  fill,
};
