import { Chat, textOf } from '../../src/headless.js';
import { expect, play, until, type Answer } from '../support/index.js';

const word = (id: number, content: string): string =>
  `id: ${id}\ndata: ${JSON.stringify({ type: 'text', content })}\n\n`;
const done = 'data: {"type":"done"}\n\n';
const answer = (...writes: string[]): Answer => ({ steps: writes.map((write) => ({ write })) });

/** Asks a question that is answered over these, and waits until the page has closed the first of them. */
async function firstOf(...answers: Answer[]): Promise<void> {
  const { url: endpoint, requests } = await play({ answers });
  const limits = { idleTimeout: 400, headersTimeout: 3000 };
  const chat = new Chat({ endpoint, resumeEndpoint: endpoint, protocol: 'events', limits });
  expect(textOf((await chat.send('Why?'))!)).to.equal('One two');
  expect(chat.status.get()).to.equal('complete');
  await until(async () => (await requests())[0]!.closed?.by === 'client', 'it is still open');
}

/** A browser opens six to one server: whoever keeps some asks in vain later. */
describe('a connection that nobody reads any more is closed', () => {
  it('when it fell silent and its answer came over another one', () =>
    firstOf({ ...answer(word(1, 'One ')), end: 'hang' }, answer(word(2, 'two'), done)));

  it('when its backend leaves it open after the end mark', () =>
    firstOf({ ...answer(word(1, 'One '), word(2, 'two'), done), end: 'hang' }));

  it('when it was a refusal without an end, and the next try was not', () =>
    firstOf(
      { ...answer('Busy'), status: 503, headers: { 'retry-after': '0' }, end: 'hang' },
      answer(word(1, 'One '), word(2, 'two'), done),
    ));
});
