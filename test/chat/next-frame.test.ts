import { Chat, type Protocol } from '../../src/headless.js';
import { expect, onCleanup, until } from '../support/index.js';
import { lastText } from './helpers.js';
import { countFrames, hideTab } from './tab.js';

/** A chat whose answer is what the test enqueues; `read` has the frame in which each piece was decoded. */
function streaming() {
  const frames = countFrames();
  const read: number[] = [];
  const protocol: Protocol = {
    name: 'words',
    framing: 'text',
    encode: () => ({ body: {} }),
    decoder: () => ({
      decode({ data }) {
        read.push(frames());
        return [{ type: 'part-delta', id: 'a', delta: data }];
      },
      end: () => [{ type: 'run-end' }],
    }),
  };
  let stream!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({ start: (controller) => void (stream = controller) });
  const headers = { 'content-type': 'text/plain' };
  const chat = new Chat({ endpoint: '/', protocol, fetch: async () => new Response(body, { headers }) });
  return {
    chat,
    frames,
    read,
    send: (words: string) => stream.enqueue(new TextEncoder().encode(words)),
    end: () => stream.close(),
  };
}

describe('Chat: reading by frames', () => {
  it('reads what came within a frame together, in the frame that shows it', async () => {
    const { chat, frames, read, send, end } = streaming();
    const shown: number[] = [];
    // Also the end, which may come before the last piece is shown.
    chat.messages.subscribe(() => shown.push(frames()));
    const answer = chat.send('Why?');
    send('0 ');
    await until(() => read.length);
    let sent = 0;
    const timer = setInterval(() => send(`${++sent} `), 1);
    onCleanup(() => clearInterval(timer));
    await until(() => sent > 100);
    clearInterval(timer);
    await until(() => lastText(chat).endsWith(`${sent} `));
    end();
    await answer;
    expect(read.length, 'fewer readings than pieces').to.be.lessThan(sent / 2);
    // A piece that was waited for is read when it comes, and shown in the next frame.
    const late = read.filter((frame) => !shown.includes(frame));
    expect(late.length, 'shown in another frame').to.be.lessThan(read.length / 2);
    for (const frame of late) expect(shown).to.include(frame + 1);
  });

  it('does not wait for frames where none come', async () => {
    const { requestAnimationFrame } = window;
    onCleanup(() => Object.assign(window, { requestAnimationFrame }));
    const { chat, read, send, end } = streaming();
    window.requestAnimationFrame = () => 0;
    const answer = chat.send('Why?');
    send('a');
    await until(() => read.length === 1);
    send('b');
    await until(() => read.length === 2);
    await until(() => lastText(chat) === 'ab');
    end();
    await answer;
  });

  it('reads at once in a hidden tab', async () => {
    hideTab();
    const { chat, read, send, end } = streaming();
    const answer = chat.send('Why?');
    for (const word of ['a', 'b', 'c']) {
      const before = read.length;
      send(word);
      await until(() => read.length > before);
    }
    expect(read).to.have.length(3);
    end();
    await answer;
    expect(lastText(chat)).to.equal('abc');
  });
});
