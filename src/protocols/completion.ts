import type { RunEvent } from '../model/run-event.js';
import type { WireEvent } from '../wire/wire-event.js';
import { backendError } from './shared/event-parts.js';
import { isObject, listIn, objectIn, own, parseJSON, stringIn, type JSONObject } from './shared/fields.js';
import type { Decoder, Protocol } from './protocol.js';
import { finishReasonOf, usageOf } from './shared/run-outcome.js';
import { TextParts } from './shared/text-parts.js';

/**
 * Completion servers, whose events are pieces of one text: Text Generation Inference (`/generate_stream`), llama.cpp's
 * own `/completion` (llama.cpp `tools/server/README.md`), Replicate's stream of a prediction, and watsonx.
 *
 * The end is TGI's event with `generated_text`, llama.cpp's `stop: true`, Replicate's `done`; watsonx has no end mark, so
 * there it is a clean close after a stop reason. Each server reads its own field of the request, and passes over the
 * other; templates, the messages before, and what watsonx and Replicate want come from the page's `body`.
 */
export const completion: Protocol = {
  name: 'completion',
  encode: ({ text }) => ({ body: { inputs: text, prompt: text, stream: true } }),
  decoder: () => new CompletionDecoder(),
};

type RunEnd = RunEvent & { type: 'run-end' };

class CompletionDecoder implements Decoder {
  readonly #text = new TextParts();
  #shown = '';
  #model: string | undefined;
  /** What watsonx said of the end so far. */
  #outcome: RunEnd = { type: 'run-end' };

  decode({ name, data }: WireEvent): readonly RunEvent[] | null {
    // Replicate sends raw text, which may well look like JSON.
    if (name === 'output') return this.#append(data);
    const value = parseJSON(data);
    if (name === 'error') return [failure(isObject(value) ? value : { message: data })];
    if (!isObject(value)) return null;
    if (name === 'done') return [doneOf(value)];
    if (name === 'logs') return [];
    if (own(value, 'error') ?? own(value, 'errors')) return [failure(value)];
    if (isObject(own(value, 'token'))) return this.#tgi(value);
    if (Array.isArray(own(value, 'results'))) return this.#watsonx(value);
    return typeof own(value, 'stop') === 'boolean' ? this.#llama(value) : null;
  }

  end(): readonly RunEvent[] {
    return this.#outcome.finishReason === undefined ? [] : [this.#outcome];
  }

  #append(text: string): RunEvent[] {
    this.#shown += text;
    return this.#text.append(text);
  }

  #tgi(value: JSONObject): RunEvent[] {
    const token = objectIn(value, 'token');
    const pieces = token.special === true ? [] : this.#append(stringIn(token, 'text') ?? '');
    const whole = stringIn(value, 'generated_text');
    if (whole === undefined) return pieces;
    const details = objectIn(value, 'details');
    return [
      ...pieces,
      // Where the prompt was asked for as well, the whole has it in front of what was shown.
      ...(this.#shown && whole.endsWith(this.#shown) ? [] : this.#text.replace(whole)),
      {
        type: 'run-end',
        finishReason: finishReasonOf(stringIn(details, 'finish_reason')),
        usage: usageOf(details, 'input_length', 'generated_tokens'),
      },
    ];
  }

  #llama(value: JSONObject): RunEvent[] {
    // With several prompts their events interleave; the first is the one that was asked.
    if ((own(value, 'index') ?? 0) !== 0) return [];
    const pieces = this.#append(stringIn(value, 'content') ?? '');
    if (!value.stop) return pieces;
    const model = stringIn(value, 'model');
    const older = own(value, 'stopped_limit') === true ? 'length' : 'stop';
    return [
      ...pieces,
      // A start would open a second message beside the text.
      { type: 'message-end', metadata: model ? { model } : undefined },
      {
        type: 'run-end',
        finishReason: finishReasonOf(stringIn(value, 'stop_type')) ?? older,
        usage: usageOf(value, 'tokens_evaluated', 'tokens_predicted'),
      },
    ];
  }

  #watsonx(value: JSONObject): RunEvent[] {
    const model = stringIn(value, 'model_id');
    const named = model !== undefined && this.#model === undefined && !this.#shown;
    this.#model ??= model;
    const result = listIn(value, 'results')[0];
    if (!isObject(result)) return [];
    this.#settle(result);
    return [
      ...(named ? [{ type: 'message-start', metadata: { model } } as const] : []),
      ...this.#append(stringIn(result, 'generated_text') ?? ''),
    ];
  }

  /** Counts of generated tokens grow; that of the input stands in one event, and is zero in the others. */
  #settle(result: JSONObject): void {
    const next = usageOf(result, 'input_token_count', 'generated_token_count');
    const reason = stringIn(result, 'stop_reason');
    this.#outcome = {
      type: 'run-end',
      finishReason: reason === 'not_finished' ? undefined : finishReasonOf(reason),
      usage: { ...next, inputTokens: next?.inputTokens || this.#outcome.usage?.inputTokens },
    };
  }
}

function doneOf(value: JSONObject): RunEvent {
  const reason = stringIn(value, 'reason');
  if (reason === 'error') return backendError({});
  const stopped = reason === 'canceled';
  return { type: 'run-end', finishReason: finishReasonOf(reason) ?? 'stop', ...(stopped && { stopped }) };
}

/** TGI tells the kind of an error beside it, watsonx lists several. */
function failure(value: JSONObject): RunEvent {
  const event = backendError({ ...value, detail: own(value, 'errors') ?? own(value, 'detail') });
  const detail = stringIn(value, 'error_type');
  return detail === undefined ? event : Object.assign(event, { detail });
}
