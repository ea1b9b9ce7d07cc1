import type { RunEvent } from '../../model/run-event.js';
import { first } from './event-parts.js';
import { idIn, isObject, objectIn, own, parseJSON, stringIn, textIn, type JSONObject } from './fields.js';

/** What an event says of a tool call; the id is missing where the backend gives none. */
interface ToolNote {
  id: string | undefined;
  name: string | undefined;
  input?: unknown;
  output?: unknown;
  error: string | undefined;
}

/** A tool call or its result, from the usual fields. */
function toolIn(event: JSONObject): ToolNote {
  const call = isObject(own(event, 'tool_call')) ? objectIn(event, 'tool_call') : event;
  const input = first(call, 'input', 'arguments', 'args', 'parameters');
  const error = own(call, 'error');
  return {
    id: idIn(call, 'tool_call_id', 'toolCallId', 'call_id', 'id'),
    name:
      stringIn(call, 'name', 'tool_name', 'toolName', 'tool', 'function') ??
      stringIn(objectIn(call, 'function'), 'name'),
    input: typeof input === 'string' ? (parseJSON(input) ?? input) : input,
    output: first(call, 'result', 'output', 'data', 'content'),
    error: error ? (textIn(error, ['message', 'text']) ?? 'The tool failed') : undefined,
  };
}

/** Pairs the tool calls of a run with their results; backends that give no ids get some. */
export class ToolParts {
  /** Calls without a result yet, oldest first. */
  readonly #open: { id: string; name: string }[] = [];
  #count = 0;

  call(event: JSONObject): RunEvent[] {
    const { id = this.#newId(), name = 'tool', input } = toolIn(event);
    const given = input === undefined ? {} : { input };
    if (this.#open.some((call) => call.id === id))
      return [{ type: 'part-update', id, patch: { name, ...given } }];
    this.#open.push({ id, name });
    return [{ type: 'part-start', part: { type: 'tool-call', id, name, state: 'running', input } }];
  }

  /** A result belongs to its call by id, else by name, else to the oldest call still open. */
  result(event: JSONObject): RunEvent[] {
    const { id, name, output, error } = toolIn(event);
    const outcome = { output, state: error ? 'error' : 'complete', error } as const;
    const call =
      this.#take((open) => open.id === id) ??
      this.#take((open) => name !== undefined && open.name === name) ??
      this.#take(() => id === undefined && name === undefined);
    if (call) return [{ type: 'part-update', id: call.id, patch: outcome }];
    const part = { type: 'tool-call', id: id ?? this.#newId(), name: name ?? 'tool', ...outcome } as const;
    return [{ type: 'part-start', part }];
  }

  #take(match: (call: { id: string; name: string }) => boolean): { id: string } | undefined {
    const index = this.#open.findIndex(match);
    return index < 0 ? undefined : this.#open.splice(index, 1)[0];
  }

  #newId(): string {
    return `call-${this.#count++}`;
  }
}
