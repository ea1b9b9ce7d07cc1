import type { PartPatch, RunEvent } from '../../model/run-event.js';
import { parseJSON } from './fields.js';

/** The tool calls of a backend that names each by an id: whatever is said of one first opens it. */
export class ToolCalls {
  readonly #calls = new Map<string, { name: string | undefined; text: string }>();

  /** The newest part of each id that was given again. */
  readonly #newest = new Map<string, string>();

  has(id: string): boolean {
    return this.#calls.has(id);
  }

  /** The part of a call: the newest of that id. */
  partOf(call: string): string {
    return this.#newest.get(call) ?? call;
  }

  /** A part for another call, whose id may have been given before. */
  another(call: string): string {
    let part = call;
    while (this.has(part)) part += ':';
    this.#newest.set(call, part);
    return part;
  }

  /** Opens the call, or gives it the name it did not have yet. */
  open(id: string, name?: string): RunEvent[] {
    const call = this.#calls.get(id);
    if (!call) {
      this.#calls.set(id, { name, text: '' });
      return [{ type: 'part-start', part: { type: 'tool-call', id, name: name ?? 'tool' } }];
    }
    if (name === undefined || name === call.name) return [];
    call.name = name;
    return [{ type: 'part-update', id, patch: { name } }];
  }

  /** Appends to the text of the input. */
  append(id: string, delta: string): RunEvent[] {
    const events = this.open(id);
    if (!delta) return events;
    this.#calls.get(id)!.text += delta;
    return [...events, { type: 'part-delta', id, delta }];
  }

  /** The input is whole: the tool runs, or the page is to run it. */
  run(id: string): RunEvent[] {
    return this.update(id, { input: parseJSON(this.#calls.get(id)?.text ?? ''), state: 'running' });
  }

  update(id: string, { name, ...patch }: PartPatch): RunEvent[] {
    return [...this.open(id, name), { type: 'part-update', id, patch }];
  }
}
