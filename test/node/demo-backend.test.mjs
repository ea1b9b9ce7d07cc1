import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { presets } from '../../build/demo/presets.js';
import { ask, FOUND, gate, QUESTION, readUntil, serve } from '../demo/backend.mjs';
import { textIn } from '../demo/events.mjs';
import { WIRE } from '../demo/wire.mjs';

describe('answers', () => {
  for (const { id } of presets) {
    it(`${id}: streams a sourced answer to a real question, up to its own end mark`, async () => {
      const url = await serve();
      const response = await ask(url, id);
      const stream = await response.text();
      assert.equal(response.headers.get('content-type'), WIRE[id].type);
      assert.match(stream, WIRE[id].end);
      const text = textIn(id, stream);
      assert.ok(text.includes(FOUND), text);
      assert.ok(text.includes('```html\n<chat-stream endpoint="/api/chat"></chat-stream>\n```'), text);
      const source = `${url}docs/README.md#point-it-at-a-backend`;
      assert.ok(stream.includes(source), 'the source is named');
      assert.equal(
        text.includes(`](${source})`),
        WIRE[id].links === true,
        'in the text where there is no event for it',
      );
    });

    it(`${id}: arrives in pieces over time`, async () => {
      const { delay, open } = gate(8);
      const url = await serve({ delay });
      const reader = (await ask(url, id)).body.getReader();
      const first = await readUntil(reader, id === 'chatkit' ? /Preparing/ : /documentation/);
      assert.doesNotMatch(first, WIRE[id].end);
      open();
      assert.match(await readUntil(reader, WIRE[id].end, first), WIRE[id].end);
    });
  }

  it('says so when nothing matches, and proposes questions', async () => {
    const url = await serve();
    const answer = await ask(url, 'fastapi', { question: 'What is the weather in Berlin?' });
    const text = textIn('fastapi', await answer.text());
    assert.match(text, /^I found nothing about “What is the weather in Berlin\?”/);
    assert.match(text, /\n- How do I point it at my backend\?/);
    assert.doesNotMatch(text, /\]\(/);
  });

  it('makes links of a document absolute, and serves the page they lead to', async () => {
    const url = await serve();
    const text = textIn('fastapi', await (await ask(url, 'fastapi')).text());
    assert.ok(text.includes(`[theming](${url}docs/theming.md#colours)`), text);
    const page = await fetch(`${url}docs/theming.md`);
    assert.match(page.headers.get('content-security-policy'), /^default-src 'none'/);
    assert.match(await page.text(), /<section id="colours"><h2>Colours<\/h2>/);
  });

  it('answers from the documentation of this project when no other is named', async () => {
    const url = await serve({ root: undefined });
    assert.match(await (await ask(url, 'general')).text(), WIRE.general.end);
  });

  it('keeps the pace it is asked for', async () => {
    const waits = [];
    const url = await serve({ delay: async (ms) => void waits.push(ms) });
    await (await ask(url, 'general', { query: 'pace=10' })).text();
    assert.deepEqual(waits.slice(0, 4), [1200, 1200, 1200, 100]);
    await (await ask(url, 'general', { headers: { 'x-demo-pace': '1000' } })).text();
    assert.ok(waits.at(-1) <= 3, String(waits.at(-1)));
  });

  it('stops working when the client goes away', async () => {
    const { delay, opened } = gate(8);
    const url = await serve({ delay });
    const client = new AbortController();
    const response = await ask(url, 'general', { signal: client.signal });
    await readUntil(response.body.getReader(), /documentation/);
    client.abort();
    await opened;
  });
});

