/** One message of an event stream. Every field may be left out. */
export interface SSEMessage {
  /** The event's name; without one a client sees `message`. */
  event?: string;
  /** A string is sent as it is, line by line; anything else is sent as JSON. */
  data?: unknown;
  /** What a client sends back as `Last-Event-ID` when it reconnects. */
  id?: string;
  /** Milliseconds a client waits before it reconnects. */
  retry?: number;
  /** A line that clients ignore; it keeps proxies from closing a silent connection. */
  comment?: string;
}

/** The three line ends of the format. Others, such as U+2028, are ordinary characters to it. */
const LINE_END = /\r\n|\r|\n/;

/**
 * Writes a message as the format wants it, final empty line included.
 *
 * Line ends within a data string reach the client as LF: the format cannot carry CR.
 * @throws TypeError for a name or id that would break out of its line, or data that JSON cannot express.
 */
export function formatSSE({ comment, event, id, retry, data }: SSEMessage): string {
  for (const value of [event, id]) {
    // A line end would start a field of the sender's choosing; clients drop an id that holds NUL.
    if (/[\r\n\0]/.test(value ?? '')) throw new TypeError('event and id must be one line without NUL');
  }
  if (retry !== undefined && !(Number.isSafeInteger(retry) && retry >= 0)) {
    throw new TypeError('retry must be a whole number of milliseconds');
  }
  const fields = { '': comment, event, id, retry, data: typeof data === 'string' ? data : toJSON(data) };
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined
      ? []
      : String(value)
          .split(LINE_END)
          .map((line) => `${name}: ${line}`),
  );
  return lines.length ? `${lines.join('\n')}\n\n` : '';
}

function toJSON(data: unknown): string | undefined {
  const text = JSON.stringify(data) as string | undefined;
  if (data !== undefined && text === undefined) throw new TypeError('data cannot be written as JSON');
  return text;
}
