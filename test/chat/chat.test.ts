import { Chat, DirectTransport, textOf, type ChatFact, type Transport } from '../../src/headless.js';
import { expect, expectFault, play, streamed, until } from '../support/index.js';
import { done, lastText, say, statuses } from './helpers.js';
import { countFrames } from './tab.js';

describe('Chat', () => {
  describe('an answer', () => {
    it('goes from idle through loading and streaming to complete, and grows on the way', async () => {
      const server = await play({
        answers: [
          {
            steps: [{ gate: 'first' }, { write: say('Hel') }, { gate: 'rest' }, { write: say('lo') + done }],
          },
        ],
      });
      const chat = new Chat({ endpoint: server.url });
      const seen = statuses(chat);
      const answer = chat.send('Why?');
      await until(() => seen.at(-1) === 'loading');
      expect(chat.busy).to.equal(true);
      expect(chat.messages.get().map(({ role }) => role)).to.deep.equal(['user', 'assistant']);
      await server.release('first');
      await until(() => seen.at(-1) === 'streaming');
      expect(lastText(chat)).to.equal('Hel');
      await server.release('rest');
      const message = await answer;
      expect(message?.parts).to.deep.equal([{ type: 'text', id: 'text-0', text: 'Hello', done: true }]);
      expect(message).to.equal(chat.messages.get()[1]);
      expect(seen).to.deep.equal(['idle', 'loading', 'streaming', 'complete']);
      expect(chat.busy).to.equal(false);
    });

    it('tells what happened, each once and in order', async () => {
      const chat = new Chat({ endpoint: (await play(streamed(say('Hi'), done))).url });
      const facts: ChatFact[] = [];
      const off = chat.observe((fact) => facts.push(fact));
      const message = await chat.send('Why?');
      expect(facts.map(({ type }) => type)).to.deep.equal([
        'message-added',
        'message-added',
        'run-started',
        'run-ended',
      ]);
      const ended = facts.find((fact) => fact.type === 'run-ended');
      expect(ended).to.include({ outcome: 'complete', message });
      if (ended?.type !== 'run-ended') throw new Error('no run-ended');
      const { start, firstEvent = Infinity, firstVisible = Infinity, end } = ended.timings;
      expect([start, firstEvent, firstVisible, end]).to.deep.equal(
        [start, firstEvent, firstVisible, end].sort((a, b) => a - b),
      );
      off();
      await chat.send('Again?');
      expect(facts.filter(({ type }) => type === 'run-ended')).to.have.length(1);
    });

    it('is noticed at most once a frame, however fast it comes, and is always current', async () => {
      const server = await play({
        answers: [{ steps: [{ repeat: { write: say('word '), times: 2000 } }, { write: done }] }],
      });
      const chat = new Chat({ endpoint: server.url });
      const frames = countFrames();
      const notices: number[] = [];
      chat.messages.subscribe(() => notices.push(frames()));
      await chat.send('Why?');
      expect(lastText(chat)).to.equal('word '.repeat(2000));
      // The end is told at once; every other notice has a frame of its own.
      expect(notices.length).to.be.within(1, new Set(notices).size + 1);
      expect(notices.length).to.be.lessThan(1000);
    });

    it('comes without frames too', async () => {
      const frame = window.requestAnimationFrame;
      window.requestAnimationFrame = () => 0;
      try {
        const server = await play({
          answers: [{ steps: [{ write: say('Hel') }, { gate: 'rest' }, { write: done }] }],
        });
        const chat = new Chat({ endpoint: server.url });
        let noticed = '';
        chat.messages.subscribe(() => (noticed = lastText(chat)));
        const answer = chat.send('Why?');
        await until(() => noticed === 'Hel', 'a notice without a frame');
        await server.release('rest');
        await answer;
        expect(chat.status.get()).to.equal('complete');
      } finally {
        window.requestAnimationFrame = frame;
      }
    });

    it('keeps an event loop turn for the page while a full buffer is read', async () => {
      const chat = new Chat({
        transport: {
          async *run() {
            for (let i = 0; i < 150; i++) {
              const until = performance.now() + 2;
              while (performance.now() < until);
              yield [{ type: 'part-delta', id: 'a', delta: 'x' }];
            }
            yield [{ type: 'run-end' }];
          },
        } satisfies Transport,
      });
      let turns = 0;
      const timer = setInterval(() => turns++, 0);
      await chat.send('Why?');
      clearInterval(timer);
      expect(turns).to.be.greaterThan(2);
    });
  });

  describe('send', () => {
    it('is refused while an answer runs, in the same task too', async () => {
      const server = await play({
        answers: [{ steps: [{ write: say('Hi') }, { gate: 'end' }, { write: done }] }],
      });
      const chat = new Chat({ endpoint: server.url });
      const all = Array.from({ length: 100 }, (_none, index) => chat.send(`Question ${index}`));
      await until(() => lastText(chat) === 'Hi');
      expect(await chat.send('Me too')).to.equal(undefined);
      expect(await chat.regenerate()).to.equal(undefined);
      await server.release('end');
      const answers = await Promise.all(all);
      expect(answers.filter(Boolean)).to.have.length(1);
      expect(await server.requests()).to.have.length(1);
      expect(chat.messages.get()).to.have.length(2);
    });

    it('is refused to who is just being told of a question', async () => {
      const server = await play(streamed(say('Hi'), done));
      const chat = new Chat({ endpoint: server.url });
      const nested: Promise<unknown>[] = [];
      chat.observe(({ type }) => type === 'message-added' && nested.push(chat.send('Me too')));
      await chat.send('Why?');
      expect(await Promise.all(nested)).to.deep.equal([undefined, undefined]);
      expect(chat.messages.get().map(textOf)).to.deep.equal(['Why?', 'Hi']);
      expect(await server.requests()).to.have.length(1);
    });

    it('is refused with nothing to ask', async () => {
      const chat = new Chat({ endpoint: '/nowhere' });
      for (const nothing of ['', '  \n', { text: '' }, undefined, 7]) {
        expect(await chat.send(nothing as string)).to.equal(undefined);
      }
      expect(chat.messages.get()).to.deep.equal([]);
    });

    it('has no answer where the backend took it back, an earlier one least of all', async () => {
      const answers = [
        ['First'],
        [{ type: 'message-start', id: 'm2' }, 'Second', { type: 'message-remove', id: 'm2' }] as const,
      ];
      const chat = new Chat({
        transport: new DirectTransport(async function* () {
          yield* answers.shift()!;
        }),
      });
      const ended: unknown[] = [];
      chat.observe((fact) => fact.type === 'run-ended' && ended.push(fact.message));
      const first = await chat.send('One?');
      expect(await chat.send('Two?')).to.equal(undefined);
      expect(ended).to.deep.equal([first, undefined]);
      expect(chat.messages.get().map(textOf)).to.deep.equal(['One?', 'First', 'Two?']);
    });

    it('never rejects for a failed run, and works again after one', async () => {
      const server = await play({ answers: [{ status: 500 }, { steps: [{ write: say('Better') + done }] }] });
      const chat = new Chat({ endpoint: server.url });
      expect(await chat.send('Why?')).to.include({ status: 'error' });
      expect(chat.error.get()).to.include({ code: 'http' });
      await chat.send('Please?');
      expect(lastText(chat)).to.equal('Better');
      expect(chat.error.get()).to.equal(null);
    });
  });

  describe('regenerate', () => {
    it('takes the answer back and asks again', async () => {
      const server = await play({
        answers: [{ steps: [{ write: say('Bad') + done }] }, { steps: [{ write: say('Good') + done }] }],
      });
      const chat = new Chat({ endpoint: server.url });
      await chat.send('Why?');
      const [question, answer] = chat.messages.get();
      const again = await chat.regenerate(answer?.id);
      expect(again && textOf(again)).to.equal('Good');
      expect(chat.messages.get()).to.have.length(2);
      expect(chat.messages.get()[0]).to.equal(question);
      const bodies = (await server.requests(2)).map(({ body }) => body);
      expect(bodies[0], 'the same request').to.equal(bodies[1]);
    });

    it('of an earlier answer takes back everything after it, and with nothing to ask does nothing', async () => {
      const chat = new Chat({ endpoint: (await play(streamed(say('A'), done))).url });
      expect(await chat.regenerate()).to.equal(undefined);
      await chat.send('One');
      await chat.send('Two');
      await chat.regenerate(chat.messages.get()[1]?.id);
      expect(chat.messages.get().map(textOf)).to.deep.equal(['One', 'A']);
      expect(await chat.regenerate('no such message')).to.equal(undefined);
    });
  });

  describe('clear and load', () => {
    it('empties the thread, ends a running answer and lets nothing of it in', async () => {
      const server = await play({
        answers: [{ steps: [{ write: say('One') }, { gate: 'more' }, { write: say('Two') + done }] }],
      });
      const chat = new Chat({ endpoint: server.url, threadId: 't1' });
      const ended: string[] = [];
      chat.observe((fact) => fact.type === 'run-ended' && ended.push(fact.outcome));
      const answer = chat.send('Why?');
      await until(() => lastText(chat) === 'One');
      chat.clear();
      expect(chat.thread.get()).to.deep.equal({ id: null, title: null, messages: [], run: null });
      expect(chat.status.get()).to.equal('idle');
      expect(ended).to.deep.equal(['stopped']);
      expect(await answer).to.include({ status: 'stopped' });
      expect((await server.closed()).closed?.by).to.equal('client');
      expect(chat.messages.get()).to.deep.equal([]);
    });

    it('shows plain data, and passes over what is none', () => {
      const chat = new Chat();
      chat.load({
        id: 't2',
        messages: [
          { role: 'user', text: 'Why?' },
          { role: 'assistant', content: 'So.' },
          {
            role: 'assistant',
            status: 'stopped',
            parts: [
              { type: 'text', text: 'Well' },
              { type: 'source', url: 'https://example.com/' },
            ],
          },
          { role: 'nobody' } as never,
        ],
      });
      expect(
        chat.messages.get().map((message) => [message.role, textOf(message), message.status]),
      ).to.deep.equal([
        ['user', 'Why?', 'complete'],
        ['assistant', 'So.', 'complete'],
        ['assistant', 'Well', 'stopped'],
      ]);
      expect(chat.thread.get().id).to.equal('t2');
      expect(chat.status.get()).to.equal('idle');
    });
  });

  it('ends a running answer on the old options and asks the next question with the new', async () => {
    const first = await play({
      answers: [{ steps: [{ write: say('old') }, { gate: 'end' }, { write: done }] }],
    });
    const second = await play(streamed(say('new'), done));
    const chat = new Chat({ endpoint: first.url });
    const answer = chat.send('One');
    await until(() => lastText(chat) === 'old');
    chat.configure({ endpoint: second.url });
    await first.release('end');
    expect(await answer).to.include({ status: 'complete' });
    await chat.send('Two');
    expect(lastText(chat)).to.equal('new');
    expect(await first.requests()).to.have.length(1);
  });

  it('goes on when a listener throws, and reports it', async () => {
    const chat = new Chat({ endpoint: (await play(streamed(say('Hi'), done))).url });
    const fault = expectFault('error', 'listener broke');
    const off = chat.status.subscribe(() => {
      off();
      throw new Error('listener broke');
    });
    await chat.send('Why?');
    await fault;
    expect(chat.status.get()).to.equal('complete');
  });

  it('counts for a debugger what it read and what it passed over', async () => {
    const odd = 'data: {"type":"brand_new"}\n\n';
    const chat = new Chat({ endpoint: (await play(streamed(say('Hi'), odd, odd, done))).url });
    await chat.send('Why?');
    const report = chat.report.get();
    expect(report).to.deep.include({
      protocol: 'events',
      framing: 'sse',
      events: 4,
      ignored: 2,
      ignoredNames: ['brand_new'],
    });
    expect(report?.bytes).to.equal(new TextEncoder().encode(say('Hi') + odd + odd + done).length);
  });
});
