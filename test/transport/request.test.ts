import { Chat } from '../../src/headless.js';
import { events } from '../../src/protocols/events.js';
import type { Protocol } from '../../src/protocols/protocol.js';
import { expect, play, streamed } from '../support/index.js';
import { ask, hello } from './helpers.js';

describe('the request', () => {
  it('posts the question, the messages so far and the thread as JSON', async () => {
    const server = await play(streamed('data: {"type":"start","thread_id":"t1"}\n\n' + hello));
    const chat = new Chat({ endpoint: server.url });
    await chat.send('Why?');
    await chat.send('And then?');
    const [first, second] = await server.requests(2);
    expect(first).to.include({ method: 'POST' });
    expect(first?.headers['content-type']).to.equal('application/json');
    expect(first?.headers.accept).to.match(/^text\/event-stream/);
    expect(JSON.parse(first?.body ?? '')).to.deep.equal({
      message: 'Why?',
      messages: [{ role: 'user', content: 'Why?' }],
    });
    expect(JSON.parse(second?.body ?? '')).to.deep.equal({
      message: 'And then?',
      messages: [
        { role: 'user', content: 'Why?' },
        { role: 'assistant', content: 'Hello' },
        { role: 'user', content: 'And then?' },
      ],
      thread_id: 't1',
    });
  });

  it('merges a body into it, or is that body where it holds placeholders', async () => {
    const server = await play(streamed(hello));
    await ask({ endpoint: server.url, body: { model: 'm' } });
    await ask({
      endpoint: server.url,
      body: { user_message: '$message', ids: [], conversation_id: '$threadId' },
    });
    await ask({
      endpoint: server.url,
      threadId: 't1',
      body: { q: '$message', deep: [{ t: '$threadId', m: '$messages' }] },
    });
    await ask({ endpoint: server.url, body: ({ text }) => ({ asked: text, all: '$message' }) });
    const bodies = (await server.requests(4)).map(({ body }) => JSON.parse(body));
    expect(bodies[0]).to.deep.include({ message: 'Why?', model: 'm' });
    expect(bodies[1]).to.deep.equal({ user_message: 'Why?', ids: [] });
    expect(bodies[2]).to.deep.equal({
      q: 'Why?',
      deep: [{ t: 't1', m: [{ role: 'user', content: 'Why?' }] }],
    });
    expect(bodies[3]).to.deep.equal({ asked: 'Why?', all: 'Why?' });
  });

  it('leaves what is no text in a body as it is', async () => {
    const server = await play(streamed(hello));
    const own = { model: 'm', temperature: 0.5, stop: null, tools: [true, 'x'] };
    await ask({ endpoint: server.url, body: { q: '$message', ...own } });
    await ask({ endpoint: server.url, body: () => ['a', 1] });
    await ask({ endpoint: server.url, body: () => null });
    const bodies = (await server.requests(3)).map(({ body }) => JSON.parse(body));
    expect(bodies[0]).to.deep.equal({ q: 'Why?', ...own });
    expect(bodies[1], 'a list is the body').to.deep.equal(['a', 1]);
    expect(bodies[2], 'nothing of the page').to.include({ message: 'Why?' });
  });

  it('is what the page makes of it where the protocol makes something else than an object', async () => {
    const server = await play(streamed(hello));
    const protocol: Protocol = { ...events, name: 'words', encode: ({ text }) => ({ body: text }) };
    await ask({ endpoint: server.url, protocol });
    await ask({ endpoint: server.url, protocol, body: { model: 'm' } });
    const bodies = (await server.requests(2)).map(({ body }) => JSON.parse(body));
    expect(bodies).to.deep.equal(['Why?', { model: 'm' }]);
  });

  it('takes its shape from the endpoint where that is telling', async () => {
    const server = await play(streamed(hello));
    await ask({ endpoint: `${server.url}/v1/chat/completions`, body: { model: 'm' } });
    await ask({ endpoint: `${server.url}/chatkit` });
    await ask({ endpoint: `${server.url}/chatkit`, threadId: 't1' });
    const [openAI, created, added] = (await server.requests(3)).map(({ body }) => JSON.parse(body));
    expect(openAI).to.deep.equal({ messages: [{ role: 'user', content: 'Why?' }], stream: true, model: 'm' });
    expect(created).to.deep.include({ type: 'threads.create' });
    expect(created.params.input.content).to.deep.equal([{ type: 'input_text', text: 'Why?' }]);
    expect(added).to.deep.include({ type: 'threads.add_user_message' });
    expect(added.params.thread_id).to.equal('t1');
  });

  it('by GET carries the question in the address, encoded', async () => {
    const server = await play(streamed(hello));
    const { text } = await ask(
      { endpoint: `${server.url}/{threadId}?prompt={message}`, method: 'get', threadId: 'a/b' },
      'a&b é\ud800',
    );
    const [request] = await server.requests(1);
    expect(text).to.equal('Hello');
    expect(request).to.include({ method: 'GET', body: '' });
    expect(request?.url).to.equal(`/a%2Fb?prompt=${encodeURIComponent('a&b é\ufffd')}`);
  });

  it('by GET is refused, not cut, when the address would be too long', async () => {
    const server = await play(streamed(hello));
    const { error } = await ask({ endpoint: `${server.url}?q={message}`, method: 'get' }, 'x'.repeat(2001));
    expect(error).to.include({ code: 'overflow', detail: 'too-large' });
    expect(await server.requests()).to.have.length(0);
  });

  it('tells one address and listens to another', async () => {
    const told = await play({
      answers: [
        {
          status: 202,
          headers: { 'content-type': 'application/json' },
          steps: [{ write: '{"conversation_id":"c7"}' }],
        },
      ],
    });
    const heard = await play(streamed('event: chunk\ndata: {"content":"Hi"}\n\nevent: done\ndata: {}\n\n'));
    const { chat, text } = await ask({
      endpoint: `${heard.url}/{threadId}/stream`,
      sendEndpoint: `${told.url}/messages`,
      method: 'get',
      body: { content: '$message' },
    });
    expect(text).to.equal('Hi');
    expect((await told.requests(1))[0]).to.include({ method: 'POST', body: '{"content":"Why?"}' });
    expect((await heard.requests(1))[0]).to.include({ method: 'GET', url: '/c7/stream', body: '' });
    expect(chat.thread.get().id).to.equal('c7');
  });

  it('does not listen when telling failed', async () => {
    const told = await play({ answers: [{ status: 403 }] });
    const heard = await play(streamed(hello));
    const { error } = await ask({ endpoint: heard.url, sendEndpoint: told.url, method: 'get' });
    expect(error).to.include({ code: 'http', status: 403, detail: 'auth', retryable: false });
    expect(await heard.requests()).to.have.length(0);
  });

  it('asks the headers function every time', async () => {
    const server = await play(streamed(hello));
    let token = 0;
    const chat = new Chat({
      endpoint: server.url,
      headers: async () => ({ authorization: `Bearer ${++token}` }),
    });
    await chat.send('a');
    await chat.send('b');
    expect((await server.requests(2)).map(({ headers }) => headers.authorization)).to.deep.equal([
      'Bearer 1',
      'Bearer 2',
    ]);
  });

  it('lets the page’s own headers win', async () => {
    const server = await play(streamed(hello));
    const headers = { Accept: 'text/plain', 'Content-Type': 'application/vnd.page+json' };
    await ask({ endpoint: server.url, headers });
    const [request] = await server.requests(1);
    expect(request?.headers).to.include({
      accept: 'text/plain',
      'content-type': 'application/vnd.page+json',
    });
  });

  it('carries cookies to its own origin alone, unless the page says otherwise', async () => {
    const seen: (RequestCredentials | undefined)[] = [];
    const noting: typeof fetch = async (_address, init) => {
      seen.push(init?.credentials);
      return new Response(hello, { headers: { 'content-type': 'text/event-stream' } });
    };
    await ask({ endpoint: '/x', fetch: noting });
    await ask({ endpoint: '/x', fetch: noting, credentials: 'include' });
    await ask({ endpoint: '/x', fetch: noting, credentials: 'omit' });
    expect(seen).to.deep.equal(['same-origin', 'include', 'omit']);
  });

  it('is never sent with headers that none may have, nor with a body that is no JSON', async () => {
    const server = await play(streamed(hello));
    for (const options of [{ headers: { 'not a name': 'x' } }, { body: () => ({ at: 10n }) }]) {
      const { error, chat } = await ask({ endpoint: server.url, ...options });
      expect(error).to.include({ code: 'protocol', retryable: true });
      expect(chat.status.get()).to.equal('error');
    }
    expect(await server.requests()).to.have.length(0);
  });

  it('keeps the page’s headers from an address that is none', async () => {
    const seen: (string | null)[] = [];
    const noting: typeof fetch = async (_address, init) => {
      seen.push(new Headers(init?.headers).get('authorization'));
      return new Response('<p>', { headers: { 'content-type': 'text/html' } });
    };
    const headers = { authorization: 'Bearer secret' };
    await ask({ endpoint: '/x', fallbackEndpoint: 'https://[', headers, fetch: noting });
    expect(seen).to.deep.equal(['Bearer secret', null]);
  });

  it('is never sent when the headers function fails', async () => {
    const server = await play(streamed(hello));
    const { error } = await ask({
      endpoint: server.url,
      headers: () => Promise.reject(new Error('signed out')),
    });
    expect(error).to.include({ code: 'http', detail: 'auth' });
    expect(await server.requests()).to.have.length(0);
  });

  it('says what is wrong with its options', async () => {
    expect((await ask({})).error).to.include({ code: 'protocol', detail: 'endpoint' });
    const { error } = await ask({ endpoint: '/x', protocol: 'smoke-signals' });
    expect(error?.message).to.include('smoke-signals').and.include('openai-chat');
    expect((await ask({ endpoint: '/x/{threadId}' })).error).to.include({ detail: 'thread-id' });
  });
});
