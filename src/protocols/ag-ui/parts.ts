import type { RunEvent } from '../../model/run-event.js';
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
} from '../shared/fields.js';
import { patched } from './json-patch.js';
import { ToolCalls } from '../shared/tool-calls.js';

/** The parts of the answer of one run: texts, reasoning, calls, state and activities, and what a snapshot makes of them. */
export class AGUIParts {
  readonly #tools = new ToolCalls();
  /** Calls whose outcome has not come: in the end those are for the page. */
  readonly #waiting = new Set<string>();
  readonly #texts = new Set<string>();
  /** Messages that are nothing an assistant says. */
  readonly #others = new Set<string>();
  /** State, activities and the like by their part. */
  readonly #data = new Map<string, unknown>();
  /** What a chunk without an id goes on with. */
  readonly #last = new Map<string, string>();
  #count = 0;
  #id: string | undefined;

  get waiting(): boolean {
    return this.#waiting.size > 0;
  }

  decode(type: string, event: JSONObject): readonly RunEvent[] | null {
    const [, kind, step] =
      /^(TEXT_MESSAGE|REASONING_MESSAGE|THINKING_TEXT_MESSAGE|TOOL_CALL)_([A-Z]+)$/.exec(type) ?? [];
    if (kind === 'TOOL_CALL') return this.#tool(step!, event);
    if (kind) return this.#text(kind === 'TEXT_MESSAGE' ? 'text' : 'reasoning', step!, event);
    if (type === 'MESSAGES_SNAPSHOT') return this.#snapshot(listIn(event, 'messages').filter(isObject));
    const [, about, how] = /^(STATE|ACTIVITY)_(SNAPSHOT|DELTA)$/.exec(type) ?? [];
    return about ? this.#document(about === 'STATE', how === 'DELTA', event) : null;
  }

  /** The state of the backend, or an activity, told whole or as a patch. */
  #document(state: boolean, delta: boolean, event: JSONObject): RunEvent[] {
    const id = state ? 'state' : `activity:${idIn(event, 'messageId')}`;
    const name = state ? id : (stringIn(event, 'activityType') ?? 'activity');
    const before = this.#data.get(id);
    if (!delta) {
      if (before && own(event, 'replace') === false) return [];
      return this.#show(id, name, own(event, state ? 'snapshot' : 'content'));
    }
    const patch = own(event, state ? 'delta' : 'patch');
    // A patch of what was never told here would make something half of it: only the thread knows the state that was sent.
    if (before === undefined) return state ? this.data('state-delta', patch) : [];
    return this.#show(id, name, patched(before, patch));
  }

  data(name: string, data: unknown): RunEvent[] {
    return this.#show(`data-${this.#count++}`, name, data);
  }

  #text(kind: 'text' | 'reasoning', step: string, event: JSONObject): readonly RunEvent[] | null {
    const given = idIn(event, 'messageId');
    // The older reasoning has no ids: each start is another piece.
    const id = given ?? (step === 'START' ? `${this.#count++}` : this.#last.get(kind));
    if (!id) return null;
    this.#last.set(kind, id);
    const events: RunEvent[] = [];
    if (kind === 'text') {
      if ((stringIn(event, 'role') ?? 'assistant') !== 'assistant') this.#others.add(id);
      if (this.#others.has(id)) return [];
      this.#texts.add(id);
      events.push(...this.#name(given));
    }
    const part = `${kind}:${id}`;
    const delta = stringIn(event, 'delta');
    if (delta) events.push({ type: 'part-delta', id: part, delta, kind });
    if (step === 'END') events.push({ type: 'part-end', id: part });
    return events;
  }

  #tool(step: string, event: JSONObject): readonly RunEvent[] | null {
    const call = idIn(event, 'toolCallId') ?? this.#last.get('tool');
    if (!call) return null;
    if (step === 'RESULT') return this.#result(call, own(event, 'content'));
    this.#last.set('tool', call);
    // TanStack AI's older name for it.
    const name = stringIn(event, 'toolCallName', 'toolName');
    let id = this.#tools.partOf(call);
    // Some backends count calls from nothing in each turn: one that begins after its outcome is another.
    if (name && !this.#waiting.has(id)) id = this.#tools.another(call);
    // The end may tell the outcome too, in older versions of TanStack AI.
    const result = own(event, 'result');
    return [
      ...this.#name(idIn(event, 'parentMessageId')),
      ...this.#open(id, name),
      ...this.#tools.append(id, stringIn(event, 'delta') ?? ''),
      ...(step === 'END' ? this.#tools.run(id) : []),
      ...(result === undefined ? [] : this.#result(call, result)),
    ];
  }

  #open(id: string, name: string | undefined): RunEvent[] {
    if (!this.#tools.has(id)) this.#waiting.add(id);
    return this.#tools.open(id, name);
  }

  /** An outcome for a call of an earlier answer changes nothing here. */
  #result(call: string, output: unknown, error?: string): RunEvent[] {
    const id = this.#tools.partOf(call);
    this.#waiting.delete(id);
    if (!this.#tools.has(id)) return [];
    return this.#tools.update(id, { output, error, state: error ? 'error' : 'complete' });
  }

  /** The first message gives the answer its name. */
  #name(id: string | undefined): RunEvent[] {
    if (!id || this.#id) return [];
    this.#id = id;
    return [{ type: 'message-start', id }];
  }

  #show(id: string, name: string, data: unknown): RunEvent[] {
    const known = this.#data.has(id);
    this.#data.set(id, data);
    if (known) return [{ type: 'part-update', id, patch: { data } }];
    return [{ type: 'part-start', part: { type: 'data', id, name, data } }];
  }

  /**
   * The messages as they are to be; those of this run come after the last question. Reasoning and activities stay as
   * they streamed: most snapshots leave them out.
   */
  #snapshot(messages: readonly JSONObject[]): RunEvent[] {
    const asked = messages.findLastIndex((message) => message.role === 'user');
    const gone = new Set(this.#texts);
    const events = messages.flatMap((message, index) => {
      const id = idIn(message, 'id') ?? '';
      return gone.delete(id) || index > asked ? this.#message(message, id) : [];
    });
    return [...events, ...[...gone].flatMap((id) => this.#whole(id, ''))];
  }

  #message(message: JSONObject, id: string): RunEvent[] {
    const content = own(message, 'content');
    if (message.role === 'tool')
      return this.#result(idIn(message, 'toolCallId') ?? '', content, stringIn(message, 'error'));
    if (message.role !== 'assistant') return [];
    const text = textIn(content, ['text']) ?? '';
    const calls = listIn(message, 'toolCalls').flatMap((call) => this.#call(call));
    if (!text && !this.#texts.has(id)) return calls;
    return [...this.#name(id), ...this.#whole(id, text), ...calls];
  }

  #whole(id: string, text: string): RunEvent[] {
    this.#texts.add(id);
    return [{ type: 'part-replace', id: `text:${id}`, text }];
  }

  #call(call: unknown): RunEvent[] {
    const id = isObject(call) && this.#tools.partOf(idIn(call, 'id') ?? '');
    if (!id) return [];
    const fn = objectIn(call, 'function');
    const input = parseJSON(stringIn(fn, 'arguments') ?? '');
    return [...this.#open(id, stringIn(fn, 'name')), ...this.#tools.update(id, { input })];
  }
}
