import { createSSEDecoder } from '../../src/wire/sse.js';
import { bytesOf, bytewise, splits } from '../protocols/replay.js';
import { expect } from '../support/index.js';

const body = 'data: a\n\nerror: {"code":500}\n\nerr: no\ndata: error: b\n\nerror:late\n\n';

const decode = (chunks: readonly Uint8Array[], lenient: boolean) => {
  const decoder = createSSEDecoder({ maxEventSize: 1000, lenient });
  return [...chunks.flatMap((chunk) => decoder.feed(chunk)), ...decoder.end()].map(({ name, data }) => [
    name,
    data,
  ]);
};

describe('lines `error: …`', () => {
  const expected = [
    ['', 'a'],
    ['error', '{"code":500}'],
    ['', 'error: b'],
    ['error', 'late'],
  ];

  it('count as events of that name, whole, bytewise and at every split', () => {
    expect(decode([bytesOf(body)], true)).to.deep.equal(expected);
    expect(decode(bytewise(bytesOf(body)), true)).to.deep.equal(expected);
    for (const chunks of splits(bytesOf(body)))
      expect(decode(chunks, true), String(chunks[0].length)).to.deep.equal(expected);
  });

  it('mean nothing to a strict reader', () => {
    expect(decode([bytesOf(body)], false)).to.deep.equal([expected[0], expected[2]]);
  });

  it('never outgrow the limit', () => {
    const decoder = createSSEDecoder({ maxEventSize: 1000, lenient: true });
    for (let i = 0; i < 300; i++) decoder.feed(bytesOf(i ? 'xxxx' : 'error: '));
    expect(decoder.failure?.code).to.equal('overflow');
  });
});
