import type { RunEvent } from '../../model/run-event.js';
import { first } from '../shared/event-parts.js';
import { idIn, isObject, listIn, objectIn, stringIn, type JSONObject } from '../shared/fields.js';

/** The tool calls in the steps of an OpenAI Assistants run; each is known by its step and its place in it. */
export class OpenAISteps {
  readonly #calls = new Map<string, string>();

  /** More of a step: a call begins with its id, and grows by its input. */
  delta(step: JSONObject): RunEvent[] {
    return callsIn(step, objectIn(objectIn(step, 'delta'), 'step_details')).flatMap(([key, call]) => {
      const tool = toolOf(call);
      const input = stringIn(tool, 'arguments', 'input');
      const { id, events } = this.#start(key, call);
      return input ? [...events, { type: 'part-delta', id, delta: input }] : events;
    });
  }

  /** A step as a whole: what came of its calls. A function's output is missing until the page has given it. */
  step(step: JSONObject, status: string | undefined): RunEvent[] {
    if (!/^(completed|failed|cancelled|expired)$/.test(status ?? '')) return [];
    const error = stringIn(objectIn(step, 'last_error'), 'message');
    return callsIn(step, objectIn(step, 'step_details')).flatMap(([key, call]) => {
      const tool = toolOf(call);
      const { id, events } = this.#start(key, call);
      const state = status === 'completed' ? 'complete' : 'error';
      const output = first(tool, 'output', 'outputs', 'results');
      const inputText = stringIn(tool, 'arguments', 'input');
      return [...events, { type: 'part-update', id, patch: { inputText, output, state, error } }];
    });
  }

  #start(key: string, call: JSONObject): { id: string; events: RunEvent[] } {
    const known = this.#calls.get(key);
    if (known !== undefined) return { id: known, events: [] };
    const id = idIn(call, 'id') ?? key;
    this.#calls.set(key, id);
    const type = stringIn(call, 'type') ?? 'tool';
    const name = stringIn(toolOf(call), 'name') ?? type;
    const state = type === 'function' ? 'input' : 'running';
    return { id, events: [{ type: 'part-start', part: { type: 'tool-call', id, name, state } }] };
  }
}

function callsIn(step: JSONObject, details: JSONObject): [key: string, call: JSONObject][] {
  return listIn(details, 'tool_calls').flatMap((call, at) =>
    isObject(call)
      ? [[`${idIn(step, 'id')}-${idIn(call, 'index') ?? at}`, call] as [string, JSONObject]]
      : [],
  );
}

/** What a call holds under the name of its type. */
function toolOf(call: JSONObject): JSONObject {
  return objectIn(call, stringIn(call, 'type') ?? 'function');
}
