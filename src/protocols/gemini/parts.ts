import type { RunEvent } from '../../model/run-event.js';
import { idIn, isObject, listIn, objectIn, own, stringIn, type JSONObject } from '../shared/fields.js';
import { setArgument } from './arguments.js';
import { fileOf } from './facts.js';
import { TextParts } from '../shared/text-parts.js';
import { ToolParts } from '../shared/tool-parts.js';

/** The parts of a Gemini `Content` as run events: text, thoughts, calls and their answers, code, files. */
export class GeminiParts {
  readonly text = new TextParts();
  readonly #tools = new ToolParts();
  /** The call whose arguments still stream. */
  #open: { id: string; args: JSONObject } | undefined;
  #unanswered = 0;
  #count = 0;

  /** Whether a function was called that nobody answered. */
  get calling(): boolean {
    return this.#unanswered > 0;
  }

  add(part: JSONObject): RunEvent[] {
    const text = stringIn(part, 'text');
    if (text !== undefined) {
      // Empty texts only carry signatures, also between the pieces of a call.
      if (!text) return [];
      const kind = own(part, 'thought') === true ? 'reasoning' : 'text';
      return [...this.close(), ...this.text.append(text, kind)];
    }
    const call = own(part, 'functionCall');
    if (isObject(call)) return this.#call(call);
    const response = own(part, 'functionResponse');
    if (isObject(response)) return this.#response(response);
    const code = own(part, 'executableCode');
    if (isObject(code)) return this.#start('executableCode', idIn(code, 'id'), code);
    const result = own(part, 'codeExecutionResult');
    if (isObject(result)) return this.#result(result);
    // A thought's picture is a draft.
    if (own(part, 'thought') === true) return [];
    return this.#file(own(part, 'inlineData') ?? own(part, 'fileData'));
  }

  /** Ends the call whose arguments stream: the closing event may never come. */
  close(): RunEvent[] {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return [];
    const { id, args } = open;
    return [
      { type: 'part-update', id, patch: { input: args } },
      { type: 'part-end', id },
    ];
  }

  /** A call comes whole, or a name first and then its arguments by their paths. */
  #call(call: JSONObject): RunEvent[] {
    const events: RunEvent[] = [];
    const name = stringIn(call, 'name');
    if (name) {
      const id = idIn(call, 'id') ?? this.#newId();
      events.push(...this.#start(name, id));
      this.#open = { id, args: { ...objectIn(call, 'args') } };
      this.#unanswered++;
    }
    if (!this.#open) return events;
    const { id, args } = this.#open;
    for (const piece of listIn(call, 'partialArgs')) if (isObject(piece)) setArgument(args, piece);
    if (own(call, 'willContinue') !== true) return [...events, ...this.close()];
    if (Object.keys(args).length)
      events.push({ type: 'part-update', id, patch: { inputText: JSON.stringify(args) } });
    return events;
  }

  #response(value: JSONObject): RunEvent[] {
    this.#unanswered--;
    const output = own(value, 'response');
    const error = own(objectIn(value, 'response'), 'error');
    const { id, name } = { id: idIn(value, 'id'), name: stringIn(value, 'name') };
    return [...this.close(), ...this.text.pause(), ...this.#tools.result({ id, name, output, error })];
  }

  #result(value: JSONObject): RunEvent[] {
    const { id, output } = { id: idIn(value, 'id'), output: own(value, 'output') };
    const outcome = stringIn(value, 'outcome');
    const error = outcome === 'OUTCOME_OK' ? undefined : output || outcome;
    return this.#tools.result({ id, name: 'executableCode', output, error });
  }

  #start(name: string, id = this.#newId(), input?: JSONObject): RunEvent[] {
    return [...this.close(), ...this.text.pause(), ...this.#tools.call({ id, name, input })];
  }

  #file(value: unknown): RunEvent[] {
    const part = isObject(value) && fileOf(value, `file-${this.#count++}`);
    return part ? [...this.close(), ...this.text.pause(), part] : [];
  }

  #newId(): string {
    return `call-${this.#count++}`;
  }
}
