// What the widgets of a page told it, in order; every page of these tests loads this first.
window.told = [];
for (const type of ['chat-run-started', 'chat-message-added', 'chat-error', 'chat-run-ended'])
  addEventListener(type, ({ outcome, target }) =>
    window.told.push([type.slice(5), outcome, target.id].filter(Boolean).join(' ')),
  );
