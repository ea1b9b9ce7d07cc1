import { Chat } from '../../src/headless.js';
import { describeWithFixtures, expect, fixtureJson, play } from '../support/index.js';
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
  });
});

describe('an error answer', () => {
  const wordsOf = async (body: string | null, type: string | undefined) => {
    const headers = type === undefined ? [] : [['content-type', type] as [string, string]];
    // As bytes: text would get a label by itself.
    const bytes = body === null ? null : new TextEncoder().encode(body);
    const { error } = await ask({
      endpoint: '/x',
      fetch: async () => new Response(bytes, { status: 400, headers }),
    });
    expect(error).to.include({ code: 'http', status: 400, detail: 'invalid-request' });
    return error?.backendMessage;
  };

  it('may stand in a list, as Google writes it', async () => {
    const body = '[{"error":{"code":400,"message":"No such model","status":"INVALID_ARGUMENT"}}]';
    expect(await wordsOf(body, 'application/json')).to.equal('No such model');
    expect(await wordsOf('["One","Two"]', 'application/json')).to.equal('One; Two');
  });

  it('says nothing by JSON without words', async () => {
    for (const body of ['{}', '[]', '[{}]', '{"ok":false}', 'null', '42'])
      expect(await wordsOf(body, 'application/json'), body).to.equal(undefined);
  });

  it('is read without a label too; a page is never shown, whatever it is called', async () => {
    expect(await wordsOf('Too many words', undefined)).to.equal('Too many words');
    expect(await wordsOf(' <p>Bad request', undefined)).to.equal(undefined);
    expect(await wordsOf('Bad request', 'Text/HTML; charset=utf-8')).to.equal(undefined);
    expect(await wordsOf(null, undefined)).to.equal(undefined);
  });

  it('is passed over where it is longer than a notice', async () => {
    expect(await wordsOf('x'.repeat(300), 'text/plain')).to.equal('x'.repeat(300));
    expect(await wordsOf('x'.repeat(301), 'text/plain')).to.equal(undefined);
  });
});
