import { addUsage } from '../shared/usage-sum.js';
import type { RunEvent } from '../../model/run-event.js';
import type { FinishReason, Usage } from '../../model/thread.js';
import { idIn, isObject, listIn, objectIn, own, stringIn, type JSONObject } from '../shared/fields.js';
import {
  citationsIn,
  filesIn,
  finishReasonOf,
  piecesIn,
  rawInputIn,
  senderOf,
  usageOf,
  type Piece,
} from './content.js';
import { LangChainCalls } from './calls.js';
import { SourceParts } from '../shared/source-parts.js';

type Kind = Piece['kind'];

/** What of one message is shown. */
interface Shown {
  readonly parts: { readonly id: string; readonly kind: Kind; readonly block?: string; text: string }[];
  /** Part ids of its tool calls, by their index in the message. */
  readonly calls: Map<unknown, string>;
  /** The same by the ids that the backend gives them. */
  readonly named: Map<string, string>;
  /** Whether it came as a whole too. */
  copied?: boolean;
  usage?: Usage;
}

/**
 * The LangChain messages of a run, shown as one answer: the model's calls, the tools between them, the last words.
 * Nodes may run side by side, so a message is known by its id and its parts stay where they were begun. A message
 * comes in pieces, or whole and more than once; what is already shown is not shown again.
 */
export class LangChainMessages {
  readonly #shown = new Map<string, Shown>();
  /** Messages that are shown under another id. */
  readonly #aliases = new Map<string, string>();
  readonly #old = new Set<string>();
  readonly #calls = new LangChainCalls();
  readonly #files = new Set<string>();
  readonly sources = new SourceParts();
  #count = 0;
  /** Whether the newest message of the model is whole. */
  finished = false;
  finishReason: FinishReason | undefined;

  /** Whether the model said anything yet. */
  get begun(): boolean {
    return this.#shown.size > 0;
  }

