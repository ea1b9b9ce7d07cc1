import type { Wait } from '../../src/headless.js';
import { expect } from '../support/index.js';
import { backendOf, open, reply, runOf } from './backend.js';
import { replace, stoppedClocks, withoutJitter } from './helpers.js';

const said = (text: string, id: number) =>
  `id: ${id}\ndata: ${JSON.stringify({ type: 'text', content: text })}\n\n`;
const end = 'data: {"type":"done"}\n\n';
/** Closed before its end mark. */
const cut =
  (before = '') =>
  () =>
    reply(before + said('Clouds', 1));
const rest = () => reply(said(' drift.', 2) + end);
const failed =
  (status: number, headers: Record<string, string> = {}) =>
  () =>
    reply(null, headers, status);

type Replies = Parameters<typeof backendOf>;

/** An answer that is cut, with what comes after it. */
async function cutAnswer(
  replies: Replies,
  request: Parameters<typeof runOf>[1] = {},
  limits = {},
  stop = new AbortController(),
) {
  const { fetch, asked } = backendOf(...replies);
  const options = { endpoint: '/ask', resumeEndpoint: '/resume', fetch, limits };
  return { ...(await runOf(options, request, stop.signal)), asked };
}

/** How long each of the waits is. */
const lengths = (waits: readonly Wait[]) => waits.map(({ until }) => until && until - Date.now());

describe('the wait before an answer is taken up again', () => {
  for (const [told, length] of [
    [0, 1000],
    [999, 1000],
    [7000, 7000],
    [30_001, 30_000],
  ] as const) {
    it(`is ${length} ms where the stream asks for ${told}`, async () => {
      stoppedClocks();
      const { waits, text } = await cutAnswer([cut(`retry: ${told}\n`), rest]);
      expect(text).to.equal('Clouds drift.');
      expect(lengths(waits)).to.deep.equal([length]);
      expect(waits[0]).to.deep.include({ kind: 'resume' });
      expect(waits[0]?.reason).to.include({ code: 'interrupted' });
    });
  }

  it('doubles from half a second on where nobody asks for any, and counts over all cuts', async () => {
    stoppedClocks();
    replace(Math, 'random', () => 1);
    const drift = () => reply(said(' drift', 2));
    const { waits, text } = await cutAnswer([
      cut(),
      failed(503),
      failed(503),
      drift,
      () => reply(said('.', 3) + end),
    ]);
    expect(text).to.equal('Clouds drift.');
    expect(lengths(waits)).to.deep.equal([500, 1000, 2000, 4000]);
  });

  it('is as long as a refusal asks for, up to half a minute, and never shorter than the stream asks', async () => {
    stoppedClocks();
    const refusals = ['3', '31', '0.5'].map((after) => failed(503, { 'retry-after': after }));
    const { waits } = await cutAnswer([cut('retry: 2000\n'), ...refusals, rest]);
    expect(lengths(waits)).to.deep.equal([2000, 3000, 30_000, 2000]);
    expect(waits.map(({ reason }) => reason.code)).to.deep.equal(['interrupted', 'http', 'http', 'http']);
  });

  it('is for the network where there is none', async () => {
    replace(navigator, 'onLine', false);
    const { waits } = await cutAnswer([cut(), rest]);
    expect(waits.map(({ until }) => until)).to.deep.equal([null]);
  });

  it('ends the answer quietly where it is stopped there', async () => {
    const stop = new AbortController();
    const wait = async () => stop.abort();
    const { asked, error, text } = await cutAnswer([cut(), rest], { wait }, {}, stop);
    expect(text).to.equal('Clouds');
    expect(error).to.equal(undefined);
    expect(asked).to.have.length(1);
  });
});

describe('an answer is asked for again', () => {
  beforeEach(withoutJitter);

  it('as often as it may be', async () => {
    const { asked, error } = await cutAnswer(
      [cut(), failed(503), failed(503), rest],
      {},
      { maxReattachments: 2 },
    );
    expect(asked).to.have.length(3);
    expect(error).to.equal(undefined);
    expect((await cutAnswer([cut(), rest], {}, { maxReattachments: 0 })).asked).to.have.length(1);
  });

  it('for as long as it may be, time without a network apart', async () => {
    const limits = { reconnectTimeout: 1000, maxReattachments: 100 };
    for (const [online, passes, tries] of [
      [true, 1000, 2],
      [true, 1001, 1],
      [false, 1001, 2],
    ] as const) {
      const pass = stoppedClocks();
      replace(navigator, 'onLine', online);
      const { asked } = await cutAnswer([cut(), rest], { wait: async () => pass(passes) }, limits);
      expect(asked, `${online} ${passes}`).to.have.length(tries);
    }
    const pass = stoppedClocks();
    replace(navigator, 'onLine', true);
    const { asked } = await cutAnswer(
      [cut(), ...Array.from({ length: 9 }, () => failed(503))],
      { wait: async () => pass(300) },
      limits,
    );
    expect(asked, 'all tries together').to.have.length(4);
  });

  for (const [what, failure] of [
    ['no network', new TypeError('no network')],
    ['no headers in time', () => new Promise<Response>((_, fail) => setTimeout(fail, 50))],
    ...[408, 425, 429, 500, 502, 503].map((status) => [`a ${status}`, failed(status)] as const),
  ] as const) {
    it(`after ${what}`, async () => {
      const { text, asked } = await cutAnswer([cut(), failure, rest], {}, { headersTimeout: 20 });
      expect(text).to.equal('Clouds drift.');
      expect(asked).to.have.length(3);
    });
  }

  for (const [what, refusal] of [
    ...[204, 400, 401, 404, 409, 410, 422, 499].map((status) => [`a ${status}`, failed(status)] as const),
    ['HTML', () => reply('<p>', { 'content-type': 'text/html' })],
    ['JSON', () => reply('{}', { 'content-type': 'application/json' })],
  ] as const) {
    it(`no more after ${what}`, async () => {
      const { text, asked, error } = await cutAnswer([cut(), refusal, rest]);
      expect(text).to.equal('Clouds');
      expect(asked).to.have.length(2);
      expect(error).to.equal(undefined);
    });
  }

  it('no more where the page’s own headers fail', async () => {
    const { fetch, asked } = backendOf(cut(), rest);
    const headers = () => (asked.length ? { 'not a name': '' } : {}) as HeadersInit;
    const { text, error } = await runOf({ endpoint: '/ask', resumeEndpoint: '/resume', fetch, headers });
    expect(text).to.equal('Clouds');
    expect(error).to.equal(undefined);
    expect(asked).to.have.length(1);
  });

  it('with the failure of the last connection where there is one', async () => {
    const broken = () => reply(open([said('Clouds', 1)], { breaks: true }).body);
    const { text, error } = await cutAnswer([broken, failed(404)]);
    expect(text).to.equal('Clouds');
    expect(error).to.include({ code: 'interrupted' });
    expect(error?.message).to.include('broke');
  });

  it('and what is no rest of it is closed', async () => {
    const { body, left } = open(['<p>']);
    await cutAnswer([cut(), () => reply(body, { 'content-type': 'text/html' })]);
    await left;
  });
});
