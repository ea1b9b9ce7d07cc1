import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';

import { presets } from '../../build/demo/presets.js';
import { chatWith } from '../demo/client.mjs';
import { ask, listen, QUESTION, readUntil, serve } from '../demo/backend.mjs';
import { textIn } from '../demo/events.mjs';
import { WIRE } from '../demo/wire.mjs';

describe('a model server behind it', () => {
  /** A model server that answers with this, and tells what it was asked. */
  async function modelServer(answer) {
    const asked = [];
    const server = createServer((req, res) => {
      void req.toArray().then((chunks) => {
        const body = Buffer.concat(chunks).toString();
        asked.push({ key: req.headers.authorization, body: body && JSON.parse(body) });
        answer(res, req);
      });
    });
    return { asked, upstream: { baseURL: `${await listen(server)}v1/`, apiKey: 'key' } };
  }
  const chunk = (delta, finish_reason = null) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
  const hello = [{ role: 'assistant', content: '' }, { content: 'Hel' }, { content: 'lo' }].map((delta) =>
    chunk(delta),
  );
  hello.push(chunk({}, 'stop'), 'data: [DONE]\n\n');
  const stream = (res, text) => res.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(text);

  it('passes the conversation on, and its answer back in every protocol', async () => {
    const { asked, upstream } = await modelServer((res, req) => {
      if (req.url === '/v1/models') return res.end(JSON.stringify({ data: [{ id: 'small' }] }));
      stream(res, hello.join(''));
      res.end();
    });
    const url = await serve({ upstream });
    for (const { id } of presets) {
      const answer = await (await ask(url, id)).text();
      assert.equal(textIn(id, answer), 'Hello', id);
      // A plain body has no end mark, and a model names no sources.
      if (id !== 'text') assert.match(answer, WIRE[id].end, id);
    }
    const { body, key } = asked[1];
    assert.equal(key, 'Bearer key');
    assert.deepEqual(body, { model: 'small', messages: [{ role: 'user', content: QUESTION }], stream: true });
    await (await ask(url, 'theo', { question: 'And then?' })).text();
    assert.deepEqual(asked.at(-1).body.messages, [
      { role: 'user', content: QUESTION },
      { role: 'assistant', content: 'Hello' },
      { role: 'user', content: 'And then?' },
    ]);
  });

  it('knows what was said before, wherever the protocol or its backend keeps it', async () => {
    const { asked, upstream } = await modelServer((res) => (stream(res, hello.join('')), res.end()));
    const url = await serve({ upstream: { ...upstream, model: 'small' } });
    const without = ['fastapi', 'rubyllm'];
    for (const preset of presets.filter(({ id }) => !without.includes(id))) {
      for (const protocol of ['auto', WIRE[preset.id].named]) {
        const threadId = preset.attributes['thread-id'] && protocol;
        const chat = chatWith(url, preset, { protocol, threadId });
        await chat.send('One?');
        await chat.send('Two?');
        assert.equal(chat.error.get(), null);
        const said = asked.at(-1).body.messages.map(({ role, content }) => `${role}: ${content}`);
        assert.deepEqual(said, ['user: One?', 'assistant: Hello', 'user: Two?'], `${preset.id}, ${protocol}`);
      }
    }
  });

  it('aborts the model when the client goes away', async () => {
    let close;
    const closed = new Promise((resolve) => (close = resolve));
    const { upstream } = await modelServer((res) => {
      res.once('close', close);
      stream(res, chunk({ content: 'Hel' }));
    });
    const url = await serve({ upstream: { ...upstream, model: 'small' } });
    const client = new AbortController();
    const response = await ask(url, 'rubyllm', { signal: client.signal });
    await readUntil(response.body.getReader(), /Hel/);
    client.abort();
    await closed;
  });

  it("tells of a failure in its protocol's words, not in the model server's", async () => {
    const refusing = await modelServer((res) =>
      res.writeHead(401).end('{"error":{"message":"bad key sk-123"}}'),
    );
    const cut = await modelServer((res) => (stream(res, chunk({ content: 'Hel' })), res.end()));
    for (const { upstream } of [refusing, cut]) {
      const url = await serve({ upstream: { ...upstream, model: 'small' } });
      const answer = await (await ask(url, 'rubyllm')).text();
      assert.match(answer, /event: error\ndata: ".+"\n\n$/);
      assert.ok(!answer.includes('sk-123'));
    }
  });
});
