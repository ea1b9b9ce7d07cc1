import { ask, originOf, type HTTPOptions, type HTTPRequest } from '../../src/transport/http.js';
import { httpError } from '../../src/transport/http-error.js';
import { expect } from '../support/index.js';
import { stoppedClocks } from './helpers.js';

const never = new AbortController().signal;

const refused = (status: number, headers: Record<string, string> = {}) =>
  httpError(new Response(null, { status, headers }), never);

describe('a refusal', () => {
  for (const [status, detail, retryable] of [
    [400, 'invalid-request', false],
    [401, 'auth', false],
    [403, 'auth', false],
    [404, 'not-found', false],
    [407, 'auth', false],
    [408, 'invalid-request', true],
    [410, 'not-found', false],
    [413, 'too-large', false],
    [425, 'invalid-request', true],
    [429, 'rate-limited', true],
    [499, 'invalid-request', false],
    [500, 'server-error', true],
    [529, 'server-error', true],
  ] as const) {
    it(`of ${status} is ${detail}${retryable ? ', and may pass' : ''}`, async () => {
      const error = await refused(status);
      expect(error).to.include({ code: 'http', status, detail, retryable });
      expect(error.message).to.equal(`The backend answered with status ${status}`);
    });
  }

  it('says how long to wait: in seconds, in milliseconds, by a date', async () => {
    stoppedClocks();
    const now = Date.now();
    const after = async (headers: Record<string, string>) => (await refused(503, headers)).retryAfter;
    const later = (seconds: number) => new Date(now + seconds * 1000);
    for (const [headers, seconds] of [
      [{}, undefined],
      [{ 'retry-after': '' }, undefined],
      [{ 'retry-after': 'soon' }, undefined],
      [{ 'retry-after': '0' }, 0],
      [{ 'retry-after': '7' }, 7],
      [{ 'retry-after': '1.5' }, 1.5],
      [{ 'retry-after': later(9).toUTCString() }, 9],
      [{ 'retry-after': later(9).toISOString() }, 9],
      [{ 'retry-after': '2033-05-18T03:33:20+00:00' }, (2_000_000_000_000 - now) / 1000],
      [{ 'retry-after': later(-9).toUTCString() }, undefined],
      [{ 'retry-after-ms': '250' }, 0.25],
      [{ 'retry-after-ms': '250', 'retry-after': '2' }, 2],
      [{ 'retry-after-ms': '2500', 'retry-after': '2' }, 2.5],
      [{ 'retry-after-ms': 'x', 'retry-after': '2' }, 2],
    ] as [Record<string, string>, number | undefined][])
      expect(await after(headers), JSON.stringify(headers)).to.equal(seconds);
  });

  it('is read up to 64 KiB', async () => {
    const body = JSON.stringify({ error: 'Busy', more: 'x'.repeat(50_000) });
    const error = await httpError(new Response(body, { status: 500 }), never);
    expect(error.backendMessage).to.equal('Busy');
  });
});

describe('a request', () => {
  const asked = (
    request: Partial<HTTPRequest>,
    options: Partial<HTTPOptions> = {},
    signal: AbortSignal = never,
    retry?: Parameters<typeof ask>[3],
  ) =>
    ask(
      { address: '/x', accept: 'a/b', ...request },
      { headersTimeout: 60_000, ...options },
      signal,
      retry,
    ).then(
      () => {
        throw new Error('answered');
      },
      (error: Error) => error,
    );

  it('is not kept, not redirected, and tells other origins no more than its own', async () => {
    let init: RequestInit = {};
    const fetch: typeof window.fetch = async (_, given = {}) => {
      init = given;
      return new Response('ok');
    };
    await ask({ address: '/x?to=data:1', accept: 'a/b' }, { headersTimeout: 60_000, fetch }, never);
    expect(init).to.include({
      ...{ cache: 'no-store', redirect: 'error', referrerPolicy: 'strict-origin-when-cross-origin' },
      ...{ method: 'GET', body: undefined },
    });
  });

  it('that is stopped is not sent', async () => {
    const error = await asked({}, { fetch: async () => new Response('ok') }, AbortSignal.abort());
    expect(error).to.include({ code: 'network', message: 'The request was stopped before it was sent' });
  });

  it('that is stopped while it waits fails as it was refused', async () => {
    const stop = new AbortController();
    const wait = async () => stop.abort();
    const retry = { wait, repeatable: true, maxRetries: 2 };
    const fetch = async () => new Response(null, { status: 503 });
    expect(await asked({}, { fetch }, stop.signal, retry)).to.include({ code: 'http', status: 503 });
  });

  it('says what is wrong with it', async () => {
    expect(await asked({ address: ' JavaScript:alert(1)' })).to.include({
      ...{ code: 'protocol', detail: 'endpoint' },
      message: 'An endpoint cannot be a javascript: address',
    });
    expect(await asked({ body: 1n }), 'as it was thrown')
      .to.be.instanceOf(TypeError)
      .with.property('message')
      .that.matches(/BigInt|serial/i);
    expect(await asked({}, { headers: () => Promise.reject(new Error('out')) })).to.include({
      ...{ code: 'http', detail: 'auth', retryable: true },
      message: 'The headers function failed',
    });
    const fetch = () => Promise.reject(new TypeError('lost'));
    expect(await asked({}, { fetch })).to.include({ code: 'network', message: 'The request to /x failed' });
  });

  it('that nobody answers in time fails, and may be sent again by a person', async () => {
    const fetch: typeof window.fetch = (_, init) =>
      new Promise((_resolve, reject) =>
        init!.signal!.addEventListener('abort', () => reject(new Error('aborted'))),
      );
    expect(await asked({}, { fetch, headersTimeout: 20 })).to.include({
      ...{ code: 'timeout', detail: 'no-headers', retryable: true },
      message: 'No answer began within 20 ms',
    });
  });

  it('to no address has no origin', () => {
    expect(originOf('https://[')).to.equal('');
    expect(originOf('/x')).to.equal(location.origin);
    expect(originOf('https://Other.example:443/x')).to.equal('https://other.example');
  });
});
