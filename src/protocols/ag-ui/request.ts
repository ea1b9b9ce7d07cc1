import { textOf, type FilePart, type Message, type Part, type ToolCallPart } from '../../model/thread.js';
import type { JSONObject } from '../shared/fields.js';
import type { EncodedRequest, ProtocolRequest } from '../protocol.js';
import { patched } from './json-patch.js';

/**
 * A `RunAgentInput` (@ag-ui/core 1.0). The client names thread and run: the id of the first message is as lasting and as
 * unique as one made for the thread, and a question asked again is another run.
 */
export function encodeRunAgentInput({ messages, threadId }: ProtocolRequest): EncodedRequest {
  return {
    body: {
      threadId: threadId ?? messages[0]?.id,
      runId: `${messages.at(-1)?.id}:${Date.now().toString(36)}`,
      messages: messages.flatMap((message) =>
        message.role === 'assistant' ? answerOf(message) : [questionOf(message)],
      ),
      tools: [],
      context: [],
      state: stateOf(messages),
      forwardedProps: {},
    },
  };
}

/** The state as the backend last told it, or patched it. */
function stateOf(messages: readonly Message[]): unknown {
  let state: unknown = {};
  for (const part of messages.flatMap<Part>(({ parts }) => parts)) {
    if (part.type !== 'data') continue;
    if (part.id === 'state') state = part.data;
    else if (part.name === 'state-delta') state = patched(state, part.data);
  }
  return state;
}

function questionOf(message: Message): JSONObject {
  const { id, backendId = id, role, parts } = message;
  const files = parts.filter((part) => part.type === 'file' && part.url !== undefined) as FilePart[];
  const text = textOf(message);
  const content = files.length ? [{ type: 'text', text }, ...files.map(fileOf)] : text;
  return { id: backendId, role, content };
}

function fileOf({ mediaType, url = '' }: FilePart): JSONObject {
  const data = /^data:[^,]*;base64,(.*)$/s.exec(url)?.[1];
  const source = data === undefined ? { type: 'url', value: url } : { type: 'data', value: data };
  const type = /^(image|audio|video)\//.exec(mediaType)?.[1] ?? 'document';
  return { type, source: { ...source, mimeType: mediaType } };
}

type Said = JSONObject & { toolCalls?: JSONObject[] };

/** An answer as the messages it came in: a text, the calls after it, the outcomes of these, the next text. */
function answerOf({ id, backendId = id, parts }: Message): JSONObject[] {
  const out: JSONObject[] = [];
  let said: Said | undefined;
  const say = (own: string, content?: string): Said => {
    // Ids must differ within a thread.
    const taken = out.some((message) => message.id === own);
    const message: Said = { id: taken ? `${own}:${out.length}` : own, role: 'assistant', content };
    out.push(message);
    return message;
  };
  for (const part of parts) {
    if (part.type === 'text' && part.text) {
      said = say(part.id.startsWith('text:') ? part.id.slice(5) : backendId, part.text);
    } else if (part.type === 'tool-call' && (part.state === 'complete' || part.state === 'error')) {
      said ??= say(backendId);
      (said.toolCalls ??= []).push(callOf(part));
      out.push(resultOf(part));
    }
  }
  return out;
}

function callOf({ id, name, input, inputText }: ToolCallPart): JSONObject {
  return { id, type: 'function', function: { name, arguments: inputText || JSON.stringify(input ?? {}) } };
}

function resultOf({ id, output, error }: ToolCallPart): JSONObject {
  const value = output ?? error ?? null;
  const content = typeof value === 'string' ? value : JSON.stringify(value);
  return { id: `${id}:result`, role: 'tool', toolCallId: id, content, error };
}
