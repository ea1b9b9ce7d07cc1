import type { PartPatch, RunEvent } from '../../model/run-event.js';
import { first } from '../shared/event-parts.js';
import { idIn, isObject, listIn, own, stringIn, textIn, type JSONObject } from '../shared/fields.js';
import type { OpenAICitations } from './citations.js';

/** The output items of an OpenAI response: messages, reasoning, tool calls. Each is known by its place in the output. */
export class OpenAIItems {
  readonly #citations: OpenAICitations;
  readonly #done = new Set<unknown>();
  /** Ids of text parts by place. */
  readonly #texts = new Map<unknown, readonly string[]>();
  /** What text parts hold, and whether that is all. */
  readonly #said = new Map<string, { text: string; whole: boolean }>();
  /** Ids of tool calls by place. */
  readonly #calls = new Map<unknown, string>();
  /** Ids that the backend gave to calls. */
  readonly #given = new Set<string>();
  /** Which piece of reasoning came last, by place. */
  readonly #reasoning = new Map<unknown, string>();
  readonly #images = new Set<unknown>();
  /** Why a response that was not cut short stopped. */
  finishReason = 'stop';

  constructor(citations: OpenAICitations) {
    this.#citations = citations;
  }

  /** Whether the item at this place was seen whole. */
  isDone(index: unknown): boolean {
    return this.#done.has(index);
  }

