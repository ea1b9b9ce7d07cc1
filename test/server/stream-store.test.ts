import { expect } from 'chai';
import { createStreamStore } from '../../src/server/index.js';
import { until } from '../support/index.js';
import { answerOf, message, messages, readerOf } from './helpers.js';

describe('createStreamStore', () => {
  it('numbers the messages of an answer and says where it can be read again', async () => {
    const { store, answer } = answerOf(2);
    answer.close();
    const response = await store.respond(answer.id, { location: `/answers/${answer.id}` });
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('text/event-stream');
    expect(response.headers.get('content-location')).to.equal(`/answers/${answer.id}`);
    expect(await response.text()).to.equal(messages(1, 2));
  });

  it('goes on after the last event a client has, and then live', async () => {
    const { store, answer } = answerOf(3);
    const reader = readerOf(await store.respond(answer.id, { lastEventId: '2' }));
    expect(await reader.untilIt('m3')).to.equal(message(3));
    void answer.send({ data: 'm4' });
    expect(await reader.untilIt('m4')).to.equal(messages(3, 4));
    answer.close();
    expect(await reader.rest()).to.deep.equal({ text: messages(3, 4), broken: false });
  });

  it('goes on without anybody who reads', async () => {
    const { store, answer } = answerOf(1);
    const reader = readerOf(await store.respond(answer.id));
    await reader.untilIt('m1');
    await reader.leave();
    expect(answer.signal.aborted).to.equal(false);
    void answer.send({ data: 'm2' });
    answer.close();
    expect(await (await store.respond(answer.id, { lastEventId: '1' })).text()).to.equal(message(2));
  });

  it('serves several readers at once, each from where it is', async () => {
    const { store, answer } = answerOf(2);
    const fast = readerOf(await store.respond(answer.id));
    await fast.untilIt('m2');
    const slow = readerOf(await store.respond(answer.id));
    const late = readerOf(await store.respond(answer.id, { lastEventId: '2' }));
    const waiting = late.untilIt('m3');
    void answer.send({ data: 'm3' });
    await fast.untilIt('m3');
    expect(await waiting).to.equal(message(3));
    answer.close();
    expect((await slow.rest()).text).to.equal(messages(1, 3));
    expect((await fast.rest()).text).to.equal(messages(1, 3));
  });

  it('replays from the start for an id that it never gave', async () => {
    const { store, answer } = answerOf(2);
    answer.close();
    for (const lastEventId of ['', '-1', '3', 'msg-1', '1e0', '0x1', '9'.repeat(400), null]) {
      const response = await store.respond(answer.id, { lastEventId });
      expect(await response.text(), String(lastEventId)).to.equal(messages(1, 2));
    }
  });

  it('has nothing more for those who had all of an answer that is over: 204', async () => {
    const { store, answer } = answerOf(2);
    answer.close();
    const response = await store.respond(answer.id, { lastEventId: '2', headers: { 'X-Own': '1' } });
    expect(response.status).to.equal(204);
    expect(response.headers.get('x-own')).to.equal('1');
    expect((await store.respond(store.open().id, { lastEventId: '0' })).status).to.equal(200);
  });

  it('does not know others: 404, and no longer keeps those of long ago: 410', async () => {
    const { store, answer } = answerOf(2, createStreamStore({ keep: 1 }));
    expect((await store.respond('another')).status).to.equal(404);
    answer.close();
    const status = async () => (await store.respond(answer.id)).status;
    await until(async () => (await status()) === 410, 'the answer is gone');
    expect((await store.respond(answer.id)).body).to.equal(null);
  });

  it('shows an answer to its owner alone, and lets nobody else stop it', async () => {
    const store = createStreamStore();
    const { id, signal, send, close } = store.open({ owner: 'ann' });
    void send({ data: 'm1' });
    for (const owner of ['bob', '', undefined]) {
      expect((await store.respond(id, { owner })).status).to.equal(404);
      expect(await store.stop(id, { owner })).to.equal(false);
    }
    expect(signal.aborted).to.equal(false);
    close();
    expect(await (await store.respond(id, { owner: 'ann' })).text()).to.equal(message(1));
  });

  it('gives ids that nobody guesses', () => {
    const store = createStreamStore();
    const ids = Array.from({ length: 100 }, () => store.open().id);
    expect(new Set(ids).size).to.equal(100);
    for (const id of ids) expect(id).to.match(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  });

  it('stops an answer: its signal aborts, its readers get its last word and an end', async () => {
    const { store, answer } = answerOf(1);
    const reader = readerOf(await store.respond(answer.id));
    await reader.untilIt('m1');
    const rest = reader.rest();
    expect(await store.stop(answer.id, { last: { data: 'm2' } })).to.equal(true);
    expect(answer.signal.aborted).to.equal(true);
    void answer.send({ data: 'late' });
    expect(await rest).to.deep.equal({ text: messages(1, 2), broken: false });
    expect(await store.stop(answer.id)).to.equal(false);
    expect((await store.respond(answer.id, { lastEventId: '2' })).status).to.equal(204);
  });

  it('breaks readers off where an answer fails, after what was sent', async () => {
    const { store, answer } = answerOf(2);
    const reader = readerOf(await store.respond(answer.id));
    answer.fail(new Error('the model is gone'));
    answer.close();
    expect(await reader.rest()).to.deep.equal({ text: messages(1, 2), broken: true });
    expect(answer.signal.aborted).to.equal(true);
    expect((await store.respond(answer.id, { lastEventId: '2' })).status).to.equal(204);
  });

  it('breaks off an answer that nobody ends', async () => {
    const store = createStreamStore({ maxTime: 1 });
    const { id, signal } = store.open();
    const reader = readerOf(await store.respond(id));
    expect((await reader.rest()).broken).to.equal(true);
    expect(signal.aborted).to.equal(true);
  });

  it('ends a response with its request, and nothing else', async () => {
    const { store, answer } = answerOf(1);
    const request = new AbortController();
    const left = readerOf(await store.respond(answer.id, { signal: request.signal }));
    const other = readerOf(await store.respond(answer.id));
    await left.untilIt('m1');
    const rest = left.rest();
    request.abort();
    expect((await rest).broken).to.equal(false);
    expect(answer.signal.aborted).to.equal(false);
    expect(await (await store.respond(answer.id, { signal: request.signal })).text()).to.equal('');
    answer.close();
    expect((await other.rest()).text).to.equal(message(1));
  });

  it('leaves no listener on the signals of requests, however they end', async () => {
    const { store, answer } = answerOf(1);
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => (listeners++, add(...args));
    signal.removeEventListener = (...args: Parameters<typeof remove>) => (listeners--, remove(...args));
    const readers = [];
    for (let count = 0; count < 10; count += 1) {
      const reader = readerOf(await store.respond(answer.id, { signal }));
      await reader.untilIt('m1');
      readers.push({ ...reader, next: reader.untilIt('m2').catch(() => 'left') });
    }
    await until(() => listeners === 10, 'all wait');
    await Promise.all(readers.slice(0, 5).map(({ leave }) => leave()));
    await until(() => listeners === 5, 'those who left have no listener');
    void answer.send({ data: 'm2' });
    answer.close();
    for (const { next, rest } of readers.slice(5))
      expect([await next, (await rest()).broken]).to.include(false);
    expect(listeners).to.equal(0);
  });

  it('tells those who wait that it is there, and keeps comments for nobody', async () => {
    const { store, answer } = answerOf(1, createStreamStore({ heartbeat: 1 }));
    const reader = readerOf(await store.respond(answer.id));
    expect(await reader.untilIt('heartbeat')).to.equal(`${message(1)}: heartbeat\n\n`);
    const { store: quiet, answer: other } = answerOf(1, createStreamStore({ heartbeat: 0 }));
    const listener = readerOf(await quiet.respond(other.id));
    await listener.untilIt('m1');
    const told = listener.untilIt('working');
    await until(() => {
      void other.send({ comment: 'working' });
      return true;
    });
    expect(await told).to.equal(`${message(1)}: working\n\n`);
    void other.send({ data: 'm2' });
    for (const { close } of [answer, other]) close();
    expect(await (await quiet.respond(other.id)).text()).to.equal(messages(1, 2));
  });

  it('sends a long answer in pieces, never more than a reader asks for', async () => {
    const store = createStreamStore();
    const { id, send, close } = store.open();
    for (let count = 0; count < 100; count += 1) void send({ data: 'x'.repeat(10_000) });
    close();
    const reader = (await store.respond(id)).body!.getReader();
    const sizes = [];
    for (let it = await reader.read(); !it.done; it = await reader.read()) sizes.push(it.value.length);
    expect(sizes.length).to.be.greaterThan(10);
    expect(Math.max(...sizes)).to.be.lessThan(80_000);
  });

  it('takes no message that would break its line', () => {
    const { send, close } = createStreamStore().open();
    expect(() => void send({ event: 'a\nb' })).to.throw(TypeError);
    close();
  });
});
