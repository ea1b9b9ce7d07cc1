import { ChatError } from '../model/chat-error.js';
import { createJSONLinesDecoder } from '../wire/json-lines.js';
import type { Limits } from '../wire/limits.js';
import { createSSEDecoder } from '../wire/sse.js';
import { createTextDecoder } from '../wire/text.js';
import type { Framing, WireDecoder, WireEvent } from '../wire/wire-event.js';

/** How a body is cut into events; `json` is a whole value that comes in place of a stream. */
export type BodyFraming = Framing | 'json';

export interface BodyOptions {
  /** What the protocol or the content type says; undefined where neither tells. */
  framing: BodyFraming | undefined;
  /** Whether plain text is an answer too. */
  any: boolean;
  /** Whether the answer says what it is: what says nothing, not even HTTP, is no text. */
  labelled: boolean;
  limits: Limits;
  /** Told once, when the first bytes have shown the framing. */
  onFraming: (framing: BodyFraming) => void;
}

/** Content types of JSON lines in the wild. */
const jsonLines = [
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/json-lines',
];

/** The framing a content type promises; undefined if it says nothing, null if it is certainly no stream. */
export function framingOf(contentType: string | null): BodyFraming | null | undefined {
  const type = (contentType ?? '').split(';')[0]!.trim().toLowerCase();
  if (type === 'text/event-stream') return 'sse';
  if (jsonLines.includes(type)) return 'json-lines';
  if (type === 'application/json' || type.endsWith('+json')) return 'json';
  return !type || type === 'text/plain' || type === 'application/octet-stream' ? undefined : null;
}

/** Cuts a body into events, once its first bytes have shown what it is: a label may lie, and some bodies have none. */
export class Body {
  readonly #options: BodyOptions;
  readonly #utf8 = new TextDecoder();
  #wire: WireDecoder | undefined;
  /** What came before the framing was known, as bytes: a chunk may end inside a character. */
  #held: Uint8Array[] = [];
  #framing: BodyFraming | undefined;
  /** The text so far, of a body that is a whole value. */
  text = '';

  constructor(options: BodyOptions) {
    this.#options = options;
  }

  /** How it is cut into events, once that is known. */
  get framing(): BodyFraming | undefined {
    return this.#framing;
  }

  get failure(): ChatError | undefined {
    return this.#wire?.failure;
  }

  /** Milliseconds the server asked to wait before reconnecting, where the framing can say so. */
  get retry(): number | undefined {
    return this.#wire?.retry;
  }

  feed(chunk: Uint8Array): WireEvent[] {
    if (this.#wire) return this.#wire.feed(chunk);
    this.text += this.#utf8.decode(chunk, { stream: true });
    if (this.text.length > this.#options.limits.maxEventSize) {
      throw new ChatError('overflow', 'The answer is too large', { detail: 'answer-too-large' });
    }
    if (this.#framing) return [];
    this.#held.push(chunk);
    return this.#settle(framingBy(this.text.trimStart(), false, this.#options));
  }

  end(): WireEvent[] {
    // A body so short that its first bytes could have become anything.
    const first = this.#framing ? [] : this.#settle(framingBy(this.text.trimStart(), true, this.#options));
    return [...first, ...(this.#wire?.end() ?? [])];
  }

  #settle(framing: BodyFraming | undefined): WireEvent[] {
    if (!framing) return [];
    this.#framing = framing;
    this.#options.onFraming(framing);
    if (framing === 'json') return [];
    const wire = (this.#wire = createDecoder(framing, this.#options.limits));
    return this.#held.splice(0).flatMap((bytes) => wire.feed(bytes));
  }
}

/** How pages begin; words may begin with a bracket too. */
const page = /^<(?:[!?]|(?:a|body|center|div|form|h\d|head|html|link|meta|p|script|style|table|title)\b)/i;
/** How values of JSON begin that can be an answer; words may begin with a link, or a number in brackets. */
const json = /^(?:\{\s*["}]|\[\s*["{\]])/;

/** What the first characters show; undefined while they are too few. Throws where they are no answer. */
function framingBy(
  first: string,
  over: boolean,
  { framing, any, labelled }: BodyOptions,
): BodyFraming | undefined {
  if (!first) return undefined;
  const plain = framing === 'text' || (any && labelled && framing === undefined);
  // Too short to tell words from a page, or from JSON.
  if (plain && !over && /^<[a-z]{0,9}$|^[{[]\s*$/i.test(first)) return undefined;
  if (first.startsWith('<') && (!plain || page.test(first))) {
    throw cannotStream('The answer is an HTML page, not a stream', 'content-type');
  }
  if (framing === 'json-lines' || framing === 'text') return framing;
  // No field of an event stream begins like this, and its parser would drop such a body without a word.
  if (plain ? json.test(first) : /^[{[]/.test(first)) return 'json';
  if (framing === 'sse' || /^(data|event|id|retry)?:/.test(first)) return 'sse';
  if (framing === 'json') return 'json';
  // As much as a field's name may still become.
  if (!over && ['data', 'event', 'id', 'retry'].some((field) => field.startsWith(first))) return undefined;
  // Nor are the code and the colon of a line of the AI SDK's older data stream enough.
  if (any && !over && /^[\da-z]:?$/.test(first)) return undefined;
  if (!any) throw cannotStream('The answer is plain text, not a stream', 'content-type');
  if (/^[\da-z]:["[{]/.test(first)) return 'json-lines';
  if (!labelled) throw cannotStream('The answer has no content type, and is no stream', 'content-type');
  return 'text';
}

export function createDecoder(framing: Framing, { maxEventSize }: Limits): WireDecoder {
  if (framing === 'text') return createTextDecoder();
  return framing === 'sse'
    ? createSSEDecoder({ maxEventSize, lenient: true })
    : createJSONLinesDecoder({ maxEventSize });
}

/** Streaming does not work here: what the fallback endpoint is for. */
export function cannotStream(message: string, detail: string): ChatError {
  return new ChatError('protocol', message, { detail, retryable: true });
}
