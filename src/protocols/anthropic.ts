import { defined } from '../model/defined.js';
import type { RunEvent } from '../model/run-event.js';
import type { Usage } from '../model/thread.js';
import type { WireEvent } from '../wire/wire-event.js';
import { encodeAnthropic } from './anthropic/request.js';
import { backendError, usageIn } from './shared/event-parts.js';
import {
  idIn,
  isObject,
  listIn,
  objectIn,
  own,
  parseJSON,
  stringIn,
  textIn,
  type JSONObject,
} from './shared/fields.js';
import type { Decoder, Protocol } from './protocol.js';
import { SourceParts } from './shared/source-parts.js';
import { TextParts } from './shared/text-parts.js';

/**
 * Anthropic Messages (docs.anthropic.com, "Streaming Messages"; `@anthropic-ai/sdk`). The end is `message_stop`: a
 * stream without one is cut, even after a stop reason.
 */
export const anthropic: Protocol = {
  name: 'anthropic',
  encode: encodeAnthropic,
  decoder: () => new AnthropicDecoder(),
};

const finishReasons: Record<string, string> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  pause_turn: 'paused',
  refusal: 'content-filter',
};

class AnthropicDecoder implements Decoder {
  readonly #text = new TextParts();
  readonly #sources = new SourceParts();
  /** The tool calls so far by the index of their block. */
  readonly #calls = new Map<unknown, ToolCall>();
  #message: { id: string | undefined } | undefined;
  #usage: Usage | undefined;
  #finishReason: string | undefined;
  #refusal: string | undefined;

  decode({ name, data }: WireEvent): readonly RunEvent[] | null {
    const value = parseJSON(data);
    if (!isObject(value)) return name === 'error' ? [backendError({ message: data })] : null;
    // Proxies drop the event's name; the type inside is the same.
    switch (stringIn(value, 'type') ?? name) {
      case 'message_start':
        return this.#start(objectIn(value, 'message'));
      case 'content_block_start':
        return this.#block(own(value, 'index'), objectIn(value, 'content_block'));
      case 'content_block_delta':
        return this.#delta(own(value, 'index'), objectIn(value, 'delta'));
      case 'content_block_stop':
        return this.#stop(own(value, 'index'));
      case 'message_delta':
        return this.#outcome(value);
      case 'message_stop':
        return this.#end();
      case 'error':
        return [backendError(value)];
      case 'ping':
        return [];
      default:
        return null;
    }
  }

  end(): readonly RunEvent[] {
    return [];
  }

  #start(message: JSONObject): RunEvent[] {
    const id = idIn(message, 'id');
    if (this.#message) return this.#message.id === id ? [] : [splicedMessage];
    this.#message = { id };
    this.#count(message);
    const model = stringIn(message, 'model');
    return [{ type: 'message-start', id, metadata: model ? { model } : undefined }];
  }

  #block(index: unknown, block: JSONObject): RunEvent[] | null {
    const type = stringIn(block, 'type') ?? '';
    if (type === 'text') {
      // Each cited span is a block of its own: they are one text, so nothing is closed between them.
      const text = this.#text.append(stringIn(block, 'text') ?? '');
      return [...text, ...listIn(block, 'citations').flatMap((citation) => this.#citation(citation))];
    }
    if (type === 'thinking')
      return [...this.#text.pause(), ...this.#text.append(stringIn(block, 'thinking') ?? '', 'reasoning')];
    if (type.endsWith('tool_use')) return this.#call(index, block);
    if (type.endsWith('_tool_result')) return this.#result(index, type, block);
    return /^(redacted_thinking|compaction|fallback|container_upload)$/.test(type) ? [] : null;
  }

  #delta(index: unknown, delta: JSONObject): RunEvent[] | null {
    switch (stringIn(delta, 'type')) {
      case 'text_delta':
        return this.#text.append(stringIn(delta, 'text') ?? '');
      case 'thinking_delta':
        return this.#text.append(stringIn(delta, 'thinking') ?? '', 'reasoning');
      case 'input_json_delta':
        return this.#input(index, stringIn(delta, 'partial_json') ?? '');
      case 'citations_delta':
        return this.#citation(own(delta, 'citation'));
      case 'signature_delta':
      case 'compaction_delta':
        return [];
      default:
        return null;
    }
  }

  /** The input streams after the start, whose own is a placeholder unless nothing streams. */
  #call(index: unknown, block: JSONObject): RunEvent[] {
    const id = idIn(block, 'id') ?? `call-${this.#calls.size}`;
    const server = stringIn(block, 'type') !== 'tool_use';
    this.#calls.set(index, { id, server, input: own(block, 'input') ?? {}, streamed: false, open: true });
    const part = { type: 'tool-call', id, name: stringIn(block, 'name') ?? 'tool' } as const;
    return [...this.#text.pause(), { type: 'part-start', part }];
  }

  #input(index: unknown, delta: string): RunEvent[] {
    const call = this.#calls.get(index);
    if (!call || !delta) return [];
    call.streamed = true;
    return [{ type: 'part-delta', id: call.id, delta }];
  }

