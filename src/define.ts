import { ChatStreamElement } from './elements/chat-stream.js';
import { ChatStreamComposerElement } from './elements/composer.js';
import { ChatStreamMessagesElement } from './elements/messages.js';
import { ChatStreamProviderElement } from './elements/provider.js';
import { register } from './elements/register.js';
import { ChatStreamSuggestionsElement } from './elements/suggestions.js';

// Top-down, providers first, so that a part finds its provider when it is upgraded.
register({
  'chat-stream-provider': ChatStreamProviderElement,
  'chat-stream': ChatStreamElement,
  'chat-stream-messages': ChatStreamMessagesElement,
  'chat-stream-composer': ChatStreamComposerElement,
  'chat-stream-suggestions': ChatStreamSuggestionsElement,
});

// What shows messages is not needed before there are any: it comes when the page has nothing else to do, and what is
// there by then is upgraded.
if (typeof document === 'object') {
  const leaves = () => void import('./define-leaves.js').then(({ defineLeaves }) => defineLeaves());
  if (typeof requestIdleCallback === 'function') requestIdleCallback(leaves, { timeout: 500 });
  else setTimeout(leaves);
}
