import { Chat, type RunFailure } from '../../src/headless.js';
import { expect, play, until, type PlayScript } from '../support/index.js';
import { ask, hello, replace } from './helpers.js';

type Answer = PlayScript['answers'][number];
const whole: Answer = { steps: [{ write: hello }] };
const refused = (status: number, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  steps: [{ write: '{"error":"not now"}' }],
});
const soon = { 'retry-after-ms': '10' };

describe('retry', () => {
  for (const status of [408, 425, 429, 502, 503, 504, 529]) {
    it(`asks again after a ${status}, and the person gets the answer`, async () => {
      const server = await play({ answers: [refused(status, soon), whole] });
      const { text, chat } = await ask({ endpoint: server.url });
      expect(text).to.equal('Hello');
      expect(chat.status.get()).to.equal('complete');
      const [first, second] = await server.requests(2);
      expect(second?.body).to.equal(first?.body);
    });
  }

  for (const status of [400, 401, 403, 404, 409, 413, 422, 500, 501]) {
    it(`does not ask again after a ${status}: it may have had effects`, async () => {
      const server = await play({ answers: [refused(status, soon), whole] });
      const { error } = await ask({ endpoint: server.url });
      expect(error).to.include({ code: 'http', status });
      expect(await server.requests()).to.have.length(1);
    });
  }

  it('asks three times at most, and says what the last answer was', async () => {
    const server = await play({
      answers: [refused(503, soon), refused(503, soon), refused(429, soon), whole],
    });
    const { error } = await ask({ endpoint: server.url });
    expect(error).to.include({ code: 'http', status: 429, retryable: true });
    expect(await server.requests()).to.have.length(3);
  });

  it('shows until when it waits and why, as the backend said it, and goes on at once when told to', async () => {
    const server = await play({ answers: [refused(429, { 'retry-after': '40' }), whole] });
    const chat = new Chat({ endpoint: server.url });
    const before = Date.now();
    const answer = chat.send('Why?');
    const wait = await until(() => chat.thread.get().run?.wait);
    expect(wait).to.include({ kind: 'retry' });
    expect(wait.until! - before).to.be.within(40_000, 60_000);
    expect(wait.reason).to.include({ code: 'http', status: 429, detail: 'rate-limited' });
    expect(chat.status.get()).to.equal('loading');
    chat.tryNow();
    expect((await answer)?.status).to.equal('complete');
    expect(chat.thread.get().run).not.to.have.property('wait');
    expect(await server.requests()).to.have.length(2);
  });

  it('waits for no longer than a minute', async () => {
    const server = await play({ answers: [refused(429, { 'retry-after': '3600' }), whole] });
    const { error } = await ask({ endpoint: server.url });
    expect(error).to.include({ status: 429, retryAfter: 3600, retryable: true });
    expect(await server.requests()).to.have.length(1);
  });

  it('is stopped in its wait: nothing is sent after that', async () => {
    const server = await play({ answers: [refused(503, { 'retry-after': '30' }), whole] });
    const chat = new Chat({ endpoint: server.url });
    const answer = chat.send('Why?');
    await until(() => chat.thread.get().run?.wait);
    chat.stop();
    expect((await answer)?.status).to.equal('stopped');
    expect(chat.thread.get().run).not.to.have.property('wait');
    chat.tryNow();
    expect(await server.requests()).to.have.length(1);
  });

  it('goes by what the backend says of trying again', async () => {
    const never = await play({ answers: [refused(503, { ...soon, 'x-should-retry': 'false' }), whole] });
    expect((await ask({ endpoint: never.url })).error).to.include({ status: 503 });
    expect(await never.requests()).to.have.length(1);
    const always = await play({ answers: [refused(500, { ...soon, 'x-should-retry': 'true' }), whole] });
    expect((await ask({ endpoint: always.url })).text).to.equal('Hello');
  });

  describe('of a question that may have arrived', () => {
    // Status 0: the server reads the request and closes.
    const lost: Answer = { status: 0, end: 'truncate' };

    it('never happens by itself', async () => {
      const server = await play({ answers: [lost] });
      let sent = 0;
      // Counted here: an engine may send a request once more by itself over another connection.
      const counted: typeof fetch = (...request) => {
        sent++;
        return fetch(...request);
      };
      const { error } = await ask({ endpoint: server.url, fetch: counted });
      expect(error).to.include({ code: 'network', retryable: true });
      expect(sent).to.equal(1);
    });

    it('never happens where there is no network, with a key either', async () => {
      replace(navigator, 'onLine', false);
      let sent = 0;
      const { error } = await ask({
        endpoint: '/x',
        idempotencyHeader: 'Idempotency-Key',
        fetch: () => {
          sent++;
          return Promise.reject(new TypeError('no network'));
        },
      });
      expect(error).to.include({ code: 'network', detail: 'offline', retryable: true });
      expect(sent).to.equal(1);
    });

    it('happens with a key, which is the same each time', async () => {
      const server = await play({ answers: [lost, whole] });
      const options = { endpoint: server.url, idempotencyHeader: 'Idempotency-Key' };
      const { text } = await ask(options);
      expect(text).to.equal('Hello');
      await ask(options);
      const keys = (await server.requests(3)).map(({ headers }) => headers['idempotency-key']);
      expect(keys[0]).to.be.a('string').that.is.not.equal('');
      expect(keys[1]).to.equal(keys[0]);
      expect(keys.at(-1)).not.to.equal(keys[0]);
    });

    it('happens where listening asks for nothing new', async () => {
      const server = await play({ answers: [{ steps: [] }, lost, whole] });
      const { text } = await ask({ endpoint: server.url, sendEndpoint: `${server.url}/send` });
      expect(text).to.equal('Hello');
    });
  });

  describe('after a 401', () => {
    const unauthorised = refused(401);

    it('asks the headers function once more', async () => {
      const server = await play({ answers: [unauthorised, whole] });
      let tokens = 0;
      const { text } = await ask({
        endpoint: server.url,
        headers: async () => ({ authorization: `Bearer ${++tokens}` }),
      });
      expect(text).to.equal('Hello');
      const sent = (await server.requests(2)).map(({ headers }) => headers.authorization);
      expect(sent).to.deep.equal(['Bearer 1', 'Bearer 2']);
    });

    it('asks once more though the 401 has no body to be let go', async () => {
      const answers = [
        new Response(null, { status: 401 }),
        new Response(hello, { headers: { 'content-type': 'text/event-stream' } }),
      ];
      const { text } = await ask({
        endpoint: '/x',
        headers: () => ({}),
        fetch: async () => answers.shift()!,
      });
      expect(text).to.equal('Hello');
      expect(answers).to.deep.equal([]);
    });

    it('gives up where that does not help', async () => {
      const server = await play({ answers: [unauthorised, unauthorised, whole] });
      let asked = 0;
      const { error } = await ask({
        endpoint: server.url,
        headers: () => ({ authorization: `Bearer ${++asked}` }),
      });
      expect(error).to.include({ code: 'http', status: 401, detail: 'auth', retryable: false });
      expect(asked).to.equal(2);
      expect(await server.requests()).to.have.length(2);
    });

    it('shares the question for new headers between two chats', async () => {
      const server = await play({ answers: [unauthorised, unauthorised, whole] });
      let asked = 0;
      let hand: (headers: HeadersInit) => void = () => {};
      const headers = () => {
        asked++;
        return new Promise<HeadersInit>((resolve) => (hand = resolve));
      };
      const chats = [1, 2].map(() => new Chat({ endpoint: server.url, headers }));
      const answers = chats.map((chat) => chat.send('Why?'));
      await until(() => asked === 1);
      hand({ authorization: 'old' });
      // Both must be refused, and a server does not look at what it is asked with.
      await until(async () => (await server.requests()).length === 2);
      await until(() => asked >= 2);
      await until(() => {
        hand({ authorization: 'new' });
        return chats.every((chat) => !chat.busy);
      });
      await Promise.all(answers);
      expect(chats.map((chat) => chat.status.get())).to.deep.equal(['complete', 'complete']);
      expect(asked).to.be.lessThan(4);
    });

    it('sends nothing when the person stopped while the headers were made', async () => {
      const server = await play({ answers: [whole] });
      let hand: (headers: HeadersInit) => void = () => {};
      let asked = false;
      const headers = () => {
        asked = true;
        return new Promise<HeadersInit>((resolve) => (hand = resolve));
      };
      const chat = new Chat({ endpoint: server.url, headers });
      const answer = chat.send('Why?');
      await until(() => asked);
      chat.stop();
      expect((await answer)?.status).to.equal('stopped');
      hand({});
      // A request of its own, after which that of the run would have come.
      await fetch(server.url);
      expect((await server.requests(1)).map(({ method }) => method)).to.deep.equal(['GET']);
    });
  });

  it('tells a developer’s mistake from a network failure', async () => {
    for (const endpoint of [
      'javascript:alert(1)',
      'data:text/event-stream,data:%20x',
      'file:///etc/passwd',
    ]) {
      const { error } = (await ask({ endpoint })) as { error: RunFailure };
      expect(error).to.include({ code: 'protocol', detail: 'endpoint', retryable: false });
    }
  });
});
