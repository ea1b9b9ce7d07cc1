import { textOf } from '../../model/thread.js';
import type { EncodedRequest, ProtocolRequest } from '../protocol.js';

/** The messages as nearly every backend takes them. */
export function plainMessages({ messages }: ProtocolRequest): { role: string; content: string }[] {
  return messages.map((message) => ({ role: message.role, content: textOf(message) }));
}

/** The general JSON body: the question, the messages so far, and the thread where there is one. */
export function encodeGeneral(request: ProtocolRequest): EncodedRequest {
  return {
    body: {
      message: request.text,
      messages: plainMessages(request),
      ...(request.threadId !== null && { thread_id: request.threadId }),
    },
  };
}

/** OpenAI Chat Completions; the model comes from the page's `body` where the server wants one. */
export function encodeOpenAIChat(request: ProtocolRequest): EncodedRequest {
  return { body: { messages: plainMessages(request), stream: true } };
}

/** The envelope of a ChatKit server (chatkit-python `types.py`); it keeps the thread, so only the question travels. */
export function encodeChatKit({ text, threadId }: ProtocolRequest): EncodedRequest {
  const input = { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} };
  return {
    body:
      threadId === null
        ? { type: 'threads.create', params: { input } }
        : { type: 'threads.add_user_message', params: { thread_id: threadId, input } },
  };
}
