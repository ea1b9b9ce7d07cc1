import { events } from '../../src/headless.js';
import type { Protocol } from '../../src/protocols/protocol.js';
import { FetchTransport, type FetchOptions } from '../../src/transport/fetch-transport.js';
import { expect } from '../support/index.js';
import { asked, backendOf, from, open, reply, resumed } from './backend.js';
import { hello } from './helpers.js';

const whole = () => reply(hello);
const lost = new TypeError('lost');
const streams = 'text/event-stream, application/x-ndjson, application/json;q=0.5';

const failureOf = (task: Promise<unknown>) =>
  task.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('an answer that is under way', () => {
  const none: Partial<FetchOptions> = { protocol: events };

  it('is asked for at the resume endpoint, comes from its start, and says where it is', async () => {
    const location = new URL('/runs/7', document.baseURI).href;
    const { outcome, asked: all } = await resumed(
      [whole],
      { resumeEndpoint: '/{threadId}/rest' },
      { location },
    );
    expect(all[0]).to.include({ method: 'GET', address: '/t1/rest' });
    expect(all[0]?.headers.get('accept')).to.equal(streams);
    expect(all[0]?.headers.has('last-event-id')).to.equal(false);
    expect(outcome?.events.slice(0, 2)).to.deep.equal([
      { type: 'run-replay' },
      { type: 'run-location', address: location },
    ]);
    expect(outcome?.events.at(-1)).to.deep.include({ type: 'run-end' });
    const without = await resumed([whole], { resumeEndpoint: '/rest' });
    expect(without.outcome?.events[0]).to.deep.equal({ type: 'run-replay' });
    expect(without.outcome?.events.map(({ type }) => type)).not.to.include('run-location');
  });

  it('is asked for where it said it can be read again, without a resume endpoint for its thread', async () => {
    const location = new URL('/runs/7', document.baseURI).href;
    const options = { resumeEndpoint: '/{threadId}/rest' };
    const { asked: all } = await resumed([whole], options, { threadId: null, location });
    expect(all[0]?.address).to.equal(location);
    expect((await resumed([whole], { resumeEndpoint: '/rest' }, { threadId: null })).asked).to.have.length(1);
  });

  it('is asked for in the protocol’s own way first, with its headers', async () => {
    const running: unknown[] = [];
    const protocol: Protocol = {
      ...events,
      resume: (...told) => {
        running.push(...told);
        return { address: '/own', headers: { 'x-own': 'yes' } };
      },
    };
    const { asked: all } = await resumed([whole], { protocol, resumeEndpoint: '/rest' }, { messageId: 'm1' });
    expect(all[0]?.address).to.equal('/own');
    expect(all[0]?.headers.get('x-own')).to.equal('yes');
    expect(running[0]).to.equal('/ask');
    expect(running[1]).to.include({ threadId: 't1', messageId: 'm1', lastEventId: '' });
  });

  it('cannot be had where nobody says how', async () => {
    for (const options of [none, { ...none, sendEndpoint: '/tell' }]) {
      const { outcome, asked: all } = await resumed([whole], options);
      expect(outcome).to.equal(undefined);
      expect(all).to.have.length(0);
    }
  });

  for (const status of [204, 404, 410, 422]) {
    it(`is none where the backend says ${status}`, async () => {
      const { outcome } = await resumed([() => reply(null, {}, status)], { resumeEndpoint: '/rest' });
      expect(outcome).to.equal(undefined);
    });
  }

  it('fails where the backend says anything else', async () => {
    for (const status of [400, 401, 500]) {
      const failure = await failureOf(resumed([() => reply(null, {}, status)], { resumeEndpoint: '/rest' }));
      expect(failure).to.include({ code: 'http', status });
    }
    const odd = { resumeEndpoint: '/rest', headers: { 'not a name': '' } };
    expect(await failureOf(resumed([whole], odd))).to.be.instanceOf(TypeError);
  });

  it('is asked for again after a lost connection, and after a cut with the id it came to', async () => {
    const cut = () => reply('id: 1\ndata: {"type":"text","content":"Hel"}\n\n');
    const rest = () => reply('id: 2\ndata: {"type":"text","content":"lo"}\n\ndata: {"type":"done"}\n\n');
    const { outcome, asked: all, waits } = await resumed([lost, cut, rest], { resumeEndpoint: '/rest' });
    expect(outcome?.events.filter(({ type }) => type === 'part-delta')).to.have.length(2);
    expect(all.map(({ headers }) => headers.get('last-event-id'))).to.deep.equal([null, null, '1']);
    expect(waits).to.have.length(2);
    expect(waits[0]).to.deep.include({ kind: 'retry' });
    expect(waits[1]).to.deep.include({ kind: 'resume' });
  });

  it('is asked for in the thread that it named itself', async () => {
    const cut = () =>
      reply('id: 1\ndata: {"type":"start","thread_id":"t9"}\n\ndata: {"type":"text","content":"Hel"}\n\n');
    const { last } = await asked([cut, whole], { resumeEndpoint: '/{threadId}/rest' });
    expect(last?.address).to.equal('/t9/rest');
  });

  it('is read again where it lies although no id marks a place', async () => {
    const url = new URL('/ask', document.baseURI).href;
    const cut = () =>
      from(url, reply('data: {"type":"text","content":"Hel"}\n\n', { 'content-location': '/runs/7' }));
    const { last, events } = await asked([cut, whole], { resumeEndpoint: '/rest' });
    expect(last?.address).to.equal(new URL('/runs/7', url).href);
    expect(events.map(({ type }) => type)).to.include('run-replay');
  });
});

