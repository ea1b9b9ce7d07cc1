import type { RunEvent } from '../../model/run-event.js';
import { idIn, isObject, objectIn, own, stringIn, textIn, type JSONObject } from '../shared/fields.js';
import { pieceIn, usageOf } from './content.js';
import type { LangChainMessages } from './messages.js';

/** A message that is streaming; a tool's result comes on the same channel and is collected. */
interface Current {
  readonly id: string;
  readonly tool?: string;
  text: string;
}

/** The `messages` and `tools` channels of LangGraph's stream protocol v2 (langgraphjs `libs/sdk/src/client/stream`). */
export class LangGraphV2 {
  readonly #messages: LangChainMessages;
  readonly #current = new Map<string, Current>();
  /** Inputs as they stood: a `block-delta` brings the whole input so far. */
  readonly #inputs = new Map<string, string>();

  constructor(messages: LangChainMessages) {
    this.#messages = messages;
  }

  message(namespace: string, data: JSONObject): RunEvent[] {
    const key = `${namespace} ${idIn(data, 'run_id') ?? ''}`;
    switch (own(data, 'event')) {
      case 'message-start':
        return this.#start(key, data);
      case 'content-block-start':
      case 'content-block-delta':
        return this.#block(key, data, false);
      case 'content-block-finish':
        return this.#block(key, data, true);
      case 'message-finish':
        return this.#finish(this.#of(key), data);
      default:
        return [];
    }
  }

  tool(data: JSONObject): RunEvent[] {
    const call = idIn(data, 'tool_call_id');
    if (call === undefined) return [];
    const message = { tool_call_id: call, name: own(data, 'tool_name') };
    switch (own(data, 'event')) {
      case 'tool-started':
        return this.#messages.runs(call, data);
      case 'tool-finished': {
        const output = own(data, 'output');
        const content = isObject(output) && 'content' in output ? output.content : output;
        return this.#messages.result({ ...message, content });
      }
      case 'tool-error':
        return this.#messages.result({ ...message, content: own(data, 'message'), status: 'error' });
      default:
        return [];
    }
  }

  #start(key: string, data: JSONObject): RunEvent[] {
    const id = idIn(data, 'id', 'message_id') ?? key;
    const tool = idIn(data, 'tool_call_id');
    this.#current.set(key, { id, tool, text: '' });
    if (tool !== undefined || own(data, 'role') === 'tool' || own(data, 'role') === 'human') return [];
    return this.#messages.begin(id, stringIn(objectIn(data, 'metadata'), 'model', 'ls_model_name'));
  }

  #of(key: string): Current {
    const current = this.#current.get(key) ?? { id: key, text: '' };
    this.#current.set(key, current);
    return current;
  }

  #block(key: string, data: JSONObject, whole: boolean): RunEvent[] {
    const current = this.#of(key);
    const block = ['content', 'content_block', 'delta'].map((name) => own(data, name)).find(isObject) ?? {};
    const piece = pieceIn(block);
    const index = own(data, 'index');
    if (current.tool !== undefined) {
      current.text = whole ? (piece?.text ?? current.text) : current.text + (piece?.text ?? '');
      return [];
    }
    this.#messages.finished = false;
    if (!piece) return this.#call(current.id, block, index, whole);
    // One index may hold thinking and text.
    const name = `${String(index)} ${piece.kind}`;
    return whole
      ? this.#messages.settleBlock(current.id, piece.kind, piece.text, name)
      : this.#messages.append(current.id, piece.kind, piece.text, name);
  }

  #call(id: string, block: JSONObject, index: unknown, whole: boolean): RunEvent[] {
    const fields = own(block, 'type') === 'block-delta' ? objectIn(block, 'fields') : undefined;
    const about = fields ?? block;
    if (!/^(server_)?tool_call/.test(stringIn(about, 'type') ?? 'tool_call')) return [];
    if (whole) return this.#messages.runs(idIn(about, 'id') ?? `${id}:${String(index)}`, about, id);
    if (!fields) return this.#messages.callPiece(id, about, index);
    const input = textIn(about, ['args']) ?? '';
    const key = `${id} ${String(index)}`;
    const shown = this.#inputs.get(key) ?? '';
    this.#inputs.set(key, input);
    return this.#messages.callPiece(id, { ...about, args: input.slice(shown.length) }, index);
  }

  #finish(current: Current, data: JSONObject): RunEvent[] {
    if (current.tool !== undefined)
      return this.#messages.result({ tool_call_id: current.tool, content: current.text });
    const usage = usageOf({ usage_metadata: own(data, 'usage') });
    if (usage) this.#messages.count(current.id, usage);
    return this.#messages.finish(current.id, data);
  }
}
