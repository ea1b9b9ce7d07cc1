import { Chat, textOf } from '../../src/headless.js';
import { expect, play } from '../support/index.js';

const json = (value: unknown) => ({
  headers: { 'content-type': 'application/json' },
  steps: [{ write: JSON.stringify(value) }],
});

async function backend(protocol: string, path: string, ...answers: unknown[]) {
  const server = await play({ answers: answers.map(json) });
  const chat = new Chat({ endpoint: `${server.url}${path}`, protocol, history: 'backend' });
  const asked = async () =>
    (await server.requests(answers.length)).map(({ method, url, body }) => [
      method,
      url,
      body ? JSON.parse(body) : null,
    ]);
  return { chat, asked, history: await chat.history() };
}

const shown = (chat: Chat) =>
  chat.messages.get().map((message) => [message.role, textOf(message), message.backendId]);

describe('threads of the backend', () => {
  it('of a ChatKit server are listed, opened, renamed and removed', async () => {
    const { chat, history, asked } = await backend(
      'chatkit',
      '/chatkit',
      { data: [{ id: 't1', title: 'Rivers', created_at: '2026-01-05T10:00:00' }], has_more: false },
      {
        id: 't1',
        title: 'Rivers',
        items: {
          data: [
            { id: 'i1', type: 'user_message', content: [{ type: 'input_text', text: 'Why?' }] },
            { id: 'i2', type: 'assistant_message', content: [{ type: 'output_text', text: 'So.' }] },
            { id: 'i3', type: 'task' },
          ],
        },
      },
      {},
      {},
    );
    const created = Date.UTC(2026, 0, 5, 10);
    expect(await history.list()).to.deep.equal([{ id: 't1', title: 'Rivers', updatedAt: created }]);
    await chat.open('t1');
    expect(chat.thread.get()).to.include({ id: 't1', title: 'Rivers' });
    expect(shown(chat)).to.deep.equal([
      ['user', 'Why?', 'i1'],
      ['assistant', 'So.', 'i2'],
    ]);
    await history.rename?.('t1', 'Streams');
    await history.remove?.('t1');
    expect((await asked()).map(([, , body]) => body)).to.deep.equal([
      { type: 'threads.list', params: { limit: 100, order: 'desc' } },
      { type: 'threads.get_by_id', params: { thread_id: 't1' } },
      { type: 'threads.update', params: { thread_id: 't1', title: 'Streams' } },
      { type: 'threads.delete', params: { thread_id: 't1' } },
    ]);
  });

  it('of a LangGraph server', async () => {
    const { chat, history, asked } = await backend(
      'langgraph',
      '/base/threads/{threadId}/runs/stream',
      [{ thread_id: 't1', updated_at: '2026-01-05T10:00:00+00:00', metadata: { title: 'Rivers' } }],
      {
        values: {
          messages: [
            { type: 'human', content: 'Why?', id: 'm1' },
            { type: 'ai', content: '', tool_calls: [{ id: 'c', name: 'look', args: {} }], id: 'm2' },
            { type: 'tool', content: 'seen', tool_call_id: 'c', id: 'm3' },
            { type: 'ai', content: [{ type: 'text', text: 'So.' }], id: 'm4' },
          ],
        },
      },
      {},
      {},
    );
    expect(await history.list()).to.deep.equal([
      { id: 't1', title: 'Rivers', updatedAt: Date.UTC(2026, 0, 5, 10) },
    ]);
    await chat.open('t1');
    expect(shown(chat)).to.deep.equal([
      ['user', 'Why?', 'm1'],
      ['assistant', 'So.', 'm4'],
    ]);
    await history.rename?.('t1', 'Streams');
    await history.remove?.('t1');
    expect((await asked()).map(([method, url]) => `${method} ${url}`)).to.deep.equal([
      'POST /base/threads/search',
      'GET /base/threads/t1/state',
      'PATCH /base/threads/t1',
      'DELETE /base/threads/t1',
    ]);
  });

  it('of a Dify app', async () => {
    const { chat, history, asked } = await backend(
      'dify',
      '/v1/chat-messages',
      { data: [{ id: 'c1', name: 'Rivers', updated_at: 1767607200 }] },
      {
        data: [
          { id: 'm2', query: 'And?', answer: 'Yes.', created_at: 20 },
          { id: 'm1', query: 'Why?', answer: 'So.', created_at: 10 },
        ],
      },
      {},
      {},
    );
    expect(await history.list()).to.deep.equal([{ id: 'c1', title: 'Rivers', updatedAt: 1767607200000 }]);
    await chat.open('c1');
    expect(shown(chat).map(([, text]) => text)).to.deep.equal(['Why?', 'So.', 'And?', 'Yes.']);
    await history.rename?.('c1', 'Streams');
    await history.remove?.('c1');
    expect(await asked()).to.deep.equal([
      ['GET', '/v1/conversations?user=anonymous&limit=100', null],
      ['GET', '/v1/messages?user=anonymous&limit=100&conversation_id=c1', null],
      ['POST', '/v1/conversations/c1/name', { name: 'Streams', user: 'anonymous' }],
      ['DELETE', '/v1/conversations/c1', { user: 'anonymous' }],
    ]);
  });

  it('of an n8n workflow: one session, by its id', async () => {
    const { chat, history, asked } = await backend('n8n', '/webhook/w/chat', {
      data: [
        {
          lc: 1,
          type: 'constructor',
          id: ['langchain_core', 'messages', 'HumanMessage'],
          kwargs: { content: 'Why?' },
        },
        {
          lc: 1,
          type: 'constructor',
          id: ['langchain_core', 'messages', 'AIMessage'],
          kwargs: { content: 'So.' },
        },
      ],
    });
    expect(await history.list()).to.deep.equal([]);
    await chat.open('s1');
    expect(shown(chat).map(([role, text]) => [role, text])).to.deep.equal([
      ['user', 'Why?'],
      ['assistant', 'So.'],
    ]);
    expect(await asked()).to.deep.equal([
      ['POST', '/webhook/w/chat', { action: 'loadPreviousSession', sessionId: 's1' }],
    ]);
  });

  it('survive answers of any shape', async () => {
    for (const [protocol, path] of [
      ['chatkit', '/chatkit'],
      ['langgraph', '/runs/stream'],
      ['dify', '/chat-messages'],
      ['n8n', '/webhook/w/chat'],
    ] as const) {
      for (const odd of [null, [], {}, 7, { data: [null, 1, {}] }, { items: 1, values: 2 }]) {
        const { chat } = await backend(protocol, path, odd);
        await chat.open('x');
        expect(chat.thread.get().id).to.equal('x');
      }
    }
  });
});

describe('a running answer of the AI SDK', () => {
  it('is reattached to by GET, as the server replays it from its start', async () => {
    const events = [
      { type: 'start', messageId: 'm1' },
      { type: 'text-start', id: 't' },
      { type: 'text-delta', id: 't', delta: 'Still here.' },
      { type: 'text-end', id: 't' },
      { type: 'finish' },
    ];
    const body = [...events.map((event) => JSON.stringify(event)), '[DONE]']
      .map((data) => `data: ${data}\n\n`)
      .join('');
    const server = await play({ answers: [{ steps: [{ write: body }] }, { status: 204 }] });
    const chat = new Chat({ endpoint: `${server.url}/api/chat`, protocol: 'ai-sdk', threadId: 'c/1' });
    const answer = await chat.resume();
    expect(answer && textOf(answer)).to.equal('Still here.');
    expect(await chat.resume()).to.equal(undefined);
    expect((await server.requests(2)).map(({ method, url }) => `${method} ${url}`)).to.deep.equal([
      'GET /api/chat/c%2F1/stream',
      'GET /api/chat/c%2F1/stream',
    ]);
  });
});
