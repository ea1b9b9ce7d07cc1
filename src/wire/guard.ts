import type { RunEvent } from '../model/run-event.js';

type RunError = Extract<RunEvent, { type: 'run-error' }>;

/**
 * Puts the run events of one run in order, whatever the backend left out: opens messages and parts that were never
 * started, lets nothing through after the end, and calls a run that never saw its end mark `interrupted`.
 *
 * An error is held back until the run is over: some backends name the message or send their end mark after it, and
 * neither may undo the error.
 */
export class RunGuard {
  #open: boolean;
  #parts = new Set<string>();
  #halves = new Map<string, string>();
  #seen = false;
  #error: RunError | undefined;
  #ended = false;
  /** What only may be said once the error is told: naming a message closes it. */
  #late: RunEvent[] = [];

  /** `open` tells whether the run opened an answer of its own. */
  constructor(open = true) {
    this.#open = open;
  }

  /** Whether the end mark was seen: nothing more is let through. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Whether an error arrived and only its end is still awaited. */
  get failing(): boolean {
    return this.#error !== undefined;
  }

  push(events: readonly RunEvent[]): RunEvent[] {
    const out: RunEvent[] = [];
    for (const event of events) {
      if (this.#ended) break;
      this.#seen ||= event.type !== 'run-location';
      if (this.#error) this.#afterError(event, out);
      else this.#pass(event, out);
    }
    return out;
  }

  /** The events that close the run; `failure` is why the transport failed, if it did. */
  end(failure?: RunError): RunEvent[] {
    if (this.#ended && !this.#error) return [];
    this.#ended = true;
    const out: RunEvent[] = [];
    this.#release(out);
    out.push(this.#error ?? failure ?? this.#interrupted(), ...this.#late);
    return out;
  }

  #interrupted(): RunError {
    return {
      type: 'run-error',
      code: 'interrupted',
      message: this.#seen ? 'The stream ended before its end mark' : 'The stream ended without any event',
      detail: this.#seen ? undefined : 'empty',
      retryable: true,
    };
  }

  #pass(event: RunEvent, out: RunEvent[]): void {
    switch (event.type) {
      case 'run-error':
        this.#error = event;
        return;
      case 'run-replay':
        // They come again, with the rest of their pairs.
        this.#halves.clear();
        break;
      case 'run-end':
        this.#ended = true;
        this.#release(out);
        break;
      case 'message-start':
        if (event.role === 'user') break;
        this.#release(out);
        this.#open = true;
        this.#parts.clear();
        break;
      case 'message-end':
        this.#release(out);
        this.#open = false;
        break;
      case 'part-start':
        this.#openMessage(out);
        this.#parts.add(event.part.id);
        break;
      case 'part-delta':
        this.#openPart(event.id, event.kind, out);
        this.#delta(event, out);
        return;
      case 'part-replace':
        this.#openPart(event.id, event.kind, out);
        this.#halves.delete(event.id);
        break;
      case 'part-end':
        this.#release(out, event.id);
        break;
    }
    out.push(event);
  }

  /** What may still come after an error: names, and the end. */
  #afterError(event: RunEvent, out: RunEvent[]): void {
    if (event.type === 'run-end') this.#ended = true;
    else if (event.type === 'thread-update') out.push(event);
    else if (event.type === 'message-end' && event.id !== undefined) this.#late.push(event);
  }

  #openMessage(out: RunEvent[]): void {
    if (this.#open) return;
    this.#open = true;
    this.#parts.clear();
    out.push({ type: 'message-start' });
  }

  #openPart(id: string, kind: 'text' | 'reasoning' = 'text', out: RunEvent[]): void {
    this.#openMessage(out);
    if (this.#parts.has(id)) return;
    this.#parts.add(id);
    out.push({ type: 'part-start', part: { type: kind, id } });
  }

  /** Holds back the first half of a surrogate pair that a delta was cut in: shown alone it flashes as U+FFFD. */
  #delta(event: Extract<RunEvent, { type: 'part-delta' }>, out: RunEvent[]): void {
    let delta = (this.#halves.get(event.id) ?? '') + event.delta;
    this.#halves.delete(event.id);
    if (/[\uD800-\uDBFF]$/.test(delta)) {
      this.#halves.set(event.id, delta.slice(-1));
      delta = delta.slice(0, -1);
    }
    if (!delta) return;
    const last = out.at(-1);
    // One step for the reducer however many deltas a piece of the stream holds.
    if (last?.type === 'part-delta' && last.id === event.id) last.delta += delta;
    else out.push({ ...event, delta });
  }

  #release(out: RunEvent[], only?: string): void {
    for (const [id, delta] of this.#halves) {
      if (only !== undefined && id !== only) continue;
      this.#halves.delete(id);
      out.push({ type: 'part-delta', id, delta });
    }
  }
}