  /** All calls to models added up. */
  get usage(): Usage | undefined {
    let total: Usage | undefined;
    for (const { usage } of this.#shown.values()) if (usage) total = addUsage(total, usage);
    return total;
  }

  /** Messages from before this run are no part of its answer. */
  ignore(id: string | undefined): void {
    if (id !== undefined && !this.#shown.has(id)) this.#old.add(id);
  }

  /** Takes in a message: a piece to be added to what came before, or the message as it stands, so far or whole. */
  read(message: JSONObject, as: 'piece' | 'so-far' | 'whole', model = modelOf(message)): RunEvent[] {
    const sender = senderOf(message);
    if (sender === 'tool') return this.result(message);
    const given = idIn(message, 'id') ?? '';
    if (sender !== 'ai' || this.#old.has(given)) return [];
    const metadata = objectIn(message, 'response_metadata');
    const whole = as === 'whole' || (as === 'piece' && !isChunk(message));
    const over = whole || own(message, 'chunk_position') === 'last' || !!finishReasonOf(metadata);
    const pieces = piecesIn(message);
    const id = whole ? this.#shownAs(given, pieces) : given;
    const added = as === 'piece' && id === given;
    const events = [
      ...this.begin(id, model),
      ...(added
        ? pieces.flatMap(({ kind, text }) => this.append(id, kind, text))
        : this.#wholeText(id, pieces)),
      ...(added && !whole ? this.#callPieces(id, message) : this.#wholeCalls(id, message, over)),
      ...this.#attached(message),
    ];
    const usage = usageOf(message);
    if (usage) this.count(id, added ? addUsage(this.#of(id).usage, usage) : usage);
    if (over) {
      events.push(...this.finish(id, metadata));
      this.#of(id).copied ||= whole;
      // What follows without an id is another message.
      if (!id) this.#rename(id, ` ${this.#shown.size}`);
      return events;
    }
    // Counts may come in a piece after the last words.
    if (events.length || !added) this.finished = false;
    return events;
  }

  /** Names the answer after the first message of the model. */
  begin(id: string, model?: string): RunEvent[] {
    if (this.#shown.has(id)) return [];
    const first = !this.begun && !this.#count && !this.#calls.begun;
    this.#of(id);
    const metadata = model ? { model } : undefined;
    return first && (id || model) ? [{ type: 'message-start', id: id || undefined, metadata }] : [];
  }

  /** Adds text; `block` names a content block where pieces of several interleave. */
  append(id: string, kind: Kind, text: string, block?: string): RunEvent[] {
    const { parts } = this.#of(id);
    if (!text) return [];
    let part = block === undefined ? parts.at(-1) : parts.find((known) => known.block === block);
    if (part?.kind !== kind) {
      part = { id: `${kind}-${this.#count++}`, kind, block, text: '' };
      parts.push(part);
    }
    part.text += text;
    return [{ type: 'part-delta', id: part.id, delta: text, kind }];
  }

  /** The whole text of a content block. */
  settleBlock(id: string, kind: Kind, text: string, block: string): RunEvent[] {
    const part = this.#of(id).parts.find((known) => known.block === block);
    const shown = part?.text ?? '';
    if (!part || text.startsWith(shown)) return this.append(id, kind, text.slice(shown.length), block);
    if (!text) return [];
    part.text = text;
    return [{ type: 'part-replace', id: part.id, text, kind }];
  }

  /** A piece of a tool call's input (`tool_call_chunks`); `index` tells the calls of a message apart. */
  callPiece(id: string, chunk: JSONObject, index: unknown): RunEvent[] {
    const { calls, named } = this.#of(id);
    const given = idIn(chunk, 'id');
    let call = calls.get(index);
    const events: RunEvent[] = [];
    const part = given === undefined ? call : this.#calls.partOf(named, given);
    if (call === undefined || part !== call) {
      call = part ?? `${id}:${calls.size}`;
      calls.set(index, call);
      events.push(...this.#calls.begin(call, chunk));
    }
    const delta = stringIn(chunk, 'args') ?? '';
    return delta ? [...events, { type: 'part-delta', id: call, delta }] : events;
  }

  /** A tool call with its whole input; `id` is that of its message, where it is told by one. */
  runs(given: string, about: JSONObject, id?: string): RunEvent[] {
    const part = id === undefined ? this.#calls.newest(given) : this.#calls.partOf(this.#of(id).named, given);
    return this.#calls.run(part, about);
  }

  /** What a tool gave back: a message with a `tool_call_id`. */
  result(message: JSONObject): RunEvent[] {
    const call = idIn(message, 'tool_call_id');
    const id = idIn(message, 'id') ?? '';
    if (call === undefined || this.#old.has(id)) return [];
    // It may come again when the id of its call stands for another one.
    if (id) this.#old.add(id);
    this.finished = false;
    return this.#calls.result(call, message);
  }

  /** The tokens of one message so far. */
  count(id: string, usage: Usage): void {
    this.#of(id).usage = usage;
  }

  /** A message is whole: its text is final, its calls run. */
  finish(id: string, metadata: JSONObject = {}): RunEvent[] {
    const { parts, calls } = this.#of(id);
    this.finished = true;
    this.finishReason = finishReasonOf(metadata) ?? this.finishReason;
    return [
      ...parts.map((part): RunEvent => ({ type: 'part-end', id: part.id })),
      ...this.#calls.runAll(calls.values()),
    ];
  }

  #of(id: string): Shown {
    const shown = this.#shown.get(id) ?? { parts: [], calls: new Map(), named: new Map() };
    this.#shown.set(id, shown);
    return shown;
  }

  /**
   * The id under which a whole message is shown. Some integrations stream a message under the id of the model's run, or
   * none, and put it into the state under its own: where it says the same, it is the same.
   */
  #shownAs(id: string, pieces: readonly Piece[]): string {
    const known = this.#aliases.get(id) ?? id;
    const kind = pieces.some((piece) => piece.kind === 'text' && piece.text) ? 'text' : 'reasoning';
    const said = joined(pieces, kind);
    if (this.#shown.has(known) || !said) return known;
    for (const [other, { parts, copied }] of this.#shown) {
      if (copied || joined(parts, kind) !== said) continue;
      this.#aliases.set(id, other);
      return other;
    }
    return known;
  }

  #rename(id: string, to: string): void {
    this.#shown.set(to, this.#of(id));
    this.#shown.delete(id);
  }

  #callPieces(id: string, message: JSONObject): RunEvent[] {
    return listIn(message, 'tool_call_chunks').flatMap((chunk, position) =>
      isObject(chunk) ? this.callPiece(id, chunk, own(chunk, 'index') ?? position) : [],
    );
  }

  #wholeCalls(id: string, message: JSONObject, over: boolean): RunEvent[] {
    const { calls, named } = this.#of(id);
    return listIn(message, 'tool_calls').flatMap((call, index) => {
      if (!isObject(call)) return [];
      const given = idIn(call, 'id') ?? calls.get(index) ?? `${id}:${index}`;
      const part = this.#calls.partOf(named, given);
      calls.set(index, part);
      if (over) return this.#calls.run(part, call);
      const raw = rawInputIn(message, given);
      const events = this.#calls.begin(part, call);
      return raw ? [...events, { type: 'part-replace', id: part, text: raw }] : events;
    });
  }

  /** Shows what of a message's text is new. Where it differs from what was shown, it takes its place. */
  #wholeText(id: string, pieces: readonly Piece[]): RunEvent[] {
    const { parts } = this.#of(id);
    if (!parts.length) return pieces.flatMap(({ kind, text }) => this.append(id, kind, text));
    return (['reasoning', 'text'] as const).flatMap((kind) => {
      const text = joined(pieces, kind);
      const shown = joined(parts, kind);
      // A later copy may lack what was streamed: thinking mostly.
      if (!text || text === shown) return [];
      if (text.startsWith(shown)) return this.append(id, kind, text.slice(shown.length));
      const own = parts.filter((part) => part.kind === kind);
      return own.map((part, index): RunEvent => {
        part.text = index === own.length - 1 ? text : '';
        return { type: 'part-replace', id: part.id, text: part.text, kind };
      });
    });
  }

  #attached(message: JSONObject): RunEvent[] {
    const files = filesIn(message).filter(({ url }) => !this.#files.has(url));
    for (const { url } of files) this.#files.add(url);
    return [
      ...files.map((part): RunEvent => ({ type: 'part-start', part })),
      ...this.sources.from(citationsIn(message), false),
    ];
  }
}

/** Without a place for pieces of calls it is no piece: JS writes `ai` for both. */
function isChunk(message: JSONObject): boolean {
  return own(message, 'tool_call_chunks') !== undefined || /chunk$/i.test(stringIn(message, 'type') ?? '');
}

function modelOf(message: JSONObject): string | undefined {
  return stringIn(objectIn(message, 'response_metadata'), 'model_name', 'model');
}

function joined(pieces: readonly Piece[], kind: Kind): string {
  return pieces.map((piece) => (piece.kind === kind ? piece.text : '')).join('');
}
