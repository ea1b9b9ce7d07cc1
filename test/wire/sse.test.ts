import { createSSEDecoder, type SSEOptions } from '../../src/wire/sse.js';
import { bytesOf, bytewise, splits } from '../protocols/replay.js';
import { describeWithFixtures, expect, fixtureJson } from '../support/index.js';

interface FormatCase {
  name: string;
  base64: string;
  events: { type: string; data: string; lastEventId: string }[];
  lastEventId: string;
  retry?: number;
}

function decode(chunks: readonly Uint8Array[], options: Partial<SSEOptions> = {}) {
  const decoder = createSSEDecoder({ maxEventSize: 1e6, ...options });
  const events = [...chunks.flatMap((chunk) => decoder.feed(chunk)), ...decoder.end()];
  return {
    events: events.map(({ name, data, id }) => ({ type: name || 'message', data, lastEventId: id })),
    lastEventId: decoder.lastEventId,
    retry: decoder.retry,
  };
}

describe('server-sent events', () => {
  it('reads named, unnamed and multi-line events, in any line ends', () => {
    const { events } = decode([bytesOf('data: a\ndata: b\r\n\r\nevent: end\rdata:c\r\r')]);
    expect(events.map(({ type, data }) => [type, data])).to.deep.equal([
      ['message', 'a\nb'],
      ['end', 'c'],
    ]);
  });

  it('reads a character that was cut between chunks', () => {
    for (const chunks of splits(bytesOf('data: 👩‍👧 é 日本\n\n'))) {
      expect(decode(chunks).events[0]?.data).to.equal('👩‍👧 é 日本');
    }
  });

  it('ends as overflow when one event outgrows the limit, also in a line that never ends', () => {
    for (const [line, fails] of [
      ['data: ', true],
      ['nonsense', false],
      [': ', false],
    ] as const) {
      const decoder = createSSEDecoder({ maxEventSize: 1000 });
      const events = decoder.feed(bytesOf('data: before\n\n' + line));
      for (let i = 0; i < 100; i++) events.push(...decoder.feed(bytesOf('x'.repeat(100))));
      events.push(...decoder.feed(bytesOf('\n\ndata: after\n\n')));
      // What is no data is dropped as it comes and outgrows nothing.
      expect(decoder.failure?.code, line).to.equal(fails ? 'overflow' : undefined);
      expect(
        events.map(({ data }) => data),
        line,
      ).to.deep.equal(fails ? ['before'] : ['before', 'after']);
    }
  });

  it('drops a last block without its empty line, as the standard says', () => {
    expect(decode([bytesOf('data: {"a":1}\n')]).events).to.deep.equal([]);
  });

  it('leniently takes such a block if its data is certainly whole', () => {
    const last = (text: string) => decode([bytesOf(text)], { lenient: true }).events.map(({ data }) => data);
    expect(last('data: {"a":1}')).to.deep.equal(['{"a":1}']);
    expect(last('data: [DONE]\n')).to.deep.equal(['[DONE]']);
    expect(last('data: "word"')).to.deep.equal(['"word"']);
    expect(last('data: {"a":'), 'half an object').to.deep.equal([]);
    expect(last('data: 4'), 'half a number').to.deep.equal([]);
    expect(last('data: wor'), 'half a word').to.deep.equal([]);
  });
});

describeWithFixtures('server-sent events: the format cases of web-platform-tests', () => {
  let cases: FormatCase[] = [];
  before(async () => ({ cases } = await fixtureJson<{ cases: FormatCase[] }>('wpt-eventsource.json')));

  const sameFor = (chunksOf: (bytes: Uint8Array) => Iterable<readonly Uint8Array[]>) => () => {
    expect(cases.length, 'cases').to.be.greaterThan(60);
    for (const { name, base64, events, lastEventId, retry } of cases) {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      for (const chunks of chunksOf(bytes)) {
        const seen = decode(chunks);
        expect(seen.events, name).to.deep.equal(events);
        expect(seen.lastEventId, name).to.equal(lastEventId);
        if (retry !== undefined) expect(seen.retry, name).to.equal(retry);
      }
    }
  };

  it(
    'whole',
    sameFor((bytes) => [[bytes]]),
  );
  it(
    'byte by byte',
    sameFor((bytes) => [bytewise(bytes)]),
  );
  // Two halves of a 20 kB line at 20,000 places would prove nothing the first 2,000 do not.
  it(
    'split at every byte',
    sameFor((bytes) => splits(bytes.length > 4000 ? bytes.subarray(0, 0) : bytes)),
  );
  it(
    'split at every 97th byte of the longest',
    sameFor((bytes) =>
      bytes.length > 4000 ? [...splits(bytes)].filter((_chunks, at) => at % 97 === 0) : [],
    ),
  );
});
