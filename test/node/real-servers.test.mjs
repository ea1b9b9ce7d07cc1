import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';

import { EventType } from '@ag-ui/core';
import { EventEncoder } from '@ag-ui/encoder';
import { serve } from '@hono/node-server';
import { simulateReadableStream, streamText, tool, jsonSchema } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import OpenAI from 'openai';

import { startDemoServer } from '../../build/demo-server.js';
import { Chat, textOf } from '../../dist/headless.js';

/* Servers that nobody here wrote, and a client that nobody here wrote: our reading and our demo's writing must fit both. */

async function listening(t, app) {
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  if (!server.listening) await once(server, 'listening');
  t.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}

async function ask(endpoint, text = 'What is the weather in Oslo?') {
  const chat = new Chat({ endpoint });
  const answer = await chat.send(text);
  assert.equal(chat.error.get(), null);
  assert.equal(chat.status.get(), 'complete');
  return { chat, answer };
}

describe('servers of others', () => {
  it('the AI SDK: reasoning, a tool call with its output, text and usage', async (t) => {
    const usage = { inputTokens: { total: 3 }, outputTokens: { total: 7 } };
    const step = (...chunks) => ({
      stream: simulateReadableStream({ initialDelayInMs: 5, chunkDelayInMs: 5, chunks }),
    });
    const steps = [
      step(
        { type: 'stream-start', warnings: [] },
        { type: 'reasoning-start', id: 'r' },
        { type: 'reasoning-delta', id: 'r', delta: 'Look it up.' },
        { type: 'reasoning-end', id: 'r' },
        { type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: '{"city":"Oslo"}' },
        { type: 'finish', finishReason: { unified: 'tool-calls', raw: 'tool_calls' }, usage },
      ),
      step(
        { type: 'stream-start', warnings: [] },
        { type: 'text-start', id: 't' },
        { type: 'text-delta', id: 't', delta: 'It is ' },
        { type: 'text-delta', id: 't', delta: '21 °C.' },
        { type: 'text-end', id: 't' },
        { type: 'finish', finishReason: { unified: 'stop', raw: 'stop' }, usage },
      ),
    ];
    const app = new Hono().post('/api/chat', async (context) => {
      await context.req.json();
      const result = streamText({
        model: new MockLanguageModelV4({ doStream: async () => steps.shift() }),
        prompt: 'weather',
        stopWhen: ({ steps: done }) => done.length >= 2,
        tools: {
          weather: tool({
            inputSchema: jsonSchema({ type: 'object', properties: { city: { type: 'string' } } }),
            execute: async ({ city }) => `${city}: 21 °C`,
          }),
        },
      });
      return result.toUIMessageStreamResponse({ sendReasoning: true, sendSources: true });
    });
    const { chat, answer } = await ask(`${await listening(t, app)}/api/chat`);
    assert.equal(chat.report.get().protocol, 'ai-sdk');
    assert.equal(textOf(answer), 'It is 21 °C.');
    const call = answer.parts.find(({ type }) => type === 'tool-call');
    assert.deepEqual(
      [call.name, call.input, call.output, call.state],
      ['weather', { city: 'Oslo' }, 'Oslo: 21 °C', 'complete'],
    );
    assert.ok(answer.parts.some(({ type, text }) => type === 'reasoning' && text === 'Look it up.'));
  });

  it('AG-UI: its encoder', async (t) => {
    const encoder = new EventEncoder({ accept: 'text/event-stream' });
    const events = [
      { type: EventType.RUN_STARTED, threadId: 't1', runId: 'r1' },
      { type: EventType.TEXT_MESSAGE_START, messageId: 'm1', role: 'assistant' },
      { type: EventType.TEXT_MESSAGE_CONTENT, messageId: 'm1', delta: 'Cold, ' },
      { type: EventType.TEXT_MESSAGE_CONTENT, messageId: 'm1', delta: 'but bright.' },
      { type: EventType.TEXT_MESSAGE_END, messageId: 'm1' },
      { type: EventType.RUN_FINISHED, threadId: 't1', runId: 'r1' },
    ];
    const app = new Hono().post('/agent', () => {
      const body = events.map((event) => encoder.encode(event)).join('');
      return new Response(body, { headers: { 'content-type': encoder.getContentType() } });
    });
    const { chat, answer } = await ask(`${await listening(t, app)}/agent`);
    assert.equal(chat.report.get().protocol, 'ag-ui');
    assert.equal(textOf(answer), 'Cold, but bright.');
    assert.deepEqual([chat.thread.get().id, answer.backendId], ['t1', 'm1']);
  });

  it('hono: streamSSE', async (t) => {
    const app = new Hono().post('/chat', (context) =>
      streamSSE(context, async (stream) => {
        for (const token of ['Hel', 'lo'])
          await stream.writeSSE({ event: 'token', data: JSON.stringify({ token }) });
        await stream.writeSSE({ event: 'done', data: '{}' });
      }),
    );
    const { chat, answer } = await ask(`${await listening(t, app)}/chat`);
    assert.equal(chat.report.get().protocol, 'events');
    assert.equal(textOf(answer), 'Hello');
  });

  it('plain Node: a body that is the text', async (t) => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
      response.write('Hel');
      setImmediate(() => response.end('lo'));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    const { chat, answer } = await ask(`http://127.0.0.1:${server.address().port}/`);
    assert.equal(chat.report.get().protocol, 'text');
    assert.equal(textOf(answer), 'Hello');
  });

  it('the openai package reads our demo backend, streamed and whole', async (t) => {
    const server = await startDemoServer({ port: 0, pace: 0 });
    t.after(() => server.close());
    const client = new OpenAI({ baseURL: new URL('/v1', server.url).href, apiKey: 'none' });
    const question = {
      model: 'demo',
      messages: [{ role: 'user', content: 'How do I point it at my backend?' }],
    };
    const stream = client.chat.completions.stream({ ...question, stream_options: { include_usage: true } });
    const streamed = await stream.finalChatCompletion();
    assert.match(streamed.choices[0].message.content, /endpoint/);
    assert.equal(streamed.choices[0].finish_reason, 'stop');
    assert.ok(streamed.usage.total_tokens > 0);
    const whole = await client.chat.completions.create(question);
    assert.equal(whole.choices[0].message.content, streamed.choices[0].message.content);
  });
});
