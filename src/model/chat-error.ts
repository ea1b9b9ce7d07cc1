import { defined } from './defined.js';
import type { ErrorCode, RunFailure } from './thread.js';

export interface ChatErrorOptions extends Partial<Omit<RunFailure, 'code' | 'message'>> {
  cause?: unknown;
}

/** Why a run failed. Stopping is not an error. */
export class ChatError extends Error implements RunFailure {
  readonly code: ErrorCode;
  /** A finer key, such as `offline`, `auth`, `rate-limited`, `idle`, `content-type` or `empty`. */
  readonly detail?: string;
  /** The HTTP status, where there was one. */
  readonly status?: number;
  /** Whether asking again may help. */
  readonly retryable: boolean;
  /** Seconds to wait before asking again, as the backend said. */
  readonly retryAfter?: number;
  /** The backend's own words: plain text, at most 500 characters, untrusted. */
  readonly backendMessage?: string;

  constructor(code: ErrorCode, message: string, options: ChatErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'ChatError';
    this.code = code;
    this.detail = options.detail;
    this.status = options.status;
    this.retryable = options.retryable ?? false;
    this.retryAfter = options.retryAfter;
    this.backendMessage = options.backendMessage?.slice(0, 500);
  }
}

/** The plain data of a failure, as a run keeps it. */
export function failureOf(error: Partial<RunFailure> & Pick<RunFailure, 'code'>): RunFailure {
  const { code, message = code, detail, status, retryable = true, retryAfter, backendMessage } = error;
  const words = backendMessage?.slice(0, 500);
  return defined({ code, message, retryable, detail, status, retryAfter, backendMessage: words });
}
