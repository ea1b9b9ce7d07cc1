import { expect, expectFault, play, until } from '../support/index.js';
import { onCleanup } from '../support/cleanup.js';
import { ask, hello } from './helpers.js';

/** What whoever develops the page reads in the console. */
function warnings(): string[] {
  const own = console.warn;
  onCleanup(() => (console.warn = own));
  const seen: string[] = [];
  console.warn = (...words: unknown[]) => void seen.push(words.join(' '));
  return seen;
}

describe('for whoever develops the page', () => {
  it('a request that the page’s policy blocks says so', async () => {
    const seen = warnings();
    void expectFault('csp', /connect-src/);
    const { error } = await ask({ endpoint: 'http://policy.example/chat' });
    expect(error).to.include({ code: 'network' });
    await until(() =>
      seen.some((words) => words.includes('policy.example') && words.includes('connect-src')),
    );
  });

  it('a request that no answer comes to names the likely causes', async () => {
    const seen = warnings();
    const server = await play({ answers: [{ status: 0, end: 'truncate' }] });
    await ask({ endpoint: server.url });
    await until(() => seen.some((words) => words.includes(server.url) && words.includes('CORS')));
    expect(seen.join()).not.to.include('connect-src');
  });

  it('it is said once of each address', async () => {
    const seen = warnings();
    const servers = [];
    for (let count = 0; count < 2; count++)
      servers.push(await play({ answers: [{ status: 0, end: 'truncate' }] }));
    const [first, second] = servers.map(({ url }) => url);
    for (const endpoint of [first!, first!, second!]) await ask({ endpoint });
    await until(() => seen.some((words) => words.includes(`${second} `)));
    expect(seen.filter((words) => words.includes(`${first} `))).to.have.length(1);
  });

  it('the key of a model provider in a header is warned of, and not shown', async () => {
    const seen = warnings();
    const server = await play({ answers: [{ steps: [{ write: hello }] }] });
    const key = `sk-proj-${'a1'.repeat(20)}`;
    for (const other of ['of-a-page', 'sk-1', 'AIza-1', 'gsk_1', `task-${'a1'.repeat(20)}`])
      await ask({ endpoint: server.url, headers: { authorization: `Bearer ${other}` } });
    expect(seen).to.deep.equal([]);
    await ask({ endpoint: server.url, headers: { authorization: `Bearer ${key}` } });
    expect(seen.join()).to.include('authorization').and.to.include('key of a model provider');
    expect(seen.join()).not.to.include(key);
  });
});
