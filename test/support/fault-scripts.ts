import type { ErrorCode } from '../../src/headless.js';
import type { Answer, PlayScript, Step } from './play-script.js';

/** A scripted server and the outcome it must have: an entry of `hostile/streams.json` (see `hostile/INDEX.md`). */
export interface Script {
  id: string;
  category: string;
  protocol: string;
  note: string;
  needs?: string[];
  config?: { idle_ms: number; progress_ms: number };
  client?: ClientAction[];
  attempts: { status?: number; headers?: Record<string, string>; steps?: ScriptStep[]; end: ScriptEnd }[];
  expect: Outcome;
}

export interface ClientAction {
  at: string;
  do: string;
}

export interface Outcome {
  status?: string;
  status_one_of?: string[];
  text?: string;
  text_one_of?: string[];
  text_prefix?: string;
  code?: ErrorCode | null;
  code_one_of?: ErrorCode[];
  detail?: string;
  retryable?: boolean;
  finish?: string;
  requests?: number;
  max_requests?: number;
  requests_at_most?: number;
  header_provider_calls?: number;
  min_wait_ms?: number;
  max_wait_ms?: number;
  max_ms?: number;
  message_max_chars?: number;
  message_as_text?: boolean;
  second_request_last_event_id?: string;
  last_event_id_header_max_bytes?: number;
  connection_closed_by_client?: boolean;
  max_parallel_requests?: number;
  no_replacement_flash?: boolean;
  no_late_events?: boolean;
  next_request_uses?: string;
  events?: { type: string; data: string; last_id: string }[];
  event_count?: number;
  final_last_id?: string;
}

export type ScriptStep =
  /** A single byte, in one script. */
  | number
  | { w: string }
  | { ms: number }
  | { rep: { b64: string; times: number; every_ms?: number } }
  | { drip: { b64: string; every_ms: number } };

type ScriptEnd =
  | 'close'
  | 'reset'
  | 'truncate'
  | 'hang'
  | 'refuse'
  | 'no-response'
  | 'hang-before-headers'
  | 'garbage'
  | 'close-delimited'
  | 'gzip-cut';

/** A reset overtakes what was sent before it: it waits here until that was read. */
export const gateOf = (attempt: number): string => `attempt ${attempt} is read`;

export const bytesIn = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

function stepOf(step: ScriptStep): Step {
  if (typeof step === 'number') return { base64: btoa(String.fromCharCode(step)) };
  if ('w' in step) return { base64: step.w };
  if ('ms' in step) return { wait: step.ms };
  if ('drip' in step) return { drip: { base64: step.drip.b64, every: step.drip.every_ms } };
  const { b64: base64, times, every_ms: every = 0 } = step.rep;
  return { repeat: { base64, times, every } };
}

/** Each as a page sees it: what becomes of a connection before an answer is one and the same to it. */
const ends: Record<ScriptEnd, (steps: Step[], attempt: number) => Partial<Answer>> = {
  close: () => ({ end: 'close' }),
  reset: (steps, attempt) => ({ steps: [...steps, { gate: gateOf(attempt) }], end: 'reset' }),
  truncate: () => ({ end: 'truncate' }),
  hang: () => ({ end: 'hang' }),
  refuse: () => ({ status: 0, end: 'reset' }),
  'no-response': () => ({ status: 0, end: 'close' }),
  'hang-before-headers': () => ({ status: 0, end: 'hang' }),
  garbage: () => ({ raw: true, end: 'close' }),
  'close-delimited': () => ({ framing: 'close', end: 'close' }),
  'gzip-cut': () => ({ gzip: 'half', end: 'close' }),
};

function answerOf({ attempts, needs }: Script, index: number): Answer {
  const { status, headers, steps = [], end } = attempts[index]!;
  const played = steps.map(stepOf);
  const plain: Answer = {
    status,
    // A body that its status forbids must not run into the next answer of the connection.
    headers: { ...headers, connection: 'close' },
    steps: played,
    ...ends[end](played, index),
  };
  // Firefox repeats by itself a GET whose connection is reset; what is no HTTP is a failed request to all of them.
  const refusedAgain = index > 0 && needs?.includes('resume') && plain.status === 0 && end === 'refuse';
  return refusedAgain ? { raw: true, steps: [{ write: 'no\r\n\r\n' }], end: 'close' } : plain;
}

/** The server of a script. */
export const playOfScript = (script: Script): PlayScript => ({
  answers: script.attempts.map((_attempt, index) => answerOf(script, index)),
  cors: isGuarded(script) ? [] : ['retry-after', 'retry-after-ms', 'x-should-retry'],
});

/** Whether a connection fails before its answer: such are only counted where none is used twice. */
export const isRefused = ({ attempts }: Script): boolean =>
  attempts.some(({ end }) => end === 'refuse' || end === 'no-response' || end === 'garbage');

/** Whether it is about a backend of another origin that lets pages read none of its headers. */
export const isGuarded = ({ note }: Script): boolean => note.includes('cross-origin, not exposed');
