import { Chat, textOf, type ChatFact } from '../../src/headless.js';
import { expect, onCleanup, play, until } from '../support/index.js';
import { emptyStorage, reloaded, whole } from './storage.js';

describe('where history is kept in the browser', () => {
  emptyStorage();

  it('keeps no more once it is told not to, and what comes next where it is told to', async () => {
    const server = await play({ answers: [whole('So.')] });
    const options = { endpoint: `${server.url}/a`, history: 'local' } as const;
    const chat = await reloaded(options.endpoint, options);
    await chat.send('One?');
    dispatchEvent(new Event('pagehide'));
    await until(() => JSON.stringify(localStorage).includes('One?'));
    chat.configure({ history: 'none' });
    await chat.send('A secret?');
    dispatchEvent(new Event('pagehide'));
    expect(JSON.stringify(localStorage)).not.to.include('secret');
    chat.configure({ history: 'session', endpoint: `${server.url}/b` });
    chat.load({ messages: [] });
    await chat.send('Two?');
    const other = await reloaded(`${server.url}/b`);
    expect(other.messages.get().map(textOf)).to.deep.equal(['Two?', 'So.']);
    const first = await reloaded(options.endpoint, options);
    expect(first.messages.get().map(textOf)).to.deep.equal(['One?', 'So.']);
  });

  it('goes on without it where storage is forbidden, and says so once', async () => {
    const own = Object.getOwnPropertyDescriptor(window, 'localStorage')!;
    onCleanup(() => Object.defineProperty(window, 'localStorage', own));
    const get = () => {
      throw new DOMException('forbidden', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { ...own, get });
    const server = await play({ answers: [whole('So.')] });
    const chat = new Chat({ endpoint: server.url, history: 'local' });
    const failures: ChatFact[] = [];
    chat.observe((fact) => fact.type === 'history-failed' && failures.push(fact));
    await chat.restore();
    for (const question of ['One?', 'Two?']) {
      await chat.send(question);
      dispatchEvent(new Event('pagehide'));
    }
    expect(chat.status.get()).to.equal('complete');
    await chat
      .history()
      .then((history) => history.list())
      .catch(() => {});
    expect(failures).to.have.length(1);
  });

  it('goes on without it where storage is full, and says so once', async () => {
    const own = Storage.prototype.setItem;
    onCleanup(() => (Storage.prototype.setItem = own));
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const server = await play({ answers: [whole('So.')] });
    const chat = new Chat({ endpoint: server.url, history: 'local' });
    const facts: ChatFact[] = [];
    chat.observe((fact) => facts.push(fact));
    for (const question of ['One?', 'Two?']) {
      await chat.send(question);
      dispatchEvent(new Event('pagehide'));
    }
    expect(chat.status.get()).to.equal('complete');
    await until(() => facts.some(({ type }) => type === 'history-failed'));
    const failures = facts.filter(({ type }) => type === 'history-failed');
    expect(failures).to.have.length(1);
    expect(failures[0]).to.have.nested.property('error.code', 'history');
  });

  it('loses no other thread to one that is too large for what room there is', async () => {
    const own = Storage.prototype.setItem;
    onCleanup(() => (Storage.prototype.setItem = own));
    Storage.prototype.setItem = function (this: Storage, name: string, text: string) {
      if (text.length > 1500) throw new DOMException('full', 'QuotaExceededError');
      own.call(this, name, text);
    };
    const server = await play({ answers: [whole('So.'), whole('So.'), whole('So it is. '.repeat(200))] });
    const chat = new Chat({ endpoint: server.url, history: 'local' });
    for (const question of ['One?', 'Two?', 'Three?']) {
      chat.load({ messages: [] });
      await chat.send(question);
      dispatchEvent(new Event('pagehide'));
    }
    const history = await chat.history();
    const listed = await history.list();
    const threads = await Promise.all(listed.map(({ id }) => history.load(id)));
    const questions = threads.map(({ messages }) => JSON.stringify(messages[0]?.parts));
    for (const question of ['One?', 'Two?']) expect(questions.join()).to.include(question);
  });

  it('is not led astray by what others wrote there', async () => {
    const endpoint = '/nowhere';
    for (const text of ['{', '[]', '{"version":1,"current":"x","threads":7}', '{"version":99}', 'null']) {
      localStorage.setItem(`chat-stream:${endpoint}`, text);
      const chat = await reloaded(endpoint, { history: 'local' });
      expect(chat.messages.get()).to.deep.equal([]);
    }
    localStorage.setItem(
      `chat-stream:${endpoint}`,
      '{"version":1,"current":"x","threads":[{"id":"x","title":null}]}',
    );
    localStorage.setItem(
      `chat-stream:${endpoint}:x`,
      '{"version":1,"id":null,"messages":[{"role":"user","text":"Hi"},{"role":"user","parts":7}]}',
    );
    expect((await reloaded(endpoint, { history: 'local' })).messages.get().map(textOf)).to.deep.equal(['Hi']);
  });
});
