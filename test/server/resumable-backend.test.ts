import { expect } from 'chai';
import { createStreamStore, type ResumableStream } from '../../src/server/index.js';
import { readerOf } from './helpers.js';

describe('the backend of docs/server.md', () => {
  const streams = createStreamStore();
  /** Tells the model to go on. */
  let more: () => void;

  async function* model(signal: AbortSignal) {
    for (const text of ['Hel', 'lo', ' there']) {
      yield text;
      await new Promise<void>((resolve) => {
        more = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  async function answerTo({ send, signal }: ResumableStream) {
    for await (const text of model(signal)) await send({ data: { type: 'text', content: text } });
    await send({ data: { type: 'done' } });
  }

  async function handle(request: Request): Promise<Response> {
    const owner = request.headers.get('x-user') ?? '';
    const { pathname } = new URL(request.url);
    const { signal } = request;
    if (request.method === 'POST' && pathname === '/chat') {
      const answer = streams.open({ owner });
      answerTo(answer).then(answer.close, answer.fail);
      return streams.respond(answer.id, { owner, signal, location: `/answers/${answer.id}` });
    }
    if (request.method === 'POST' && pathname === '/stop') {
      const { location } = (await request.json()) as { location: string };
      await streams.stop(new URL(location, request.url).pathname.split('/').at(-1)!, { owner });
      return new Response(null, { status: 204 });
    }
    const [, id] = /^\/answers\/([^/]+)$/.exec(pathname) ?? [];
    const lastEventId = request.headers.get('last-event-id');
    return streams.respond(id ?? '', { owner, signal, lastEventId });
  }

  const ask = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
    handle(new Request(`https://your.site${path}`, { headers: { 'x-user': 'ann', ...headers }, ...init }));
  const post = (path: string, body: unknown) => ask(path, {}, { method: 'POST', body: JSON.stringify(body) });

  it('gives the rest to its person alone, and 204 when there is none', async () => {
    const first = await post('/chat', { message: 'Hi' });
    const location = first.headers.get('content-location')!;
    const reader = readerOf(first);
    await reader.untilIt('Hel');
    await reader.leave();
    expect((await ask(location, { 'x-user': 'bob' })).status).to.equal(404);
    expect((await ask('/answers/another')).status).to.equal(404);
    expect((await ask('/elsewhere')).status).to.equal(404);
    const rest = readerOf(await ask(location, { 'last-event-id': '1' }));
    more();
    await rest.untilIt('lo');
    more();
    await rest.untilIt('there');
    more();
    const { text, broken } = await rest.rest();
    expect(broken).to.equal(false);
    expect(text).to.equal(
      'id: 2\ndata: {"type":"text","content":"lo"}\n\n' +
        'id: 3\ndata: {"type":"text","content":" there"}\n\n' +
        'id: 4\ndata: {"type":"done"}\n\n',
    );
    expect((await ask(location, { 'last-event-id': '4' })).status).to.equal(204);
  });

  it('stops', async () => {
    const first = await post('/chat', { message: 'Hi' });
    const location = first.headers.get('content-location')!;
    const reader = readerOf(first);
    await reader.untilIt('Hel');
    const rest = reader.rest();
    expect((await post('/stop', { location })).status).to.equal(204);
    expect((await rest).text).to.not.include('done');
  });
});
