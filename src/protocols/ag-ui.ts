import type { RunEvent } from '../model/run-event.js';
import type { Usage } from '../model/thread.js';
import type { WireEvent } from '../wire/wire-event.js';
import { AGUIParts } from './ag-ui/parts.js';
import { encodeRunAgentInput } from './ag-ui/request.js';
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
import { addUsage } from './shared/usage-sum.js';
import type { Decoder, Protocol } from './protocol.js';

/**
 * AG-UI (@ag-ui/core 1.0 `events`; the older `THINKING_…` events too). What one run says in several messages is one
 * answer here, with a part for each: they may interleave, and outcomes of tools come after the next text began.
 *
 * The end is a clean end of the body after `RUN_FINISHED`, as another run may follow in the same body, or `RUN_ERROR`.
 */
export const agUI: Protocol = {
  name: 'ag-ui',
  encode: encodeRunAgentInput,
  decoder: () => new AGUIDecoder(),
};

/** Ends of what began elsewhere, and what is for the backend itself. */
const silent = /^(RAW|THINKING_END|(STEP|SUBAGENT)_(FINISHED|ERROR)|REASONING_(START|END|ENCRYPTED_VALUE))$/;

type End = RunEvent & { type: 'run-end' };

class AGUIDecoder implements Decoder {
  #parts = new AGUIParts();
  #end: End | undefined;
  #usage: Usage | undefined;
  #paused = false;

  decode({ data }: WireEvent): readonly RunEvent[] | null {
    const event = parseJSON(data);
    const type = isObject(event) && stringIn(event, 'type');
    return type ? this.#event(type, event) : null;
  }

  get finished(): boolean {
    return !!this.#end;
  }

  /** A server that runs tools itself ends a run before each of them, and goes on in another (TanStack AI). */
  get mayGoOn(): boolean {
    return this.#end?.finishReason === 'tool-calls';
  }

  end(): readonly RunEvent[] {
    return this.#end ? [{ ...this.#end, usage: this.#usage }] : [];
  }

  #event(type: string, event: JSONObject): readonly RunEvent[] | null {
    switch (type) {
      case 'RUN_STARTED':
        return this.#start(event);
      case 'RUN_FINISHED':
        return this.#finish(event);
      case 'RUN_ERROR':
        return [backendError(event), { type: 'run-end' }];
      case 'STEP_STARTED':
      case 'SUBAGENT_STARTED':
      case 'THINKING_START': {
        const text = stringIn(event, 'stepName', 'name', 'title');
        // TanStack AI names its steps by their ids.
        return text && text !== own(event, 'stepId') ? [{ type: 'run-progress', text }] : [];
      }
      case 'CUSTOM':
        return this.#custom(event);
      default:
        return silent.test(type) ? [] : this.#parts.decode(type, event);
    }
  }

  #start(event: JSONObject): RunEvent[] {
    const thread: RunEvent[] = [{ type: 'thread-update', id: idIn(event, 'threadId') }];
    if (!this.#end) return thread;
    // The next run in this body is the next answer.
    this.#end = undefined;
    this.#paused = false;
    this.#parts = new AGUIParts();
    return [...thread, { type: 'message-start' }];
  }

  #finish(event: JSONObject): RunEvent[] {
    const outcome = objectIn(event, 'outcome');
    const kind = stringIn(outcome, 'type');
    const interrupts = listIn(outcome, 'interrupts').filter(isObject);
    const stopped = kind === 'cancelled';
    this.#paused ||= kind === 'interrupt';
    // A run counts for each model apart; TanStack AI all together, and it alone says why a run ended.
    for (const usage of [own(event, 'usage')].flat()) this.#usage = addUsage(this.#usage, usageIn({ usage }));
    let finishReason = stringIn(event, 'finishReason')?.replace('_', '-') ?? 'stop';
    if (this.#parts.waiting) finishReason = 'tool-calls';
    if (stopped) finishReason = kind;
    if (this.#paused) finishReason = 'paused';
    this.#end = { type: 'run-end', finishReason, stopped };
    const asked = interrupts.flatMap((interrupt) => this.#parts.data('interrupt', interrupt));
    if (!this.#paused) return asked;
    const reason = stringIn(interrupts[0] ?? {}, 'message', 'reason');
    return [...asked, { type: 'run-paused', reason }];
  }

  /** `on_interrupt` is how LangGraph's integration asked before interrupts were part of the protocol. */
  #custom(event: JSONObject): RunEvent[] {
    const name = stringIn(event, 'name') ?? 'data';
    this.#paused ||= name === 'on_interrupt';
    return this.#parts.data(name, own(event, 'value'));
  }
}
