import { ChatStreamMarkdownElement } from './elements/markdown.js';
import { ChatStreamMessageElement } from './elements/message.js';
import { ChatStreamMessagesElement } from './elements/messages.js';
import { register } from './elements/register.js';
import { ChatStreamSuggestionsElement } from './elements/suggestions.js';
import { ChatStreamToolCallElement } from './elements/tool-call.js';

/** Registers what shows messages; a function, so that importing it changes nothing by itself. */
export function defineLeaves(): void {
  ChatStreamMessageElement.needWidget = needWidget;
  register({
    'chat-stream-suggestions': ChatStreamSuggestionsElement,
    'chat-stream-messages': ChatStreamMessagesElement,
    'chat-stream-message': ChatStreamMessageElement,
    'chat-stream-markdown': ChatStreamMarkdownElement,
    'chat-stream-tool-call': ChatStreamToolCallElement,
  });
}

/** Few pages ever show a widget: what draws one comes with the first. */
function needWidget(): void {
  import('./define-widget.js').then(
    ({ defineWidget }) => defineWidget(),
    (error: unknown) => console.warn('chat-stream: widgets could not be fetched', error),
  );
}
