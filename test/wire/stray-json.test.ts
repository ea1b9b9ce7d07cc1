import { createSSEDecoder } from '../../src/wire/sse.js';
import { bytesOf, bytewise, splits } from '../protocols/replay.js';
import { expect } from '../support/index.js';

const error = '{\n  "error": {\n    "code": 499,\n    "message": "a } b"\n  }\n}';
const body = `data: {"a":1}\r\n\r\n${error}\n\ndata: after\n\n`;

const decode = (chunks: readonly Uint8Array[], lenient = true) => {
  const decoder = createSSEDecoder({ maxEventSize: 1000, lenient });
  const events = [...chunks.flatMap((chunk) => decoder.feed(chunk)), ...decoder.end()];
  return events.map(({ name, data }) => [name, data]);
};

describe('JSON between the events of a stream', () => {
  it('counts as an error, whole, bytewise and at every split', () => {
    const sorted = (events: string[][]) => [...events].sort(([a = ''], [b = '']) => a.localeCompare(b));
    const expected = [
      ['', '{"a":1}'],
      ['', 'after'],
      ['error', error],
    ];
    for (const chunks of [[bytesOf(body)], bytewise(bytesOf(body)), ...splits(bytesOf(body))]) {
      expect(sorted(decode(chunks)), String(chunks[0]?.length)).to.deep.equal(expected);
    }
  });

  it('means nothing to a strict reader, and braces in data mean nothing to any', () => {
    expect(decode([bytesOf(body)], false).map(([name]) => name)).to.deep.equal(['', '']);
    const braces = 'data: {\ndata: {"x":1}}\n\n:{\n\nevent: {}\ndata: y\n\n';
    expect(decode(bytewise(bytesOf(braces))).map(([name]) => name)).to.deep.equal(['', '{}']);
  });

  it('is found after any line end, wherever the stream is cut', () => {
    for (const end of ['\n', '\r', '\r\n']) {
      const bytes = bytesOf(`: on${end}${end}{"error":1}${end}${end}data: after${end}${end}`);
      for (const chunks of [[bytes], bytewise(bytes), ...splits(bytes)])
        expect(
          decode(chunks).map(([, data]) => data),
          JSON.stringify(end),
        ).to.have.members(['after', '{"error":1}']);
    }
  });

  it('is given up where it never ends', () => {
    const decoder = createSSEDecoder({ maxEventSize: 1e6, lenient: true });
    for (let i = 0; i < 300; i++) decoder.feed(bytesOf(`{ "never": "${'x'.repeat(300)}" \n`));
    const names = decoder.feed(bytesOf('}\n\ndata: on\n\n')).map(({ name, data }) => name + data);
    expect(names).to.deep.equal(['on']);
  });
});
