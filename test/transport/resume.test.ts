import { Chat, textOf, type ChatOptions } from '../../src/headless.js';
import { expect, play, until, type PlayScript } from '../support/index.js';
import { withoutJitter } from './helpers.js';

type Answer = PlayScript['answers'][number];

const said = (text: string, id?: string | number) =>
  `${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify({ type: 'text', content: text })}\n\n`;
const end = 'data: {"type":"done"}\n\n';
const rest = (...pieces: string[]): Answer => ({ steps: pieces.map((write) => ({ write })) });
/** Closed before the end mark: no engine loses what came before, as it may where a connection breaks. */
const cut = rest;

async function resumed(answers: Answer[], options: ChatOptions = {}) {
  const server = await play({ answers });
  const chat = new Chat({ endpoint: server.url, resumeEndpoint: `${server.url}/resume`, ...options });
  const answer = await chat.send('Why?');
  return { server, chat, text: answer && textOf(answer), error: chat.error.get() };
}

describe('an answer that was cut', () => {
  beforeEach(withoutJitter);

  it('goes on after the last id', async () => {
    const { server, chat, text } = await resumed([
      cut(said('Clouds ', 1), said('drift', 2)),
      rest(said(' by.', 3) + end),
    ]);
    expect(text).to.equal('Clouds drift by.');
    expect(chat.status.get()).to.equal('complete');
    const [, second] = await server.requests(2);
    expect(second).to.include({ method: 'GET', url: '/resume', body: '' });
    expect(second?.headers['last-event-id']).to.equal('2');
  });

  const shown = [said('Clouds ', 1), said('drift', 2), said(' by.', 3)];
  for (const [how, again] of [
    ['sends it from its start', shown.join('') + end],
    ['sends a little of it again', shown.slice(1).join('') + end],
    ['cuts it into other pieces', said('Clouds dr', 1) + said('ift by.', 2) + end],
    ['forgets its ids', said('Clouds ') + said('drift') + said(' by.') + end],
  ] as const) {
    it(`is shown once where the backend ${how}`, async () => {
      const { text, chat } = await resumed([cut(shown[0]!, shown[1]!), rest(again)]);
      expect(text).to.equal('Clouds drift by.');
      expect(chat.status.get()).to.equal('complete');
    });
  }

  it('is shown once where one id stands on every event, and the backend begins anew or goes on', async () => {
    const pieces = ['Clouds ', 'drift', ' by', ' and by.'].map((text) => said(text, 'm1'));
    for (const again of [pieces, pieces.slice(2)]) {
      const { text } = await resumed([cut(...pieces.slice(0, 2)), rest(again.join('') + end)]);
      expect(text).to.equal('Clouds drift by and by.');
    }
  });

  it('is shown once where events without an id follow the last one', async () => {
    const pieces = [said('Clouds ', 1), said('drift'), said(' by'), said(' and by.')];
    const { text } = await resumed([cut(...pieces.slice(0, 3)), rest(pieces.slice(1).join('') + end)]);
    expect(text).to.equal('Clouds drift by and by.');
  });

  it('says the same word twice where it stands there twice', async () => {
    const { text } = await resumed([cut(said('no', 1)), rest(said('no', 2) + said(' never', 3) + end)]);
    expect(text).to.equal('nono never');
  });

  it('gives way to another one, where the backend answers anew', async () => {
    const { text, chat } = await resumed([
      cut(said('Clouds ', 1), said('drift', 2)),
      rest(said('Clouds ', 1) + said('float.', 2) + end),
    ]);
    expect(text).to.equal('Clouds float.');
    expect(chat.status.get()).to.equal('complete');
  });

  it('never shows less than before while it comes again', async () => {
    const server = await play({
      answers: [
        cut(said('Clouds ', 1), said('drift', 2)),
        {
          steps: [
            { write: said('Clouds ', 1) },
            { gate: 'half' },
            { write: said('drift', 2) + said(' by.', 3) + end },
          ],
        },
      ],
    });
    const chat = new Chat({ endpoint: server.url, resumeEndpoint: `${server.url}/resume` });
    const answer = chat.send('Why?');
    await server.reached('half');
    await until(() => chat.report.get()?.events === 3);
    expect(textOf(chat.messages.get().at(-1)!)).to.equal('Clouds drift');
    expect(chat.status.get()).to.equal('streaming');
    await server.release('half');
    expect(textOf((await answer)!)).to.equal('Clouds drift by.');
  });

  it('is cut again and again, and is whole in the end', async () => {
    const pieces = ['One ', 'two ', 'three ', 'four.'].map((text, index) => said(text, index));
    const { text, server } = await resumed([...pieces.map((piece) => cut(piece)), rest(end)]);
    expect(text).to.equal('One two three four.');
    const ids = (await server.requests(5)).map(({ headers }) => headers['last-event-id']);
    expect(ids).to.deep.equal([undefined, '0', '1', '2', '3']);
  });

  it('says that it is interrupted after five tries', async () => {
    const answers = Array.from({ length: 10 }, (_, index) => cut(said(`${index} `, index)));
    const { chat, server, error, text } = await resumed(answers);
    expect(error).to.include({ code: 'interrupted', retryable: true });
    expect(text).to.equal('0 1 2 3 4 5 ');
    expect(chat.status.get()).to.equal('error');
    expect(await server.requests()).to.have.length(6);
  });

  for (const status of [204, 404, 410, 422, 400]) {
    it(`stays as it is where the backend answers ${status}`, async () => {
      const { error, text, server } = await resumed([cut(said('Clouds', 1)), { status }]);
      expect(text).to.equal('Clouds');
      expect(error).to.include({ code: 'interrupted', retryable: true });
      expect(await server.requests()).to.have.length(2);
    });
  }

  for (const [type, body] of [
    ['application/json', '{"response":"Clouds drift by."}'],
    ['text/html', '<p>Clouds drift by.</p>'],
  ] as const) {
    it(`is not mixed with ${type} that comes in place of its rest`, async () => {
      const instead = { headers: { 'content-type': type }, steps: [{ write: body }] };
      const { error, text, server } = await resumed([cut(said('Clouds', 1)), instead]);
      expect(text).to.equal('Clouds');
      expect(error).to.include({ code: 'interrupted', retryable: true });
      expect(await server.requests()).to.have.length(2);
    });
  }

  it('is not asked for where nothing marks a place in it', async () => {
    const { error, server } = await resumed([cut(said('Clouds'))]);
    expect(error).to.include({ code: 'interrupted' });
    expect(await server.requests()).to.have.length(1);
  });

  it('is not asked for at an address that needs a thread which has no id', async () => {
    const { error, text } = await resumed([cut(said('Clouds', 1))], {
      resumeEndpoint: '/threads/{threadId}/stream',
    });
    expect(text).to.equal('Clouds');
    expect(error).to.include({ code: 'interrupted', retryable: true });
  });

  it('is not asked for where the backend has no way to go on', async () => {
    const { error, server } = await resumed([cut(said('Clouds', 1))], { resumeEndpoint: undefined });
    expect(error).to.include({ code: 'interrupted' });
    expect(await server.requests()).to.have.length(1);
  });

  it('is not asked for after its end mark, whatever becomes of the connection', async () => {
    const { chat, server } = await resumed([cut(said('Clouds.', 1) + end)]);
    expect(chat.status.get()).to.equal('complete');
    expect(await server.requests()).to.have.length(1);
  });

  it('sends an id as the bytes of its UTF-8, and none that is longer than a header should be', async () => {
    const odd = await resumed([cut(said('Clouds', '✓/😀')), rest(said(' drift.', 2) + end)]);
    expect(odd.text).to.equal('Clouds drift.');
    const sent = (await odd.server.requests(2))[1]!.headers['last-event-id']!;
    const read = (text: string) =>
      new TextDecoder().decode(Uint8Array.from(text, (char) => char.charCodeAt(0)));
    // WebKitGTK's network stack encodes the bytes once more.
    expect([read(sent), read(read(sent))]).to.include('✓/😀');
    const long = await resumed([cut(said('Clouds', 'x'.repeat(2000)))]);
    expect(long.error).to.include({ code: 'interrupted' });
    expect(await long.server.requests()).to.have.length(1);
  });

  it('is read again at the address the answer names, also before it had an id', async () => {
    const located = (answer: Answer, address: string): Answer => ({
      ...answer,
      headers: { 'content-location': address },
    });
    const server = await play({
      answers: [located(cut(said('Clouds ')), 'runs/7'), rest(said('Clouds ') + said('drift.') + end)],
    });
    const chat = new Chat({ endpoint: `${server.url}/ask` });
    const answer = await chat.send('Why?');
    expect(textOf(answer!)).to.equal('Clouds drift.');
    const [, second] = await server.requests(2);
    expect(second).to.include({ method: 'GET', url: '/runs/7' });
    expect(second?.headers).not.to.have.property('last-event-id');
  });

  it('is never asked for at another origin', async () => {
    const server = await play({
      answers: [
        { ...cut(said('Clouds', 1)), headers: { 'content-location': 'https://evil.example/runs/7' } },
      ],
    });
    const chat = new Chat({ endpoint: server.url });
    await chat.send('Why?');
    expect(chat.error.get()).to.include({ code: 'interrupted' });
    expect(await server.requests()).to.have.length(1);
  });

  it('goes on where it is listened to, in the way of an EventSource', async () => {
    const server = await play({
      answers: [{ steps: [] }, cut(said('Clouds ', 1)), rest(said('drift.', 2) + end)],
    });
    const chat = new Chat({ endpoint: `${server.url}/listen`, sendEndpoint: `${server.url}/send` });
    expect(textOf((await chat.send('Why?'))!)).to.equal('Clouds drift.');
    const requests = await server.requests(3);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).to.deep.equal([
      'POST /send',
      'GET /listen',
      'GET /listen',
    ]);
    expect(requests[2]?.headers['last-event-id']).to.equal('1');
  });

  it('waits in sight, and can be stopped there', async () => {
    const server = await play({ answers: [cut(`retry: 30000\n${said('Clouds', 1)}`), rest(end)] });
    const chat = new Chat({ endpoint: server.url, resumeEndpoint: server.url });
    const answer = chat.send('Why?');
    const wait = await until(() => chat.thread.get().run?.wait);
    expect(wait).to.include({ kind: 'resume' });
    expect(wait.until! - Date.now()).to.be.within(15_000, 30_000);
    expect(wait.reason.code).to.equal('interrupted');
    expect(chat.status.get()).to.equal('streaming');
    chat.stop();
    expect((await answer)?.status).to.equal('stopped');
    expect(await server.requests()).to.have.length(1);
  });

  it('goes on as soon as the network is back', async () => {
    const server = await play({
      answers: [cut(`retry: 30000\n${said('Clouds ', 1)}`), rest(said('drift.', 2) + end)],
    });
    const chat = new Chat({ endpoint: server.url, resumeEndpoint: server.url });
    const answer = chat.send('Why?');
    await until(() => chat.thread.get().run?.wait);
    dispatchEvent(new Event('online'));
    expect(textOf((await answer)!)).to.equal('Clouds drift.');
  });

  it('keeps a character whose halves came in two connections, and in one that is read again', async () => {
    const half = (text: string, id: number) => `id: ${id}\ndata: {"type":"text","content":"${text}"}\n\n`;
    const pieces = [half('Sun \\ud83c', 1), half('\\udf1e up', 2)];
    for (const again of [pieces.slice(1), pieces]) {
      const { text } = await resumed([cut(pieces[0]!), rest(again.join('') + end)]);
      expect(text).to.equal('Sun 🌞 up');
    }
  });
});