  /** An item as it begins, or whole. */
  item(index: unknown, item: JSONObject, whole: boolean): RunEvent[] {
    if (whole) this.#done.add(index);
    const type = stringIn(item, 'type') ?? '';
    if (type === 'message' && whole)
      return listIn(item, 'content').flatMap((part, at) =>
        // Bedrock counts the parts of an item otherwise than its pieces: the order tells.
        isObject(part) ? this.wholeText(this.#placeOf(index, at, part), part) : [],
      );
    if (type === 'reasoning' && whole) return this.#wholeReasoning(index, item);
    if (type.endsWith('_call') || type === 'mcp_approval_request')
      return this.#call(index, item, type, whole);
    const id = type.endsWith('_output') ? idIn(item, 'call_id') : undefined;
    if (id === undefined) return [];
    return [{ type: 'part-update', id, patch: { output: own(item, 'output'), state: 'complete' } }];
  }

  text(index: unknown, content: unknown, delta: string): RunEvent[] {
    const id = this.textId(index, content);
    const said = this.#said.get(id);
    if (said) said.text += delta;
    else this.#said.set(id, { text: delta, whole: false });
    return [{ type: 'part-delta', id, delta, kind: 'text' }];
  }

  /** The id of a whole part. Nothing streamed at its place: a gateway may have counted otherwise then. */
  #placeOf(index: unknown, at: number, part: JSONObject): string {
    const all = stringIn(part, 'text') ?? '';
    const begun = this.#texts.has(index)
      ? undefined
      : [...this.#said].find(([, { text, whole }]) => (whole ? text === all : text && all.startsWith(text)));
    return this.#texts.get(index)?.[at] ?? begun?.[0] ?? this.textId(index, at);
  }

  /** The id of a content part that holds text. */
  textId(index: unknown, content: unknown): string {
    const id = `text-${String(index)}-${String(content)}`;
    const ids = this.#texts.get(index) ?? [];
    if (!ids.includes(id)) this.#texts.set(index, [...ids, id]);
    return id;
  }

  /** The whole text of a content part takes the place of its pieces. */
  wholeText(id: string, part: JSONObject): RunEvent[] {
    const text = stringIn(part, 'text', 'refusal');
    if (text) this.#said.set(id, { text, whole: true });
    const whole: RunEvent[] = text
      ? [
          { type: 'part-replace', id, text, kind: 'text' },
          { type: 'part-end', id },
        ]
      : [];
    return [...whole, ...this.#citations.add(listIn(part, 'annotations'))];
  }

  /** Reasoning or its summary; its pieces stand apart. */
  reasoning(index: unknown, piece: string, delta: string): RunEvent[] {
    if (!delta) return [];
    const last = this.#reasoning.get(index);
    this.#reasoning.set(index, piece);
    const apart = last === undefined || last === piece ? '' : '\n\n';
    return [
      { type: 'part-delta', id: `reasoning-${String(index)}`, delta: apart + delta, kind: 'reasoning' },
    ];
  }

  #wholeReasoning(index: unknown, item: JSONObject): RunEvent[] {
    const pieces = this.#reasoning.has(index) ? [] : [...listIn(item, 'summary'), ...listIn(item, 'content')];
    const events = pieces.flatMap((piece, at) =>
      this.reasoning(index, String(at), textIn(piece, ['text']) ?? ''),
    );
    return this.#reasoning.has(index)
      ? [...events, { type: 'part-end', id: `reasoning-${String(index)}` }]
      : [];
  }

  /** More of the input of a tool call. */
  input(index: unknown, delta: string): RunEvent[] {
    const id = this.#calls.get(index);
    return id === undefined ? [] : [{ type: 'part-delta', id, delta }];
  }

  /** A generated image; previews of it come first. */
  image(index: unknown, data: string | undefined, { output_format: format }: JSONObject): RunEvent[] {
    if (!data) return [];
    const id = `image-${String(index)}`;
    const mediaType = `image/${typeof format === 'string' ? format : 'png'}`;
    const url = /^(https?|data):/.test(data) ? data : `data:${mediaType};base64,${data}`;
    if (this.#images.has(index)) return [{ type: 'part-update', id, patch: { url } }];
    this.#images.add(index);
    return [{ type: 'part-start', part: { type: 'file', id, mediaType, url } }];
  }

  #call(index: unknown, item: JSONObject, type: string, whole: boolean): RunEvent[] {
    // A search for tools begins with a call id that is not its last.
    if (type === 'tool_search_call' && !whole) return [];
    const events: RunEvent[] = [];
    let id = this.#calls.get(index);
    const given = idIn(item, 'call_id');
    // Some gateways (LiteLLM) give several calls one place.
    if (given !== undefined && given !== id && (id === undefined || this.#given.has(id)))
      id = this.#given.has(given) ? given : undefined;
    if (given !== undefined && type !== 'tool_search_call') this.#given.add(given);
    const asks = type === 'mcp_approval_request';
    // What the page has to run, or to answer; the server runs the others itself.
    const open =
      asks ||
      /^(function|custom_tool|local_shell|computer|apply_patch)_call$/.test(type) ||
      own(item, 'execution') === 'client';
    if (id === undefined) {
      id = idIn(item, 'call_id', 'id') ?? `call-${String(index)}`;
      this.#calls.set(index, id);
      const name = stringIn(item, 'name') ?? type;
      const state = open ? 'input' : 'running';
      events.push({ type: 'part-start', part: { type: 'tool-call', id, name, state } });
      if (asks) events.push({ type: 'run-paused', reason: 'approval' });
      if (open) this.finishReason = asks ? 'paused' : 'tool-calls';
    }
    if (!whole) return events;
    const patch = { ...inputIn(item), ...(open ? {} : outcomeIn(item)) };
    return [
      ...events,
      { type: 'part-update', id, patch },
      { type: 'part-end', id },
      ...this.image(index, stringIn(item, 'result'), item),
    ];
  }
}

/** The input of any tool: JSON or free text as it streamed, or what a tool of OpenAI's own calls it. */
function inputIn(item: JSONObject): PartPatch {
  const input = first(item, 'arguments', 'input', 'action', 'operation');
  if (typeof input === 'string') return { inputText: input };
  if (input !== undefined) return { input };
  for (const name of ['code', 'queries']) {
    const value = first(item, name);
    if (value !== undefined) return { input: { [name]: value } };
  }
  return {};
}

function outcomeIn(item: JSONObject): PartPatch {
  const error = textIn(first(item, 'error'), ['message', 'text', 'content']);
  const failed = error !== undefined || own(item, 'status') === 'failed';
  return { output: first(item, 'output', 'outputs', 'results'), error, state: failed ? 'error' : 'complete' };
}