describe('a backend is told of a stop', () => {
  const running = { threadId: 't 1', messageId: 'm1', location: 'https://api.example/runs/7' };

  async function stopped(options: Partial<FetchOptions>, answer: () => Response = () => reply('{}')) {
    const { fetch, asked } = backendOf(answer);
    await new FetchTransport({ endpoint: '/ask', fetch, ...options }).stop(running);
    return asked;
  }

  it('at the stop endpoint, by a request that outlives the page', async () => {
    const [told, ...more] = await stopped({ stopEndpoint: '/{threadId}/stop' });
    expect(told).to.include({ method: 'POST', address: '/t%201/stop', keepalive: true });
    expect(told?.headers.get('accept')).to.equal('application/json');
    expect(told?.body).to.deep.equal(running);
    expect(more).to.deep.equal([]);
  });

  it('in the protocol’s own way', async () => {
    const heard: unknown[] = [];
    const protocol: Protocol = {
      ...events,
      stop: (...told) => {
        heard.push(...told);
        return { address: '/own/stop', method: 'DELETE' };
      },
    };
    expect((await stopped({ protocol }))[0]).to.include({ method: 'DELETE', address: '/own/stop' });
    expect(heard).to.deep.equal(['/ask', { ...running, lastEventId: '' }]);
  });

  it('in the protocol’s own way at an endpoint with the thread in it', async () => {
    const endpoint = '/{threadId}/ask';
    const beside = (name: string) => (address: string) => ({ address: `${address}/${name}` });
    const protocol: Protocol = { ...events, stop: beside('stop'), resume: beside('rest') };
    expect((await stopped({ protocol, endpoint }))[0]?.address).to.equal('/t%201/ask/stop');
    expect((await resumed([whole], { protocol, endpoint })).asked[0]?.address).to.equal('/t1/ask/rest');
  });

  it('by nothing but the close where nobody says how', async () => {
    expect(await stopped({ protocol: events })).to.deep.equal([]);
    expect(await stopped({ protocol: { ...events, stop: () => undefined } })).to.deep.equal([]);
  });

  it('and what it answers is not read', async () => {
    const { body, left } = open(['{']);
    await stopped({ stopEndpoint: '/stop' }, () => reply(body));
    await left;
    await stopped({ stopEndpoint: '/stop' }, () => reply(null, {}, 204));
  });
});
