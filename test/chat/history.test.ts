import { Chat, textOf, type History } from '../../src/headless.js';
import type { Protocol, ThreadProtocol } from '../../src/protocols/protocol.js';
import { events } from '../../src/protocols/events.js';
import { expect, play, until } from '../support/index.js';
import { reply } from '../transport/backend.js';
import { done, lastText, say } from './helpers.js';

const json = (value: unknown) => ({
  headers: { 'content-type': 'application/json' },
  steps: [{ write: JSON.stringify(value) }],
});

/** A backend that keeps threads under `/threads` of its endpoint and lets a run be reattached to. */
const keeper: Protocol = {
  ...events,
  name: 'keeper',
  resume: (endpoint, { threadId }) =>
    threadId === null ? undefined : { address: `${endpoint}/${threadId}/stream` },
  threads: (endpoint) => ({
    list: () => ({ address: `${endpoint}/threads` }),
    readList: (answer) => (answer as { id: string; title: string }[]).map(({ id, title }) => ({ id, title })),
    load: (id) => ({ address: `${endpoint}/threads/${id}` }),
    readThread: (answer, id) => ({ id, messages: answer as [] }),
    rename: (id, title) => ({ address: `${endpoint}/threads/${id}`, method: 'PATCH', body: { title } }),
    remove: (id) => ({ address: `${endpoint}/threads/${id}`, method: 'DELETE' }),
  }),
};

