import type { Resumption } from '../backend/answers.js';
import { json, type Encoder, type Fields, type Route } from './route.js';
import { readConversation } from './turns.js';
import type { Wire } from './wire.js';

/** What an encoder may want to know of the request. */
export interface Asked {
  body: Fields;
  question: string;
  /** Empty where the client keeps the conversation. */
  threadId: string;
  /** Whether the thread begins with this question. */
  created: boolean;
}

/** How a protocol asks and answers: most differ in nothing else. */
export interface Dialect {
  path: string;
  /** The turns in a request, or its bare question, where they are not its `messages`. */
  turns?: (body: Fields) => unknown;
  /** The thread's id in a request; absent where the client keeps the conversation. */
  thread?: (body: Fields, params: Record<string, string>) => unknown;
  /** Whether sources need to be named in the text, because the protocol has no event for them. */
  sourcesInText?: boolean;
  wire?: Wire;
  /** How an answer can be read again, where its first response does not say it all. */
  resumption?: (asked: Asked) => Resumption;
  /** The JSON that refuses a request without a question. */
  refusal: (message: string) => unknown;
  encoder: (asked: Asked) => Encoder;
}

/** The route of a protocol that is asked by POST. It takes the general body too, as the widget sends it to any address. */
export function post(dialect: Dialect): Route {
  const { path, turns, thread, sourcesInText = false, wire, refusal, encoder, resumption } = dialect;
  return {
    method: 'POST',
    path,
    read({ body, params, threads }) {
      const { question, history } = readConversation(body, turns?.(body) ?? body.messages);
      if (!question) return json(refusal('There is no message to answer'), 400);
      const kept = thread && threads.open(thread(body, params) || body.thread_id);
      const { thread: opened, created = false } = kept ?? {};
      const asked = { body, question, threadId: opened?.id ?? '', created };
      const reply = { encode: encoder(asked), wire };
      return { question, history, thread: opened, sourcesInText, reply, resumption: resumption?.(asked) };
    },
  };
}
