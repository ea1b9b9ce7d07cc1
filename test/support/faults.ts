import { recordLogs, text } from './logs.js';

/**
 * What must not happen unnoticed: policy violations, uncaught errors, unhandled rejections, console.error, and
 * requests the server does not know. A test during which one happens fails, unless it said so before:
 *
 *     expectFault('csp', /style-src/);
 *     element.setAttribute('style', 'color: red');
 *
 * An expected fault that does not happen fails the test as well.
 */
export type FaultKind = 'csp' | 'error' | 'rejection' | 'console' | 'request';

export interface Fault {
  kind: FaultKind;
  message: string;
  error?: unknown;
}

interface Expected {
  kind: FaultKind;
  match: string | RegExp;
  seen: (fault: Fault) => void;
  met: boolean;
}

let found: Fault[] = [];
let expected: Expected[] = [];
let alarm: ((error: Error) => void) | undefined;

const fits = (fault: Fault, { kind, match }: Expected): boolean =>
  kind === fault.kind &&
  (typeof match === 'string' ? fault.message.includes(match) : match.test(fault.message));

/** Allows one fault, which must then happen before the test ends. Resolves when it does. */
export function expectFault(kind: FaultKind, match: string | RegExp = ''): Promise<Fault> {
  return new Promise((resolve) => expected.push({ kind, match, seen: resolve, met: false }));
}

/** Allows any number of such faults from here to the end of the test, also none. */
export function allowFaults(kind: FaultKind, match: string | RegExp = ''): void {
  expected.push({ kind, match, seen: () => {}, met: true });
}

export function report(fault: Fault): void {
  const awaited = expected.find((one) => !one.met && fits(fault, one));
  const allowed = awaited ?? expected.find((one) => fits(fault, one));
  if (allowed) {
    allowed.met = true;
    allowed.seen(fault);
    return;
  }
  found.push(fault);
  alarm?.(asError([fault]));
}

function asError(faults: Fault[]): Error {
  const [first] = faults;
  const error = new Error(faults.map(({ kind, message }) => `${kind}: ${message}`).join('\n'));
  const cause = first?.error;
  if (cause instanceof Error && cause.stack) error.stack = `${error.message}\n${cause.stack}`;
  return error;
}

/** Starts a test's watch; the promise rejects with the first fault, so that a broken test need not time out. */
export function watch(): Promise<never> {
  return new Promise((_resolve, reject) => (alarm = reject));
}

/** Throws what has gathered since the last call, and forgets it. */
export function settleFaults(): void {
  const missing = expected.filter(({ met }) => !met);
  const faults = found;
  found = [];
  expected = [];
  alarm = undefined;
  if (faults.length > 0) throw asError(faults);
  if (missing.length > 0) {
    throw new Error(
      missing.map(({ kind, match }) => `expected ${kind} ${String(match)} did not happen`).join('\n'),
    );
  }
}

/** Watches a window: the test page's own, or that of a frame. */
export function watchWindow(view: Window & typeof globalThis, where = ''): void {
  view.addEventListener(
    'securitypolicyviolation',
    (event) => {
      const { effectiveDirective, blockedURI, sample, sourceFile, lineNumber } = event;
      // Some engines look for an icon on their own.
      if (blockedURI.endsWith('/favicon.ico')) return;
      const place = sourceFile ? ` at ${sourceFile}:${lineNumber}` : '';
      report({
        kind: 'csp',
        message: `${where}${effectiveDirective} blocked ${blockedURI} ${sample}${place}`,
      });
    },
    true,
  );
  // Stopped here, because mocha would otherwise fail the test before an expectation is asked.
  view.addEventListener('error', (event) => {
    event.stopImmediatePropagation();
    report({ kind: 'error', message: where + (event.message || text(event.error)), error: event.error });
  });
  view.addEventListener('unhandledrejection', (event) => {
    event.stopImmediatePropagation();
    report({ kind: 'rejection', message: where + text(event.reason), error: event.reason });
  });
  const write = view.console.error.bind(view.console);
  view.console.error = (...values: unknown[]) => {
    write(...values);
    report({ kind: 'console', message: where + values.map(text).join(' ') });
  };
}

declare global {
  interface Window {
    /** How pages inside a frame hand over their faults; see frame-faults.js. */
    watchFrame?: (view: Window & typeof globalThis) => void;
  }
}

recordLogs();
watchWindow(window);
window.watchFrame = (view) => watchWindow(view, `in ${view.location.pathname}: `);
