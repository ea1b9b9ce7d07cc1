import { events } from '../../src/headless.js';
import type { Protocol } from '../../src/protocols/protocol.js';
import { expect } from '../support/index.js';
import { asked, from, open, reply } from './backend.js';
import { hello } from './helpers.js';

const whole = () => reply(hello);
const json = (value: unknown) => () => reply(JSON.stringify(value), { 'content-type': 'application/json' });
const lost = new TypeError('lost');
const streams = 'text/event-stream, application/x-ndjson, application/json;q=0.5';

describe('a question by fetch', () => {
  it('is posted as JSON, and asks for a stream', async () => {
    const { first, text, error } = await asked([whole]);
    expect({ text, error }).to.deep.equal({ text: 'Hello', error: undefined });
    expect(first).to.include({
      address: '/ask',
      method: 'POST',
      credentials: 'same-origin',
      keepalive: false,
    });
    expect(first?.headers.get('accept')).to.equal(streams);
    expect(first?.headers.get('content-type')).to.equal('application/json');
    expect(first?.headers.has('last-event-id')).to.equal(false);
  });

  it('by GET has no body', async () => {
    const { first } = await asked([whole], { method: 'get' });
    expect(first).to.include({ method: 'GET', body: undefined });
    expect(first?.headers.has('content-type')).to.equal(false);
  });

  it('carries its key where the backend takes one, and only then', async () => {
    const idempotencyHeader = 'Idempotency-Key';
    const keyed = await asked([whole], { idempotencyHeader }, { key: 'k1' });
    expect(keyed.first?.headers.get('idempotency-key')).to.equal('k1');
    const without = await asked([whole], { idempotencyHeader });
    expect(without.first?.headers.has('idempotency-key')).to.equal(false);
    expect([...(await asked([whole], {}, { key: 'k1' })).first!.headers.values()]).not.to.include('k1');
  });

  it('keeps the headers of its protocol beside the key', async () => {
    const protocol: Protocol = { ...events, encode: () => ({ body: {}, headers: { 'x-own': 'yes' } }) };
    const options = { protocol, idempotencyHeader: 'x-key' };
    const { first } = await asked([whole], options, { key: 'k1' });
    expect([first?.headers.get('x-own'), first?.headers.get('x-key')]).to.deep.equal(['yes', 'k1']);
  });

  it('is sent again after a lost connection only where that cannot bring two answers', async () => {
    const key = { key: 'k1' };
    for (const [options, request, tries] of [
      [{}, key, 1],
      [{ idempotencyHeader: 'x-key' }, {}, 1],
      [{ idempotencyHeader: 'x-key' }, key, 2],
      [{ method: 'get' }, {}, 2],
    ] as const) {
      const { asked: all } = await asked([lost, whole], options, request);
      expect(all, JSON.stringify([options, request])).to.have.length(tries);
    }
  });

  it('is sent again as often as it may be', async () => {
    const busy = () => reply(null, {}, 503);
    const { asked: all, waits, error } = await asked([busy, busy, whole], { limits: { maxRetries: 1 } });
    expect(all).to.have.length(2);
    expect(waits).to.have.length(1);
    expect(error).to.include({ code: 'http', status: 503 });
  });

  it('waits by itself where nobody watches', async () => {
    const busy = () => reply(null, { 'retry-after-ms': '5' }, 503);
    expect((await asked([busy, whole], {}, { wait: undefined })).text).to.equal('Hello');
  });

  it('has the protocol by its name, by the address, or as an object', async () => {
    const named = await asked([whole], { protocol: 'openai-chat' });
    expect(named.first?.body).to.have.property('stream', true);
    expect(named.error).to.include({ detail: 'mismatch' });
    expect((await asked([whole], { protocol: 'auto' })).report.protocol).to.equal('events');
    expect((await asked([whole], { protocol: { ...events, name: 'own' } })).report.protocol).to.equal('own');
    const { error, asked: all } = await asked([whole], { protocol: 'toString' });
    expect(error).to.include({ code: 'protocol', detail: 'unknown' });
    expect(error?.message).to.match(/^There is no protocol "toString"; known are auto, .*events, /);
    expect(all).to.have.length(0);
  });

  it('may be what a person did in a widget, where the protocol takes that', async () => {
    const action = { type: 'buy', payload: 7 };
    const protocol: Protocol = {
      ...events,
      name: 'shop',
      encodeAction: (_, { type }) => ({ body: { type } }),
    };
    const { first } = await asked([whole], { protocol, body: { model: 'm' } }, { action });
    expect(first?.body).to.deep.equal({ type: 'buy' });
    const { encodeAction: _, ...without } = protocol;
    const { error, asked: all } = await asked([whole], { protocol: without }, { action });
    expect(error).to.include({ code: 'protocol', detail: 'unsupported' });
    expect(error?.message).to.include('"shop"');
    expect(all).to.have.length(0);
  });

  it('tells where its answer can be read again, before anything else', async () => {
    const url = 'https://api.example/v1/ask?x=1';
    const at = (address?: string, own = url) =>
      asked([() => from(own, reply(hello, address === undefined ? {} : { 'content-location': address }))]);
    expect((await at('runs/7')).events[0]).to.deep.equal({
      type: 'run-location',
      address: 'https://api.example/v1/runs/7',
    });
    for (const [address, own] of [
      [undefined, url],
      [url, url],
      ['?x=1', url],
      ['https://evil.example/v1/runs/7', url],
      ['http://api.example/v1/runs/7', url],
      ['/runs/7', ''],
      ['https://[', url],
    ]) {
      const { events, error } = await at(address, own);
      expect(error).to.equal(undefined);
      expect(
        events.map(({ type }) => type),
        `${address} ${own}`,
      ).not.to.include('run-location');
    }
  });
});

