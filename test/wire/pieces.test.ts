import { defaultLimits } from '../../src/wire/limits.js';
import { createJSONLinesDecoder } from '../../src/wire/json-lines.js';
import { lastPause, paused } from '../../src/wire/pause.js';
import { createSSEDecoder } from '../../src/wire/sse.js';
import { createTextDecoder } from '../../src/wire/text.js';
import { bytesOf, splits } from '../protocols/replay.js';
import { expect } from '../support/index.js';

const plain = (data: string) => ({ name: '', data, id: '' });

describe('a body of plain text', () => {
  it('is an event for every piece that holds a character', () => {
    const decoder = createTextDecoder();
    expect(decoder.feed(bytesOf('Hello '))).to.deep.equal([plain('Hello ')]);
    expect(decoder.feed(bytesOf(''))).to.deep.equal([]);
    expect(decoder.feed(bytesOf('\nworld'))).to.deep.equal([plain('\nworld')]);
    expect(decoder.end()).to.deep.equal([]);
    expect(decoder.failure).to.equal(undefined);
  });

  it('may be cut inside a character, and shows that one was lost at the end', () => {
    for (const chunks of splits(bytesOf('é😀日'))) {
      const decoder = createTextDecoder();
      const events = [...chunks.flatMap((chunk) => decoder.feed(chunk)), ...decoder.end()];
      expect(events.map(({ data }) => data).join('')).to.equal('é😀日');
    }
    const cut = createTextDecoder();
    expect(cut.feed(bytesOf('é').subarray(0, 1))).to.deep.equal([]);
    expect(cut.end()).to.deep.equal([plain('\uFFFD')]);
  });
});

describe('JSON lines', () => {
  it('are events without a name and an id, with or without white space around', () => {
    const decoder = createJSONLinesDecoder({ maxEventSize: 100 });
    expect(decoder.feed(bytesOf('{"a":1}\r\n\n  \n [2] \n{"b'))).to.deep.equal([
      plain('{"a":1}'),
      plain('[2]'),
    ]);
    expect(decoder.feed(bytesOf('":2}'))).to.deep.equal([]);
    expect(decoder.end()).to.deep.equal([plain('{"b":2}')]);
  });

  it('end as overflow at the limit, the lines before kept and none after', () => {
    const decoder = createJSONLinesDecoder({ maxEventSize: 10 });
    expect(decoder.feed(bytesOf(`${'1'.repeat(10)}\n2\n`)).map(({ data }) => data)).to.deep.equal([
      '1'.repeat(10),
      '2',
    ]);
    expect(decoder.failure).to.equal(undefined);
    expect(decoder.feed(bytesOf(`3\n${'4'.repeat(6)}`)).map(({ data }) => data)).to.deep.equal(['3']);
    expect(decoder.feed(bytesOf(`${'4'.repeat(5)}\n5\n`))).to.deep.equal([]);
    expect(decoder.failure).to.deep.include({
      code: 'overflow',
      detail: 'event-too-large',
      message: 'A line is larger than 10 characters',
      retryable: true,
    });
    expect([decoder.feed(bytesOf('6\n')), decoder.end()]).to.deep.equal([[], []]);
  });
});

describe('an event that outgrows its limit', () => {
  it('says so', () => {
    const decoder = createSSEDecoder({ maxEventSize: 10 });
    decoder.feed(bytesOf(`data: ${'x'.repeat(50)}`));
    expect(decoder.failure?.message).to.equal('An event is larger than 10 characters');
  });

  it('takes what follows with it, be it in the same piece', () => {
    const decoder = createSSEDecoder({ maxEventSize: 10 });
    const events = decoder.feed(bytesOf('data: a\n\ndata: 123456\ndata: 7890\n\ndata: b\n\n'));
    expect(decoder.failure?.code).to.equal('overflow');
    expect(events).to.deep.equal([plain('a')]);
    const first = createSSEDecoder({ maxEventSize: 10 });
    expect(first.feed(bytesOf('data: 123456\ndata: 7890\n\ndata: b\n\n'))).to.deep.equal([]);
    expect(first.failure?.code).to.equal('overflow');
  });
});

describe('a last block that lacks its empty line', () => {
  it('counts whatever white space stands before its JSON, and keeps its name and id', () => {
    const decoder = createSSEDecoder({ maxEventSize: 100, lenient: true });
    expect([...decoder.feed(bytesOf('id: 1\nevent: end\ndata:   {"a":1}')), ...decoder.end()]).to.deep.equal([
      { name: 'end', data: '  {"a":1}', id: '1' },
    ]);
    const unnamed = createSSEDecoder({ maxEventSize: 100, lenient: true });
    expect([...unnamed.feed(bytesOf('data: [1]')), ...unnamed.end()]).to.deep.equal([plain('[1]')]);
  });
});

describe('a pause of reading', () => {
  it('is noted when bytes were awaited, and not when they were there already', () => {
    const before = performance.now();
    paused(before - 50);
    const noted = lastPause();
    expect(noted).to.be.at.least(before).and.at.most(performance.now());
    paused(performance.now() + 1000);
    expect(lastPause(), 'no time has passed').to.equal(noted);
  });
});

describe('the limits of a run', () => {
  it('are those of the reference', () => {
    expect(defaultLimits).to.deep.equal({
      maxEventSize: 4_194_304,
      maxAnswerSize: 8_000_000,
      headersTimeout: 120_000,
      idleTimeout: 90_000,
      progressTimeout: 300_000,
      reconnectTimeout: 300_000,
      maxRetries: 2,
      maxReattachments: 5,
      maxMessages: 10_000,
      maxParts: 10_000,
    });
  });
});