  #stop(index: unknown): RunEvent[] {
    const call = this.#calls.get(index);
    if (!call?.open) return [];
    call.open = false;
    const { id, server, streamed, input } = call;
    // The backend runs its own tools now; those of the page have nobody who runs them yet.
    const patch = { ...(!streamed && { input }), ...(server && { state: 'running' as const }) };
    return [
      { type: 'part-update', id, patch },
      { type: 'part-end', id },
    ];
  }

  /** What a tool of the backend gave: whole, in a block of its own, which names its call. */
  #result(index: unknown, type: string, block: JSONObject): RunEvent[] {
    const output = own(block, 'content');
    const kind = stringIn(objectIn(block, 'content'), 'type') ?? '';
    const failed = own(block, 'is_error') === true || kind.endsWith('_error');
    const error = failed
      ? (textIn(output, ['text', 'error_message', 'error_code']) ?? 'The tool failed')
      : undefined;
    const patch = { output, state: failed ? 'error' : 'complete', error } as const;
    const id = idIn(block, 'tool_use_id') ?? `result-${String(index)}`;
    if ([...this.#calls.values()].some((call) => call.id === id)) return [{ type: 'part-update', id, patch }];
    // The call was made in an earlier turn that was paused.
    const name = type.replace(/_tool_result$/, '');
    return [...this.#text.pause(), { type: 'part-start', part: { type: 'tool-call', id, name, ...patch } }];
  }

  /** A place on the web, or in a document of the request, which has a title at most. */
  #citation(value: unknown): RunEvent[] {
    if (!isObject(value)) return [];
    // A search result of the page's own has its address, or any other name, as its source.
    const url = stringIn(value, 'url') ?? /^https?:.*/i.exec(stringIn(value, 'source') ?? '')?.[0];
    return this.#sources.from({ url, title: stringIn(value, 'title', 'document_title') }, true);
  }

  #outcome(value: JSONObject): RunEvent[] {
    const delta = objectIn(value, 'delta');
    const reason = stringIn(delta, 'stop_reason');
    if (reason) {
      const known = Object.hasOwn(finishReasons, reason) ? finishReasons[reason] : undefined;
      this.#finishReason = known ?? reason.replaceAll('_', '-');
    }
    this.#refusal = stringIn(objectIn(delta, 'stop_details'), 'explanation') ?? this.#refusal;
    this.#count(value);
    return [];
  }

  /** The counts are totals, and the later ones hold; what they leave out stands. */
  #count(event: JSONObject): void {
    const usage = usageIn(event);
    if (usage) this.#usage = { ...this.#usage, ...defined(usage) };
  }

  #end(): RunEvent[] {
    const end: RunEvent = { type: 'run-end', finishReason: this.#finishReason, usage: this.#usage };
    if (this.#refusal === undefined) return [end];
    return [{ type: 'message-end', metadata: { refusal: this.#refusal } }, end];
  }
}

interface ToolCall {
  readonly id: string;
  /** Whether the backend runs it, and not whoever asked. */
  readonly server: boolean;
  readonly input: unknown;
  streamed: boolean;
  open: boolean;
}

/** The official client refuses such a stream too: whose blocks are whose can no longer be told. */
const splicedMessage: RunEvent = {
  type: 'run-error',
  code: 'backend',
  message: 'Another message started before the open one ended',
  detail: 'message-order',
  retryable: true,
};
