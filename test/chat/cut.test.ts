import { Chat } from '../../src/headless.js';
import { expect, play, until } from '../support/index.js';
import { done, lastText, say } from './helpers.js';

describe('Chat: answers that break off', () => {
  describe('a cut', () => {
    for (const end of ['truncate', 'close'] as const) {
      it(`by ${end === 'close' ? 'a clean close' : 'a lost connection'} without an end mark is interrupted, its text kept`, async () => {
        const server = await play({
          answers: [{ steps: [{ write: say('Half an ans') }, { gate: 'cut' }], end }],
        });
        const chat = new Chat({ endpoint: server.url });
        const answer = chat.send('Why?');
        await until(() => lastText(chat) === 'Half an ans');
        await server.release('cut');
        const message = await answer;
        expect(chat.status.get()).to.equal('error');
        expect(chat.error.get()).to.include({ code: 'interrupted', retryable: true });
        expect(message).to.include({ status: 'error' });
        expect(lastText(chat)).to.equal('Half an ans');
        expect(await server.requests(), 'no second POST').to.have.length(1);
      });
    }

    it('by a reset after the end mark is nothing', async () => {
      const server = await play({
        answers: [{ steps: [{ write: say('Whole') + done }, { gate: 'cut' }], end: 'reset' }],
      });
      const chat = new Chat({ endpoint: server.url });
      await chat.send('Why?');
      await server.release('cut');
      await server.closed();
      expect(chat.status.get()).to.equal('complete');
      expect(chat.error.get()).to.equal(null);
    });

    it('does not happen from our side right after the end mark: the backend may close by itself', async () => {
      const server = await play({
        answers: [{ steps: [{ write: say('Whole') + done }, { gate: 'saved' }] }],
      });
      const chat = new Chat({ endpoint: server.url });
      await chat.send('Why?');
      expect(chat.status.get(), 'complete at the mark').to.equal('complete');
      await server.release('saved');
      expect((await server.closed()).closed?.by).to.equal('server');
    });

    it('comes from our side when a backend leaves the connection open after its end', async () => {
      const server = await play({ answers: [{ steps: [{ write: say('Whole') + done }], end: 'hang' }] });
      await new Chat({ endpoint: server.url }).send('Why?');
      expect((await server.closed()).closed?.by).to.equal('client');
    });

    it('by silence is a timeout, its text kept', async () => {
      const server = await play({ answers: [{ steps: [{ write: say('Half') }], end: 'hang' }] });
      const chat = new Chat({ endpoint: server.url, limits: { idleTimeout: 1000 } });
      await chat.send('Why?');
      expect(chat.error.get()).to.include({ code: 'timeout', detail: 'idle' });
      expect(lastText(chat)).to.equal('Half');
      expect((await server.closed()).closed?.by).to.equal('client');
    });

    it('by an error does not wait for a backend that goes on as if there were none', async () => {
      const going = { repeat: { write: say('more'), times: -1, every: 50 } };
      const error = 'data: {"type":"error","message":"Busy"}\n\n';
      const server = await play({ answers: [{ steps: [{ write: say('Half') + error }, going] }] });
      const chat = new Chat({ endpoint: server.url });
      await chat.send('Why?');
      expect(chat.error.get()).to.include({ code: 'backend', backendMessage: 'Busy' });
      expect(lastText(chat)).to.equal('Half');
      expect((await server.closed()).closed?.by).to.equal('client');
    });

    it('by an error does not wait for the connection to close', async () => {
      const server = await play({
        answers: [
          { steps: [{ write: say('Half') + 'data: {"type":"error","message":"Busy"}\n\n' }], end: 'hang' },
        ],
      });
      const chat = new Chat({ endpoint: server.url });
      await chat.send('Why?');
      expect(chat.error.get()).to.include({ code: 'backend', backendMessage: 'Busy' });
      expect(lastText(chat)).to.equal('Half');
      expect((await server.closed()).closed?.by).to.equal('client');
    });
  });

  describe('limits', () => {
    it('may be none', async () => {
      const server = await play({
        answers: [{ steps: [{ write: say('So') }, { wait: 50 }, { write: done }] }],
      });
      const limits = { headersTimeout: Infinity, idleTimeout: Infinity, progressTimeout: Infinity };
      const chat = new Chat({ endpoint: server.url, limits });
      await chat.send('Why?');
      expect(chat.error.get()).to.equal(null);
      expect(lastText(chat)).to.equal('So');
    });

    it('end an answer that outgrows them, its text kept', async () => {
      const server = await play({
        answers: [{ steps: [{ repeat: { write: say('x'.repeat(100)), times: 50 } }], end: 'hang' }],
      });
      const chat = new Chat({ endpoint: server.url, limits: { maxAnswerSize: 1000 } });
      await chat.send('Why?');
      expect(chat.error.get()).to.include({ code: 'overflow', detail: 'answer-too-large' });
      expect(lastText(chat).length).to.be.greaterThan(1000);
      expect((await server.closed()).closed?.by).to.equal('client');
    });

    it('end an event that outgrows them', async () => {
      const server = await play({
        answers: [
          {
            steps: [{ write: say('ok') }, { gate: 'on' }, { write: `data: ${'x'.repeat(3000)}` }],
            end: 'hang',
          },
        ],
      });
      const chat = new Chat({ endpoint: server.url, limits: { maxEventSize: 1000 } });
      const answer = chat.send('Why?');
      await until(() => lastText(chat) === 'ok');
      await server.release('on');
      await answer;
      expect(chat.error.get()).to.include({ code: 'overflow', detail: 'event-too-large' });
      expect(lastText(chat)).to.equal('ok');
    });

    it('end an answer of more parts than anybody could read, and remember the newest steps', async () => {
      const call = 'data: {"type":"tool_call","id":"call-{n}","name":"search","args":{}}\n\n';
      const server = await play({
        answers: [{ steps: [{ repeat: { write: call, times: 60 } }], end: 'hang' }],
      });
      const chat = new Chat({ endpoint: server.url, protocol: 'events', limits: { maxParts: 50 } });
      await chat.send('Why?');
      expect(chat.error.get()).to.include({ code: 'overflow', detail: 'answer-too-large' });
      const step = 'data: {"type":"progress","message":"step {n}"}\n\n';
      const busy = await play({
        answers: [{ steps: [{ repeat: { write: step, times: 1000 } }, { write: done }] }],
      });
      const other = new Chat({ endpoint: busy.url, protocol: 'events' });
      await other.send('Why?');
      const steps = other.progress.get();
      expect(steps).to.have.length(100);
      expect(steps.at(-1)?.text).to.equal('step 999');
    });
  });

  describe('after what makes an answer whole, where only the close is missing', () => {
    const chunk = (choice: object) => `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`;
    const whole = chunk({ delta: { content: 'So.' } }) + chunk({ delta: {}, finish_reason: 'stop' });

    for (const end of ['hang', 'reset'] as const) {
      it(`is complete (${end})`, async () => {
        const server = await play({ answers: [{ steps: [{ write: whole }, { gate: 'read' }], end }] });
        const chat = new Chat({ endpoint: server.url, protocol: 'openai-chat' });
        const answer = chat.send('Why?');
        await until(() => lastText(chat) === 'So.');
        await server.release('read');
        expect((await answer)?.status).to.equal('complete');
        expect(await server.requests()).to.have.length(1);
      });
    }

    it('what comes within two seconds still counts', async () => {
      const usage = 'data: {"choices":[],"usage":{"total_tokens":7}}\n\n';
      const server = await play({
        answers: [{ steps: [{ write: whole }, { gate: 'usage' }, { write: usage }], end: 'hang' }],
      });
      const chat = new Chat({ endpoint: server.url, protocol: 'openai-chat' });
      const answer = chat.send('Why?');
      await until(() => lastText(chat) === 'So.');
      await server.release('usage');
      await answer;
      expect(chat.thread.get().run?.usage).to.include({ totalTokens: 7 });
    });

    it('an answer without it stays cut', async () => {
      const half = chunk({ delta: { content: 'So' } });
      const server = await play({ answers: [{ steps: [{ write: half }], end: 'hang' }] });
      const chat = new Chat({ endpoint: server.url, protocol: 'openai-chat', limits: { idleTimeout: 1000 } });
      await chat.send('Why?');
      expect(chat.error.get()).to.include({ code: 'timeout', detail: 'idle' });
    });
  });
});
