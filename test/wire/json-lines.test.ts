import { createJSONLinesDecoder } from '../../src/wire/json-lines.js';
import { bytesOf, bytewise, splits } from '../protocols/replay.js';
import { expect } from '../support/index.js';

const lines = '{"a":"é"}\r\n\n{"b":"👩‍👧"}\n   \n{"c":1}';

function decode(chunks: readonly Uint8Array[]): string[] {
  const decoder = createJSONLinesDecoder({ maxEventSize: 1000 });
  return [...chunks.flatMap((chunk) => decoder.feed(chunk)), ...decoder.end()].map(({ data }) => data);
}

describe('JSON lines', () => {
  const expected = ['{"a":"é"}', '{"b":"👩‍👧"}', '{"c":1}'];

  it('gives one event a line, blank lines dropped, the last line without its line feed too', () => {
    expect(decode([bytesOf(lines)])).to.deep.equal(expected);
  });

  it('gives the same byte by byte and split anywhere', () => {
    expect(decode(bytewise(bytesOf(lines)))).to.deep.equal(expected);
    for (const chunks of splits(bytesOf(lines))) expect(decode(chunks)).to.deep.equal(expected);
  });

  it('ends as overflow when a line outgrows the limit, the lines before it kept', () => {
    const decoder = createJSONLinesDecoder({ maxEventSize: 10 });
    const events = decoder.feed(bytesOf('123456789\n1234567890\n12345678901\nafter\n'));
    expect(events.map(({ data }) => data)).to.deep.equal(['123456789', '1234567890']);
    expect(decoder.failure?.code).to.equal('overflow');
    expect(decoder.feed(bytesOf('more\n'))).to.deep.equal([]);
  });
});
