import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { protocolNames } from '../../build/demo/options.js';
import { presets } from '../../build/demo/presets.js';
import { describeReport } from '../../build/demo/report.js';
import { textOf } from '../../dist/headless.js';
import { FOUND, QUESTION, serve } from '../demo/backend.mjs';
import { chatWith } from '../demo/client.mjs';
import { WIRE } from '../demo/wire.mjs';

/** What a chat knows of its answer besides the text. */
function told(chat, { parts }) {
  const { id, run } = chat.thread.get();
  const facts = {
    tool: parts.some(({ type, state, output }) => type === 'tool-call' && state === 'complete' && output),
    sources: parts.some(({ type, url }) => type === 'source' && url?.includes('/docs/README.md#')),
    usage: run.usage?.outputTokens > 0,
    thread: id !== null,
  };
  return Object.keys(facts).filter((name) => facts[name]);
}

describe("the widget's own client", () => {
  for (const preset of presets) {
    const { recognised, named, tells } = WIRE[preset.id];

    it(`${preset.id}: reads it by attributes alone and recognises ${recognised}`, async () => {
      const chat = chatWith(await serve(), preset);
      const answer = await chat.send(QUESTION);
      const { protocol, framing, events } = chat.report.get();
      assert.equal(chat.status.get(), 'complete', chat.error.get()?.message);
      assert.equal(protocol, recognised);
      assert.ok(events > 0);
      assert.equal(framing, framingOf(preset.id));
      assert.ok(textOf(answer).includes(FOUND), textOf(answer));
      const known = told(chat, answer);
      for (const name of tells) assert.ok(known.includes(name), `${name} of ${known}`);
    });

    it(`${preset.id}: reads it as ${named} when told so, and goes on with the conversation`, async () => {
      const chat = chatWith(await serve(), preset, { protocol: named });
      for (const question of ['Hello?', QUESTION]) {
        const answer = await chat.send(question);
        assert.equal(chat.status.get(), 'complete', chat.error.get()?.message);
        assert.equal(chat.report.get().protocol, named);
        assert.equal(textOf(answer).includes(FOUND), question === QUESTION, textOf(answer));
      }
    });

    it(`${preset.id}: tells of a failure, and of a cut connection`, async () => {
      const url = await serve();
      for (const misbehave of ['error', 'cut']) {
        const endpoint = `${preset.attributes.endpoint}${preset.attributes.endpoint.includes('?') ? '&' : '?'}misbehave=${misbehave}`;
        const chat = chatWith(url, { attributes: { ...preset.attributes, endpoint } });
        await chat.send(QUESTION);
        assert.equal(chat.status.get(), 'error', misbehave);
        const broken = misbehave === 'cut' || !WIRE[preset.id].error;
        assert.equal(chat.error.get().code, broken ? 'interrupted' : 'backend', misbehave);
      }
    });
  }

  it('can name the protocol of every preset on the page', () => {
    const named = presets.map(({ id }) => WIRE[id].named);
    assert.deepEqual(new Set(named), new Set(protocolNames));
  });
});

const framingOf = (id) => {
  if (id === 'text') return 'text';
  return WIRE[id].type === 'text/event-stream' ? 'sse' : 'json-lines';
};

describe('the line about the wire', () => {
  const report = {
    protocol: 'ollama',
    framing: 'json-lines',
    events: 128,
    ignored: 3,
    ignoredNames: ['ping', 'foo'],
  };

  it('says what was recognised, how the bytes are cut, and what was ignored', () => {
    assert.equal(
      describeReport(report, 'auto'),
      'Recognised ollama · JSON lines · 128 events, 3 ignored (ping, foo)',
    );
    const before = { ...report, protocol: null, framing: null, events: 0, ignored: 0, ignoredNames: [] };
    assert.equal(describeReport(before, 'auto'), 'Not recognised yet · 0 events');
    const fallback = { ...report, framing: 'json', events: 1, ignored: 0, fallback: true };
    assert.equal(
      describeReport(fallback, 'events'),
      'Read as events, as told · one JSON value · from the fallback · 1 event',
    );
    assert.equal(describeReport(null, 'auto'), 'The protocol is recognised with the first answer.');
  });
});
