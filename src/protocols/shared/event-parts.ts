import type { RunEvent } from '../../model/run-event.js';
import type { PartInit, Usage } from '../../model/thread.js';
import { failureTextIn, idIn, isObject, listIn, objectIn, own, textIn, type JSONObject } from './fields.js';
import { sourceIn } from './source-parts.js';

/** The first of these own properties that holds something. */
export function first(object: JSONObject, ...names: string[]): unknown {
  for (const name of names) {
    const value = own(object, name);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** Token counts under the names of OpenAI, Anthropic or the AI SDK; undefined if there are none. */
export function usageIn(event: JSONObject): Usage | undefined {
  const usage = objectIn(event, 'usage');
  const count = (...names: string[]): number | undefined => {
    const found = first(usage, ...names);
    return typeof found === 'number' ? found : undefined;
  };
  const inputTokens = count('prompt_tokens', 'input_tokens', 'inputTokens', 'promptTokens');
  const outputTokens = count('completion_tokens', 'output_tokens', 'outputTokens', 'completionTokens');
  const totalTokens = count('total_tokens', 'totalTokens');
  if (inputTokens === undefined && outputTokens === undefined && totalTokens === undefined) return undefined;
  return { inputTokens, outputTokens, totalTokens };
}

/** Where a backend names the thread in an event about something else. */
export function threadIdIn(event: JSONObject): string | undefined {
  return idIn(
    event,
    'conversation_id',
    'conversationId',
    'thread_id',
    'threadId',
    'session_id',
    'sessionId',
    'chat_id',
  );
}

export function messageIdIn(event: JSONObject): string | undefined {
  return idIn(event, 'message_id', 'messageId');
}

/** What a backend says of a failure, as the run event it is. */
export function backendError(value: JSONObject): RunEvent {
  const error = own(value, 'error');
  const code = idIn(value, 'code') ?? (isObject(error) ? idIn(error, 'code', 'type') : undefined);
  const retry = own(value, 'allow_retry') ?? own(value, 'retryable');
  const backendMessage = failureTextIn(value);
  return {
    type: 'run-error',
    code: 'backend',
    message: 'The backend reported an error',
    retryable: typeof retry === 'boolean' ? retry : true,
    detail: code,
    backendMessage,
  };
}

/** The content parts of a whole item: a list, or whatever stands in its place. */
export function contentOf(item: JSONObject): unknown[] {
  const content = own(item, 'content');
  return Array.isArray(content) ? content : [content ?? own(item, 'text') ?? own(item, 'message')];
}

/** The text parts of a whole ChatKit item (chatkit-python `types.py`): one for each content part that holds text. */
export function itemParts(item: JSONObject): PartInit[] {
  const parts: PartInit[] = [];
  contentOf(item).forEach((entry, index) => {
    const text = textIn(entry, ['text', 'content']);
    if (text !== undefined) parts.push({ type: 'text', id: `text-${index}`, text });
    const annotations = isObject(entry) ? listIn(entry, 'annotations') : [];
    for (const source of annotations.map(sourceIn)) {
      if (source.url ?? source.title) parts.push({ type: 'source', id: `source-${parts.length}`, ...source });
    }
  });
  return parts;
}
