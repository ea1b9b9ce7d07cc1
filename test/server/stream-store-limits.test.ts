import { expect } from 'chai';
import { createStreamStore, StreamStoreError } from '../../src/server/index.js';
import { answerOf, message, readerOf, thrownBy } from './helpers.js';

describe('the limits of a stream store', () => {
  it('breaks off what outgrows it, and says so where it was sent', async () => {
    const store = createStreamStore({ maxSize: 1000 });
    const { id, send, signal } = store.open();
    void send({ data: 'm1' });
    const error = thrownBy(() => send({ data: 'x'.repeat(1000) }));
    expect(error).to.be.instanceOf(StreamStoreError).with.property('code', 'too-large');
    expect(signal.aborted).to.equal(true);
    const reader = readerOf(await store.respond(id));
    expect(await reader.rest()).to.deep.equal({ text: message(1), broken: true });
  });

  it('counts every message, also an empty one', () => {
    const { send } = createStreamStore({ maxSize: 10_000 }).open();
    const error = thrownBy(() => {
      for (let count = 0; count < 1000; count += 1) void send({ data: '' });
    });
    expect(error).to.have.property('code', 'too-large');
  });

  it('lets the oldest of the ended answers go where there is no room, then refuses', async () => {
    const store = createStreamStore({ maxTotalSize: 1000 });
    const answers = Array.from({ length: 3 }, () => answerOf(1, store).answer);
    const [first, second, third] = answers.map(({ id }) => id) as [string, string, string];
    answers[1]!.close();
    answers[0]!.close();
    const { send } = store.open();
    void send({ data: 'x'.repeat(500) });
    expect((await store.respond(second)).status).to.equal(410);
    expect((await store.respond(first)).status).to.equal(200);
    const error = thrownBy(() => send({ data: 'x'.repeat(420) }));
    expect(error).to.be.instanceOf(StreamStoreError).with.property('code', 'full');
    expect((await store.respond(first)).status).to.equal(410);
    expect((await store.respond(third)).status).to.equal(200);
    expect(
      thrownBy(() => {
        for (let count = 0; count < 100; count += 1) store.open();
      }),
    ).to.have.property('code', 'full');
  });

  it('cuts off whoever still reads what had to go', async () => {
    const store = createStreamStore({ maxTotalSize: 1000 });
    const { answer } = answerOf(1, store);
    const reader = readerOf(await store.respond(answer.id));
    answer.close();
    expect(thrownBy(() => store.open().send({ data: 'x'.repeat(900) }))).to.have.property('code', 'full');
    expect(await reader.rest()).to.deep.equal({ text: '', broken: true });
  });
});
