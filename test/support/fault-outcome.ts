import { textOf, type Chat, type RunFailure } from '../../src/headless.js';
import type { Outcome } from './fault-scripts.js';
import type { SeenRequest } from './play-script.js';

/** What became of one script. */
export interface Played {
  chat: Chat;
  requests: SeenRequest[];
  /** Times the headers function was asked. */
  asked: number;
  /** Milliseconds from the question to the end. */
  took: number;
  /** Whether U+FFFD stood in the text at any time. */
  flashed: boolean;
}

/** Where we differ from the scripts on purpose, each with its reason. */
export const differences: Record<string, string> = {
  'st-0137':
    'blocks of one answer never interleave on the wire; cited spans are blocks too, so blocks are joined',
  'st-0175':
    'HTML labelled as an event stream is told apart as such (protocol), not taken for an empty answer',
  'st-0187': 'a 304 reaches script as a network error or an empty answer, as the engine likes',
  'st-0234':
    'some backends put one id on every event: within one connection an id that comes again marks no repetition',
  'st-0255': 'an element may stay away for a second before its answer is stopped; this one is whole by then',
  'st-0257': 'the same',
};

/** Their words for a cause that we have another one for; those left out we have none for. */
const details: Record<string, string> = {
  auth: 'auth',
  not_found: 'not-found',
  invalid_request: 'invalid-request',
  rate_limited: 'rate-limited',
  server_error: 'server-error',
  bad_content_type: 'content-type',
  empty_response: 'empty',
  idle_timeout: 'idle',
  connect_timeout: 'no-headers',
  progress_timeout: 'no-progress',
  event_too_large: 'event-too-large',
  response_too_large: 'answer-too-large',
  offline: 'offline',
};

/** What a loaded machine may take on top of any wait. */
const patience = 5000;

const lastAnswer = (chat: Chat): string => {
  const message = chat.messages.get().findLast(({ role }) => role === 'assistant');
  return message ? textOf(message) : '';
};

/** The longest time two of the requests were under way at once. */
function parallel(requests: SeenRequest[]): number {
  const most = requests.map(
    ({ at }) => requests.filter((one) => one.at <= at && (one.closed?.at ?? Infinity) > at).length,
  );
  return Math.max(0, ...most);
}

/** What differs from what a script wants, in words; nothing where all is as wanted. */
export function differencesFrom(wanted: Outcome, played: Played): string[] {
  const { chat, requests } = played;
  const error = chat.error.get();
  return [
    ...ofState(wanted, chat.status.get(), lastAnswer(chat), chat.thread.get().run?.finishReason),
    ...ofError(wanted, error),
    ...ofRequests(wanted, requests, played),
    ...(wanted.max_ms && played.took > wanted.max_ms + patience ? [`took ${played.took} ms`] : []),
    ...(wanted.no_replacement_flash && played.flashed ? ['half a character was shown'] : []),
  ];
}

function ofState(wanted: Outcome, status: string, text: string, finish: string | undefined): string[] {
  const statuses = wanted.status_one_of ?? (wanted.status ? [wanted.status] : [status]);
  const texts = wanted.text_one_of ?? (wanted.text === undefined ? [text] : [wanted.text]);
  return [
    ...(statuses.includes(status) ? [] : [`status ${status}, not ${statuses.join(' or ')}`]),
    ...(texts.includes(text)
      ? []
      : [`text ${JSON.stringify(text).slice(0, 60)}, not ${JSON.stringify(texts).slice(0, 60)}`]),
    ...(text.startsWith(wanted.text_prefix ?? '') ? [] : [`text ${JSON.stringify(text).slice(0, 60)}`]),
    ...(!wanted.finish || finish === wanted.finish ? [] : [`finish reason ${finish}`]),
  ];
}

function ofError(wanted: Outcome, error: RunFailure | null): string[] {
  const codes = wanted.code_one_of ?? (wanted.code === undefined ? undefined : [wanted.code]);
  const detail = wanted.detail && details[wanted.detail];
  // Firefox hands over an answer with the first byte of its body: to it headers alone are no answer yet.
  const unbegun = detail === 'idle' && wanted.text === '' && error?.detail === 'no-headers';
  const words = error?.backendMessage;
  return [
    ...(!codes || codes.includes(error?.code ?? null!) ? [] : [`code ${error?.code}, not ${codes.join()}`]),
    ...(!detail || error?.detail === detail || unbegun ? [] : [`detail ${error?.detail}, not ${detail}`]),
    ...(wanted.retryable === undefined || error?.retryable === wanted.retryable
      ? []
      : [`retryable ${error?.retryable}`]),
    ...(wanted.message_as_text && !words ? ['the words of the backend are missing'] : []),
    ...(wanted.message_max_chars && (words ?? '').length > wanted.message_max_chars
      ? [`${words?.length} characters of the backend's words`]
      : []),
  ];
}

function ofRequests(wanted: Outcome, requests: SeenRequest[], { asked }: Played): string[] {
  const most = wanted.max_requests ?? wanted.requests_at_most ?? wanted.requests ?? Infinity;
  const least = wanted.requests ?? 0;
  const wait = requests.length > 1 ? requests[1]!.at - requests[0]!.at : 0;
  const ids = requests.map(({ headers }) => headers['last-event-id'] ?? '');
  const longest = wanted.last_event_id_header_max_bytes ?? Infinity;
  return [
    ...(requests.length > most || requests.length < least ? [`${requests.length} requests`] : []),
    // The server's clock starts when it has read the request, the client's when the answer came: a little sooner.
    ...(wait < (wanted.min_wait_ms ?? 0) - 20 ? [`waited ${wait} ms only`] : []),
    ...(wait > (wanted.max_wait_ms ?? Infinity) + patience ? [`waited ${wait} ms`] : []),
    ...(wanted.header_provider_calls === undefined || asked === wanted.header_provider_calls
      ? []
      : [`headers asked ${asked} times`]),
    ...(wanted.second_request_last_event_id === undefined || ids[1] === wanted.second_request_last_event_id
      ? []
      : [`Last-Event-ID ${ids[1]}`]),
    ...(ids.some((id) => id.length > longest) ? ['a Last-Event-ID that is too long'] : []),
    ...(parallel(requests) > (wanted.max_parallel_requests ?? Infinity) ? ['parallel requests'] : []),
    ...(wanted.connection_closed_by_client && requests[0]?.closed?.by !== 'client'
      ? [`the connection was closed by ${requests[0]?.closed?.by}`]
      : []),
  ];
}
