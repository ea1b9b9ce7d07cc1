import { readText } from '../../src/transport/read-text.js';
import { expect, until } from '../support/index.js';
import { open, reply } from './backend.js';
import { replace, stoppedClocks } from './helpers.js';

const options = { signal: new AbortController().signal, maxSize: 10, timeout: 60_000 };

const failureOf = (task: Promise<string>) =>
  task.then(
    (text) => ({ code: `none: ${text}` }),
    (error: { code: string; detail?: string }) => error,
  );

describe('a body read as text', () => {
  it('is all of it, also where a character is cut in two', async () => {
    const bytes = new TextEncoder().encode('a😀b');
    for (const at of [2, 3, 4]) {
      const pieces = [bytes.slice(0, at), bytes.slice(at)];
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          const next = pieces.shift();
          if (next) controller.enqueue(next);
          else controller.close();
        },
      });
      expect(await readText(reply(body), options)).to.equal('a😀b');
    }
    const half = new Response(bytes.slice(0, 3));
    expect(await readText(half, options), 'nothing is lost in silence').to.equal('a\ufffd');
  });

  it('is nothing where there is no body', async () => {
    expect(await readText(reply(null), options)).to.equal('');
  });

  it('may be as large as its limit, in bytes', async () => {
    expect(await readText(reply('é'.repeat(5)), options)).to.equal('ééééé');
    const failure = await failureOf(readText(reply('é'.repeat(6)), options));
    expect(failure).to.include({ code: 'overflow', detail: 'answer-too-large' });
    expect(failure).to.include({ message: 'The answer is larger than 10 bytes' });
    expect(await readText(reply('é'.repeat(6)), { ...options, cut: true })).to.equal('éééééé');
  });

  it('ends at a limit, and leaves', async () => {
    const { body, left } = open(['0123456789', 'x', 'y']);
    // Two pieces that are there at once may be read as one.
    expect(await readText(reply(body), { ...options, cut: true })).to.match(/^0123456789xy?$/);
    await left;
  });

  it('ends with silence and with a break, which fail unless what came will do', async () => {
    for (const [breaks, code] of [
      [false, 'timeout'],
      [true, 'interrupted'],
    ] as const) {
      const body = () => reply(open(['half'], { breaks }).body);
      const impatient = { ...options, timeout: 50 };
      expect(await failureOf(readText(body(), impatient))).to.include({ code });
      expect(await readText(body(), { ...impatient, cut: true })).to.equal('half');
    }
  });

  it('ends when its time is over, though pieces keep coming', async () => {
    const pass = stoppedClocks();
    const { decode } = TextDecoder.prototype;
    let seen = '';
    replace(TextDecoder.prototype, 'decode', function (this: TextDecoder, ...given) {
      const text = decode.apply(this, given);
      seen += text;
      return text;
    });
    const late = async (cut: boolean) => {
      const { body, push } = open([]);
      const text = readText(reply(body), { ...options, maxSize: 1000, timeout: 1000, cut });
      seen = '';
      push('in ');
      await until(() => seen === 'in ');
      pass(1000);
      push('time ');
      await until(() => seen === 'in time ');
      pass(1);
      push('late');
      return failureOf(text);
    };
    expect(await late(true)).to.deep.equal({ code: 'none: in time late' });
    const failure = await late(false);
    expect(failure).to.include({ code: 'timeout', retryable: true });
    expect(failure).to.include({ message: 'The answer took longer than 1000 ms' });
  });
});
