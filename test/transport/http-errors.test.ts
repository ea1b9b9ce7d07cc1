import { Chat } from '../../src/headless.js';
import { describeWithFixtures, expect, fixtureJson, play } from '../support/index.js';

interface Case {
  name: string;
  status: number;
  headers: Record<string, string>;
  body: string;
  expectedMessage: string | null;
}

/** Where we differ on purpose, each with its reason. */
const differences: Record<string, string> = {};

/** What a server sets itself. */
const framing = ['content-length', 'transfer-encoding'];

async function wrongWith({ name, status, expectedMessage }: Case, endpoint: string): Promise<string[]> {
  const chat = new Chat({ endpoint });
  // Each wait before a try has its own tests.
  chat.thread.subscribe(() => chat.tryNow());
  await chat.send('Why?');
  const error = chat.error.get();
  const words = error?.backendMessage ?? '';
  const wanted = (expectedMessage ?? '').replace(/\s+/g, ' ').trim().slice(0, 500);
  if (error?.status === (status >= 400 ? status : undefined) && words === wanted) return [];
  return [`${name} (${status}): ${error?.code} ${JSON.stringify(words)}, wanted ${JSON.stringify(wanted)}`];
}

describeWithFixtures('error answers of real backends', () => {
  it('give the backend’s own words, whatever their shape', async () => {
    const { cases } = await fixtureJson<{ cases: Case[] }>('http-errors.json');
    expect(cases.length).to.be.greaterThan(50);
    const own = ({ headers }: Case) =>
      Object.fromEntries(Object.entries(headers).filter(([name]) => !framing.includes(name.toLowerCase())));
    const server = await play({
      answers: [],
      paths: Object.fromEntries(
        cases.map((one, index) => [
          `case${index}`,
          [{ status: one.status, headers: own(one), steps: [{ write: one.body }] }],
        ]),
      ),
    });
    const wrong: string[] = [];
    for (const [index, one] of cases.entries())
      if (!differences[one.name]) wrong.push(...(await wrongWith(one, `${server.url}/case${index}`)));
    expect(wrong).to.deep.equal([]);

    // 429, 502 and 503 are asked three times, unless the backend says not to, or to wait for long; all others once.
    const asked = await server.requests();
    for (const [index, { name, status, headers }] of cases.entries()) {
      const count = asked.filter(({ url }) => url === `/case${index}`).length;
      const told = headers['x-should-retry'];
      const passes = told === 'true' || (told !== 'false' && [429, 502, 503].includes(status));
      expect(count, name).to.equal(passes ? 3 : 1);
    }
  }).timeout(60_000);
});