describe('a question that is told in one place and listened to in another', () => {
  const options = { endpoint: '/{threadId}/listen', sendEndpoint: '/tell' };

  it('is posted, and the answer read by GET, in the thread that the backend names', async () => {
    const { asked: all, events } = await asked([json({ thread_id: 't7' }), whole], options);
    expect(all.map(({ method, address }) => `${method} ${address}`)).to.deep.equal([
      'POST /tell',
      'GET /t7/listen',
    ]);
    expect(all[0]?.headers.get('accept')).to.equal('application/json');
    expect(all[1]?.body).to.equal(undefined);
    expect(events[0]).to.deep.equal({ type: 'thread-update', id: 't7' });
  });

  it('keeps its thread where the backend names none', async () => {
    for (const body of [json({}), json(['thread_id']), json(null), () => reply('')]) {
      const { last, events } = await asked([body, whole], options, { threadId: 't1' });
      expect(last?.address).to.equal('/t1/listen');
      expect(events.map(({ type }) => type)).not.to.include('thread-update');
    }
  });

  it('is told in the thread, and with its key', async () => {
    const keyed = { ...options, sendEndpoint: '/{threadId}/tell', idempotencyHeader: 'x-key' };
    const { first, asked: all } = await asked([lost, json({}), whole], keyed, { threadId: 't1', key: 'k1' });
    expect(first?.address).to.equal('/t1/tell');
    expect(all[1]?.headers.get('x-key')).to.equal('k1');
  });

  it('is not told twice where it may have arrived', async () => {
    const { asked: all, error } = await asked([lost, json({}), whole], options, { threadId: 't1' });
    expect(all).to.have.length(1);
    expect(error).to.include({ code: 'network' });
  });

  it('is listened to again after a lost connection', async () => {
    const { text } = await asked([json({}), lost, whole], options, { threadId: 't1' });
    expect(text).to.equal('Hello');
  });

  it('is not held up by an answer to the telling that has no end', async () => {
    const { body, left } = open([JSON.stringify({ thread_id: 't7' }), ' '.repeat(70_000)]);
    const { last } = await asked([() => reply(body), whole], options);
    await left;
    expect(last?.address).to.equal('/t7/listen');
  });

  it('is not listened to where it is stopped meanwhile', async () => {
    const stop = new AbortController();
    const stopped = () => {
      stop.abort();
      return json({})();
    };
    const { asked: all, error } = await asked([stopped, whole], options, { threadId: 't1' }, stop);
    expect(all).to.have.length(1);
    expect(error).to.equal(undefined);
  });

  it('goes on after a cut where it is listened to, if an id marks the place', async () => {
    const cut = (id: string) => () => reply(`${id}data: {"type":"text","content":"Hel"}\n\n`);
    const rest = () => reply('id: 2\ndata: {"type":"text","content":"lo"}\n\ndata: {"type":"done"}\n\n');
    const told = json({ thread_id: 't7' });
    const { text, last } = await asked([told, cut('id: 1\n'), rest], options);
    expect(text).to.equal('Hello');
    expect(last).to.include({ method: 'GET', address: '/t7/listen' });
    expect(last?.headers.get('last-event-id')).to.equal('1');
    expect(last?.headers.get('accept')).to.equal(streams);
    expect((await asked([told, cut(''), rest], options)).asked).to.have.length(2);
  });
});
