import type { WireEvent } from '../wire/wire-event.js';
import {
  isObject,
  listIn,
  objectIn,
  own,
  parseJSON,
  stringIn,
  textIn,
  type JSONObject,
} from './shared/fields.js';
import type { AnswerHints } from './protocol.js';

type Value = JSONObject;

/**
 * The name of the protocol an event belongs to; undefined while it could be any of several. The rules are those of
 * `docs/protocols.md`: headers, then the event's name, then what its data holds; where two collide, the next event decides.
 */
export function recognise({ name, data, id }: WireEvent, hints: AnswerHints): string | undefined {
  if (hints.header('x-vercel-ai-ui-message-stream') ?? hints.header('x-vercel-ai-data-stream'))
    return 'ai-sdk';
  if (hints.framing === 'text') return 'text';
  if (data.trim() === '[DONE]') return 'events';
  // A line of the AI SDK's older data stream: a code, a colon, JSON.
  if (hints.framing === 'json-lines' && /^[\da-z]:/.test(data)) return 'ai-sdk';
  const value = parseJSON(data);
  const named = byName(name, value);
  if (named) return named;
  // LobeChat repeats the message's id on every event; elsewhere an id is a count.
  if (/\D/.test(id)) {
    const text = /^(text|reasoning)$/.test(name) && typeof value === 'string';
    if (text || (name === 'tool_calls' && Array.isArray(value))) return 'lobechat';
    if (name === 'data' && isObject(value) && !textIn(value)) return undefined;
  }
  // Noise that any backend may send first: nothing, null, a list, JSON that went wrong.
  if (!isObject(value)) return /^\s*($|null$|[[{])/.test(data) ? undefined : 'events';
  const type = stringIn(value, 'type');
  if (type && hints.framing === 'json-lines' && isOfChatUI(type, value)) return 'hf-chat-ui';
  return (type && byType(type, value, name)) ?? byFields(value, name) ?? fallback(value, name, type);
}

/** Names of events that only one protocol has. */
function byName(name: string, value: unknown): string | undefined {
  if (/^(messages|values|updates|debug|custom|events|tasks|checkpoints|lifecycle)([/|]|$)/.test(name))
    return 'langgraph';
  if (name === 'metadata' && isObject(value) && 'run_id' in value)
    return 'attempt' in value ? 'langgraph' : 'langserve';
  if (name.startsWith('conversation.')) return 'coze';
  if (name === 'output' || name === 'message')
    return isObject(value) && 'results' in value
      ? 'completion'
      : name === 'output'
        ? 'completion'
        : undefined;
  if (/^thread\.[a-z_.]+$/.test(name) && isObject(value) && String(value.object).startsWith('thread'))
    return 'openai-assistants';
  // FastGPT; its answers are chunks of OpenAI Chat, which their fields tell.
  if (/^(flowNodeStatus|flowNodeResponse|flowResponses|updateVariables|workflowDuration)$/.test(name))
    return 'openai-chat';
  if (name === 'toolCall' && isObject(value) && isObject(value.tool)) return 'openai-chat';
  return undefined;
}

/** What `type` says, in the spelling of one protocol alone. */
function byType(type: string, value: Value, name: string): string | undefined {
  if (type.startsWith('response.')) return 'openai-responses';
  if (/^[A-Z]+(_[A-Z]+)+$/.test(type)) return 'ag-ui';
  if (/^(message_start|content_block_\w+|message_delta|message_stop)$/.test(type)) return 'anthropic';
  if (!name && (type === 'stream_options' || /^thread\.(created|updated|item\.)/.test(type)))
    return 'chatkit';
  if (type === 'message-start' && 'delta' in objectIn({ value }, 'value')) return 'cohere';
  if (/^(part-start|update-state)$/.test(type) || (type === 'text-delta' && 'textDelta' in value))
    return 'assistant-transport';
  if (type === 'step-start' && 'messageId' in value) return 'assistant-transport';
  if (
    /^((start|finish)-step|(text|reasoning|tool-input)-(start|delta|end|available|error)|source-url|data-.+)$/.test(
      type,
    )
  )
    return 'ai-sdk';
  if (type === 'start') return 'messageId' in value ? 'ai-sdk' : undefined;
  if (type === 'error') return 'errorText' in value ? 'ai-sdk' : byError(value);
  if (/^(begin|item|end)$/.test(type) && 'metadata' in value) return 'n8n';
  return undefined;
}

/** What only chat-ui's updates look like; its first, a status `started`, is too common to tell. */
function isOfChatUI(type: string, value: Value): boolean {
  return (
    (type === 'stream' && 'token' in value) ||
    (type === 'finalAnswer' && 'text' in value) ||
    (type === 'status' && (value.status === 'keepAlive' || 'statusCode' in value)) ||
    (/^(reasoning|tool|elicitation)$/.test(type) && 'subtype' in value) ||
    (type === 'routerMetadata' && 'route' in value)
  );
}

/** An error as the first event: whose shape it has. */
function byError(value: Value): string | undefined {
  if ('sequence_number' in value || 'param' in value) return 'openai-responses';
  const error = own(value, 'error');
  if (isObject(error)) return 'type' in error ? 'anthropic' : 'events';
  return 'allow_retry' in value || value.code === 'stream.error' ? 'chatkit' : 'events';
}

/** What fields only one protocol has together. */
function byFields(value: Value, name: string): string | undefined {
  if (Array.isArray(value.choices) || value.object === 'chat.completion.chunk') return 'openai-chat';
  if ('author' in value && ('content' in value || 'invocationId' in value)) return 'gemini';
  if (['candidates', 'promptFeedback', 'usageMetadata'].some((field) => field in value)) return 'gemini';
  // Cohere's first version names its events so too.
  if ('event_type' in value) return 'is_finished' in value ? 'cohere' : 'gemini-interactions';
  if (typeof value.event === 'string') {
    if ('data' in value && Object.keys(value).length === 2) return 'flowise';
    if ('task_id' in value || 'message_id' in value || 'workflow_run_id' in value) return 'dify';
  }
  if ('jsonrpc' in value || /^(task|message|status-update|artifact-update)$/.test(String(value.kind)))
    return 'a2a';
  if (['statusUpdate', 'artifactUpdate', 'task'].some((field) => isObject(value[field]))) return 'a2a';
  if (listIn(objectIn(value, 'message'), 'parts').length) return 'a2a';
  if (
    typeof value.done === 'boolean' &&
    !name &&
    ('message' in value || 'response' in value || 'model' in value)
  )
    return 'ollama';
  if (isObject(value.token) || typeof value.stop === 'boolean') return 'completion';
  return undefined;
}

/** The tolerant protocol takes whatever says anything at all. */
function fallback(value: Value, name: string, type: string | undefined): string | undefined {
  // Bare, these are what several protocols begin with; the next event tells.
  if (!name && type === 'start' && !('agent' in value)) return undefined;
  if (type === 'ping' && (!name || name === 'ping')) return undefined;
  if (!name && (type === 'title' || (type === 'status' && value.status === 'started'))) return undefined;
  return Object.keys(value).length || name ? 'events' : undefined;
}
