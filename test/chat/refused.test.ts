import { Chat, textOf } from '../../src/headless.js';
import { expect, play, type Answer, type SeenRequest } from '../support/index.js';
import { emptyStorage, reloaded, whole } from './storage.js';

const refusal = (status: number): Answer => ({ status, steps: [{ write: '{"error":"No"}' }] });

const told = ({ body }: SeenRequest, question: string) => body.includes(question);

describe('a question that the backend refuses', () => {
  emptyStorage();

  for (const status of [400, 413, 422]) {
    it(`${status}: stays to be read, and is no part of what is asked next`, async () => {
      const server = await play({ answers: [whole('Hello.'), refusal(status), whole('So.'), whole('Yes.')] });
      const chat = new Chat({ endpoint: server.url });
      for (const question of ['Hi', 'A long one', 'A short one', 'Sure?']) await chat.send(question);
      expect(chat.messages.get().map(textOf)).to.deep.equal([
        'Hi',
        'Hello.',
        'A long one',
        '',
        'A short one',
        'So.',
        'Sure?',
        'Yes.',
      ]);
      const [, refused, ...later] = await server.requests(4);
      expect(told(refused!, 'A long one')).to.equal(true);
      for (const request of later) {
        expect(told(request, 'A long one')).to.equal(false);
        expect(told(request, 'Hi'), 'what was accepted before').to.equal(true);
        expect(told(request, 'A short one')).to.equal(true);
      }
    });
  }

  it('is asked again as it is, and told once it was answered', async () => {
    const server = await play({ answers: [refusal(413), whole('So.'), whole('Yes.')] });
    const chat = new Chat({ endpoint: server.url });
    await chat.send('A long one');
    await chat.regenerate();
    await chat.send('Sure?');
    expect((await server.requests(3)).map((request) => told(request, 'A long one'))).to.deep.equal([
      true,
      true,
      true,
    ]);
  });

  it('is left out also after a reload', async () => {
    const server = await play({ answers: [refusal(413), whole('So.')] });
    await (await reloaded(server.url)).send('A long one');
    const chat = await reloaded(server.url);
    expect(chat.messages.get().map(textOf)).to.include('A long one');
    await chat.send('A short one');
    expect(told((await server.requests(2))[1]!, 'A long one')).to.equal(false);
  });

  for (const status of [401, 429, 500]) {
    it(`${status} is not about the question: it is told with the next one`, async () => {
      const server = await play({ answers: [refusal(status), whole('So.')] });
      const chat = new Chat({ endpoint: server.url, limits: { maxRetries: 0 } });
      await chat.send('Why?');
      await chat.send('And how?');
      expect(told((await server.requests(2))[1]!, 'Why?')).to.equal(true);
    });
  }
});
