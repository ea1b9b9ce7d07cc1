import type { RunEvent } from '../../model/run-event.js';
import type { PartInit } from '../../model/thread.js';
import type { ItemState } from './items.js';
import { SourceParts } from '../shared/source-parts.js';

interface Item {
  readonly prelude: boolean;
  /** Ids of the parts it brought. */
  readonly parts: Set<string>;
  done: boolean;
}

/** The message that is open, and which items of a ChatKit thread it is made of. */
export class ChatKitMessage {
  readonly #items = new Map<string, Item>();
  readonly #sources = new SourceParts();
  /** The id it is to have: that of its first item that is no prelude. */
  #name: string | undefined;
  /** What was said about it since it began. */
  metadata: Record<string, unknown> | undefined;

  get begun(): boolean {
    return this.#items.size > 0;
  }

  /** Whether everything it holds is whole, and it holds more than preludes. */
  get whole(): boolean {
    return this.#name !== undefined && this.#every(({ done }) => done);
  }

  /** Whether an answer in it has still to be finished. */
  get growing(): boolean {
    return !this.#every(({ done, prelude }) => done || prelude);
  }

  has(id: string): boolean {
    return this.#items.has(id);
  }

  /** Takes an item in; the first answer names the message, at once where nothing of it is shown yet. */
  begin(id: string, prelude: boolean): RunEvent[] {
    if (this.#items.has(id)) return [];
    const empty = this.#every(({ parts }) => !parts.size);
    this.#items.set(id, { prelude, parts: new Set(), done: false });
    if (prelude || this.#name !== undefined) return [];
    this.#name = id;
    return empty ? [{ type: 'message-start', id: id || undefined }] : [];
  }

  /** Brings the parts of an item to this state; `whole` if parts that are not in it are gone. */
  show(id: string, { parts = [], sources = [] }: ItemState, whole = false): RunEvent[] {
    const known = this.#items.get(id)?.parts;
    if (!known) return [];
    const gone = whole ? [...known].filter((old) => !parts.some((part) => part.id === old)) : [];
    return [
      ...parts.flatMap((part) => show(known, part)),
      ...gone.flatMap(blank),
      ...this.#sources.from({ sources }, false),
    ];
  }

  append(id: string, part: string, delta: string): RunEvent[] {
    const known = this.#items.get(id)?.parts;
    known?.add(part);
    return known ? [{ type: 'part-delta', id: part, delta }] : [];
  }

  finish(id: string): RunEvent[] {
    const item = this.#items.get(id);
    if (!item) return [];
    item.done = true;
    return [...item.parts].map((part) => ({ type: 'part-end', id: part }));
  }

  /** Takes back what an item brought; undefined where nothing but preludes would be left. */
  withdraw(id: string): RunEvent[] | undefined {
    const parts = this.#items.get(id)?.parts ?? [];
    this.#items.delete(id);
    return this.#every(({ prelude }) => prelude) ? undefined : [...parts].flatMap(blank);
  }

  end(id = this.#name): RunEvent {
    return { type: 'message-end', id: id || undefined, metadata: this.metadata };
  }

  #every(holds: (item: Item) => boolean): boolean {
    return [...this.#items.values()].every(holds);
  }
}

const isText = (part: PartInit): part is Extract<PartInit, { type: 'text' | 'reasoning' }> =>
  part.type === 'text' || part.type === 'reasoning';

function show(known: Set<string>, part: PartInit): RunEvent[] {
  const { id } = part;
  const old = known.has(id);
  if (isText(part)) {
    const { text, type: kind } = part;
    if (text === undefined || (!text && !old)) return [];
    known.add(id);
    return [{ type: 'part-replace', id, text, kind }];
  }
  known.add(id);
  return [old ? { type: 'part-update', id, patch: part } : { type: 'part-start', part }];
}

/** Nothing is left to see of a part, whatever it is. */
const blank = (id: string): RunEvent[] => [
  { type: 'part-replace', id, text: '' },
  { type: 'part-update', id, patch: { data: null, url: '' } },
];
