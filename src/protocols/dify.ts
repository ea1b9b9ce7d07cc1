import type { RunEvent } from '../model/run-event.js';
import type { FinishReason, Usage } from '../model/thread.js';
import type { WireEvent } from '../wire/wire-event.js';
import { backendError, usageIn } from './shared/event-parts.js';
import {
  idIn,
  isObject,
  listIn,
  objectIn,
  own,
  parseJSON,
  stringIn,
  type JSONObject,
} from './shared/fields.js';
import type { Decoder, EncodedRequest, Protocol, ProtocolRequest } from './protocol.js';
import { SourceParts } from './shared/source-parts.js';
import { TextParts } from './shared/text-parts.js';
import { ToolParts } from './shared/tool-parts.js';

/**
 * Dify's service API: chats, agents, chatflows and workflows (dify-docs, `openapi_service.json`).
 *
 * `message_end` ends a chat and `workflow_finished` a workflow. A chatflow sends both, in either order, so the later one
 * is the end; at the close either is enough. A pause for a person ends the run too.
 */
export const dify: Protocol = {
  name: 'dify',
  encode: encodeDify,
  decoder: () => new DifyDecoder(),
  threads: async (endpoint) => (await import('./threads/dify.js')).difyThreads(endpoint),
};

/**
 * `user` is required and owns the conversations: a page with more than one visitor names them in its `body`. The thread
 * is kept by the server, so only the question travels. Files must have an address: others would need an upload first.
 */
function encodeDify({ text, threadId, messages }: ProtocolRequest): EncodedRequest {
  const files = (messages.at(-1)?.parts ?? []).flatMap((part) =>
    part.type === 'file' && part.url && /^https?:/i.test(part.url)
      ? [{ type: kindOf(part.mediaType), transfer_method: 'remote_url', url: part.url }]
      : [],
  );
  return {
    body: {
      inputs: {},
      query: text,
      response_mode: 'streaming',
      conversation_id: threadId ?? '',
      user: 'anonymous',
      ...(files.length && { files }),
    },
  };
}

function kindOf(mediaType: string): string {
  return /^(image|audio|video)/.exec(mediaType)?.[0] ?? 'document';
}

class DifyDecoder implements Decoder {
  readonly #text = new TextParts();
  readonly #tools = new ToolParts();
  readonly #sources = new SourceParts();
  /** Tool calls that have their result: a thought is sent again as it grows. */
  readonly #answered = new Set<string>();
  readonly #files = new Set<string>();
  #named = false;
  #threadKnown = false;
  /** A workflow is under way. */
  #working = false;
  #settled = false;
  #finishReason: FinishReason | undefined;
  #usage: Usage | undefined;

  decode({ name, data }: WireEvent): readonly RunEvent[] | null {
    const value = parseJSON(data);
    if (!isObject(value)) return name === 'ping' ? [] : null;
    const events = this.#event(stringIn(value, 'event') ?? name, value, objectIn(value, 'data'));
    return events && [...this.#names(value), ...events];
  }

  get finished(): boolean {
    return this.#settled;
  }

  end(): readonly RunEvent[] {
    return this.#settled ? [this.#end()] : [];
  }

  #end(): RunEvent {
    return { type: 'run-end', finishReason: this.#finishReason, usage: this.#usage };
  }

  /** Nearly every event names the conversation, the message and the task, which is what a stop is asked for by. */
  #names(value: JSONObject): RunEvent[] {
    const events: RunEvent[] = [];
    const thread = idIn(value, 'conversation_id');
    if (thread !== undefined && !this.#threadKnown) {
      this.#threadKnown = true;
      events.push({ type: 'thread-update', id: thread });
    }
    const id = idIn(value, 'message_id');
    if (id !== undefined && !this.#named) {
      this.#named = true;
      const taskId = idIn(value, 'task_id');
      events.push({ type: 'message-start', id, metadata: taskId === undefined ? undefined : { taskId } });
    }
    return events;
  }

