import { expect, until } from '../support/index.js';
import { closedPort, play, type Answer } from '../support/play.js';

/** What comes of asking: the text, or `TypeError` where the request or its body fails. */
async function ask(url: string, init?: RequestInit): Promise<string> {
  try {
    return await (await fetch(url, init)).text();
  } catch (error) {
    return (error as Error).name;
  }
}

const post: RequestInit = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };

describe('the fault server', () => {
  it('takes the connection away, once for each request, before any answer', async () => {
    for (const end of ['reset', 'close'] as const) {
      const server = await play({ answers: [{ status: 0, end }], cors: [] });
      expect(await ask(server.otherUrl, post), end).to.equal('TypeError');
      expect(await server.requests(), end).to.have.length(1);
    }
    expect(await ask(await closedPort(), post)).to.equal('TypeError');
  });

  it('answers in turn, for each path of its own', async () => {
    const say = (write: string): Answer => ({ steps: [{ write }] });
    const server = await play({ answers: [say('1'), say('2')], paths: { a: [say('a1'), say('a2')] } });
    const texts = [];
    for (const path of ['', '/a', '/a/b?c', '', '/a']) texts.push(await ask(server.url + path));
    expect(texts).to.deep.equal(['1', 'a1', 'a2', '2', 'a2']);
    expect((await server.requests()).map(({ url }) => url)).to.deep.equal(['', '/a', '/a/b?c', '', '/a']);
  });

  it('lets pages of other origins ask and read only as the script says', async () => {
    const answers: Answer[] = [{ headers: { 'retry-after': '3', 'x-more': '1' }, steps: [{ write: 'ok' }] }];
    const closed = await play({ answers });
    expect(await ask(closed.otherUrl, post)).to.equal('TypeError');
    expect((await closed.requests()).map(({ method }) => method)).to.deep.equal(['OPTIONS']);
    const open = await play({ answers, cors: ['retry-after'] });
    const response = await fetch(open.otherUrl, post);
    expect(await response.text()).to.equal('ok');
    expect([response.headers.get('retry-after'), response.headers.get('x-more')]).to.deep.equal(['3', null]);
    expect((await open.requests()).map(({ method, body }) => method + body)).to.deep.equal(['POST{}']);
  });

  it('writes what is no HTTP', async () => {
    const server = await play({ answers: [{ raw: true, steps: [{ write: 'GARBAGE\r\n\r\n' }] }] });
    // One engine takes it for an answer of HTTP/0.9.
    expect(await ask(server.url, post)).to.be.oneOf(['TypeError', 'GARBAGE\r\n\r\n']);
  });

  it('ends bodies by their connection, and cuts gzipped ones', async () => {
    const steps = [{ write: 'x'.repeat(10) }, { repeat: { write: '{n};', times: 1000 } }];
    const close = await play({ answers: [{ framing: 'close', steps }] });
    const response = await fetch(close.url);
    expect(response.headers.get('transfer-encoding')).to.equal(null);
    expect((await response.text()).slice(0, 14)).to.equal('xxxxxxxxxx0;1;');
    const words = Array.from({ length: 2000 }, (_, n) => `${n * 7919}`).join(' ');
    const whole = await play({ answers: [{ gzip: 'whole', steps: [{ write: words }] }] });
    expect(await ask(whole.url)).to.equal(words);
    const half = await play({ answers: [{ gzip: 'half', steps: [{ write: words }] }] });
    const seen = await ask(half.url);
    if (seen !== 'TypeError') expect(words.startsWith(seen) && seen.length < words.length).to.equal(true);
  });

  it('sends bytes one by one, many at once, and for ever', async () => {
    const drip = await play({ answers: [{ steps: [{ drip: { write: 'é😀', every: 1 } }] }] });
    expect(await ask(drip.url)).to.equal('é😀');
    const many = await play({ answers: [{ steps: [{ repeat: { write: 'ab', times: 100_001 } }] }] });
    expect(await ask(many.url)).to.equal('ab'.repeat(100_001));
    const endless = await play({ answers: [{ steps: [{ repeat: { write: 'x', times: -1 } }] }] });
    const controller = new AbortController();
    const reader = (await fetch(endless.url, { signal: controller.signal })).body!.getReader();
    let size = 0;
    while (size < 1e6) size += (await reader.read()).value!.length;
    controller.abort();
    expect((await endless.closed()).closed?.by).to.equal('client');
  });

  it('goes on after the last event id that it is told', async () => {
    const after = ['id: 1\ndata: a\n\n', 'id: 2\ndata: b\n\n', 'id: 12\ndata: c\n\n'];
    const server = await play({ answers: [{ steps: [{ after }] }] });
    expect(await ask(server.url)).to.equal(after.join(''));
    expect(await ask(server.url, { headers: { 'last-event-id': '2' } })).to.equal(after[2]);
  });

  it('fills in a date, and keeps silent before any header', async () => {
    const server = await play({
      answers: [
        { status: 503, headers: { 'retry-after': '@now+2s' } },
        { status: 0, end: 'hang' },
      ],
    });
    const date = Date.parse((await fetch(server.url)).headers.get('retry-after')!);
    expect(date - Date.now()).to.be.within(-5000, 2000);
    const controller = new AbortController();
    const failure = fetch(server.url, { signal: controller.signal }).catch((error: Error) => error.name);
    await server.requests(2);
    controller.abort();
    expect(await failure).to.equal('AbortError');
    expect((await until(() => server.closed(1))).closed?.by).to.equal('client');
  });
});
