import type { RunEvent } from '../../model/run-event.js';

/** Counts out the text and reasoning parts of a message whose backend sends bare text, and remembers what they hold. */
export class TextParts {
  #texts: { id: string; text: string }[] = [];
  #count = 0;
  #open: { id: string; kind: 'text' | 'reasoning' } | undefined;
  #chunked = false;

  /** Whether pieces of the current message were seen that a whole message would take the place of. */
  get chunked(): boolean {
    return this.#chunked;
  }

  /** Adds text to the open part, or opens one; `chunk` is false for text that may be a whole message. */
  append(delta: string, kind: 'text' | 'reasoning' = 'text', chunk = true): RunEvent[] {
    if (!delta) return [];
    const before = this.#open?.kind === kind ? undefined : this.pause();
    const { id } = (this.#open ??= this.#next(kind));
    if (kind === 'text') {
      this.#chunked ||= chunk;
      const current = this.#texts.at(-1);
      if (current) current.text += delta;
    }
    const event: RunEvent = { type: 'part-delta', id, delta, kind };
    // Written as one: a list that is spread or pushed to takes room for many.
    return before ? [...before, event] : [event];
  }

  /** Ends the open part: what comes next stands after something else. */
  pause(): RunEvent[] {
    const open = this.#open;
    this.#open = undefined;
    return open ? [{ type: 'part-end', id: open.id }] : [];
  }

  /** Puts the whole text in the place of what was shown. */
  replace(whole: string): RunEvent[] {
    if (whole === this.#whole()) return [];
    if (!this.#texts.length) return this.append(whole);
    const last = this.#texts.length - 1;
    return this.#texts.map(({ id }, index) => ({
      type: 'part-replace',
      id,
      text: index === last ? whole : '',
    }));
  }

  /** Whether `whole` goes on from what was shown, or nothing was shown yet. */
  isCompletedBy(whole: string): boolean {
    return whole.startsWith(this.#whole());
  }

  /** The message is over. */
  reset(): void {
    this.#texts = [];
    this.#open = undefined;
    this.#chunked = false;
  }

  #whole(): string {
    return this.#texts.map(({ text }) => text).join('');
  }

  #next(kind: 'text' | 'reasoning'): { id: string; kind: 'text' | 'reasoning' } {
    const id = `${kind}-${this.#count++}`;
    if (kind === 'text') this.#texts.push({ id, text: '' });
    return { id, kind };
  }
}