describe('history', () => {
  it('lists, opens, renames and removes the threads the backend keeps, and goes on with an opened one', async () => {
    const server = await play({
      answers: [
        json([{ id: 't1', title: 'Rivers' }]),
        json([
          { role: 'user', text: 'Why?' },
          { role: 'assistant', text: 'So.' },
        ]),
        json({}),
        { status: 204 },
        { steps: [{ write: say('Then this.') + done }] },
      ],
    });
    const headers = { authorization: 'Bearer t' };
    const chat = new Chat({ endpoint: server.url, protocol: keeper, history: 'backend', headers });
    const history = await chat.history();
    expect(await history.list()).to.deep.equal([{ id: 't1', title: 'Rivers' }]);
    await chat.open('t1');
    expect(chat.messages.get().map(textOf)).to.deep.equal(['Why?', 'So.']);
    expect(chat.thread.get().id).to.equal('t1');
    await history.rename?.('t1', 'Streams');
    await history.remove?.('t1');
    await chat.send('And then?');
    const requests = await server.requests(5);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).to.deep.equal([
      'GET /threads',
      'GET /threads/t1',
      'PATCH /threads/t1',
      'DELETE /threads/t1',
      'POST ',
    ]);
    expect(requests[2]?.body).to.equal('{"title":"Streams"}');
    expect(JSON.parse(requests[4]?.body ?? '')).to.include({ thread_id: 't1', message: 'And then?' });
    expect(requests.every((request) => request.headers.authorization === 'Bearer t')).to.equal(true);
  });

  it('offers no more than the backend can do', async () => {
    const server = await play({ answers: [json([])] });
    const reading: ThreadProtocol = {
      load: (id) => ({ address: `${server.url}/threads/${id}` }),
      readThread: (answer, id) => ({ id, messages: answer as [] }),
    };
    const of = (threads: ThreadProtocol) =>
      new Chat({
        endpoint: server.url,
        protocol: { ...keeper, threads: () => threads },
        history: 'backend',
      }).history();
    const history = await of(reading);
    expect(history.rename).to.equal(undefined);
    expect(history.remove).to.equal(undefined);
    expect(await history.list(), 'no way to ask').to.deep.equal([]);
    expect(await server.requests()).to.have.length(0);
    const list = () => ({ address: `${server.url}/threads` });
    expect(await (await of({ ...reading, list })).list(), 'nor to read').to.deep.equal([]);
    await history.load('t1');
    expect((await server.requests()).map(({ url }) => url)).to.include('/threads/t1');
  });

  it('asks a protocol that is a class of the page', async () => {
    class Threads implements ThreadProtocol {
      #address = (id: string) => ({ address: `${server.url}/kept/${id}` });
      load = this.#address;
      readThread = (_answer: unknown, id: string) => ({ id, messages: [] });
      rename(id: string, title: string) {
        return { ...this.#address(id), method: 'PATCH' as const, body: { title } };
      }
      remove(id: string) {
        return { ...this.#address(id), method: 'DELETE' as const };
      }
    }
    const server = await play({ answers: [json({}), json({})] });
    const protocol = { ...keeper, threads: () => new Threads() };
    const history = await new Chat({ endpoint: server.url, protocol, history: 'backend' }).history();
    await history.rename?.('t1', 'Streams');
    await history.remove?.('t1');
    const asked = (await server.requests()).map(({ method, url }) => `${method} ${url}`);
    expect(asked).to.deep.equal(['PATCH /kept/t1', 'DELETE /kept/t1']);
  });

  it('tells an answer that is no JSON from an empty one', async () => {
    const page = { headers: { 'content-type': 'text/html' }, steps: [{ write: '<p>Sign in' }] };
    const server = await play({ answers: [page, { steps: [{ write: ' \n' }] }] });
    const chat = new Chat({ endpoint: server.url, protocol: keeper, history: 'backend' });
    const history = await chat.history();
    const error = await history.load('t1').catch((failure: unknown) => failure);
    expect(error).to.include({ code: 'history', retryable: true });
    await history.rename?.('t1', 'Streams');
    expect(await server.requests()).to.have.length(2);
  });

  it('can be a port of the page', async () => {
    const history: History = {
      list: async () => [{ id: 'a', title: null }],
      load: async (id) => ({ id, title: 'A', messages: [{ role: 'user', text: 'Hi' }] }),
    };
    const chat = new Chat({ history });
    await chat.open('a');
    expect(chat.thread.get()).to.deep.include({ id: 'a', title: 'A' });
    expect(lastText(chat)).to.equal('Hi');
  });

  it('shows the thread that was asked for last, whichever comes first', async () => {
    const loading: Record<string, () => void> = {};
    const history: History = {
      list: async () => [],
      load: (id) =>
        new Promise((resolve) => {
          loading[id] = () => resolve({ id, messages: [{ role: 'user', text: id }] });
        }),
    };
    const chat = new Chat({ history });
    const opened = ['a', 'b'].map((id) => chat.open(id));
    await until(() => loading.b);
    loading.b!();
    await opened[1];
    loading.a!();
    await opened[0];
    expect(lastText(chat)).to.equal('b');
    const late = chat.open('c');
    await until(() => loading.c);
    chat.clear();
    loading.c!();
    await late;
    expect(chat.messages.get()).to.deep.equal([]);
  });

  it('says so where there is none, and what went wrong where it fails', async () => {
    const code = async (chat: Chat) =>
      chat.open('a').then(
        () => 'opened',
        (error: { code: string }) => error.code,
      );
    expect(await code(new Chat({ endpoint: '/x' }))).to.equal('history');
    expect(await code(new Chat({ endpoint: '/x', history: 'backend', protocol: 'events' }))).to.equal(
      'history',
    );
    const server = await play({ answers: [{ status: 403 }] });
    expect(await code(new Chat({ endpoint: server.url, history: 'backend', protocol: keeper }))).to.equal(
      'http',
    );
  });
});

describe('resume', () => {
  it('reattaches to the running answer of the thread', async () => {
    const server = await play({
      answers: [{ steps: [{ write: say('Still ') }, { write: say('here.') + done }] }],
    });
    const chat = new Chat({ endpoint: server.url, protocol: keeper, threadId: 't1' });
    chat.load({ id: 't1', messages: [{ role: 'user', text: 'Why?' }] });
    const answer = await chat.resume();
    expect(answer && textOf(answer)).to.equal('Still here.');
    expect(chat.status.get()).to.equal('complete');
    expect(chat.messages.get()).to.have.length(2);
    expect((await server.requests(1))[0]).to.include({ method: 'GET', url: '/t1/stream' });
  });

  it('can be stopped, and the backend notices', async () => {
    const server = await play({ answers: [{ steps: [{ write: say('Still ') }], end: 'hang' }] });
    const chat = new Chat({ endpoint: server.url, protocol: keeper, threadId: 't1' });
    const answer = chat.resume();
    await until(() => lastText(chat) === 'Still ');
    chat.stop();
    expect(await answer).to.include({ status: 'stopped' });
    expect((await server.closed()).closed?.by).to.equal('client');
  });

  it('is let go where it is stopped before it is read', async () => {
    let left = false;
    const chat = new Chat({
      transport: {
        run: async function* () {},
        resume: async (_request, signal) => {
          signal.addEventListener('abort', () => (left = true));
          return (async function* () {})();
        },
      },
    });
    chat.load({ id: 't1', messages: [{ role: 'user', text: 'Why?' }] });
    chat.observe(({ type }) => type === 'run-started' && chat.stop());
    expect(await chat.resume()).to.include({ status: 'stopped' });
    expect(left).to.equal(true);
  });

  it('lets go of an answer that comes when something else is shown than it was asked for', async () => {
    const replies: ((response: Response) => void)[] = [];
    const fetch = () => new Promise<Response>((resolve) => replies.push(resolve));
    const chat = new Chat({ endpoint: '/x', protocol: keeper, threadId: 't1', fetch });
    const late = chat.resume();
    await until(() => replies.length === 1);
    chat.clear();
    replies[0]!(reply(say('Not here.') + done));
    expect(await late).to.equal(undefined);
    expect(chat.messages.get()).to.deep.equal([]);
    chat.load({ id: 't2', messages: [{ role: 'user', text: 'Why?' }] });
    const twice = [chat.resume(), chat.resume()];
    await until(() => replies.length === 3);
    replies[1]!(reply(say('Once.') + done));
    await twice[0];
    replies[2]!(reply(say('Once.') + done));
    expect(await twice[1]).to.equal(undefined);
    expect(chat.messages.get().map(textOf)).to.deep.equal(['Why?', 'Once.']);
  });

  it('does nothing where nothing is running, or where the backend cannot', async () => {
    for (const status of [204, 404, 410]) {
      const server = await play({ answers: [{ status }] });
      const chat = new Chat({ endpoint: server.url, protocol: keeper, threadId: 't1' });
      expect(await chat.resume()).to.equal(undefined);
      expect(chat.status.get()).to.equal('idle');
    }
    const chat = new Chat({ endpoint: '/x', protocol: 'events', threadId: 't1' });
    expect(await chat.resume()).to.equal(undefined);
    expect(await new Chat({ endpoint: '/x', protocol: keeper }).resume()).to.equal(undefined);
  });
});
