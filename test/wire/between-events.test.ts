import { StrayJSON } from '../../src/wire/stray-json.js';
import { expect } from '../support/index.js';

/** What is found in these pieces of a stream, piece by piece. */
function found(...pieces: string[]): string[][] {
  const search = new StrayJSON();
  return pieces.map((piece) => search.feed(piece));
}

describe('the search for JSON between events', () => {
  it('finds a value on one line, where a line starts and nowhere else', () => {
    expect(found('{"a":1}')).to.deep.equal([['{"a":1}']]);
    expect(found('{"a":1}\n')).to.deep.equal([['{"a":1}']]);
    expect(found('data: x\n{"a":1}\r\ndata: y\n')).to.deep.equal([['{"a":1}']]);
    expect(found('data: x\r{"a":1}\rdata: y')).to.deep.equal([['{"a":1}']]);
    expect(found('data: x\n', '{"a":1}\n')).to.deep.equal([[], ['{"a":1}']]);
    expect(found('data: {"a":1}\n')).to.deep.equal([[]]);
    expect(found('data: ', '{"a":1}\n')).to.deep.equal([[], []]);
    expect(found('data: x\nmore', '{"a":1}\n')).to.deep.equal([[], []]);
    expect(found('', '{"a":1}')).to.deep.equal([[], ['{"a":1}']]);
  });

  it('finds a value in many lines, whatever stands alone on one of them', () => {
    const value = '{\n"a": {},\n"b": {\n"c": 1\n}\n}';
    expect(found(value)).to.deep.equal([[]]);
    const flat = '{\n"a": {},\n"b": "{}"\n}';
    expect(found(flat)).to.deep.equal([[flat]]);
    expect(found(...flat.split(''))).to.deep.equal([
      ...flat
        .slice(1)
        .split('')
        .map(() => []),
      [flat],
    ]);
    expect(found(`${flat}\r\ndata: x`)).to.deep.equal([[flat]]);
  });

  it('goes on after a value, and stays at what is none', () => {
    expect(found('{"a":1}\n', '{"b":2}\n')).to.deep.equal([['{"a":1}'], ['{"b":2}']]);
    expect(found('{"a":1}\ndata: ', '{"b":2}\n')).to.deep.equal([['{"a":1}'], []]);
    expect(found('{a}\n')).to.deep.equal([[]]);
    expect(found('{"a":1} x\n')).to.deep.equal([[]]);
    expect(found('{"a":', '1}\n')).to.deep.equal([[], ['{"a":1}']]);
  });

  it('is given up past 64 KiB, for good', () => {
    const value = (length: number) => `{"a":"${'x'.repeat(length - 8)}"}`;
    expect(value(65_536)).to.have.length(65_536);
    expect(found(value(65_536))[0]).to.have.length(1);
    const search = new StrayJSON();
    search.feed(`{"a":"${'x'.repeat(70_000)}`);
    expect(search.feed('"}\n')).to.deep.equal([]);
    expect(search.feed('\n{"b":2}\n')).to.deep.equal([]);
  });
});
