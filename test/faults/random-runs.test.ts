import * as fc from 'fast-check';

import { Chat, textOf } from '../../src/headless.js';
import { expect, onCleanup, play } from '../support/index.js';
import { tries } from '../support/seed.js';
import { plans, stage, type Plan, type Staged } from '../support/fault-plans.js';

/** A browser opens six connections to one server; one is for the test itself. */
const atOnce = 5;
/** On one server. */
const perPlay = 50;

function lastText(chat: Chat): string {
  const message = chat.messages.get().at(-1);
  return message?.role === 'assistant' ? textOf(message) : '';
}

/** What is wrong with how a run went; nothing if all is well. */
async function wrongWith({ protocol }: Plan, staged: Staged, endpoint: string): Promise<string[]> {
  const { text, mayComplete, mustComplete, resumes, stalls } = staged;
  const chat = new Chat({
    endpoint,
    protocol,
    // Firefox takes headers without a byte of the body for no answer yet.
    limits: { idleTimeout: stalls ? 800 : 30_000, headersTimeout: stalls ? 3000 : 30_000 },
    ...(resumes && { resumeEndpoint: endpoint }),
  });
  const wrong: string[] = [];
  let longest = 0;
  const look = (shown: string): void => {
    if (!text.startsWith(shown)) wrong.push(`showed ${JSON.stringify(shown)}`);
    if (shown.length < longest) wrong.push(`went back to ${JSON.stringify(shown)}`);
    longest = shown.length;
  };
  chat.messages.subscribe(() => {
    const message = chat.messages.get().at(-1)!;
    if (message.role === 'assistant') look(textOf(message));
  });
  await chat.send('Why?');
  const shown = lastText(chat);
  look(shown);
  const status = chat.status.get();
  const error = chat.error.get();
  if (status !== 'complete' && status !== 'error') wrong.push(`ended as ${status}`);
  if (status === 'complete' && !mayComplete) wrong.push('complete without an end mark');
  if (status === 'complete' && shown !== text) wrong.push(`complete with ${JSON.stringify(shown)}`);
  if (status !== 'complete' && mustComplete)
    wrong.push(`${status} ${error?.code} ${error?.detail}, not complete`);
  if ((status === 'error') !== (error !== null)) wrong.push('an error without words');
  if (chat.messages.get().length > 2) wrong.push('more than one answer');
  return wrong;
}

/** Plays the plans on one server, and says what is wrong with any of them. */
async function playAll(all: readonly Plan[]): Promise<string[]> {
  const staged = all.map(stage);
  const server = await play({
    answers: [],
    paths: Object.fromEntries(staged.map(({ answers }, index) => [`run${index}`, answers])),
  });
  const wrong: string[] = [];
  const note = (found: readonly string[], index: number): void => {
    if (found.length) wrong.push(`${found.join('; ')} ${fc.stringify(all[index])}`);
  };
  const due = [...staged.entries()];
  const work = async (): Promise<void> => {
    for (let next = due.shift(); next; next = due.shift()) {
      const [index, one] = next;
      note(await wrongWith(all[index]!, one, `${server.url}/run${index}`), index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const posts = new Map<string, number>();
  for (const { method, url } of await server.requests())
    if (method === 'POST') posts.set(url, (posts.get(url) ?? 0) + 1);
  for (const [index, { fault }] of all.entries()) {
    const most = fault.kind === 'busy' ? Math.min(3, fault.times + 1) : 1;
    const sent = posts.get(`/run${index}`);
    if (sent !== most) note([`${sent} questions, not ${most}`], index);
  }
  return wrong;
}

describe('random runs through random faults', () => {
  it(`show a prefix of what the backend meant, are complete only with its end mark, and double nothing`, async () => {
    const { random } = Math;
    // No wait between tries: they have tests of their own.
    Math.random = () => 0;
    onCleanup(() => (Math.random = random));
    const several = fc.array(plans, { minLength: perPlay, maxLength: perPlay });
    let last: Promise<string[]> | undefined;
    await fc.assert(
      fc.asyncProperty(several, async (all) => {
        last = playAll(all);
        const wrong = await last;
        expect(wrong, wrong.join('\n')).to.deep.equal([]);
      }),
      // Each names the runs that are wrong: to try all of them again with fewer would take long.
      { ...tries(10), endOnFailure: true },
    );
    // Where the time was up, this one is still under way.
    await last;
  });
});
