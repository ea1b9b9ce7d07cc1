import './define.js';
import { defineLeaves } from './define-leaves.js';

defineLeaves();

export { Chat } from './chat/chat.js';
export type { ChatFact, Outcome, RunTimings } from './chat/facts.js';
export type { Observable } from './chat/observable.js';
export type { ChatOptions } from './chat/options.js';
export type { Suggestion } from './controllers/contexts.js';
export type { Follow } from './controllers/follow-controller.js';
export { english } from './controllers/strings.js';
export type { Strings } from './controllers/strings.js';
export { ChatStreamElement } from './elements/chat-stream.js';
export { ChatStreamComposerElement } from './elements/composer.js';
export * from './elements/events.js';
export { ChatStreamMarkdownElement } from './elements/markdown.js';
export { ChatStreamMessageElement } from './elements/message.js';
export { ChatStreamMessagesElement } from './elements/messages.js';
export { ChatStreamProviderElement } from './elements/provider.js';
export { ChatStreamSuggestionsElement } from './elements/suggestions.js';
export { ChatStreamToolCallElement } from './elements/tool-call.js';
export { ChatStreamWidgetElement } from './elements/widget.js';
export type { WidgetWords } from './elements/widget-words.js';
export { ChatError } from './model/chat-error.js';
export type * from './model/run-event.js';
export type * from './model/thread.js';
export { DirectTransport } from './transport/direct-transport.js';
export type { RunReport, RunRequest, Transport } from './transport/transport.js';
