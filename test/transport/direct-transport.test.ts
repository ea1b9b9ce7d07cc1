import { Chat, ChatError, DirectTransport } from '../../src/headless.js';
import { lastText } from '../chat/helpers.js';
import { expect } from '../support/index.js';

describe('a transport of the page', () => {
  it('can be a generator of text and run events', async () => {
    const chat = new Chat({
      transport: new DirectTransport(async function* ({ text }) {
        yield { type: 'run-progress', text: 'Thinking' };
        yield `You asked: ${text}`;
      }),
    });
    await chat.send('Why?');
    expect(lastText(chat)).to.equal('You asked: Why?');
    expect(chat.status.get()).to.equal('complete');
    expect(chat.progress.get()).to.deep.equal([{ text: 'Thinking' }]);
  });

  it('fails its run by throwing', async () => {
    const chat = new Chat({
      transport: new DirectTransport(async function* () {
        yield 'Half';
        throw new ChatError('backend', 'Out of memory', { backendMessage: 'Out of memory' });
      }),
    });
    await chat.send('Why?');
    expect(chat.error.get()).to.include({ code: 'backend', backendMessage: 'Out of memory' });
    expect(lastText(chat)).to.equal('Half');
  });

  it('is left where the person stops it: nothing of what it still says is handed on, no end either', async () => {
    const stop = new AbortController();
    let left = false;
    const transport = new DirectTransport(async function* () {
      try {
        yield 'Half';
        yield ' and what nobody wants';
        yield ' any more';
      } finally {
        left = true;
      }
    });
    const request = { text: 'Why?', messages: [], threadId: null };
    const batches: unknown[] = [];
    for await (const batch of transport.run(request, stop.signal)) {
      batches.push(batch);
      stop.abort();
    }
    expect(batches).to.deep.equal([[{ type: 'part-delta', id: 'text', delta: 'Half' }]]);
    expect(left).to.equal(true);
  });
});
