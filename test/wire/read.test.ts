import { ChatError } from '../../src/model/chat-error.js';
import { readChunks } from '../../src/wire/read.js';
import { expect, play } from '../support/index.js';
import { turn } from '../support/server.js';

const controllers: AbortController[] = [];
function signal(): AbortSignal {
  const controller = new AbortController();
  controllers.push(controller);
  return controller.signal;
}

async function read(
  body: ReadableStream<Uint8Array>,
  options: { signal?: AbortSignal; idleTimeout?: number } = {},
) {
  let text = '';
  let error: unknown;
  const utf8 = new TextDecoder();
  try {
    for await (const chunk of readChunks(body, { signal: signal(), idleTimeout: 5000, ...options })) {
      text += utf8.decode(chunk, { stream: true });
    }
  } catch (cause) {
    error = cause;
  }
  return { text, error: error as ChatError | undefined };
}

async function bodyOf(url: string): Promise<ReadableStream<Uint8Array>> {
  const { body } = await fetch(url);
  if (!body) throw new Error('no body');
  return body;
}

describe('reading a body', () => {
  it('gives every chunk until the end and releases the reader', async () => {
    const server = await play({ answers: [{ steps: [{ write: 'one ' }, { wait: 20 }, { write: 'two' }] }] });
    const body = await bodyOf(server.url);
    expect(await read(body)).to.deep.equal({ text: 'one two', error: undefined });
    expect(body.locked, 'released').to.equal(false);
  });

  it('hands on a large chunk in pieces, so that their reader can pause', async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_none, index) => index % 251);
    const body = new Response(bytes).body!;
    const pieces: Uint8Array[] = [];
    for await (const piece of readChunks(body, { signal: signal(), idleTimeout: 5000 })) pieces.push(piece);
    expect(Math.max(...pieces.map(({ length }) => length))).to.be.at.most(16 * 1024);
    const joined = new Uint8Array(await new Blob(pieces as BlobPart[]).arrayBuffer());
    expect(joined).to.deep.equal(bytes);
  });

  it('hands on no more of it once the signal aborts', async () => {
    const controller = new AbortController();
    const body = new Response(new Uint8Array(100_000)).body!;
    let pieces = 0;
    for await (const _piece of readChunks(body, { signal: controller.signal, idleTimeout: 5000 })) {
      pieces++;
      controller.abort();
    }
    expect(pieces).to.equal(1);
    expect(body.locked).to.equal(false);
  });

  it('fails as interrupted when the connection is reset, what arrived kept', async () => {
    const server = await play({ answers: [{ steps: [{ write: 'half' }, { gate: 'cut' }], end: 'reset' }] });
    const body = await bodyOf(server.url);
    const result = read(body);
    await server.reached('cut');
    await server.release('cut');
    const { text, error } = await result;
    expect(text).to.equal('half');
    expect(error).to.be.instanceOf(ChatError).with.property('code', 'interrupted');
    expect(body.locked).to.equal(false);
  });

  it('ends without an error where the stop comes in the moment in which the connection breaks', async () => {
    const controller = new AbortController();
    let asked = 0;
    const broken = {
      pull(stream: ReadableStreamDefaultController<Uint8Array>) {
        if (!asked++) return stream.enqueue(new TextEncoder().encode('half'));
        stream.error(new TypeError('reset'));
        // After the reader has heard of the break, before it has told anybody.
        queueMicrotask(() => queueMicrotask(() => controller.abort()));
      },
    };
    const body = new ReadableStream(broken, { highWaterMark: 0 });
    expect(await read(body, { signal: controller.signal })).to.deep.equal({ text: 'half', error: undefined });
    expect(body.locked).to.equal(false);
  });

  it('times out after silence and lets the body go', async () => {
    const server = await play({ answers: [{ steps: [{ write: 'half' }], end: 'hang' }] });
    const body = await bodyOf(server.url);
    const { text, error } = await read(body, { idleTimeout: 1000 });
    expect(text).to.equal('half');
    expect(error).to.include({ code: 'timeout', detail: 'idle', retryable: true });
    expect(body.locked).to.equal(false);
  });

  it('counts any byte as a sign of life, comments too', async () => {
    const beats = { repeat: { write: ': heartbeat\n\n', times: 20, every: 200 } };
    const server = await play({ answers: [{ steps: [beats, { write: 'end' }] }] });
    const { text, error } = await read(await bodyOf(server.url), { idleTimeout: 3000 });
    expect(error).to.equal(undefined);
    expect(text).to.match(/end$/);
  });

  it('is no silence where it is the reader that takes its time', async () => {
    const bytes = new TextEncoder().encode('x'.repeat(16 * 1024));
    let stream!: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (stream = controller) });
    stream.enqueue(bytes);
    let size = 0;
    for await (const piece of readChunks(body, { signal: signal(), idleTimeout: 100 })) {
      // Long enough for the silence to be judged, twice.
      if (!size) await turn(500);
      if (!size) stream.close();
      size += piece.length;
    }
    expect(size).to.equal(bytes.length);
  });

  it('does not wait for anything where the signal has aborted before, and lets the body go', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({ cancel: () => void (cancelled = true) });
    const seen = await read(body, { signal: AbortSignal.abort(), idleTimeout: 60_000 });
    expect(seen).to.deep.equal({ text: '', error: undefined });
    expect(cancelled).to.equal(true);
    expect(body.locked).to.equal(false);
  });

  it('ends at once when the signal aborts, and cancels a body that does not know the signal', async () => {
    const controller = new AbortController();
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({ cancel: () => void (cancelled = true) });
    const result = read(body, { signal: controller.signal });
    controller.abort();
    expect((await result).error).to.equal(undefined);
    expect(cancelled).to.equal(true);
    expect(body.locked).to.equal(false);
  });

  it('releases the reader when its consumer leaves early', async () => {
    const server = await play({ answers: [{ steps: [{ write: 'one' }], end: 'hang' }] });
    const body = await bodyOf(server.url);
    for await (const chunk of readChunks(body, { signal: signal(), idleTimeout: 5000 })) {
      expect(chunk.length).to.be.greaterThan(0);
      break;
    }
    expect(body.locked).to.equal(false);
  });
});
