import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';

import { Chat, textOf } from '../../dist/headless.js';

/** A backend that streams these pieces, one a turn of the event loop. */
async function backend(t, ...pieces) {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const [...left] = pieces;
    const next = () => {
      if (!left.length) return response.end();
      response.write(`data: ${left.shift()}\n\n`, () => setImmediate(next));
    };
    next();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}/api/chat`;
}

test('a chat runs in Node, without a window', async (t) => {
  const chat = new Chat({ endpoint: await backend(t, '"Hel"', '"lo"', '[DONE]') });
  const seen = [];
  chat.messages.subscribe(() => seen.push(chat.status.get()));
  const answer = await chat.send('Why?');
  assert.equal(textOf(answer), 'Hello');
  assert.equal(chat.status.get(), 'complete');
  assert.ok(seen.length > 0, 'subscribers were told');
});

test('a stream without its end mark is interrupted in Node too', async (t) => {
  const chat = new Chat({ endpoint: await backend(t, '"Half"') });
  await chat.send('Why?');
  assert.equal(chat.error.get().code, 'interrupted');
  assert.equal(textOf(chat.messages.get().at(-1)), 'Half');
});

test('importing the elements on a server does no harm', async () => {
  const { ChatStreamElement } = await import('../../dist/index.js');
  assert.equal(typeof ChatStreamElement, 'function');
});
