import type { RunEvent } from './run-event.js';
import type { Message } from './thread.js';

type Delta = RunEvent & { type: 'part-delta' };

/**
 * Passes over what is shown already when an answer comes once more from its start. Text is compared, not counted in
 * deltas: a backend may cut it anew. Where it differs from what is shown, the new text takes its place.
 */
export class Replay {
  /** The answers of the run as they were when the replay began, oldest first. */
  readonly #messages: readonly Message[];
  #at = 0;
  #begun = false;
  /** How far the text of each part of the current answer has come again. */
  readonly #positions = new Map<string, number>();

  constructor(messages: readonly Message[]) {
    this.#messages = messages;
  }

  /** The events that say something new. */
  push(events: readonly RunEvent[]): RunEvent[] {
    return events.flatMap((event) => this.#pass(event));
  }

  #pass(event: RunEvent): RunEvent[] {
    switch (event.type) {
      case 'message-start':
        return this.#start(event);
      case 'message-end':
        return this.#isEarlier ? [] : [event];
      case 'run-progress':
        return this.#messages[0]?.parts.length ? [] : [event];
      case 'part-start':
        return this.#startPart(event);
      case 'part-delta':
        return this.#delta(event);
      case 'part-replace':
        return this.#replace(event);
      case 'part-update':
      case 'part-end':
        return this.#isEarlier ? [] : [event];
      case 'run-end':
        // One that was stopped, or cut again, keeps what is shown.
        return event.stopped ? [event] : [...this.#rest(), event];
      default:
        return [event];
    }
  }

  /** Whether an answer is read again that was followed by another one: all of it is there. */
  get #isEarlier(): boolean {
    return this.#at < this.#messages.length - 1;
  }

  #start(event: RunEvent & { type: 'message-start' }): RunEvent[] {
    if (event.role === 'user') return [event];
    const named = this.#messages.findIndex(
      ({ backendId }) => event.id !== undefined && backendId === event.id,
    );
    const [shown] = this.#messages;
    const first = !this.#begun;
    this.#begun = true;
    // The first is the one that is shown, whatever it is called this time; a name may still be news to it.
    if (named < 0 && first && shown?.parts.length)
      return event.id !== undefined && shown.backendId === undefined && !this.#isEarlier ? [event] : [];
    if (named < 0 && first) return [event];
    const next = named < 0 ? this.#at + 1 : named;
    if (next !== this.#at) this.#positions.clear();
    this.#at = next;
    return next < this.#messages.length ? [] : [event];
  }

  #startPart(event: RunEvent & { type: 'part-start' }): RunEvent[] {
    this.#begun = true;
    const { part } = event;
    if (this.#isEarlier) return [];
    if (!this.#has(part.id)) return [event];
    const text = 'text' in part ? part.text : 'inputText' in part ? part.inputText : undefined;
    return text ? this.#delta({ type: 'part-delta', id: part.id, delta: text }) : [];
  }

  #delta(event: Delta): RunEvent[] {
    this.#begun = true;
    if (this.#isEarlier) return [];
    const text = this.#textOf(event.id);
    const position = this.#positions.get(event.id) ?? 0;
    if (text === undefined || position >= text.length) return [event];
    const length = Math.min(event.delta.length, text.length - position);
    this.#positions.set(event.id, position + event.delta.length);
    if (text.startsWith(event.delta.slice(0, length), position)) {
      const delta = event.delta.slice(length);
      return delta ? [{ ...event, delta }] : [];
    }
    this.#positions.set(event.id, Infinity);
    return [{ type: 'part-replace', id: event.id, text: text.slice(0, position) + event.delta }];
  }

  #replace(event: RunEvent & { type: 'part-replace' }): RunEvent[] {
    this.#begun = true;
    if (this.#isEarlier) return [];
    const text = this.#textOf(event.id);
    const position = this.#positions.get(event.id) ?? 0;
    if (text === undefined || position >= text.length) return [event];
    this.#positions.set(event.id, text.startsWith(event.text) ? event.text.length : Infinity);
    return text.startsWith(event.text) ? [] : [event];
  }

  /** What is shown behind the end of the answer as it came again is no part of it. */
  #rest(): RunEvent[] {
    return [...this.#positions].flatMap(([id, position]): RunEvent[] => {
      const text = this.#textOf(id)!;
      return position < text.length ? [{ type: 'part-replace', id, text: text.slice(0, position) }] : [];
    });
  }

  #has(id: string): boolean {
    return this.#messages[this.#at]?.parts.some((part) => part.id === id) ?? false;
  }

  #textOf(id: string): string | undefined {
    const part = this.#messages[this.#at]?.parts.find((one) => one.id === id);
    if (part?.type === 'text' || part?.type === 'reasoning') return part.text;
    return part?.type === 'tool-call' ? part.inputText : undefined;
  }
}
