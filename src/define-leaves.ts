import { ChatStreamMarkdownElement } from './elements/markdown.js';
import { ChatStreamMessageElement } from './elements/message.js';
import { register } from './elements/register.js';
import { ChatStreamToolCallElement } from './elements/tool-call.js';

/** Registers what shows messages; a function, so that importing it changes nothing by itself. */
export function defineLeaves(): void {
  register({
    'chat-stream-message': ChatStreamMessageElement,
    'chat-stream-markdown': ChatStreamMarkdownElement,
    'chat-stream-tool-call': ChatStreamToolCallElement,
  });
}
