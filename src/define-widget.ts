import { ChatStreamMarkdownElement } from './elements/markdown.js';
import { register } from './elements/register.js';
import { ChatStreamWidgetElement } from './elements/widget.js';

/** Registers what shows widgets; a function, so that importing it changes nothing by itself. */
export function defineWidget(): void {
  register({
    'chat-stream-markdown': ChatStreamMarkdownElement,
    'chat-stream-widget': ChatStreamWidgetElement,
  });
}
