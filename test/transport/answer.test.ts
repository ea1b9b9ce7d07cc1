import { expect, play, streamed } from '../support/index.js';
import { ask, hello } from './helpers.js';

describe('what comes in place of a stream', () => {
  const body = (text: string, type: string, status = 200) =>
    play({ answers: [{ status, headers: { 'content-type': type }, steps: [{ write: text }] }] });

  it('a whole JSON answer is an answer', async () => {
    for (const json of [
      '{"response":"Hello"}',
      '{"answer":"Hello","sources":[]}',
      '{"message":{"role":"assistant","content":"Hello"}}',
      '{"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}]}',
      '[{"text":"Hello"}]',
      '"Hello"',
    ]) {
      const { text, chat } = await ask({ endpoint: (await body(json, 'application/json')).url });
      expect(text, json).to.equal('Hello');
      expect(chat.status.get(), json).to.equal('complete');
    }
  });

  it('a JSON error is the error it names', async () => {
    const { error, text } = await ask({
      endpoint: (await body('{"error":{"message":"No credit"}}', 'application/json')).url,
    });
    expect(error).to.include({ code: 'backend', backendMessage: 'No credit' });
    expect(text).to.equal('');
  });

  it('JSON that is neither, an HTML page and other files are told apart from an answer', async () => {
    for (const [text, type] of [
      ['{"status":"ok"}', 'application/json'],
      ['{"a":', 'application/json'],
      ['<!doctype html><p>Sign in', 'text/html'],
      ['<!doctype html><p>Sign in', 'text/event-stream'],
      ['<!doctype html><p>Sign in', ''],
      ['%PDF', 'application/pdf'],
      ['data: x', 'text/event-streamx'],
    ] as const) {
      const seen = await ask({ endpoint: (await body(text, type)).url });
      expect(seen.error, `${type} ${text}`).to.include({ code: 'protocol', detail: 'content-type' });
      expect(seen.text, `${type} ${text}`).to.equal('');
    }
  });

  it('plain text is an answer where any is read, and told apart where a protocol is named', async () => {
    const { url } = await body('Just words', 'text/plain');
    expect((await ask({ endpoint: url })).text).to.equal('Just words');
    const { error } = await ask({ endpoint: url, protocol: 'events' });
    expect(error).to.include({ code: 'protocol', detail: 'content-type' });
  });

  it('a stream without a proper label is still read, byte by byte too', async () => {
    for (const type of ['text/plain', 'TEXT/EVENT-STREAM; charset=latin1', 'application/octet-stream']) {
      const server = await play({
        answers: [
          { headers: { 'content-type': type }, steps: Array.from(hello, (char) => ({ write: char })) },
        ],
      });
      expect((await ask({ endpoint: server.url })).text, type).to.equal('Hello');
    }
  });

  it('JSON lines are read by their label', async () => {
    const lines = '{"type":"text","content":"Hel"}\n{"type":"text","content":"lo"}\n{"type":"done"}';
    for (const type of ['application/x-ndjson', 'application/jsonl', 'application/json']) {
      expect((await ask({ endpoint: (await body(lines, type)).url })).text, type).to.equal('Hello');
    }
  });

  it('an answer in another protocol than the one that was named is told apart, and named', async () => {
    const chunk =
      'data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n';
    const seen = await ask({ endpoint: (await play(streamed(chunk))).url, protocol: 'events' });
    expect(seen.error?.code, 'events takes no text from there').to.be.oneOf(['protocol', 'interrupted']);
    const { error } = await ask({ endpoint: (await play(streamed(hello))).url, protocol: 'openai-chat' });
    expect(error).to.include({ code: 'protocol', detail: 'mismatch' });
    expect(error?.message).to.include('"openai-chat"').and.include('"events"');
    const endless = await play({
      answers: [{ steps: [{ repeat: { write: 'data: {"type":"odd"}\n\n', times: 30 } }], end: 'hang' }],
    });
    const { error: early } = await ask({ endpoint: endless.url, protocol: 'openai-chat' });
    expect(early, 'without waiting for an end').to.include({ detail: 'mismatch' });
  });

  it('no body, or an empty one, is an error that says so', async () => {
    expect((await ask({ endpoint: (await body('', 'text/event-stream', 204)).url })).error).to.include({
      code: 'interrupted',
      detail: 'empty',
    });
    expect((await ask({ endpoint: (await body('', 'text/event-stream')).url })).error).to.include({
      code: 'interrupted',
      detail: 'empty',
    });
  });
});

