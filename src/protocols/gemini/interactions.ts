import type { RunEvent } from '../../model/run-event.js';
import type { WireEvent } from '../../wire/wire-event.js';
import { backendError } from '../shared/event-parts.js';
import {
  idIn,
  isObject,
  objectIn,
  own,
  parseJSON,
  stringIn,
  textIn,
  type JSONObject,
} from '../shared/fields.js';
import { fileOf, usageOf } from './facts.js';
import { encodeInteraction } from './request.js';
import type { Decoder, Protocol } from '../protocol.js';
import { SourceParts } from '../shared/source-parts.js';
import { TextParts } from '../shared/text-parts.js';

/**
 * The Interactions API of Gemini (ai.google.dev, "Interactions API", `InteractionSseEvent`): it keeps the thread, which is
 * named by its last interaction. The end is `interaction.completed`, or a close after a status that is one.
 */
export const geminiInteractions: Protocol = {
  name: 'gemini-interactions',
  encode: encodeInteraction,
  decoder: () => new InteractionDecoder(),
};

const counts = {
  input: ['total_input_tokens', 'total_tool_use_tokens'],
  output: ['total_output_tokens', 'total_thought_tokens'],
  total: ['total_tokens'],
};

class InteractionDecoder implements Decoder {
  readonly #text = new TextParts();
  readonly #sources = new SourceParts();
  /** What each step calls or answers, by its index. */
  readonly #steps = new Map<unknown, { id: string; filled: boolean; client: boolean }>();
  readonly #calls = new Set<string>();
  /** Calls that the page is to answer. */
  readonly #waiting = new Set<string>();
  #files = 0;
  #status: string | undefined;

  decode({ data }: WireEvent): readonly RunEvent[] | null {
    const value = parseJSON(data);
    if (!isObject(value)) return null;
    const interaction = objectIn(value, 'interaction');
    const index = own(value, 'index');
    switch (stringIn(value, 'event_type')) {
      case 'interaction.created':
      case 'interaction.start':
        return this.#start(interaction);
      // The first version of the API had contents where it now has steps.
      case 'step.start':
      case 'content.start':
        return this.#piece(index, { ...objectIn(value, 'content'), ...objectIn(value, 'step') });
      case 'step.delta':
      case 'content.delta':
        return this.#piece(index, objectIn(value, 'delta'));
      case 'step.stop':
      case 'content.stop':
        return this.#stop(index);
      case 'interaction.completed':
      case 'interaction.complete':
        return this.#end(interaction);
      case 'interaction.status_update':
        this.#status = stringIn(value, 'status');
        return [];
      default:
        return own(value, 'error') ? [backendError(value)] : null;
    }
  }

  /** An interaction that fails, or waits for the page, may say no more than its status. */
  end(): readonly RunEvent[] {
    const status = this.#status ?? 'in_progress';
    return status === 'in_progress' ? [] : this.#end({ status });
  }

  #start(interaction: JSONObject): RunEvent[] {
    const model = stringIn(interaction, 'model', 'agent');
    const id = idIn(interaction, 'id');
    return [
      { type: 'thread-update', id },
      { type: 'message-start', id, metadata: model ? { model } : undefined },
    ];
  }

  /** A step's start and its deltas are of one shape, and each of them may hold what the other leaves out. */
  #piece(index: unknown, piece: JSONObject): RunEvent[] | null {
    const type = stringIn(piece, 'type') ?? '';
    const sources = this.#sources.from({ citations: own(piece, 'annotations') }, false);
    if (type === 'text') return [...this.#text.append(stringIn(piece, 'text') ?? ''), ...sources];
    if (type === 'thought') return [...this.#text.pause(), ...this.#thinks(own(piece, 'summary'))];
    if (type === 'thought_summary') return this.#thinks(own(piece, 'content'));
    if (type === 'arguments_delta') return this.#arguments(index, piece);
    if (type.endsWith('_call')) return this.#call(index, type, piece);
    if (type.endsWith('_result')) return this.#result(index, type, piece);
    if (/^(image|audio|video|document)$/.test(type)) {
      const file = fileOf(piece, `file-${this.#files++}`);
      return file ? [...this.#text.pause(), file] : [];
    }
    const known = /^(model_output|user_input|thought_signature|text_annotation(_delta)?)$/.test(type);
    return known ? sources : null;
  }

  #thinks(content: unknown): RunEvent[] {
    return this.#text.append(textIn(content, ['text']) ?? '', 'reasoning');
  }

  #call(index: unknown, type: string, piece: JSONObject): RunEvent[] {
    const events: RunEvent[] = [];
    let step = this.#steps.get(index);
    if (!step) {
      const client = type === 'function_call';
      const id = idIn(piece, 'id') ?? `call-${this.#calls.size}`;
      this.#steps.set(index, (step = { id, filled: false, client }));
      this.#calls.add(id);
      if (client) this.#waiting.add(id);
      const part = { type: 'tool-call', id, name: stringIn(piece, 'name') ?? type } as const;
      events.push(...this.#text.pause(), { type: 'part-start', part });
    }
    const input = objectIn(piece, 'arguments');
    if (!Object.keys(input).length) return events;
    step.filled = true;
    return [...events, { type: 'part-update', id: step.id, patch: { input } }];
  }

  #arguments(index: unknown, piece: JSONObject): RunEvent[] {
    const step = this.#steps.get(index);
    const delta = stringIn(piece, 'arguments', 'partial_arguments');
    if (!step || !delta) return [];
    step.filled = true;
    return [{ type: 'part-delta', id: step.id, delta }];
  }

  #result(index: unknown, type: string, piece: JSONObject): RunEvent[] {
    const id = idIn(piece, 'call_id') ?? this.#steps.get(index)?.id ?? `result-${String(index)}`;
    this.#steps.set(index, { id, filled: true, client: true });
    const output = own(piece, 'result');
    if (output === undefined) return [];
    this.#waiting.delete(id);
    const failed = own(piece, 'is_error') === true;
    const error = failed ? (textIn(output) ?? 'The tool failed') : undefined;
    const patch = { output, state: failed ? 'error' : 'complete', error } as const;
    if (this.#calls.has(id)) return [{ type: 'part-update', id, patch }];
    this.#calls.add(id);
    const name = stringIn(piece, 'name') ?? type;
    return [...this.#text.pause(), { type: 'part-start', part: { type: 'tool-call', id, name, ...patch } }];
  }

  #stop(index: unknown): RunEvent[] {
    const step = this.#steps.get(index);
    if (!step) return [];
    const { id, filled, client } = step;
    const patch = { ...(!filled && { input: {} }), ...(!client && { state: 'running' as const }) };
    return [
      { type: 'part-update', id, patch },
      { type: 'part-end', id },
    ];
  }

  #end(interaction: JSONObject): RunEvent[] {
    const status = stringIn(interaction, 'status') ?? 'completed';
    const failed = status === 'failed' || isObject(own(interaction, 'error'));
    const usage = usageOf(objectIn(interaction, 'usage'), counts);
    // Its status does not always say that it waits for the page.
    const waits = status === 'completed' && this.#waiting.size > 0;
    const finishReason = finishReasonOf(waits ? 'requires_action' : status);
    const stopped = status === 'cancelled';
    const end: RunEvent = { type: 'run-end', finishReason, usage, ...(stopped && { stopped }) };
    return failed ? [backendError(interaction), end] : [end];
  }
}

function finishReasonOf(status: string): string {
  if (status === 'completed') return 'stop';
  if (status === 'incomplete' || status === 'requires_continuation') return 'length';
  return status === 'requires_action' ? 'tool-calls' : status.replaceAll('_', '-');
}
