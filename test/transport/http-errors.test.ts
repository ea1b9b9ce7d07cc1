import { describeWithFixtures, expect, fixtureJson } from '../support/index.js';
import { ask } from './helpers.js';

interface Case {
  name: string;
  status: number;
  headers: Record<string, string>;
  body: string;
  expectedMessage: string | null;
}

/** Where we differ on purpose, each with its reason. */
const differences: Record<string, string> = {};

describeWithFixtures('error answers of real backends', () => {
  it('give the backend’s own words, whatever their shape', async () => {
    const { cases } = await fixtureJson<{ cases: Case[] }>('http-errors.json');
    expect(cases.length).to.be.greaterThan(50);
    const wrong: string[] = [];
    for (const { name, status, headers, body, expectedMessage } of cases) {
      if (differences[name]) continue;
      const { error } = await ask({
        endpoint: '/replayed',
        limits: { maxRetries: 0 },
        fetch: async () => new Response(body, { status, headers }),
      });
      const words = error?.backendMessage ?? '';
      const wanted = (expectedMessage ?? '').replace(/\s+/g, ' ').trim().slice(0, 500);
      if (error?.status !== (status >= 400 ? status : undefined) || words !== wanted)
        wrong.push(
          `${name} (${status}): ${error?.code} ${JSON.stringify(words)}, wanted ${JSON.stringify(wanted)}`,
        );
    }
    expect(wrong).to.deep.equal([]);
  });
});
