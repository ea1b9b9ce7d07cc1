import type { ChatError } from '../../src/model/chat-error.js';
import { readChunks, type ReadOptions } from '../../src/wire/read.js';
import { expect, onCleanup, until } from '../support/index.js';

const chunk = new TextEncoder().encode(': beat\n\n');

/** A body that brings a chunk now and then, for ever. */
function beating(every: number): ReadableStream<Uint8Array> {
  let timer: number;
  return new ReadableStream({
    start(controller) {
      timer = window.setInterval(() => controller.enqueue(chunk), every);
      onCleanup(() => clearInterval(timer));
    },
    cancel: () => clearInterval(timer),
  });
}

async function failureOf(body: ReadableStream<Uint8Array>, options: Partial<ReadOptions>) {
  const { signal } = new AbortController();
  try {
    for await (const _piece of readChunks(body, { signal, idleTimeout: 60_000, ...options }));
  } catch (error) {
    return error as ChatError;
  }
  return undefined;
}

describe('a body that brings nothing', () => {
  it('of use ends as a timeout, however lively it is', async () => {
    const began = performance.now();
    const error = await failureOf(beating(20), { progressTimeout: 300, lastProgress: () => began });
    expect(error).to.deep.include({
      code: 'timeout',
      detail: 'no-progress',
      message: 'Nothing but heartbeats arrived for 300 ms',
      retryable: true,
    });
    expect(performance.now() - began).to.be.at.least(300);
  });

  it('at all ends as a timeout that says how long it waited', async () => {
    const began = performance.now();
    const body = new ReadableStream<Uint8Array>();
    const error = await failureOf(body, { idleTimeout: 200, progressTimeout: 60_000 });
    expect(error).to.deep.include({ code: 'timeout', detail: 'idle', message: 'No byte arrived for 200 ms' });
    expect(performance.now() - began).to.be.at.least(200);
    expect(body.locked).to.equal(false);
  });

  it('goes on as long as there is progress', async () => {
    const controller = new AbortController();
    const began = performance.now();
    let pieces = 0;
    const reading = (async () => {
      const options = { signal: controller.signal, idleTimeout: 60_000, progressTimeout: 2000 };
      for await (const _piece of readChunks(beating(20), {
        ...options,
        lastProgress: () => performance.now(),
      }))
        pieces++;
    })();
    await until(() => pieces > 2 && performance.now() - began > 2500, 'time passed');
    controller.abort();
    await reading;
    expect(pieces).to.be.greaterThan(2);
  });

  it('after it was broken says that it broke, and why', async () => {
    const cause = new TypeError('reset');
    const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(cause) });
    const error = await failureOf(body, {});
    expect(error).to.include({
      code: 'interrupted',
      message: 'The connection broke before the answer was finished',
      retryable: true,
      cause,
    });
  });

  it('and breaks because it was aborted ends without a word', async () => {
    const controller = new AbortController();
    const body = new ReadableStream<Uint8Array>({
      start: (source) =>
        controller.signal.addEventListener('abort', () => source.error(new TypeError('aborted'))),
    });
    const failure = failureOf(body, { signal: controller.signal });
    controller.abort();
    expect(await failure).to.equal(undefined);
  });
});

describe('a reader that is done', () => {
  it('leaves no timer and no listener behind', async () => {
    const { signal } = new AbortController();
    const heard: string[] = [];
    const [add, remove] = [signal.addEventListener, signal.removeEventListener];
    signal.addEventListener = (...all: Parameters<typeof add>) => {
      heard.push(`+${all[0]}`);
      add.apply(signal, all);
    };
    signal.removeEventListener = (...all: Parameters<typeof remove>) => {
      heard.push(`-${all[0]}`);
      remove.apply(signal, all);
    };
    const pieces: Uint8Array[] = [];
    for await (const piece of readChunks(new Response('x').body!, { signal, idleTimeout: 60_000 }))
      pieces.push(piece);
    expect(pieces.map((piece) => new TextDecoder().decode(piece))).to.deep.equal(['x']);
    expect(heard).to.deep.equal(['+abort', '-abort']);
  });

  it('hands on no empty piece', async () => {
    const body = new Response(new Uint8Array(32 * 1024)).body!;
    const sizes: number[] = [];
    const { signal } = new AbortController();
    for await (const piece of readChunks(body, { signal, idleTimeout: 60_000 })) sizes.push(piece.length);
    expect(Math.min(...sizes)).to.be.greaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).to.equal(32 * 1024);
  });
});
