import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { misbehaviourGroups, misbehaviours } from '../../build/demo/options.js';
import { presets } from '../../build/demo/presets.js';
import { ask, FOUND, readUntil, serve } from '../demo/backend.mjs';
import { eventsIn, textIn } from '../demo/events.mjs';
import { WIRE } from '../demo/wire.mjs';

/** Whether an answer comes in events, one for each piece of its text. */
const inPieces = (id) => id !== 'chatkit' && id !== 'text';

describe('misbehaviour, in every protocol', () => {
  const misbehave = async (check, misbehaviour, options) => {
    const url = await serve(options);
    for (const { id } of presets) await check(id, () => ask(url, id, { query: `misbehave=${misbehaviour}` }));
  };

  it('slow: eight heartbeats of a second before the first word', async () => {
    const waits = [];
    const check = async (id, get) => {
      waits.length = 0;
      const stream = await (await get()).text();
      const { beat, end } = WIRE[id];
      assert.equal(waits.filter((ms) => ms === 1000).length, 8, id);
      assert.match(stream, end);
      if (!beat) return;
      const beats = [...stream.matchAll(beat)];
      // An answer that is kept says it to those who wait at that moment.
      if (id === 'langgraph') assert.ok(beats.length >= 1, id);
      else assert.equal(beats.length, 8, id);
      assert.equal(textIn(id, stream.slice(0, beats.at(-1).index)), '', id);
    };
    await misbehave(check, 'slow', { delay: async (ms) => void waits.push(ms) });
  });

  it('bursty: the same text in a few large pieces', async () => {
    const url = await serve();
    for (const { id } of presets) {
      const steady = await (await ask(url, id)).text();
      const bursty = await (await ask(url, id, { query: 'misbehave=bursty' })).text();
      assert.equal(textIn(id, bursty), textIn(id, steady), id);
      if (inPieces(id)) assert.ok(eventsIn(id, bursty).length < eventsIn(id, steady).length - 40, id);
    }
  });

  it('cut: the connection breaks in mid answer', async () => {
    await misbehave(async (id, get) => {
      const reader = (await get()).body.getReader();
      let seen = '';
      await assert.rejects(async () => {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return;
          seen += new TextDecoder().decode(value);
        }
      }, id);
      assert.match(seen, id === 'chatkit' ? /Preparing/ : /documentation/, id);
      assert.doesNotMatch(seen, WIRE[id].end, id);
    }, 'cut');
  });

  it('cut-clean: the body ends without an end mark', async () => {
    await misbehave(async (id, get) => {
      const stream = await (await get()).text();
      assert.match(stream, id === 'chatkit' ? /Preparing/ : /documentation/, id);
      assert.doesNotMatch(stream, WIRE[id].end, id);
      assert.ok(!textIn(id, stream).includes(FOUND), id);
    }, 'cut-clean');
  });

  it('silent: headers and then not a byte', async () => {
    await misbehave(async (id, get) => {
      const response = await get();
      assert.equal(response.status, 200, id);
      let bytes = 0;
      const reader = response.body.getReader();
      const reading = reader.read().then(({ value }) => (bytes += value?.length ?? 0));
      // A whole answer passes on another connection meanwhile.
      assert.match(await (await ask(response.url, 'rubyllm')).text(), WIRE.rubyllm.end);
      assert.equal(bytes, 0, id);
      await reader.cancel();
      await reading;
    }, 'silent');
  });

  it("error: the protocol's own after some text, and no more text; where it has none, a break", async () => {
    await misbehave(async (id, get) => {
      const { error } = WIRE[id];
      if (!error) return assert.rejects(async () => (await get()).text(), id);
      const stream = await (await get()).text();
      assert.match(stream, error, id);
      if (id !== 'chatkit') assert.notEqual(textIn(id, stream), '', id);
      assert.ok(!textIn(id, stream).includes(FOUND), id);
    }, 'error');
  });

  it('no-end-mark: all of the text, and a clean end', async () => {
    const url = await serve();
    for (const { id } of presets.filter(({ id }) => id !== 'text')) {
      const steady = await (await ask(url, id)).text();
      const stream = await (await ask(url, id, { query: 'misbehave=no-end-mark' })).text();
      assert.doesNotMatch(stream, WIRE[id].end, id);
      // ChatKit's whole message is its end mark.
      if (id !== 'chatkit') assert.equal(textIn(id, stream), textIn(id, steady), id);
    }
  });

  it('open-end: the end mark, and a connection that stays', async () => {
    await misbehave(async (id, get) => {
      const reader = (await get()).body.getReader();
      assert.match(await readUntil(reader, WIRE[id].end), WIRE[id].end, id);
      const next = reader.read();
      assert.equal(await Promise.race([next, untilOthersAnswered(id)]), 'others', id);
      await reader.cancel();
    }, 'open-end');
  });

  it('dribble: the same bytes, sixteen at most at a time', async () => {
    const url = await serve();
    for (const { id } of presets) {
      const reader = (await ask(url, id, { query: 'misbehave=dribble' })).body.getReader();
      const { value } = await reader.read();
      assert.ok(value.length > 0, id);
      const rest = await readUntil(reader, WIRE[id].end, new TextDecoder().decode(value));
      assert.match(rest, WIRE[id].end, id);
    }
  });

  it('dribble: waits between them', async () => {
    const waits = [];
    const url = await serve({ delay: async (ms) => void waits.push(ms) });
    const stream = await (await ask(url, 'general', { query: 'misbehave=dribble' })).text();
    const pauses = waits.filter((ms) => ms === 15).length;
    assert.ok(pauses >= new TextEncoder().encode(stream).length / 16, `${pauses} pauses`);
  });

  it('heartbeats: signs of life for ever, never a word', async () => {
    let beats = 0;
    // Lets some pass and holds the rest, as time does.
    const delay = (ms, signal) => {
      if (ms !== 1000 || (beats += 1) < 100) return Promise.resolve();
      return new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    };
    const url = await serve({ delay });
    for (const { id } of presets.filter((preset) => WIRE[preset.id].beat)) {
      beats = 0;
      const client = new AbortController();
      const { signal } = client;
      const response = await ask(url, id, { query: 'misbehave=heartbeats', signal });
      const several = new RegExp(`(?:${WIRE[id].beat.source}[^]*){2}`, 'm');
      const seen = await readUntil(response.body.getReader(), several);
      assert.match(seen, several, id);
      assert.equal(textIn(id, seen), '', id);
      client.abort();
    }
  });

  it('huge-event: ten million characters at once', async () => {
    const url = await serve();
    for (const id of ['general', 'theo', 'ollama']) {
      const stream = await (await ask(url, id, { query: 'misbehave=huge-event' })).text();
      const sizes = eventsIn(id, stream).map(({ value, name }) => (WIRE[id].says(value, name) || '').length);
      assert.equal(Math.max(...sizes), 9_999_999, id);
    }
  });

  it('endless: text after text, until the client has had enough', async () => {
    const url = await serve();
    for (const id of ['general', 'theo', 'ollama']) {
      const client = new AbortController();
      const response = await ask(url, id, { query: 'misbehave=endless', signal: client.signal });
      const reader = response.body.getReader();
      let size = 0;
      while (size < 500_000) size += (await reader.read()).value.length;
      client.abort();
    }
  });

  it('wrong-type: an answer that is labelled as something else', async () => {
    await misbehave(async (id, get) => {
      const response = await get();
      assert.equal(response.headers.get('content-type'), 'application/pdf', id);
      assert.match(await response.text(), WIRE[id].end, id);
    }, 'wrong-type');
  });

  it('refuse: the connection closes before a header', async () => {
    await misbehave((id, get) => assert.rejects(get, TypeError, id), 'refuse');
  });

  it('redirect and http-401: not here, and not without a token', async () => {
    const url = await serve();
    for (const { id } of presets) {
      const moved = await ask(url, id, { query: 'misbehave=redirect', redirect: 'manual' });
      assert.deepEqual([moved.status, moved.headers.get('location')], [307, '/demo/elsewhere'], id);
      const refused = await ask(url, id, { query: 'misbehave=http-401' });
      assert.equal(refused.status, 401, id);
      assert.ok((await refused.json()).error, id);
    }
  });

  it('http-503 and retry-after: refuse twice and once, then answer, then begin anew', async () => {
    const url = await serve();
    for (const { id } of presets) {
      const statuses = async (misbehaviour, count) => {
        const seen = [];
        for (let asked = 0; asked < count; asked += 1) {
          const response = await ask(url, id, { query: `misbehave=${misbehaviour}` });
          seen.push(response.status);
          await response.text();
        }
        return seen;
      };
      assert.deepEqual(await statuses('http-503', 4), [503, 503, 200, 503], id);
      assert.deepEqual(await statuses('retry-after', 3), [429, 200, 429], id);
    }
    const told = await ask(url, 'general', { query: 'misbehave=retry-after', question: 'Another?' });
    assert.equal(told.headers.get('retry-after'), '4');
  });

  it('http-500, http-429, html and json: no stream at all', async () => {
    const url = await serve();
    for (const { id } of presets) {
      const get = (misbehaviour) => ask(url, id, { headers: { 'x-demo-misbehave': misbehaviour } });
      const failed = await get('http-500');
      assert.equal(failed.status, 500, id);
      assert.ok((await failed.json()).error, id);
      const limited = await get('http-429');
      assert.deepEqual([limited.status, limited.headers.get('retry-after')], [429, '3'], id);
      const html = await get('html');
      assert.deepEqual(
        [html.status, html.headers.get('content-type')],
        [200, 'text/html; charset=utf-8'],
        id,
      );
      assert.match(await html.text(), /^<!doctype html>/);
      const json = await get('json');
      assert.deepEqual([json.status, json.headers.get('content-type')], [200, 'application/json'], id);
      assert.deepEqual(await json.json(), { status: 'ok' }, id);
    }
  });

  async function untilOthersAnswered(id) {
    // Whole answers pass on other connections meanwhile.
    const url = await serve();
    for (let count = 0; count < 3; count += 1) {
      assert.match(await (await ask(url, 'rubyllm')).text(), WIRE.rubyllm.end, id);
    }
    return 'others';
  }
});

describe('the list of misbehaviours', () => {
  it('says of each what it is called and what a person sees', () => {
    const names = Object.values(misbehaviourGroups).flatMap((group) => Object.keys(group));
    assert.deepEqual(Object.keys(misbehaviours), names);
    for (const [name, [words, shows]] of Object.entries(misbehaviours)) {
      assert.ok(words.length <= 28, `${name} fits its menu`);
      assert.match(shows, /\.$/, name);
    }
  });
});
