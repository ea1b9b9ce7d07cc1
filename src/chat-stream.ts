// The script tag's door. Under Trusted Types a second Lit cannot be evaluated, so this looks before anything imports it;
// the mark is for a second script whose first is still on its way.
const mark = Symbol.for('chat-stream/loaded@1');

if (customElements.get('chat-stream') || mark in globalThis) {
  console.warn('chat-stream: already on this page; the first one stays');
} else {
  Object.defineProperty(globalThis, mark, { value: true });
  void import('./define.js');
}

export {};
