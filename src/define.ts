import { ChatStreamElement } from './elements/chat-stream.js';
import { ChatStreamComposerElement } from './elements/composer.js';
import { ChatStreamProviderElement } from './elements/provider.js';
import { register } from './elements/register.js';

// Top-down, providers first, so that a part finds its provider when it is upgraded.
register({
  'chat-stream-provider': ChatStreamProviderElement,
  'chat-stream': ChatStreamElement,
  'chat-stream-composer': ChatStreamComposerElement,
});

// What asks a backend and what lists messages is not needed before there is a question: it comes when the page has
// nothing else to do. Tags that are there by then are upgraded; a question that is quicker waits.
if (typeof document === 'object') {
  const rest = () => {
    void import('./define-leaves.js').then(({ defineLeaves }) => defineLeaves());
    void import('./transport/fetch-transport.js');
    void import('./chat/run-reader.js');
  };
  if (typeof requestIdleCallback === 'function') requestIdleCallback(rest, { timeout: 500 });
  else setTimeout(rest);
}
