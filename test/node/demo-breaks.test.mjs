import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ask, serve } from '../demo/backend.mjs';
import { textIn } from '../demo/events.mjs';
import { endOf, readAgain, readToBreak, RESUMABLE, wholeEvents } from '../demo/resume.mjs';
import { WIRE } from '../demo/wire.mjs';

describe('breaks that an answer survives', () => {
  /** The events of an answer that is read again after each break, and how often it broke. */
  async function readThrough(url, id, misbehaviour) {
    let { response, bytes, broke } = await readToBreak(ask(url, id, { query: `misbehave=${misbehaviour}` }));
    let breaks = 0;
    const parts = [wholeEvents(bytes)];
    const cutAt = [bytes];
    while (broke) {
      breaks += 1;
      const lastEventId = /^id: (.+)$/m.exec(parts.at(-1).split('\n\n').at(-2) ?? '')?.[1];
      ({ response, bytes, broke } = await readToBreak(readAgain(url, id, response, lastEventId)));
      assert.equal(response.status, 200, id);
      parts.push(wholeEvents(bytes));
      cutAt.push(bytes);
    }
    return { parts, breaks, cutAt, stream: parts.join('') };
  }
  const counted = (stream) => [...stream.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

  for (const id of RESUMABLE) {
    it(`${id}: cut-resumable and cut-often: the rest, and nothing twice`, async () => {
      const url = await serve();
      const whole = textIn(id, await (await ask(url, id)).text());
      for (const [misbehaviour, times] of [
        ['cut-resumable', 1],
        ['cut-often', 4],
      ]) {
        const { stream, breaks, parts } = await readThrough(url, id, misbehaviour);
        // The few events of this one have room for one break.
        assert.equal(breaks, id === 'chatkit' ? 1 : times, misbehaviour);
        if (id === 'ai-sdk') {
          // No ids: each time all of it.
          assert.equal(textIn(id, parts.at(-1)), whole);
          continue;
        }
        assert.equal(textIn(id, stream), whole);
        assert.match(endOf(id, stream), WIRE[id].end);
        const ids = counted(stream);
        assert.deepEqual(
          ids,
          ids.map((_, index) => index + 1),
        );
      }
    });

    it(`${id}: cut-in-character: bytes that are no text, and the letter again`, async () => {
      const url = await serve();
      const whole = textIn(id, await (await ask(url, id)).text());
      const { cutAt, breaks, parts, stream } = await readThrough(url, id, 'cut-in-character');
      assert.equal(breaks, 1);
      const inText = () => new TextDecoder('utf-8', { fatal: true }).decode(cutAt[0]);
      assert.throws(inText, TypeError);
      assert.equal(textIn(id, id === 'ai-sdk' ? parts.at(-1) : stream), whole);
    });

    it(`${id}: repeat-ids: all of it again, under one id`, async () => {
      const url = await serve();
      const whole = textIn(id, await (await ask(url, id)).text());
      const { parts, breaks } = await readThrough(url, id, 'repeat-ids');
      assert.equal(breaks, 1);
      assert.ok(parts[0].length > 0);
      assert.equal(textIn(id, parts[1]), whole);
      assert.deepEqual([...new Set(counted(parts.join('')))], id === 'ai-sdk' ? [] : [1]);
    });
  }

  it('are for good where a protocol has no way back', async () => {
    const url = await serve();
    for (const id of ['text', 'ollama', 'gemini', 'langserve']) {
      for (const misbehaviour of ['cut-resumable', 'cut-often', 'cut-in-character', 'repeat-ids']) {
        const { response, broke } = await readToBreak(ask(url, id, { query: `misbehave=${misbehaviour}` }));
        assert.equal(broke, true, `${id} ${misbehaviour}`);
        assert.equal(response.headers.get('content-location'), null, id);
      }
    }
  });
});
