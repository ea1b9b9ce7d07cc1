export interface ReaderOptions {
  /** How many messages the reader has already. */
  after: number;
  /** Milliseconds of silence before a comment; 0 for none. */
  heartbeat: number;
  /** Ends the reader, never the stream. */
  signal?: AbortSignal | undefined;
}

/** Characters that are sent in one piece where many messages wait. */
const PIECE = 64 * 1024;
const HEARTBEAT = ': heartbeat\n\n';

/**
 * The messages of one answer, and those who wait for more of them.
 *
 * A reader takes what it has not had when it is ready for it: nothing queues up for a slow one, and one that leaves has
 * nothing to take along.
 */
export class KeptStream {
  readonly #messages: string[] = [];
  readonly #waiting = new Set<(comment?: string) => void>();
  #ended = false;
  #failure: { reason: unknown } | undefined;

  get length(): number {
    return this.#messages.length;
  }

  get ended(): boolean {
    return this.#ended;
  }

  add(message: string): void {
    this.#messages.push(message);
    this.#tell();
  }

  /** Passes a comment on to those who listen now. */
  remark(comment: string): void {
    this.#tell(comment);
  }

  /** Ends the stream; with a failure its readers' bodies break off, after what was added. */
  end(failure?: { reason: unknown }): void {
    this.#ended = true;
    this.#failure ??= failure;
    this.#tell();
  }

  /** Lets the messages go; whoever still reads them is cut off. */
  drop(): void {
    this.end({ reason: new Error('The answer is no longer kept') });
    this.#messages.length = 0;
  }

  /** The body of a response: what is there after the reader's last message, and then what comes. */
  read({ after, heartbeat, signal }: ReaderOptions): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder();
    const left = new AbortController();
    let next = after;
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          while (!left.signal.aborted) {
            if (signal?.aborted) return controller.close();
            const piece = this.#pieceFrom(next);
            next = piece.end;
            const text =
              piece.text || (this.#ended ? '' : await this.#news(heartbeat, [left.signal, signal]));
            // A reader that left while it waited has no body any more to put this into.
            if (left.signal.aborted) return;
            if (text) return controller.enqueue(encoder.encode(text));
            if (!this.#ended || next < this.length) continue;
            return this.#failure ? controller.error(this.#failure.reason) : controller.close();
          }
        },
        cancel: () => left.abort(),
      },
      { highWaterMark: 0 },
    );
  }

  #pieceFrom(start: number): { text: string; end: number } {
    let text = '';
    let end = start;
    while (end < this.#messages.length && text.length < PIECE) text += this.#messages[end++];
    return { text, end };
  }

  /** Waits until there is more to take, or an end; gives a comment to pass on, if it was that. */
  #news(heartbeat: number, signals: Array<AbortSignal | undefined>): Promise<string> {
    return new Promise((resolve) => {
      const wake = (comment = ''): void => {
        clearTimeout(timer);
        for (const signal of signals) signal?.removeEventListener('abort', leave);
        this.#waiting.delete(wake);
        resolve(comment);
      };
      const leave = (): void => wake();
      const timer = heartbeat > 0 ? setTimeout(wake, heartbeat, HEARTBEAT) : undefined;
      for (const signal of signals) signal?.addEventListener('abort', leave);
      this.#waiting.add(wake);
    });
  }

  #tell(comment?: string): void {
    for (const wake of [...this.#waiting]) wake(comment);
  }
}
