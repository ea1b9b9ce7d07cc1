import '../../src/define.js';

import { html } from 'lit';
import { Chat, textOf, type ChatError } from '../../src/headless.js';
import { expect, fixture, play, until } from '../support/index.js';
import { done, lastText, say } from './helpers.js';
import { emptyStorage, keys, leftBehind, reloaded, whole } from './storage.js';

describe('history in the browser', () => {
  emptyStorage();

  it('keeps nothing unless it is asked to', async () => {
    const server = await play({ answers: [whole('So.')] });
    await new Chat({ endpoint: server.url }).send('Why?');
    dispatchEvent(new Event('pagehide'));
    expect([...keys(sessionStorage), ...keys(localStorage)]).to.deep.equal([]);
  });

  for (const history of ['session', 'local'] as const) {
    it(`shows the thread again after a reload (${history})`, async () => {
      const server = await play({
        answers: [{ steps: [{ write: 'data: {"type":"start","thread_id":"t1"}\n\n' + say('So.') + done }] }],
      });
      const first = await reloaded(server.url, { history });
      await first.send('Why?');
      const second = await reloaded(server.url, { history });
      expect(second.messages.get().map(textOf)).to.deep.equal(['Why?', 'So.']);
      expect(second.messages.get().map(({ id, status }) => [id, status])).to.deep.equal(
        first.messages.get().map(({ id, status }) => [id, status]),
      );
      expect(second.thread.get().id).to.equal('t1');
      expect(second.status.get()).to.equal('idle');
      await second.send('And then?');
      expect(JSON.parse((await server.requests(2))[1]!.body)).to.include({ thread_id: 't1' });
      expect((await reloaded(server.url, { history })).messages.get()).to.have.length(4);
    });
  }

  it('goes on with an answer that was under way, nothing twice', async () => {
    const server = await play({
      answers: [
        {
          headers: { 'content-location': 'runs/7' },
          steps: [{ write: say('Clouds ') + say('dri') }, { gate: 'never' }],
        },
        { steps: [{ write: say('Clouds drift') }, { gate: 'more' }, { write: say(' by.') + done }] },
      ],
    });
    await leftBehind(`${server.url}/ask`, 'Clouds dri');
    const second = new Chat({ endpoint: `${server.url}/ask`, history: 'session' });
    const restored = second.restore();
    await until(() => lastText(second) === 'Clouds drift');
    expect(second.status.get()).to.equal('streaming');
    await server.release('more');
    await restored;
    await until(() => second.status.get() === 'complete');
    expect(second.messages.get().map(textOf)).to.deep.equal(['Why?', 'Clouds drift by.']);
    expect((await server.requests(2))[1]).to.include({ method: 'GET', url: '/runs/7' });
  });

  it('goes on also after a reload while it was being asked for', async () => {
    const server = await play({
      answers: [
        { headers: { 'content-location': 'runs/7' }, steps: [{ write: say('Clouds ') }, { gate: 'never' }] },
        { steps: [{ write: say('Clouds ') + say('drift.') + done }] },
      ],
    });
    const endpoint = `${server.url}/ask`;
    await leftBehind(endpoint, 'Clouds ');
    // This page is left before its request is answered.
    const asked = new Promise<void>((resolve) => {
      const second = new Chat({
        endpoint,
        history: 'session',
        fetch: () => {
          resolve();
          return new Promise(() => {});
        },
      });
      void second.restore();
    });
    await asked;
    const third = await reloaded(endpoint);
    await until(() => third.status.get() === 'complete');
    expect(third.messages.get().map(textOf)).to.deep.equal(['Why?', 'Clouds drift.']);
  });

  it('goes on also where it was left at once, before what keeps threads was there', async () => {
    const server = await play({ answers: [whole('Clouds drift.')] });
    const options = { endpoint: `${server.url}/ask`, resumeEndpoint: `${server.url}/running` };
    const first = new Chat({ ...options, history: 'session' });
    void first.send('Why?');
    first.detach();
    // What keeps threads is there now.
    await first.history();
    const second = await reloaded(options.endpoint, options);
    await until(() => second.status.get() === 'complete');
    expect(second.messages.get().map(textOf)).to.deep.equal(['Why?', 'Clouds drift.']);
    expect((await server.requests()).map(({ url }) => url)).to.deep.equal(['/running']);
  });

  it('goes on, in an element of its own, with an answer that another element was removed from', async () => {
    const server = await play({
      answers: [
        {
          headers: { 'content-location': 'runs/7' },
          steps: [{ write: say('Clouds ') }, { gate: 'never' }],
        },
        { steps: [{ write: say('Clouds ') + say('drift.') + done }] },
      ],
    });
    const first = await reloaded(`${server.url}/ask`);
    const answer = first.send('Why?');
    await until(() => lastText(first) === 'Clouds ');
    first.detach();
    expect((await answer)?.status).to.equal('stopped');
    const second = await reloaded(`${server.url}/ask`);
    await until(() => second.status.get() === 'complete');
    expect(second.messages.get().map(textOf)).to.deep.equal(['Why?', 'Clouds drift.']);
  });

  it('says that an answer was cut where the backend has no more of it, and can ask again', async () => {
    const server = await play({
      answers: [{ steps: [{ write: say('Clouds ') }, { gate: 'never' }] }, whole('Clouds drift.')],
    });
    await leftBehind(server.url, 'Clouds ');
    const second = new Chat({ endpoint: server.url, history: 'session' });
    await second.restore();
    expect(second.error.get()).to.include({ code: 'interrupted', retryable: true });
    expect(second.messages.get().at(-1)).to.include({ status: 'error' });
    expect(lastText(second)).to.equal('Clouds ');
    expect(await server.requests()).to.have.length(1);
    await second.regenerate();
    expect(second.messages.get().map(textOf)).to.deep.equal(['Why?', 'Clouds drift.']);
  });

  it('says nothing of it where something else is shown by then', async () => {
    const server = await play({
      answers: [
        { headers: { 'content-location': 'runs/7' }, steps: [{ write: say('Clouds ') }, { gate: 'never' }] },
      ],
    });
    const endpoint = `${server.url}/ask`;
    await leftBehind(endpoint, 'Clouds ');
    let answer: ((response: Response) => void) | undefined;
    const fetch = () => new Promise<Response>((resolve) => (answer = resolve));
    const second = new Chat({ endpoint, history: 'session', fetch });
    const restored = second.restore();
    await until(() => answer);
    second.clear();
    answer!(new Response(null, { status: 404 }));
    await restored;
    expect(second.error.get()).to.equal(null);
    expect(second.status.get()).to.equal('idle');
  });

  it('lists, opens, renames and removes threads, and forgets one that is cleared', async () => {
    const server = await play({ answers: [whole('So.')] });
    const chat = await reloaded(server.url, { history: 'local' });
    await chat.send('One?');
    chat.load({ messages: [] });
    await chat.send('Two?');
    dispatchEvent(new Event('pagehide'));
    const history = await chat.history();
    const [newer, older] = await history.list();
    await history.rename?.(older!.id, 'The first');
    expect((await history.list()).map(({ title }) => title)).to.have.members([null, 'The first']);
    await chat.open(older!.id);
    expect(chat.messages.get().map(textOf)).to.deep.equal(['One?', 'So.']);
    await chat.send('One more?');
    dispatchEvent(new Event('pagehide'));
    expect((await history.load(older!.id)).messages).to.have.length(4);
    chat.clear();
    expect((await history.list()).map(({ id }) => id)).to.deep.equal([newer!.id]);
    await history.remove?.(newer!.id);
    expect(keys(localStorage)).to.deep.equal([]);
    expect(
      await history.load('gone').then(
        () => 'loaded',
        (error: ChatError) => error.code,
      ),
    ).to.equal('history');
  });

  it('keeps what two tabs ask that began with the same thread', async () => {
    const server = await play({ answers: ['So.', 'One.', 'Two.', 'Three.'].map((text) => whole(text)) });
    const first = await reloaded(server.url, { history: 'local' });
    await first.send('Why?');
    const second = await reloaded(server.url, { history: 'local' });
    await first.send('First?');
    dispatchEvent(new Event('pagehide'));
    await second.send('Second?');
    dispatchEvent(new Event('pagehide'));
    await first.send('Third?');
    dispatchEvent(new Event('pagehide'));
    const third = new Chat({ endpoint: server.url, history: 'local' });
    const threads = [];
    for (const { id } of await (await third.history()).list()) {
      await third.open(id);
      threads.push(third.messages.get().map(textOf));
    }
    expect(threads).to.have.deep.members([
      ['Why?', 'So.', 'First?', 'One.', 'Third?', 'Three.'],
      ['Why?', 'So.', 'Second?', 'Two.'],
    ]);
  });

  it('holds the threads of another endpoint apart, and no header or error in them', async () => {
    const server = await play({
      answers: [{ status: 500, steps: [{ write: 'stack trace' }] }, whole('So.')],
    });
    const chat = new Chat({
      endpoint: `${server.url}/a`,
      history: 'local',
      headers: { authorization: 'Bearer sentinel' },
    });
    await chat.send('Why?');
    await chat.regenerate();
    const other = await reloaded(`${server.url}/b`, { history: 'local' });
    expect(other.messages.get()).to.deep.equal([]);
    const kept = JSON.stringify(localStorage);
    expect(kept).to.include('Why?');
    expect(kept).not.to.include('sentinel');
    expect(kept).not.to.include('stack trace');
  });

  it('comes back in the element by its attribute alone', async () => {
    const server = await play({ answers: [whole('So it is.')] });
    const first = await fixture(html`<chat-stream endpoint=${server.url} history="session"></chat-stream>`);
    await (first as HTMLElementTagNameMap['chat-stream']).send('Why?');
    dispatchEvent(new Event('pagehide'));
    first.remove();
    const second = await fixture(html`<chat-stream endpoint=${server.url} history="session"></chat-stream>`);
    const { chat } = second as HTMLElementTagNameMap['chat-stream'];
    await until(() => chat.messages.get().length === 2);
    expect(lastText(chat)).to.equal('So it is.');
    await until(
      () => second.shadowRoot!.querySelector('chat-stream-messages')?.shadowRoot?.textContent !== '',
    );
  });
});
