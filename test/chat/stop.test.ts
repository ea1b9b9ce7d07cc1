import { Chat, DirectTransport, textOf, type Transport } from '../../src/headless.js';
import { expect, play, streamed, until } from '../support/index.js';
import { done, lastText, say } from './helpers.js';

describe('Chat: stop', () => {
  describe('stop', () => {
    it('before the first byte ends the run and the request', async () => {
      const server = await play({ answers: [{ steps: [{ gate: 'never' }] }] });
      const chat = new Chat({ endpoint: server.url });
      const answer = chat.send('Why?');
      await server.reached('never');
      chat.stop();
      expect(chat.status.get()).to.equal('stopped');
      expect(await answer).to.include({ status: 'stopped' });
      expect(chat.error.get(), 'stopping is not an error').to.equal(null);
      expect((await server.closed()).closed?.by).to.equal('client');
    });

    it('keeps the text that arrived and lets no more in', async () => {
      const server = await play({
        answers: [
          { steps: [{ write: say('One ') }, { repeat: { write: say('two '), times: -1, every: 5 } }] },
        ],
      });
      const chat = new Chat({ endpoint: server.url });
      const answer = chat.send('Why?');
      await until(() => lastText(chat).startsWith('One two'));
      chat.stop();
      const kept = lastText(chat);
      expect(chat.status.get()).to.equal('stopped');
      await answer;
      expect((await server.closed()).closed?.by).to.equal('client');
      expect(lastText(chat)).to.equal(kept);
    });

    it('while the headers are being made sends nothing', async () => {
      const server = await play(streamed(say('Hi'), done));
      let give: (headers: HeadersInit) => void = () => {};
      const chat = new Chat({
        endpoint: server.url,
        headers: () => new Promise((resolve) => (give = resolve)),
      });
      const answer = chat.send('Why?');
      await Promise.resolve();
      chat.stop();
      expect(await answer).to.include({ status: 'stopped' });
      give({});
      const next = new Chat({ endpoint: server.url });
      await next.send('Only this');
      expect(await server.requests()).to.have.length(1);
    });

    it('while the headers are made, for ever, does not hold up the next question', async () => {
      const server = await play(streamed(say('Hi'), done));
      let asked = 0;
      const chat = new Chat({
        endpoint: server.url,
        headers: () => (asked++ ? {} : new Promise<HeadersInit>(() => {})),
      });
      const answer = chat.send('Why?');
      await until(() => asked === 1);
      chat.stop();
      await answer;
      expect(await chat.send('And now?')).to.include({ status: 'complete' });
    });

    it('twice, or with nothing running, does nothing', async () => {
      const chat = new Chat({ endpoint: (await play(streamed(say('Hi'), done))).url });
      chat.stop();
      expect(chat.status.get()).to.equal('idle');
      await chat.send('Why?');
      chat.stop();
      expect(chat.status.get()).to.equal('complete');
    });

    it('then send at once keeps the two answers apart', async () => {
      const server = await play({
        answers: [
          { steps: [{ write: say('old ') }, { repeat: { write: say('old '), times: -1, every: 1 } }] },
          { steps: [{ write: say('new') + done }] },
        ],
      });
      const chat = new Chat({ endpoint: server.url });
      const first = chat.send('One');
      await until(() => lastText(chat).startsWith('old'));
      chat.stop();
      const second = await chat.send('Two');
      await first;
      expect(second && textOf(second)).to.equal('new');
      expect(chat.messages.get().map(({ role, status }) => `${role} ${status}`)).to.deep.equal([
        'user complete',
        'assistant stopped',
        'user complete',
        'assistant complete',
      ]);
    });

    it('stops also where the page’s transport fails to tell its backend', async () => {
      const direct = new DirectTransport(async function* () {
        yield 'Half';
        await new Promise(() => {});
      });
      const transport: Transport = {
        run: (request, signal) => direct.run(request, signal),
        stop: () => {
          throw new Error('not there');
        },
      };
      const chat = new Chat({ transport });
      const answer = chat.send('Why?');
      await until(() => lastText(chat) === 'Half');
      chat.stop();
      expect(chat.status.get()).to.equal('stopped');
      expect(await answer).to.include({ status: 'stopped' });
    });

    it('does not wait for a transport that ignores it', async () => {
      const chat = new Chat({
        transport: { run: () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) }) },
      });
      const answer = chat.send('Why?');
      chat.stop();
      expect(await answer).to.include({ status: 'stopped' });
    });
  });
});