describe('the particulars of each backend', () => {
  it('general: progress, tool call and sources as events', async () => {
    const stream = await (await ask(await serve(), 'general')).text();
    assert.match(
      stream,
      /"type":"progress","text":"Searching “How do I point it at my backend\?”","icon":"search","percent":10/,
    );
    assert.match(stream, /"type":"tool_call","id":"call-1","name":"search_docs","input":\{"query":/);
    assert.match(
      stream,
      /"type":"tool_result","id":"call-1","name":"search_docs","output":\{"hits":\[\{"title":/,
    );
    assert.match(
      stream,
      /"type":"sources","sources":\[\{"title":"chat-stream › Point it at a backend","url":/,
    );
  });

  it('chatkit: options first, a thread once, the question echoed', async () => {
    const url = await serve();
    const types = (stream) => [...stream.matchAll(/^data: \{"type":"([^"]+)"/gm)].map(([, type]) => type);
    const stream = await (await ask(url, 'chatkit')).text();
    assert.deepEqual(types(stream), [
      'stream_options',
      'thread.created',
      'thread.item.done',
      ...['progress_update', 'progress_update', 'progress_update'],
      'thread.item.done',
    ]);
    assert.match(stream, /"icon":"search".*\n[^]*"icon":"sparkle".*\n[^]*"icon":"bolt"/);
    const [, thread_id] = /"thread":\{"id":"([^"]+)"/.exec(stream);
    const input = { content: [{ type: 'input_text', text: QUESTION }] };
    const again = await ask(url, 'chatkit', {
      body: { type: 'threads.add_user_message', params: { thread_id, input } },
    });
    assert.ok(!types(await again.text()).includes('thread.created'));
    assert.equal((await ask(url, 'chatkit', { body: { params: {} } })).status, 400);
  });

  it('theo: counted events, the whole message after the chunks, an error without a question', async () => {
    const url = await serve();
    const stream = await (await ask(url, 'theo')).text();
    assert.match(
      stream,
      /^id: 1\nretry: 3000\n\nevent: typing\nid: 2\ndata: \{"isTyping":true\}\n\nevent: progress\nid: 3\ndata: \{"percent":10\}/,
    );
    const [, message] = /event: message\nid: \d+\ndata: (.+)/.exec(stream);
    assert.equal(JSON.parse(message).content, textIn('theo', stream));
    const silent = await fetch(new URL('api/chat/conversations/silent/stream', url));
    assert.match(
      await silent.text(),
      /event: error\nid: \d+\ndata: \{"code":"PROCESSING_ERROR","message":"There is no message/,
    );
  });

  it('theo: a question whose answer was cut can be listened to again', async () => {
    const url = await serve();
    await (await ask(url, 'theo', { query: 'misbehave=cut-clean' })).text();
    const again = await fetch(new URL('api/chat/conversations/demo/stream', url));
    assert.match(await again.text(), WIRE.theo.end);
  });

  it('fastapi: tools by name, a fallback without streaming, its own 422', async () => {
    const url = await serve();
    const stream = await (await ask(url, 'fastapi', { headers: { Authorization: 'Bearer any' } })).text();
    assert.match(stream, /^data: \{"type":"start","agent":"DocsAssistant"\}/);
    assert.match(stream, /\{"type":"tool_call","name":"search_docs","status":"started"\}/);
    assert.match(stream, /\{"type":"tool_result","name":"search_docs","data":\{/);
    const post = (body) => fetch(new URL('api/42/chat', url), { method: 'POST', body: JSON.stringify(body) });
    assert.ok((await (await post({ message: QUESTION })).json()).response.includes(FOUND));
    const refused = await post({});
    assert.equal(refused.status, 422);
    assert.deepEqual((await refused.json()).detail[0].loc, ['body', 'message']);
  });

  it('printer: names a new conversation once, at both its addresses', async () => {
    const url = await serve();
    const stream = await (await ask(url, 'printer')).text();
    assert.match(stream, /^event: stream_start\ndata: \{"status":"streaming"\}\n\nevent: conversation_id\n/);
    const [, conversation_id] = /"conversation_id":"([^"]+)"/.exec(stream);
    const body = JSON.stringify({ user_message: QUESTION, conversation_id });
    const again = await fetch(new URL('api/chat/stream', url), { method: 'POST', body });
    assert.doesNotMatch(await again.text(), /event: conversation_id/);
  });

  it('openai: a role first, annotations, usage when asked, JSON when not streamed', async () => {
    const url = await serve();
    const messages = [{ role: 'user', content: [{ type: 'text', text: QUESTION }] }];
    const body = { model: 'm', stream: true, stream_options: { include_usage: true }, messages };
    const stream = await (await ask(url, 'openai', { body })).text();
    assert.match(
      stream,
      /^data: \{"id":"chatcmpl-.*"model":"m".*"delta":\{"role":"assistant","content":""\},"finish_reason":null/,
    );
    assert.match(stream, /"annotations":\[\{"type":"url_citation","url_citation":\{"title":/);
    assert.match(
      stream,
      /"choices":\[\],"usage":\{"prompt_tokens":\d+,"completion_tokens":\d+,"total_tokens":\d+\}\}\n\ndata: \[DONE\]\n\n$/,
    );
    const whole = await (await ask(url, 'openai', { body: { messages } })).json();
    assert.ok(whole.choices[0].message.content.includes(FOUND));
    assert.equal((await ask(url, 'openai', { body: {} })).status, 400);
  });
});
