import { ChatError } from '../model/chat-error.js';
import type { ProtocolRequest } from '../protocols/protocol.js';
import { plainMessages } from '../protocols/shared/request-shapes.js';

/** Part of the request's body, or a function that makes it from the request. */
export type BodyTemplate = Record<string, unknown> | ((request: ProtocolRequest) => unknown);

/** The most characters an address may have once the question is in it. */
const longestAddress = 2000;

/** Fills `{threadId}` and `{message}` into an address, percent-encoded. Throws a `ChatError` if it cannot. */
export function fillAddress(template: string, { text, threadId }: ProtocolRequest): string {
  if (template.includes('{threadId}') && threadId === null) {
    throw new ChatError('protocol', `${template} needs a thread id, and there is none yet`, {
      detail: 'thread-id',
    });
  }
  const address = template
    .replaceAll('{threadId}', () => encode(threadId ?? ''))
    .replaceAll('{message}', () => encode(text));
  if (address !== template && address.length > longestAddress) {
    throw new ChatError('overflow', `The address would be longer than ${longestAddress} characters`, {
      detail: 'too-large',
    });
  }
  return address;
}

/** Half a surrogate pair has no UTF-8: without the replacement `encodeURIComponent` throws. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/[\uD800-\uDFFF]/gu, '\uFFFD'));
}

/**
 * The body of a request: the protocol's own, with the page's template merged in. A template with a placeholder
 * (`"$message"`, `"$messages"`, `"$threadId"`, `"$attachments"`) takes its place entirely; a property whose value is a
 * placeholder without a value is left out.
 */
export function fillBody(
  own: unknown,
  template: BodyTemplate | undefined,
  request: ProtocolRequest,
): unknown {
  const page = typeof template === 'function' ? template(request) : template;
  if (page === undefined || page === null) return own;
  const values: Record<string, unknown> = {
    $message: request.text,
    $messages: plainMessages(request),
    $threadId: request.threadId ?? undefined,
    $attachments: [],
  };
  const filled = fill(page, values);
  if (filled.used) return filled.value;
  return isRecord(own) && isRecord(page) ? { ...own, ...page } : page;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fill(value: unknown, values: Record<string, unknown>): { value: unknown; used: boolean } {
  if (typeof value === 'string') {
    return Object.hasOwn(values, value) ? { value: values[value], used: true } : { value, used: false };
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => fill(item, values));
    return { value: items.map((item) => item.value), used: items.some((item) => item.used) };
  }
  if (!isRecord(value)) return { value, used: false };
  const entries = Object.entries(value).map(([key, item]) => [key, fill(item, values)] as const);
  return {
    // `JSON.stringify` leaves out what is undefined: so a new thread sends no id at all.
    value: Object.fromEntries(entries.map(([key, item]) => [key, item.value])),
    used: entries.some(([, item]) => item.used),
  };
}
