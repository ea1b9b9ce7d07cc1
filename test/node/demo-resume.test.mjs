import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { presets } from '../../build/demo/presets.js';
import { textOf } from '../../dist/headless.js';
import { ask, FOUND, gate, QUESTION, raw, readUntil, serve } from '../demo/backend.mjs';
import { chatWith } from '../demo/client.mjs';
import { cutter, randomFrom } from '../demo/cutter.mjs';
import { textIn } from '../demo/events.mjs';
import { endOf, readAgain, RESUMABLE } from '../demo/resume.mjs';
import { WIRE } from '../demo/wire.mjs';

/** What asks for an answer that outlives its connection. */
const headers = { 'x-demo-resume': '1' };
const CASES = 200;
/** Replays one case alone: `CASE=17 node --test test/node/demo-resume.test.mjs`. */
const only = process.env.CASE === undefined ? undefined : Number(process.env.CASE);
/** Chats at once: as many as two cores can follow. */
const AT_ONCE = 8;

/** What a person sees of an answer, without the names that are made anew for each. */
function shownIn(message) {
  const shown = ({ type, text, name, state, output, url, title }) => ({
    ...{ type, text, name, state, url, title },
    output: output && JSON.stringify(output),
  });
  return message.parts.map(shown);
}

/** A chat that does not wait where a person would press "Try now". */
function impatient(url, preset, options = {}) {
  const chat = chatWith(url, preset, options);
  chat.thread.subscribe(() => chat.thread.get().run?.wait && chat.tryNow());
  return chat;
}

/** The bytes of a preset's whole answer, and the message it becomes. */
async function uncut(url, preset) {
  const chat = impatient(url, preset, { headers });
  const answer = await chat.send(QUESTION);
  assert.equal(chat.status.get(), 'complete', `${preset.id}: ${chat.error.get()?.message}`);
  return { shown: shownIn(answer), bytes: chat.report.get().bytes };
}

describe('answers that are cut', () => {
  it(`are whole in the end: ${CASES} random cuts at any byte`, async () => {
    // One backend has its answer at once, the other one while it is read.
    const backends = [
      await serve(),
      await serve({ delay: () => new Promise((resolve) => void setImmediate(resolve)) }),
    ];
    const wholes = new Map();
    const wholeOf = (url, preset) => {
      const key = `${url} ${preset.id}`;
      if (!wholes.has(key)) wholes.set(key, uncut(url, preset));
      return wholes.get(key);
    };
    const done = { cuts: 0, connections: 0, byPreset: {} };

    async function run(number) {
      const random = randomFrom(number);
      const within = (count) => Math.floor(random() * count);
      const id = RESUMABLE[within(RESUMABLE.length)];
      const preset = presets.find((one) => one.id === id);
      const backend = backends[within(2)];
      const whole = await wholeOf(backend, preset);
      const repeats = within(4) === 0;
      // A client may come back five times; repeated ids bring a cut of their own.
      const cuts = Array.from({ length: 1 + within(repeats ? 3 : 4) }, () => within(whole.bytes));
      // Theo's address says where to go on only by an id, so the first event has to arrive.
      if (id === 'theo') cuts[0] = Math.max(cuts[0], 100);
      const name = `case ${number}: ${id}, cut after ${cuts.join(', ')}${repeats ? ', one id for all' : ''}`;
      let connections = 0;
      const url = await cutter(backend, ({ method, url: path }) => {
        if (method === 'POST' && path.endsWith('/messages')) return Infinity;
        connections += 1;
        return cuts[connections - 1] ?? Infinity;
      });
      const misbehave = repeats ? { 'x-demo-misbehave': 'repeat-ids' } : {};
      const chat = impatient(url, preset, {
        headers: { ...headers, ...misbehave },
        // Theo's thread has room for one answer at a time.
        threadId: preset.attributes['thread-id'] && `thread-${number}`,
      });
      const answer = await chat.send(QUESTION);
      assert.equal(chat.status.get(), 'complete', `${name}: ${chat.error.get()?.message}`);
      assert.deepEqual(shownIn(answer), whole.shown, name);
      assert.equal(chat.messages.get().length, 2, name);
      done.cuts += connections - 1;
      done.byPreset[id] = (done.byPreset[id] ?? 0) + 1;
    }

    const numbers = only === undefined ? Array.from({ length: CASES }, (_, index) => index + 1) : [only];
    const failures = [];
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
        await run(number).catch((error) => failures.push(error.message));
      }
    });
    await Promise.all(workers);
    assert.deepEqual(failures, []);
    if (only !== undefined) return;
    assert.ok(done.cuts > CASES, `${done.cuts} cuts`);
    for (const id of RESUMABLE) assert.ok(done.byPreset[id] > 0, `${id} was never cut`);
  });
});

