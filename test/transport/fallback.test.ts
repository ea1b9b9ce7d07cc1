import { ChatError, events } from '../../src/headless.js';
import type { Protocol } from '../../src/protocols/protocol.js';
import { FetchTransport } from '../../src/transport/fetch-transport.js';
import { expect } from '../support/index.js';
import { asked, backendOf, open, reply, resumed } from './backend.js';
import { hello } from './helpers.js';

const whole = () => reply(hello);
const html = () => reply('<p>', { 'content-type': 'text/html' });
const json = (value: unknown) => () => reply(JSON.stringify(value), { 'content-type': 'application/json' });

describe('the fallback endpoint', () => {
  const options = { fallbackEndpoint: '/{threadId}/whole' };
  const thread = { threadId: 't1' };
  const answer = json({ response: 'Hello' });
  const failed = (status: number) => () => reply(null, {}, status);

  it('is posted the same question, and asked for JSON', async () => {
    const { text, asked: all, report } = await asked([html, answer], options, thread);
    expect(text).to.equal('Hello');
    expect(all[1]).to.include({ method: 'POST', address: '/t1/whole' });
    expect(all[1]?.headers.get('accept')).to.equal('application/json');
    expect(all[1]?.body).to.deep.equal(all[0]?.body);
    expect(report).to.include({ fallback: true, framing: 'json' });
    expect((await asked([html, answer], options, { ...thread, inspect: undefined })).text).to.equal('Hello');
  });

  it('may answer in plain text', async () => {
    const plain = () => reply('Hello', { 'content-type': 'text/plain' });
    expect((await asked([html, plain], options, thread)).text).to.equal('Hello');
  });

  for (const status of [404, 405, 406, 501]) {
    it(`is asked after a ${status}`, async () => {
      expect((await asked([failed(status), answer], options, thread)).text).to.equal('Hello');
    });
  }

  for (const [what, first] of [
    ['a lost connection', new TypeError('lost')],
    ...[400, 401, 403, 408, 410, 500].map((status) => [`a ${status}`, failed(status)] as const),
    ['a stream that was cut', () => reply('data: {"type":"te')],
    [
      'half an answer that turned strange',
      () => reply(`data: {"type":"text","content":"Hel"}\n\n${'x'.repeat(99)}`),
    ],
  ] as const) {
    it(`is not asked after ${what}`, async () => {
      const limits = { maxEventSize: 60, maxRetries: 0 };
      expect((await asked([first, answer], { ...options, limits }, thread)).asked).to.have.length(1);
    });
  }

  it('is not asked once something was shown, whatever follows', async () => {
    const strange: Protocol = {
      ...events,
      decoder: () => ({
        decode: () => [{ type: 'part-delta', id: 'text', delta: 'Hel' }],
        end: () => {
          throw new ChatError('protocol', 'strange');
        },
      }),
    };
    const { asked: all, text } = await asked([whole, answer], { ...options, protocol: strange }, thread);
    expect(text).to.equal('HelHel');
    expect(all).to.have.length(1);
  });

  it('is not asked where the page’s own code fails, or the person stopped', async () => {
    const broken: Protocol = {
      ...events,
      decoder: () => {
        throw new Error('broken');
      },
    };
    const own = await asked([whole, answer], { ...options, protocol: broken }, thread);
    expect(own.error?.message).to.equal('broken');
    expect(own.asked).to.have.length(1);
    const stop = new AbortController();
    const stopped = () => {
      stop.abort();
      return html();
    };
    expect((await asked([stopped, answer], options, thread, stop)).asked).to.have.length(1);
  });

  it('is read no further than an answer may be long', async () => {
    const long = json({ response: 'x'.repeat(100) });
    const limited = { ...options, limits: { maxAnswerSize: 50 } };
    expect((await asked([html, long], limited, thread)).error).to.include({ detail: 'answer-too-large' });
    const silent = () => reply(open(['{']).body);
    const patient = { ...options, limits: { idleTimeout: 50 } };
    expect((await asked([html, silent], patient, thread)).error).to.include({ detail: 'idle' });
  });
});

describe('the page’s headers and credentials', () => {
  const own = { headers: { authorization: 'secret' }, credentials: 'include' as const };

  for (const [where, trusted] of [
    ['/other', true],
    [new URL('/other', document.baseURI).href, true],
    ['https://elsewhere.example/', false],
  ] as const) {
    it(`go ${trusted ? '' : 'not '}to ${new URL(where, document.baseURI).origin}, beside the endpoint’s origin`, async () => {
      const fits = ({ headers, credentials }: { headers: Headers; credentials: string | undefined }) => {
        expect(headers.get('authorization')).to.equal(trusted ? 'secret' : null);
        expect(credentials).to.equal(trusted ? 'include' : 'omit');
      };
      const told = await asked([json({}), whole], { ...own, sendEndpoint: where });
      expect(told.first?.address).to.equal(where);
      fits(told.first!);
      const fallen = await asked([html, json({ response: 'Hello' })], { ...own, fallbackEndpoint: where });
      expect(fallen.last?.address).to.equal(where);
      fits(fallen.last!);
      const again = await resumed([whole], { ...own, resumeEndpoint: where });
      fits(again.asked[0]!);
      const { fetch, asked: stops } = backendOf(json({}));
      await new FetchTransport({ endpoint: '/ask', fetch, ...own, stopEndpoint: where }).stop({
        threadId: null,
      });
      fits(stops[0]!);
    });
  }
});
