import type { WireEvent } from '../wire/wire-event.js';

/** How many events tell whether an answer begins anew. */
const telling = 4;
/** How many events after the last id are remembered; where there are more, an id is no place to go on from. */
const mostAfterId = 10_000;
/** How many ids are remembered, the newest. */
const mostIds = 100_000;
/** The most bytes of an id that are sent back. */
const longestId = 1024;

/** What came of a piece of a stream that was taken up again. */
export interface Taken {
  readonly events: readonly WireEvent[];
  /** Whether they are the start of the answer, once more. */
  readonly replay: boolean;
}

/**
 * What arrived of one answer, as far as it takes to go on after a cut without showing anything twice. Backends differ in
 * what they do with `Last-Event-ID`: some send what follows it, some a little of what came before too, some everything;
 * and some put one id on every event, so that it marks no place at all.
 */
export class Journal {
  #first: WireEvent[] = [];
  #ids = new Set<string>();
  #lastId = '';
  /** Whether ids differ from event to event: one that stands on every event marks no place. */
  #distinct = false;
  /** Data of the events since the last id came, that event's own first. */
  #afterId: string[] = [];
  #lost = false;
  /** Set after a cut until it is clear what the backend sends: the events held back meanwhile. */
  #held: WireEvent[] | undefined;
  /** How much of what came after the last id has come again; undefined once something new came. */
  #again: number | undefined;
  #afterCut: readonly string[] = [];
  #cursor = '';

  /** What to send as `Last-Event-ID`; empty where there is nothing to go on from. */
  get lastEventId(): string {
    return this.#lost || new TextEncoder().encode(this.#lastId).length > longestId ? '' : this.#lastId;
  }

  /** The next connection goes on after a cut; `cursor` is the id it was asked to go on from, or empty. */
  reconnected(cursor: string): void {
    this.#cursor = cursor;
    this.#held = [];
    this.#again = 0;
    this.#afterCut = this.#afterId;
  }

  /** Notes events, and leaves out those that came before. */
  take(events: readonly WireEvent[]): Taken {
    if (this.#held) return this.#begin(events, this.#held);
    const fresh = this.#again === undefined ? events : events.filter((event) => this.#isNew(event));
    fresh.forEach((event) => this.#note(event));
    return { events: fresh, replay: false };
  }

  /** The connection is over: what is still held back. */
  end(): Taken {
    return this.#held?.length ? this.#settle(this.#held, true) : { events: [], replay: false };
  }

  #begin(events: readonly WireEvent[], held: WireEvent[]): Taken {
    held.push(...events);
    const replay = held.length ? this.#isReplay(held) : undefined;
    return replay === undefined ? { events: [], replay: false } : this.#settle(held, replay);
  }

  #settle(held: readonly WireEvent[], replay: boolean): Taken {
    this.#held = undefined;
    if (!replay) return this.take(held);
    this.#first = [];
    this.#ids.clear();
    this.#afterId = [];
    this.#lost = false;
    this.#again = undefined;
    for (const event of held) this.#note(event);
    return { events: held, replay };
  }

  /** Whether the answer begins anew; undefined while that is open. */
  #isReplay(held: readonly WireEvent[]): boolean | undefined {
    if (!this.#cursor) return true;
    const [event] = held;
    const [first] = this.#first;
    if (first && event!.id && (this.#distinct || event!.id !== first.id)) return event!.id === first.id;
    const count = Math.min(held.length, this.#first.length);
    const same = (one: WireEvent, index: number) =>
      one.name === this.#first[index]!.name && one.data === this.#first[index]!.data;
    if (!held.slice(0, count).every(same)) return false;
    return count === this.#first.length ? true : undefined;
  }

  #isNew(event: WireEvent): boolean {
    const { id, data } = event;
    if (this.#again === undefined) return true;
    if (id && id !== this.#cursor) {
      if (this.#ids.has(id)) return false;
      this.#again = undefined;
      return true;
    }
    // Without an id of its own it follows the cursor; with the cursor's it may be that event, or one after it.
    if (!id && this.#again === 0) this.#again = 1;
    if (this.#afterCut[this.#again] === data) {
      this.#again++;
      return false;
    }
    this.#again = undefined;
    return true;
  }

  #note(event: WireEvent): void {
    const { id, data } = event;
    if (this.#first.length < telling) this.#first.push(event);
    if (id && id !== this.#lastId) {
      this.#distinct ||= this.#lastId !== '';
      this.#ids.add(id);
      if (this.#ids.size > mostIds) this.#ids.delete(this.#ids.values().next().value!);
      this.#lastId = id;
      this.#afterId = [];
      this.#lost = false;
    }
    if (!this.#lastId || this.#lost) return;
    this.#afterId.push(data);
    if (this.#afterId.length > mostAfterId) {
      this.#lost = true;
      this.#afterId = [];
    }
  }
}

/** An id as a header can carry it: the bytes of its UTF-8, as `EventSource` sends it (HTML, section 9.2.2). */
export const headerOf = (id: string): string => String.fromCharCode(...new TextEncoder().encode(id));
