import type { RunEvent } from '../../model/run-event.js';
import { idIn, isObject, objectIn, own, stringIn, type JSONObject } from '../shared/fields.js';

interface Call {
  readonly id: string;
  readonly given: string | undefined;
  named: boolean;
}

/** Reads the tool calls of OpenAI deltas: the first piece of a call names it, the others bring more of its input. */
export class OpenAIToolCalls {
  /** Calls by their index in the stream; without one a call stands at its place in the delta. */
  readonly #calls = new Map<unknown, Call>();
  /** Ids of earlier turns: some hosts count from nothing in each. */
  readonly #taken = new Set<string>();
  #last: Call | undefined;
  #over = false;

  /** A name that comes next is of another call, whatever its index and id. */
  endTurn(): void {
    this.#over = true;
  }

  /** One entry of `tool_calls`, or the old `function_call` as its `function`. */
  read(entry: JSONObject, position: unknown): RunEvent[] {
    const key = own(entry, 'index') ?? position;
    // A custom tool takes free text, under names of its own (API reference, Chat, "custom tool call").
    const tool = isObject(own(entry, 'function')) ? objectIn(entry, 'function') : objectIn(entry, 'custom');
    const name = stringIn(tool, 'name') || undefined;
    const given = idIn(entry, 'id');
    const events: RunEvent[] = [];
    if (this.#over && name) {
      for (const { id } of this.#calls.values()) this.#taken.add(id);
      this.#calls.clear();
      this.#over = false;
    }
    // Without name and id it goes on with the last one, under another index than that began with (DeepSeek, Bedrock).
    let call = this.#calls.get(key) ?? ((given ?? name) ? undefined : this.#last);
    if (
      !call ||
      (given !== undefined && given !== call.given && (name || own(entry, 'index') === undefined))
    ) {
      // Gemini's compatible endpoint gives every call the index 0, and some hosts none: a new name or id is a new call.
      let id = given ?? `call-${this.#calls.size}`;
      while (this.#taken.has(id)) id += ':';
      this.#last = call = { id, given, named: name !== undefined };
      this.#calls.set(key, call);
      events.push({ type: 'part-start', part: { type: 'tool-call', id: call.id, name: name ?? 'tool' } });
    } else if (name && !call.named) {
      call.named = true;
      events.push({ type: 'part-update', id: call.id, patch: { name } });
    }
    const input = own(tool, 'arguments') ?? own(tool, 'input');
    if (typeof input === 'string' && input) events.push({ type: 'part-delta', id: call.id, delta: input });
    else if (isObject(input)) events.push({ type: 'part-update', id: call.id, patch: { input } });
    return events;
  }

  /** A tool that the host ran itself: Groq's `executed_tools`, sent once with its input and again with its output. */
  executed(entry: JSONObject): RunEvent[] {
    const id = `executed-${idIn(entry, 'index') ?? 0}`;
    const tool = { name: own(entry, 'type'), arguments: own(entry, 'arguments') };
    const started = this.#calls.has(id) ? [] : this.read({ id, function: tool }, id);
    const output = own(entry, 'output') ?? undefined;
    const state = output === undefined ? 'running' : 'complete';
    return [...started, { type: 'part-update', id, patch: { output, state } }];
  }
}
