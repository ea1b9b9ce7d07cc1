import { Chat, type Protocol, type RunEvent, type Transport } from '../../src/headless.js';
import { expect, until } from '../support/index.js';
import { onCleanup } from '../support/cleanup.js';
import { turn } from '../support/server.js';
import { stopTime } from '../support/time.js';
import { lastText } from './helpers.js';
import { countFrames, hideTab, holdTimers } from './tab.js';

const word = (delta: string): RunEvent => ({ type: 'part-delta', id: 'a', delta });
const end: RunEvent = { type: 'run-end' };

/** A transport that gives what it is handed, as it is handed it. */
function handed() {
  const queue: RunEvent[] = [];
  let wake = () => {};
  const transport: Transport = {
    async *run() {
      for (;;) {
        if (!queue.length) await new Promise<void>((resolve) => (wake = resolve));
        const events = queue.splice(0);
        yield events;
        if (events.includes(end)) return;
      }
    },
  };
  const hand = (event: RunEvent) => {
    queue.push(event);
    wake();
  };
  return { transport, hand };
}

/** Counts turns of the event loop in which the page could have painted. */
function countTurns(): () => number {
  let turns = 0;
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', () => {
    turns++;
    port2.postMessage(null);
  });
  port1.start();
  port2.postMessage(null);
  onCleanup(() => port1.close());
  return () => turns;
}

describe('Chat: batching', () => {
  it('notices everything that changed together, and once a frame', async () => {
    const frames = countFrames();
    const notices: Record<string, number[]> = {};
    let words = 0;
    // Frames are long where the machine is busy: it goes on until there were some.
    const goesOn = () => words < 2000 || notices.messages!.length < 3;
    const transport: Transport = {
      async *run(request) {
        for (let n = 0; goesOn(); n++) {
          words++;
          request.inspect?.({ events: n });
          yield [
            { type: 'run-progress', text: `step ${n}` },
            { type: 'thread-update', title: `${n}` },
            word('x'),
          ];
          if (n % 10 === 0) await turn();
        }
        yield [end];
      },
    };
    const chat = new Chat({ transport });
    for (const name of ['messages', 'progress', 'thread', 'report'] as const) {
      const seen: number[] = (notices[name] = []);
      chat[name].subscribe(() => chat.busy && seen.push(frames()));
    }
    await chat.send('Why?');
    expect(lastText(chat)).to.equal('x'.repeat(words));
    for (const [name, seen] of Object.entries(notices)) {
      expect(seen.length, `${name} was noticed on the way`).to.be.greaterThan(2);
      expect(new Set(seen).size, `${name} at most once a frame`).to.equal(seen.length);
      expect(seen, `${name} with the others`).to.deep.equal(notices.messages);
    }
  });

  it('lets the page paint while it reads one large chunk', async () => {
    const turns = countTurns();
    const seen: number[] = [];
    const slow: Protocol = {
      name: 'slow',
      framing: 'sse',
      encode: () => ({ body: {} }),
      decoder: () => ({
        decode({ data }) {
          seen.push(turns());
          const until = performance.now() + 0.2;
          while (performance.now() < until);
          return data === 'end' ? [end] : [word(data)];
        },
        end: () => [],
      }),
    };
    const body = `${'data: word\n\n'.repeat(1000)}data: end\n\n`;
    const headers = { 'content-type': 'text/event-stream' };
    const chat = new Chat({
      endpoint: '/one-chunk',
      protocol: slow,
      fetch: async () => new Response(body, { headers }),
    });
    await chat.send('Why?');
    expect(new Set(seen).size, 'turns of the page between 200 ms of reading').to.be.greaterThan(4);
    expect(lastText(chat)).to.equal('word'.repeat(1000));
  });

  describe('in a hidden tab', () => {
    it('notices what arrives, however late its timers are', async () => {
      hideTab();
      holdTimers();
      const { transport, hand } = handed();
      const chat = new Chat({ transport });
      const answer = chat.send('Why?');
      let noticed = '';
      chat.messages.subscribe(() => (noticed = lastText(chat)));
      let sent = '';
      await until(() => {
        hand(word('x'));
        sent += 'x';
        return noticed.length > 3;
      }, 'no notice without frames and timers');
      hand(end);
      await answer;
      await until(() => noticed === sent, 'the end is not noticed');
    });

    it('holds nothing up that reads a full buffer', async () => {
      hideTab();
      holdTimers();
      const { setTimeout } = window;
      window.setTimeout = (() => 0) as unknown as typeof setTimeout;
      onCleanup(() => (window.setTimeout = setTimeout));
      const chat = new Chat({
        transport: {
          async *run() {
            for (let n = 0; n < 20; n++) {
              const until = performance.now() + 3;
              while (performance.now() < until);
              yield [word('x')];
            }
            yield [end];
          },
        },
      });
      await chat.send('Why?');
      expect(lastText(chat)).to.equal('x'.repeat(20));
    });

    it('has caught up in the first frame after the return', async () => {
      // What the test before asked of a frame has come by then.
      await new Promise(requestAnimationFrame);
      const tab = hideTab();
      holdTimers();
      // What has waited for 100 ms is told without a frame.
      stopTime();
      const { transport, hand } = handed();
      const chat = new Chat({ transport });
      const answer = chat.send('Why?');
      const noticed: string[] = [];
      await until(() => chat.busy);
      chat.messages.subscribe(() => noticed.push(lastText(chat)));
      await turn();
      hand(word('while '));
      await turn();
      hand(word('away'));
      await turn();
      expect(noticed, 'nobody looks').to.deep.equal([]);
      tab.show();
      await new Promise(requestAnimationFrame);
      expect(noticed).to.deep.equal(['while away']);
      hand(end);
      await answer;
    });
  });
});
