import { expect, play } from '../support/index.js';

const decoder = new TextDecoder();

async function open(url: string, signal?: AbortSignal) {
  const response = await fetch(url, { signal: signal ?? null });
  const reader = response.body!.getReader();
  return async () => {
    const { done, value } = await reader.read();
    return done ? undefined : decoder.decode(value);
  };
}

const outcome = (read: () => Promise<string | undefined>) =>
  read().then(
    (text) => text ?? 'end',
    (error: Error) => error.name,
  );

const webkit = /AppleWebKit/.test(navigator.userAgent) && !/Chrome/.test(navigator.userAgent);

describe('a scripted answer', () => {
  it('arrives in pieces', async () => {
    const server = await play({
      answers: [{ steps: [{ write: 'one' }, { gate: 'two' }, { write: 'two' }, { gate: 'end' }] }],
    });
    const read = await open(server.url);
    expect(await read()).to.equal('one');
    await server.reached('two');
    await server.release('two');
    expect(await read()).to.equal('two');
    await server.release('end');
    expect(await read()).to.equal(undefined);
    expect((await server.closed()).closed?.by).to.equal('server');
  });

  it('can be truncated', async () => {
    const server = await play({ answers: [{ steps: [{ write: 'one' }, { gate: 'cut' }], end: 'truncate' }] });
    const read = await open(server.url);
    expect(await read()).to.equal('one');
    await server.release('cut');
    // The reason why a stream's own end mark must be waited for.
    expect(await outcome(read)).to.equal(webkit ? 'end' : 'TypeError');
  });

  it('can be reset', async () => {
    const server = await play({ answers: [{ steps: [{ write: 'one' }, { gate: 'cut' }], end: 'reset' }] });
    const read = await open(server.url);
    expect(await read()).to.equal('one');
    await server.release('cut');
    expect(await outcome(read)).to.equal('TypeError');
  });

  it('can be refused before it begins', async () => {
    const server = await play({ answers: [{ status: 0, end: 'reset' }] });
    const failure = await fetch(server.url).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(TypeError);
  });

  it('notices that the client left', async () => {
    const server = await play({ answers: [{ steps: [{ write: 'one' }], end: 'hang' }] });
    const controller = new AbortController();
    const read = await open(server.url, controller.signal);
    expect(await read()).to.equal('one');
    controller.abort();
    expect(await outcome(read)).to.equal('AbortError');
    expect((await server.closed()).closed?.by).to.equal('client');
  });

  it('plays one answer after another, the last one again', async () => {
    const server = await play({
      answers: [
        { status: 503, headers: { 'retry-after': '1' } },
        { steps: [{ repeat: { write: '{n};', times: 3 } }] },
      ],
    });
    const first = await fetch(server.url);
    expect([first.status, first.headers.get('retry-after')]).to.deep.equal([503, '1']);
    for (let n = 0; n < 2; n++) expect(await (await fetch(server.url)).text()).to.equal('0;1;2;');
    expect(await server.requests(3)).to.have.length(3);
  });

  it('carries bytes that are not text', async () => {
    const server = await play({ answers: [{ steps: [{ base64: btoa('\xff\x00') }] }] });
    const bytes = await (await fetch(server.url)).arrayBuffer();
    expect([...new Uint8Array(bytes)]).to.deep.equal([255, 0]);
  });
});
