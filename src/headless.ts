export { Chat } from './chat/chat.js';
export type { ChatFact, Outcome, RunTimings } from './chat/facts.js';
export type { Observable } from './chat/observable.js';
export type { ChatOptions } from './chat/options.js';
export type { QuestionInput } from './chat/plain-data.js';
export type * from './model/plain-data.js';
export { ChatError } from './model/chat-error.js';
export type { RunEvent } from './model/run-event.js';
export { textOf } from './model/thread.js';
export type * from './model/thread.js';
export { events } from './protocols/events.js';
export type {
  AnswerHints,
  BackendRequest,
  Decoder,
  EncodedRequest,
  Protocol,
  ProtocolRequest,
  ThreadProtocol,
  WidgetAction,
} from './protocols/protocol.js';
export { DirectTransport } from './transport/direct-transport.js';
export { FetchTransport, type FetchOptions } from './transport/fetch-transport.js';
export type { History } from './transport/history.js';
export type { HeadersSource } from './transport/http.js';
export type { BodyTemplate } from './transport/template.js';
export type { RunReport, RunRequest, Transport } from './transport/transport.js';
export type { Limits } from './wire/limits.js';
export type { Framing, WireEvent } from './wire/wire-event.js';