  #event(type: string, value: JSONObject, data: JSONObject): RunEvent[] | null {
    switch (type) {
      case 'message':
      case 'agent_message':
        return this.#text.append(stringIn(value, 'answer') ?? '');
      case 'text_chunk':
        return this.#text.append(stringIn(data, 'text') ?? '');
      case 'message_replace':
        return this.#text.replace(stringIn(value, 'answer') ?? '');
      case 'text_replace':
        return this.#text.replace(stringIn(data, 'text') ?? '');
      case 'reasoning_chunk':
        return this.#text.append(stringIn(data, 'reasoning') ?? '', 'reasoning');
      case 'agent_thought':
        return this.#thought(value);
      case 'message_file':
        return own(value, 'belongs_to') === 'user' ? [] : this.#file(value);
      case 'error':
        return [backendError(value)];
      case 'message_end':
        return this.#messageEnd(value);
      default:
        return this.#workflow(type, data);
    }
  }

  #workflow(type: string, data: JSONObject): RunEvent[] | null {
    switch (type) {
      case 'workflow_started':
        this.#working = true;
        return [];
      case 'node_started':
      case 'iteration_started':
      case 'loop_started':
        return progress(stringIn(data, 'title'));
      case 'agent_log':
        return own(data, 'status') === 'start' ? progress(stringIn(data, 'label')) : [];
      case 'human_input_required':
        return this.#question(data);
      case 'workflow_paused':
        this.#finishReason = 'paused';
        return [{ type: 'run-paused' }, this.#end()];
      case 'workflow_finished':
        return this.#workflowEnd(data);
      default:
        return /^(ping|tts_message|(node|iteration|loop|parallel_branch|human_input|message|workflow)_\w+)/.test(
          type,
        )
          ? []
          : null;
    }
  }

  /**
   * A step of an agent. Its `thought` repeats what `agent_message` streams, so only the tool counts; several tools share
   * one step, their inputs by name.
   */
  #thought(value: JSONObject): RunEvent[] {
    const id = idIn(value, 'id');
    const name = stringIn(value, 'tool');
    if (!name || id === undefined || this.#answered.has(id)) return [];
    const input = stringIn(value, 'tool_input') || undefined;
    const call = this.#tools.call({ id, name: name.replaceAll(';', ', '), input });
    const observation = own(value, 'observation');
    if (!observation) return [...this.#text.pause(), ...call];
    this.#answered.add(id);
    const output = typeof observation === 'string' ? (parseJSON(observation) ?? observation) : observation;
    return [...this.#text.pause(), ...call, ...this.#tools.result({ id, output })];
  }

  #file(file: JSONObject): RunEvent[] {
    const url = stringIn(file, 'url', 'remote_url');
    if (!url || this.#files.has(url)) return [];
    this.#files.add(url);
    const kind = /^(image|audio|video)$/.exec(stringIn(file, 'type') ?? '')?.[0];
    const mediaType = stringIn(file, 'mime_type') ?? (kind ? `${kind}/*` : 'application/octet-stream');
    const id = `file-${idIn(file, 'id') ?? this.#files.size}`;
    return [
      ...this.#text.pause(),
      { type: 'part-start', part: { type: 'file', id, mediaType, url, name: stringIn(file, 'filename') } },
    ];
  }

  /** A form that a person has to fill in: for the page to show. */
  #question(data: JSONObject): RunEvent[] {
    const id = `form-${idIn(data, 'form_id') ?? ''}`;
    return [
      { type: 'part-start', part: { type: 'data', id, name: 'human-input', data } },
      { type: 'run-paused', reason: stringIn(data, 'form_content') },
    ];
  }

  #messageEnd(value: JSONObject): RunEvent[] {
    const metadata = objectIn(value, 'metadata');
    this.#usage = usageIn(metadata) ?? this.#usage;
    const citations = listIn(metadata, 'retriever_resources').flatMap((resource) =>
      isObject(resource) ? [{ title: stringIn(resource, 'document_name', 'dataset_name') }] : [],
    );
    this.#settled = true;
    return [
      ...listIn(value, 'files').flatMap((file) => (isObject(file) ? this.#file(file) : [])),
      ...this.#sources.from({ citations }, false),
      ...(this.#working ? [] : [this.#end()]),
    ];
  }

  #workflowEnd(data: JSONObject): RunEvent[] {
    this.#working = false;
    const status = stringIn(data, 'status');
    this.#finishReason = status?.replaceAll('_', '-');
    if (status === 'failed') return [backendError({ error: own(data, 'error') })];
    // A workflow alone has no message that would end after it, and streams only what models say.
    const alone = !this.#named;
    const outputs = Object.values(objectIn(data, 'outputs')).filter((output) => typeof output === 'string');
    const said = alone && !this.#text.chunked ? this.#text.append(outputs.join('\n\n')) : [];
    const over = this.#settled || alone;
    this.#settled = true;
    return over ? [...said, this.#end()] : [];
  }
}

function progress(text: string | undefined): RunEvent[] {
  return text ? [{ type: 'run-progress', text }] : [];
}