describe('Stop', () => {
  it('tells the backend at the stop endpoint; leaving does not', async () => {
    const running: Answer = {
      headers: { 'content-location': 'runs/7' },
      steps: [
        { write: 'data: {"type":"start","thread_id":"t 1"}\n\n' + said('Clouds', 1) },
        { gate: 'never' },
      ],
    };
    const stopper = await play({
      answers: [{ headers: { 'content-type': 'application/json' }, steps: [{ write: '{}' }] }],
    });
    for (const how of ['detach', 'stop'] as const) {
      const server = await play({ answers: [running] });
      const chat = new Chat({
        endpoint: `${server.url}/ask`,
        stopEndpoint: `${stopper.url}/{threadId}/stop`,
      });
      const answer = chat.send('Why?');
      await until(() => textOf(chat.messages.get().at(-1)!) === 'Clouds');
      chat[how]();
      expect((await answer)?.status).to.equal('stopped');
      expect((await server.closed()).closed?.by).to.equal('client');
      if (how === 'detach') expect(await stopper.requests()).to.have.length(0);
      else {
        const [told] = await stopper.requests(1);
        expect(told).to.include({ method: 'POST', url: '/t%201/stop' });
        const { threadId, location } = JSON.parse(told!.body) as Record<string, string>;
        expect(threadId).to.equal('t 1');
        expect(location).to.equal(new URL(`${server.url}/runs/7`, document.baseURI).href);
      }
    }
  });
});
