/** Any value as a line for a person. */
export function text(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

declare global {
  interface Window {
    /** Where the test runner looks for what the page wrote. */
    __wtr_browser_logs__?: { logs: { type: string; args: string[] }[] };
    litIssuedWarnings?: Set<string>;
  }
}

/** Keeps what the page writes; the runner's own way answers each uncaught error with a console.error of its own. */
export function recordLogs(): void {
  const logs: { type: string; args: string[] }[] = [];
  window.__wtr_browser_logs__ = { logs };
  // Tests run Lit's development build on purpose: its greeting is not news.
  (window.litIssuedWarnings ??= new Set()).add('dev-mode');
  for (const type of ['log', 'debug', 'warn', 'error'] as const) {
    const write = console[type].bind(console);
    console[type] = (...values: unknown[]) => {
      logs.push({ type, args: values.map((value) => JSON.stringify(text(value))) });
      write(...values);
    };
  }
}
