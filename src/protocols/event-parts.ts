import type { PartInit, Usage } from '../model/thread.js';
import { idIn, isObject, listIn, objectIn, own, parseJSON, stringIn, textIn, type JSONObject } from './fields.js';

/** What an event says of a tool call; the id is missing where the backend gives none. */
export interface ToolNote {
  id: string | undefined;
  name: string | undefined;
  input?: unknown;
  output?: unknown;
  error?: string;
}

/** A tool call or its result, from the usual fields. */
export function toolIn(event: JSONObject): ToolNote {
  const call = isObject(own(event, 'tool_call')) ? objectIn(event, 'tool_call') : event;
  const input = first(call, 'input', 'arguments', 'args', 'parameters');
  const error = own(call, 'error');
  return {
    id: idIn(call, 'tool_call_id', 'toolCallId', 'call_id', 'id'),
    name:
      stringIn(call, 'name', 'tool_name', 'toolName', 'tool', 'function') ?? stringIn(objectIn(call, 'function'), 'name'),
    input: typeof input === 'string' ? (parseJSON(input) ?? input) : input,
    output: first(call, 'result', 'output', 'data', 'content'),
    ...(error ? { error: textIn(error, ['message', 'text']) ?? 'The tool failed' } : {}),
  };
}

function first(object: JSONObject, ...names: string[]): unknown {
  for (const name of names) {
    const value = own(object, name);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

export interface SourceNote {
  url?: string;
  title?: string;
}

/** The sources an event names: a list under a usual field, or the event itself; a string is an address or a title. */
export function sourcesIn(event: JSONObject, alone: boolean): SourceNote[] {
  const lists = ['sources', 'citations', 'references', 'documents'].map((name) => listIn(event, name));
  const list = lists.find((items) => items.length) ?? (alone ? [event] : []);
  return list.map(sourceIn).filter((source) => source.url !== undefined || source.title !== undefined);
}

function sourceIn(value: unknown): SourceNote {
  if (typeof value === 'string') return /^https?:/i.test(value) ? { url: value } : { title: value };
  if (!isObject(value)) return {};
  const inner = isObject(own(value, 'source')) ? objectIn(value, 'source') : value;
  const url = stringIn(inner, 'url', 'link', 'href', 'uri');
  const title = stringIn(inner, 'title', 'name', 'label', 'filename');
  return { ...(url && { url }), ...(title && { title }) };
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
  return {
    ...(inputTokens !== undefined && { inputTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
    ...(totalTokens !== undefined && { totalTokens }),
  };
}

/** Where a backend names the thread in an event about something else. */
export function threadIdIn(event: JSONObject): string | undefined {
  return idIn(event, 'conversation_id', 'conversationId', 'thread_id', 'threadId', 'session_id', 'sessionId', 'chat_id');
}

export function messageIdIn(event: JSONObject): string | undefined {
  return idIn(event, 'message_id', 'messageId');
}

/** The text parts of a whole ChatKit item (chatkit-python `types.py`): one for each content part that holds text. */
export function itemParts(item: JSONObject): PartInit[] {
  const content = own(item, 'content');
  const list = Array.isArray(content) ? content : [content ?? own(item, 'text') ?? own(item, 'message')];
  const parts: PartInit[] = [];
  list.forEach((entry, index) => {
    const text = textIn(entry, ['text', 'content']);
    if (text !== undefined) parts.push({ type: 'text', id: `text-${index}`, text });
    const annotations = isObject(entry) ? listIn(entry, 'annotations') : [];
    for (const source of annotations.map(sourceIn)) {
      if (source.url ?? source.title) parts.push({ type: 'source', id: `source-${parts.length}`, ...source });
    }
  });
  return parts;
}