describe('answers that can be read again', () => {
  const located = (response) => response.headers.get('content-location');
  const theoStream = (id) => `/api/chat/conversations/${id}/stream`;

  /** Asks, reads a little and leaves. What was read ends with a whole event. */
  async function askAndLeave(url, id, options = {}) {
    const client = new AbortController();
    const response = await ask(url, id, { headers, signal: client.signal, ...options });
    const seen = await readUntil(response.body.getReader(), /documentation.*\n\n/);
    client.abort();
    return { response, seen: seen.slice(0, seen.lastIndexOf('\n\n') + 2) };
  }

  for (const id of ['general', 'openai', 'theo', 'langgraph', 'chatkit-python']) {
    it(`${id}: go on when nobody reads, and give the rest to whoever comes back`, async () => {
      const { delay, open } = gate(9);
      const url = await serve({ delay });
      const { response, seen } = await askAndLeave(url, id);
      open();
      const lastEventId = /^id: (\d+)\n(?![^]*^id: )/m.exec(seen)[1];
      const rest = await (await readAgain(url, id, response, lastEventId)).text();
      const stream = seen + rest;
      assert.ok(textIn(id, stream).includes(FOUND), stream);
      assert.match(endOf(id, stream), WIRE[id].end);
      const last = [...rest.matchAll(/^id: (\d+)$/gm)].at(-1)[1];
      assert.equal((await readAgain(url, id, response, last)).status, 204);
    });
  }

  it('have addresses as their protocols name them, and none where nobody asked for one', async () => {
    const url = await serve();
    const location = async (id, options) => located(await ask(url, id, options));
    assert.match(await location('openai', { headers }), /^\/api\/answers\/[\da-f-]{36}$/);
    assert.match(await location('langgraph'), /^\/threads\/[\da-f-]{36}\/runs\/[\da-f-]{36}\/stream$/);
    assert.equal(await location('openai'), null);
    assert.equal(await location('ollama', { headers }), null);
  });

  it('ai-sdk: a chat’s latest one again from its start, without ids; 204 where there is none', async () => {
    const url = await serve();
    const first = await (await ask(url, 'ai-sdk', { headers })).text();
    assert.doesNotMatch(first, /^id:/m);
    const again = await fetch(new URL('/ai-sdk/chat/chat-1/stream', url), {
      headers: { 'Last-Event-ID': '5' },
    });
    assert.equal(again.headers.get('x-vercel-ai-ui-message-stream'), 'v1');
    assert.equal(await again.text(), first);
    assert.equal((await fetch(new URL('/ai-sdk/chat/another/stream', url))).status, 204);
  });

  it('theo: whoever comes without an id gets the running one, a new question ends it', async () => {
    const { delay, open } = gate(9);
    const url = await serve({ delay });
    const { seen } = await askAndLeave(url, 'theo');
    // A page that was reloaded has seen nothing.
    const reader = (await fetch(new URL(theoStream('demo'), url))).body.getReader();
    const again = await readUntil(reader, /documentation.*\n\n/);
    assert.equal(again.slice(0, seen.length), seen);
    const told = await fetch(new URL('/api/chat/conversations/demo/messages', url), {
      method: 'POST',
      body: JSON.stringify({ content: 'Which colours are there?' }),
    });
    assert.equal(told.status, 202);
    // The reader of the first one gets its end, and no end mark.
    assert.doesNotMatch(await readUntil(reader, WIRE.theo.end, again), WIRE.theo.end);
    open();
    const next = await (await fetch(new URL(theoStream('demo'), url))).text();
    assert.match(textIn('theo', next), /--chat-accent/);
    assert.equal(
      (await fetch(new URL(theoStream('x'), url), { headers: { 'Last-Event-ID': '3' } })).status,
      204,
    );
  });

  it('are for pages of this server alone, by an id that was given', async () => {
    const url = await serve();
    const path = located(await ask(url, 'general', { headers }));
    assert.equal((await raw(url, path)).status, 200);
    assert.equal((await raw(url, path, { origin: 'https://example.com' })).status, 403);
    assert.equal((await raw(url, path, { 'sec-fetch-site': 'cross-site' })).status, 403);
    const another = path.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
    assert.equal((await raw(url, another)).status, 404);
  });

  it('end when a person stops them, by address or by thread', async () => {
    for (const id of ['general', 'langgraph', 'theo']) {
      const { delay, opened } = gate(9);
      const url = await serve({ delay });
      const { response, seen } = await askAndLeave(url, id);
      const body =
        id === 'theo'
          ? { threadId: 'demo', location: null }
          : { threadId: null, location: located(response) };
      const stop = async () => {
        const told = await fetch(new URL('/api/stop', url), { method: 'POST', body: JSON.stringify(body) });
        return (await told.json()).stopped;
      };
      assert.equal(await stop(), true, id);
      // What generates it was told.
      await opened;
      const rest = await (await readAgain(url, id, response)).text();
      assert.ok(rest.startsWith(seen), id);
      assert.doesNotMatch(endOf(id, rest), WIRE[id].end, id);
      assert.equal(await stop(), false, id);
    }
  });

  it('are not stopped by a client that leaves', async () => {
    const { delay, open, opened } = gate(9);
    const url = await serve({ delay });
    const { response } = await askAndLeave(url, 'general');
    let aborted = false;
    void opened.then(() => (aborted = true));
    // Others come and go meanwhile.
    for (let count = 0; count < 3; count += 1) await fetch(url);
    assert.equal(aborted, false);
    open();
    assert.match(
      endOf('general', await (await readAgain(url, 'general', response)).text()),
      WIRE.general.end,
    );
  });
});

describe("the widget's own client and Stop", () => {
  it('tells the backend when a person stops, which then has nothing more to give', async () => {
    for (const id of ['general', 'langgraph', 'theo']) {
      const { delay, opened } = gate(9);
      const url = await serve({ delay });
      const preset = presets.find((one) => one.id === id);
      const chat = chatWith(url, preset, { headers, stopEndpoint: `${url}api/stop` });
      const asked = chat.send(QUESTION);
      await new Promise((resolve) => {
        chat.messages.subscribe(() => {
          const answer = chat.messages.get().at(-1);
          if (answer.role === 'assistant' && textOf(answer).includes('documentation')) resolve();
        });
      });
      chat.stop();
      await asked;
      assert.equal(chat.status.get(), 'stopped', id);
      await opened;
    }
  });
});
