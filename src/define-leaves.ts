import { ChatStreamMarkdownElement } from './elements/markdown.js';
import { ChatStreamMessageElement } from './elements/message.js';
import { ChatStreamMessagesElement } from './elements/messages.js';
import { register } from './elements/register.js';
import { ChatStreamSuggestionsElement } from './elements/suggestions.js';
import { ChatStreamToolCallElement } from './elements/tool-call.js';

/** Registers what shows messages; a function, so that importing it changes nothing by itself. */
export function defineLeaves(): void {
  ChatStreamMessageElement.needWidget = needWidget;
  fetchForLater();
  register({
    'chat-stream-suggestions': ChatStreamSuggestionsElement,
    'chat-stream-messages': ChatStreamMessagesElement,
    'chat-stream-message': ChatStreamMessageElement,
    'chat-stream-markdown': ChatStreamMarkdownElement,
    'chat-stream-tool-call': ChatStreamToolCallElement,
  });
}

/** What a question, or a broken connection, calls for: it cannot be fetched over the connection that broke. */
function fetchForLater(): void {
  const parts = [
    import('./chat/transport-of.js'),
    import('./transport/wait.js'),
    import('./model/replay.js'),
    import('./transport/in-place.js'),
  ];
  // Whoever needs one of them asks again, and is told why it did not come.
  Promise.all(parts).catch(() => {});
}

/** Few pages ever show a widget: what draws one comes with the first. */
function needWidget(): void {
  import('./define-widget.js').then(
    ({ defineWidget }) => defineWidget(),
    (error: unknown) => console.warn('chat-stream: widgets could not be fetched', error),
  );
}
