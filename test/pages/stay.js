// What a reader of this page sees now, in a form that every driver can carry.
const errors = [];
addEventListener('error', ({ message }) => errors.push(message));
addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));
window.now = () => {
  const { status, messages, error } = document.querySelector('chat-stream');
  const text = messages?.[1]?.parts[0]?.text ?? '';
  return { status: status ?? 'idle', text, code: error?.code ?? '', told: window.told, errors };
};
