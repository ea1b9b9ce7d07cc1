import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { presets } from '../../build/demo/presets.js';
import { ask, FOUND, serve } from '../demo/backend.mjs';
import { eventsIn, textIn } from '../demo/events.mjs';
import { WIRE } from '../demo/wire.mjs';

/** Whether an answer comes in events, one for each piece of its text. */
const inPieces = (id) => id !== 'chatkit' && id !== 'text';

describe('misbehaviour, in every protocol', { timeout: 30_000 }, () => {
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
      assert.equal(beats.length, 8, id);
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
});
