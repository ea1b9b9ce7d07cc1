// Kept from before any test may replace them.
const { fetch } = window;
const wait = window.setTimeout.bind(window);

const session = new URL(location.href).searchParams.get('wtr-session-id') ?? '';

/** A question to the test server itself. */
export async function ask<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
  const init: RequestInit = { method, headers: { 'x-test-session': session } };
  if (body !== undefined) init.body = JSON.stringify(body);
  const response = await fetch.call(window, path, init);
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
  return (await response.json()) as T;
}

/** One turn of the event loop, in real time. */
export const turn = (milliseconds = 0): Promise<void> =>
  new Promise((resolve) => wait(resolve, milliseconds));

/** The requests of this test file that the server saw, in order, with everything the page loaded. */
export const requestsSeen = (): Promise<{ method: string; url: string; at: number }[]> =>
  ask('/play-control/seen');
