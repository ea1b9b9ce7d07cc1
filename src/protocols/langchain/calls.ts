import type { RunEvent } from '../../model/run-event.js';
import { own, parseJSON, stringIn, textIn, type JSONObject } from '../shared/fields.js';

/** An id that counts calls, as `call_0` or `functions.look:1`: any other is of one call alone. */
const counted = /(^|[^a-z\d])\d{1,3}$/i;

/** The tool calls of a run, each begun, run and over once, however often it is told. */
export class LangChainCalls {
  /** By their parts. */
  readonly #states = new Map<string, 'input' | 'running' | 'over'>();
  /** The newest part of each id. */
  readonly #parts = new Map<string, string>();

  /** Whether any was begun. */
  get begun(): boolean {
    return this.#states.size > 0;
  }

  newest(id: string): string {
    return this.#parts.get(id) ?? id;
  }

  /**
   * The part of a call of a message, whose others are `named`. Where ids are counted anew in each turn, one whose call is
   * over stands for another.
   */
  partOf(named: Map<string, string>, id: string): string {
    let part = named.get(id);
    if (part !== undefined) return part;
    part = this.newest(id);
    while (counted.test(id) && this.#states.get(part) === 'over') part += ':';
    named.set(id, part);
    this.#parts.set(id, part);
    return part;
  }

  begin(part: string, about: JSONObject): RunEvent[] {
    if (this.#states.has(part)) return [];
    this.#states.set(part, 'input');
    const name = stringIn(about, 'name', 'tool_name') || 'tool';
    return [{ type: 'part-start', part: { type: 'tool-call', id: part, name } }];
  }

  /** It has its whole input. */
  run(part: string, about: JSONObject): RunEvent[] {
    const input = own(about, 'args') ?? own(about, 'input');
    return [...this.begin(part, about), ...this.#runs(part, { input })];
  }

  /** Their inputs are whole. */
  runAll(parts: Iterable<string>): RunEvent[] {
    return [...parts].flatMap((part) => this.#runs(part, {}));
  }

  #runs(part: string, patch: object): RunEvent[] {
    if (this.#states.get(part) !== 'input') return [];
    this.#states.set(part, 'running');
    return [{ type: 'part-update', id: part, patch: { ...patch, state: 'running' } }];
  }

  /** What a tool gave back: a message for the newest call of an id. */
  result(id: string, message: JSONObject): RunEvent[] {
    const part = this.newest(id);
    if (this.#states.get(part) === 'over') return [];
    const events = this.begin(part, message);
    this.#states.set(part, 'over');
    const content = own(message, 'content');
    const failed = own(message, 'status') === 'error';
    const error = failed ? (textIn(content, ['text']) ?? 'The tool failed') : undefined;
    const text = Array.isArray(content) ? textIn(content, ['text']) : content;
    // As the SDK shows it: tools give objects back as JSON text.
    const output =
      typeof text === 'string' && /^\s*[[{]/.test(text) ? (parseJSON(text) ?? text) : (text ?? content);
    const patch = { output, state: failed ? 'error' : 'complete', error } as const;
    return [...events, { type: 'part-update', id: part, patch }];
  }
}
