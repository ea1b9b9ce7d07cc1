import { ask } from './server.js';

let present = false;

export async function prepareFixtures(): Promise<void> {
  ({ fixtures: present } = await ask<{ fixtures: boolean }>('/play-control/about'));
}

/** Whether the folder of shared recordings is served under `/fixtures/`. */
export const fixtures = (): boolean => present;

/** A suite over the shared recordings; where they are missing it is reported as skipped. */
export function describeWithFixtures(name: string, body: () => void): void {
  if (present) describe(name, body);
  else describe.skip(`${name} (no shared fixtures: set CHAT_STREAM_FIXTURES)`, body);
}

/** One recording's text; a folder's address gives the names in it as JSON. */
export async function fixtureText(path: string): Promise<string> {
  const response = await fetch(`/fixtures/${path}`);
  if (!response.ok) throw new Error(`/fixtures/${path} answered ${response.status}`);
  return response.text();
}

export const fixtureJson = async <T = unknown>(path: string): Promise<T> =>
  JSON.parse(await fixtureText(path)) as T;