describe('statuses', () => {
  it('give the error its status, its kind, the wait and the words of the backend', async () => {
    for (const [status, words, expected] of [
      [
        401,
        '{"detail":"Not signed in"}',
        { detail: 'auth', retryable: false, backendMessage: 'Not signed in' },
      ],
      [404, '<h1>Not found</h1>', { detail: 'not-found', retryable: false }],
      [
        422,
        '{"detail":[{"loc":["body","message"],"msg":"field required"}]}',
        { detail: 'invalid-request', backendMessage: 'body.message: field required' },
      ],
      [
        429,
        '{"error":"Slow down"}',
        { detail: 'rate-limited', retryable: true, retryAfter: 7, backendMessage: 'Slow down' },
      ],
      [
        500,
        'Internal \u0007Server\u202e Error',
        { detail: 'server-error', retryable: true, backendMessage: 'Internal Server Error' },
      ],
    ] as const) {
      const headers = { 'content-type': 'text/plain', 'retry-after': '7' };
      const server = await play({ answers: [{ status, headers, steps: [{ write: words }] }] });
      const { error, chat } = await ask({ endpoint: server.url, limits: { maxRetries: 0 } });
      expect(error, words).to.include({ code: 'http', status, ...expected });
      if (status === 404) expect(error).not.to.have.property('backendMessage');
      expect(chat.status.get()).to.equal('error');
      expect(await server.requests(), 'asked once').to.have.length(1);
    }
  });

  it('do not wait for a body that never ends', async () => {
    const server = await play({
      answers: [{ status: 503, steps: [{ repeat: { write: 'x'.repeat(4096), times: 40 } }], end: 'hang' }],
    });
    expect((await ask({ endpoint: server.url })).error).to.include({ code: 'http', status: 503 });
    expect((await server.closed()).closed?.by).to.equal('client');
  });

  it('a redirect is refused: it would carry the conversation elsewhere', async () => {
    const target = await play(streamed(hello));
    const server = await play({ answers: [{ status: 307, headers: { location: target.url } }] });
    expect((await ask({ endpoint: server.url })).error).to.include({ code: 'network' });
    expect(await target.requests()).to.have.length(0);
  });

  it('a server that cannot be reached is a network error', async () => {
    const server = await play({ answers: [{ status: 0, end: 'reset' }] });
    const { error } = await ask({ endpoint: server.url });
    expect(error, JSON.stringify(error)).to.include({ code: 'network', retryable: true });
  });

  it('a server that never answers is a timeout', async () => {
    const server = await play({ answers: [{ status: 0, steps: [{ gate: 'never' }] }] });
    expect((await ask({ endpoint: server.url, limits: { headersTimeout: 100 } })).error).to.include({
      code: 'timeout',
      detail: 'no-headers',
    });
    await server.release('never');
  });
});

describe('the fallback endpoint', () => {
  const json = {
    headers: { 'content-type': 'application/json' },
    steps: [{ write: '{"response":"Hello"}' }],
  };

  it('is asked once where streaming cannot work, and its answer shown', async () => {
    for (const first of [
      { headers: { 'content-type': 'text/html' }, steps: [{ write: '<p>proxy' }] },
      { headers: { 'content-type': 'application/json' }, steps: [{ write: '{"status":"ok"}' }] },
      { status: 404 },
      { status: 501 },
    ]) {
      const stream = await play({ answers: [first] });
      const fallback = await play({ answers: [json] });
      const { text, chat } = await ask({
        endpoint: stream.url,
        fallbackEndpoint: fallback.url,
        body: { message: '$message' },
      });
      expect(text).to.equal('Hello');
      expect(chat.status.get()).to.equal('complete');
      expect(chat.report.get()?.fallback).to.equal(true);
      const requests = await fallback.requests();
      expect(requests).to.have.length(1);
      expect(requests[0]).to.include({ method: 'POST', body: '{"message":"Why?"}' });
    }
  });

  it('is not asked for anything else', async () => {
    for (const first of [{ status: 500 }, { status: 401 }, { steps: [{ write: 'data: "a"\n\n' }] }]) {
      const stream = await play({ answers: [first] });
      const fallback = await play({ answers: [json] });
      expect(
        (await ask({ endpoint: stream.url, fallbackEndpoint: fallback.url })).chat.status.get(),
      ).to.equal('error');
      expect(await fallback.requests()).to.have.length(0);
    }
  });

  it('gets headers only on the endpoint’s own origin', async () => {
    const seen: Record<string, string | null> = {};
    const fake: typeof fetch = async (address, init) => {
      const url = String(address);
      seen[url] = new Headers(init?.headers).get('authorization');
      return new Response(url.includes('chat') ? '<p>' : '{"response":"Hello"}', {
        headers: { 'content-type': url.includes('chat') ? 'text/html' : 'application/json' },
      });
    };
    const headers = { authorization: 'Bearer secret' };
    await ask({ endpoint: '/chat', fallbackEndpoint: 'https://elsewhere.example/', headers, fetch: fake });
    await ask({ endpoint: '/chat', fallbackEndpoint: '/plain', headers, fetch: fake });
    expect(seen).to.deep.equal({
      '/chat': 'Bearer secret',
      'https://elsewhere.example/': null,
      '/plain': 'Bearer secret',
    });
  });
});
