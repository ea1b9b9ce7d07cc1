import type { RunEvent } from '../../model/run-event.js';
import { idIn, own, stringIn, type JSONObject } from '../shared/fields.js';
import { ToolCalls } from '../shared/tool-calls.js';

/** The `tool-…` chunks of the AI SDK's UI message stream (ai 7 `ui-message-chunks.ts`). */
export class AISDKTools {
  readonly #calls = new ToolCalls();
  /** Calls that began in this step: a provider may give their ids again in another one. */
  readonly #current = new Set<string>();
  /** Calls by the id of the approval they wait for. */
  readonly #approvals = new Map<string, string>();
  readonly #denied = new Set<string>();

  /** Whether a person is still asked for an approval. */
  get waiting(): boolean {
    return this.#approvals.size > 0;
  }

  startStep(): void {
    this.#current.clear();
  }

  /** The part of a call: the newest of that id. */
  partOf(call: string): string {
    return this.#calls.partOf(call);
  }

  decode(type: string, chunk: JSONObject): readonly RunEvent[] | null {
    if (type === 'tool-approval-response') return this.#answered(chunk);
    const call = idIn(chunk, 'toolCallId');
    if (call === undefined) return null;
    if (type.startsWith('tool-input')) this.#begin(call);
    const id = this.partOf(call);
    const name = stringIn(chunk, 'toolName');
    const error = stringIn(chunk, 'errorText') || 'The tool failed';
    switch (type) {
      case 'tool-input-start':
        return this.#calls.open(id, name);
      case 'tool-input-delta':
        return this.#calls.append(id, stringIn(chunk, 'inputTextDelta') ?? '');
      case 'tool-input-available':
        return this.#calls.update(id, { name, input: own(chunk, 'input'), state: 'running' });
      case 'tool-input-error':
        return this.#calls.update(id, { name, input: own(chunk, 'input'), state: 'error', error });
      case 'tool-output-available': {
        // A preliminary output is replaced by the next one.
        const state = own(chunk, 'preliminary') === true ? 'running' : 'complete';
        return this.#calls.update(id, { output: own(chunk, 'output'), state });
      }
      case 'tool-output-error':
        return this.#calls.update(id, { state: 'error', error });
      case 'tool-output-denied':
        return this.#denied.has(id) ? [] : this.#deny(id);
      case 'tool-approval-request':
        return this.#asked(id, chunk);
      default:
        return null;
    }
  }

  #begin(call: string): void {
    if (this.#current.has(call)) return;
    this.#current.add(call);
    this.#calls.another(call);
  }

  #asked(id: string, chunk: JSONObject): RunEvent[] {
    // The server answers this one itself.
    if (own(chunk, 'isAutomatic') === true) return [];
    this.#approvals.set(idIn(chunk, 'approvalId') ?? id, id);
    return [...this.#calls.open(id), { type: 'run-paused', reason: stringIn(chunk, 'reason') }];
  }

  #answered(chunk: JSONObject): RunEvent[] {
    const approval = idIn(chunk, 'approvalId') ?? '';
    const id = this.#approvals.get(approval);
    this.#approvals.delete(approval);
    if (id === undefined || own(chunk, 'approved') !== false) return [];
    return this.#deny(id, stringIn(chunk, 'reason'));
  }

  #deny(id: string, reason?: string): RunEvent[] {
    this.#denied.add(id);
    return this.#calls.update(id, { state: 'error', error: reason || 'The call was denied' });
  }
}
