import type { RunFailure, Wait } from '../model/thread.js';

/** Every word a person reads or hears. Hand a part of it to the `strings` property to translate or to change the tone. */
export interface Strings {
  /** The name of a chat that has no label. */
  chat: string;
  emptyTitle: string;
  emptyHint: string;
  placeholder: string;
  composer: string;
  send: string;
  stop: string;
  messages: string;
  suggestions: string;
  scrollToEnd: string;
  /** Said to screen readers before each message. */
  you: string;
  answer: string;
  working: string;
  answering: string;
  answerComplete: string;
  stopped: string;
  incomplete: string;
  answerStopped: string;
  tryAgain: string;
  /** In place of `working` when nothing of the answer has come for long. */
  stillWorking: string;
  /**
   * A run waits to ask again, or to take up an answer that was cut. Without `seconds` the time has come, or the words are
   * said aloud, once.
   */
  waiting: (wait: Wait, seconds?: number) => string;
  /** Why a question waits to be asked again; may be empty. */
  waitReason: (reason: RunFailure) => string;
  tryNow: string;
  stopWaiting: string;
  copy: string;
  copyAnswer: string;
  copied: string;
  copyFailed: string;
  /** Whether long lines of code go on in the next line. */
  wrap: string;
  /** Shows the rest of long code. */
  showLines: (lines: number) => string;
  showLess: string;
  copyTable: string;
  /** On a diagram and on a table made of data: the button that shows what they are made of. */
  asText: string;
  /** The name of a diagram. */
  diagram: string;
  /** The mark of a footnote, followed by its number. */
  footnote: string;
  /** On a footnote: goes back to its mark. */
  backToText: string;
  /** Says how much of a large table is shown. */
  firstRows: (shown: number, all: number) => string;
  regenerate: string;
  good: string;
  bad: string;
  reasoning: string;
  toolInput: string;
  toolOutput: string;
  toolFailed: string;
  files: string;
  sources: string;
  /** What happened and what to do, for a failed run. */
  error: (failure: RunFailure) => string;
}

export const english: Strings = {
  chat: 'Chat',
  emptyTitle: 'What would you like to know?',
  emptyHint: '',
  placeholder: 'Ask anything',
  composer: 'Message',
  send: 'Send',
  stop: 'Stop answering',
  messages: 'Messages',
  suggestions: 'Suggestions',
  scrollToEnd: 'Scroll to the end',
  you: 'You said:',
  answer: 'Answer:',
  working: 'Working',
  answering: 'Answering',
  answerComplete: 'Answer complete',
  stopped: 'Stopped',
  incomplete: 'Incomplete',
  answerStopped: 'Answer stopped',
  tryAgain: 'Try again',
  stillWorking: 'Still working',
  waiting: ({ kind, until }, seconds) => {
    if (until === null) return 'You are offline. Going on when the connection is back.';
    return `${kind === 'retry' ? 'Trying again' : 'Connection lost. Reconnecting'}${seconds ? ` in ${seconds} s` : ''}`;
  },
  waitReason: ({ code, detail, status }) => {
    if (status === 429 || detail === 'rate-limited') return busy;
    return code === 'network' ? 'The service could not be reached.' : 'The service is busy.';
  },
  tryNow: 'Try now',
  stopWaiting: 'Stop',
  copy: 'Copy',
  copyAnswer: 'Copy answer',
  copied: 'Copied',
  copyFailed: 'Copying failed',
  wrap: 'Wrap',
  showLines: (lines) => `Show all ${lines} lines`,
  showLess: 'Show less',
  copyTable: 'Copy table',
  asText: 'As text',
  diagram: 'Diagram',
  footnote: 'Footnote',
  backToText: 'Back to the text',
  firstRows: (shown, all) => `First ${shown.toLocaleString()} of ${all.toLocaleString()} rows`,
  regenerate: 'Answer again',
  good: 'Good answer',
  bad: 'Bad answer',
  reasoning: 'Reasoning',
  toolInput: 'Input',
  toolOutput: 'Output',
  toolFailed: 'failed',
  files: 'Files',
  sources: 'Sources',
  error: describe,
};

const byCode: Record<RunFailure['code'], string> = {
  interrupted: 'The connection broke before the answer was finished. What arrived is kept.',
  network: 'The service could not be reached. Check your connection and try again.',
  timeout: 'The service took too long to answer. Try again in a moment.',
  protocol:
    'The service sent something this chat cannot read. If it happens again, tell whoever runs this page.',
  http: 'The service refused the question. Try again in a moment.',
  overflow: 'The answer was too large to show. Ask for something shorter.',
  backend: 'The service could not finish the answer. Try again in a moment.',
  tool: 'A step of the answer failed. Try again in a moment.',
  attachment: 'The file could not be sent. Remove it or choose another one.',
  history: 'Earlier messages could not be loaded or kept. You can go on without them.',
};

const signIn = 'You may not use this service right now. Sign in again, then try once more.';
const misconfigured = 'This chat is not set up completely. Tell whoever runs this page.';
const busy = 'Too many questions at once.';

const byDetail: Record<string, string> = {
  offline: 'You are offline. Connect to the internet and try again.',
  auth: signIn,
  'too-large': 'The question is too long. Shorten it and send it again.',
  endpoint: misconfigured,
  unknown: misconfigured,
  'not-found': 'The service was not found at its address. Tell whoever runs this page.',
  empty: 'The service sent an empty answer. Try again in a moment.',
};

const byStatus: Record<number, string> = {
  401: signIn,
  403: signIn,
  404: byDetail['not-found']!,
  413: byDetail['too-large']!,
};

function describe({ code, detail = '', status = 0, retryAfter }: RunFailure): string {
  if (status === 429 || detail === 'rate-limited') {
    return retryAfter
      ? `${busy} Try again in ${wait(Math.ceil(retryAfter))}.`
      : `${busy} Wait a moment, then try again.`;
  }
  if (status >= 500 && code === 'http') return 'The service has a problem of its own. Try again in a moment.';
  return (
    byStatus[status] ?? (Object.hasOwn(byDetail, detail) ? byDetail[detail]! : byCode[code]) ?? byCode.backend
  );
}

function wait(seconds: number): string {
  if (seconds > 5400) return `${Math.ceil(seconds / 3600)} hours`;
  if (seconds > 90) return `${Math.ceil(seconds / 60)} minutes`;
  return seconds === 1 ? 'one second' : `${seconds} seconds`;
}
