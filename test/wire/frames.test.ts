import { readChunks } from '../../src/wire/read.js';
import { expect, onCleanup } from '../support/index.js';

/** All that is only a matter of promises has happened. */
async function settled(): Promise<void> {
  for (let left = 50; left > 0; left--) await Promise.resolve();
}

/** A body that is filled by hand, read by frames that begin when the test says so, on a clock that the test sets. */
function reading({ hidden = false } = {}) {
  let now = 1000;
  Object.defineProperty(performance, 'now', { configurable: true, value: () => now });
  onCleanup(() => Reflect.deleteProperty(performance, 'now'));
  let stream!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({ start: (controller) => void (stream = controller) });
  const controller = new AbortController();
  onCleanup(() => controller.abort());
  let begin: (() => void) | undefined;
  const seen = { text: '', pieces: [] as string[], asked: 0 };
  const nextFrame = () => {
    seen.asked++;
    return hidden ? undefined : new Promise<void>((resolve) => (begin = resolve));
  };
  const utf8 = new TextDecoder();
  const read = async () => {
    const options = { signal: controller.signal, idleTimeout: 60_000, nextFrame };
    for await (const bytes of readChunks(body, options)) {
      seen.pieces.push(utf8.decode(bytes, { stream: true }));
      seen.text = seen.pieces.join('');
    }
  };
  return {
    seen,
    over: read(),
    stop: () => controller.abort(),
    fail: () => stream.error(new TypeError('reset')),
    /** These pieces come, a while after whatever was before. */
    async send(...pieces: string[]): Promise<void> {
      await settled();
      now += 20;
      for (const piece of pieces) stream.enqueue(new TextEncoder().encode(piece));
      await settled();
    },
    async frame(): Promise<void> {
      begin?.();
      begin = undefined;
      await settled();
    },
  };
}

describe('reading by frames', () => {
  it('hands on what comes between two frames with the second one, all of it', async () => {
    const { seen, send, frame } = reading();
    await send('a');
    expect(seen.text, 'the first at once').to.equal('a');
    await send('b');
    await send('c', 'd');
    expect(seen.text).to.equal('a');
    await frame();
    expect(seen.text).to.equal('abcd');
  });

  it('waits for bytes after that, and for no frame', async () => {
    const { seen, send, frame } = reading();
    await send('a');
    await frame();
    await send('b');
    expect(seen.text).to.equal('ab');
    await send('c');
    expect(seen.text, 'until the next').to.equal('ab');
  });

  it('hands it on as one piece', async () => {
    const { seen, send, frame } = reading();
    await send('a');
    await send('b', 'c');
    await send('d');
    await frame();
    expect(seen.pieces).to.deep.equal(['a', 'bcd']);
  });

  it('loses nothing that came before a break, and does not wait for the frame then', async () => {
    const { seen, send, fail, over } = reading();
    const failure = over.catch((error: unknown) => error);
    await send('a');
    await send('b');
    fail();
    expect(await failure).to.include({ code: 'interrupted' });
    expect(seen.text).to.equal('ab');
  });

  it('does not wait for a frame where pieces are large, nor where none is drawn', async () => {
    const large = reading();
    await large.send('x'.repeat(16 * 1024));
    await large.send('x'.repeat(16 * 1024));
    expect(large.seen.text).to.have.length(32 * 1024);
    expect(large.seen.asked).to.equal(0);
    const hidden = reading({ hidden: true });
    await hidden.send('a');
    await hidden.send('b');
    expect(hidden.seen.text).to.equal('ab');
  });

  it('hands on much in small pieces before the frame comes', async () => {
    const { seen, send } = reading();
    await send('a');
    for (let sent = 0; sent < 128; sent++) await send('x'.repeat(1024));
    expect(seen.text.length, 'of 128 kB').to.be.greaterThan(60 * 1024);
  });

  it('tells of a break, and ends where it is stopped', async () => {
    const broken = reading();
    const failure = broken.over.catch((error: unknown) => error);
    await broken.send('a');
    broken.fail();
    expect(await failure).to.include({ code: 'interrupted' });
    const stopped = reading();
    await stopped.send('a');
    stopped.stop();
    await stopped.over;
    expect(stopped.seen.text).to.equal('a');
  });
});
