import fc from 'fast-check';
import { tries } from '../support/seed.js';

import { ErrorLines } from '../../src/wire/error-lines.js';
import { createSSEDecoder } from '../../src/wire/sse.js';
import { bytesOf } from '../protocols/replay.js';
import { expect } from '../support/index.js';

/** The unfinished last line of a text, if it is an error's or may become one. */
function unfinished(text: string): string {
  const line = text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
  return 'error:'.startsWith(line.slice(0, 6)) ? line : '';
}

const piece = fc.oneof(
  fc.constantFrom(
    '',
    'e',
    'err',
    'or:',
    'error',
    'error:',
    'error: x',
    '\n',
    '\r',
    '\r\n',
    'data: ',
    'x',
    ':',
  ),
  fc.string({ maxLength: 3 }),
);

describe('a line `error: …`', () => {
  it('is kept back until it is whole, and nothing else is', () => {
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const lines = new ErrorLines();
        let [given, passed] = ['', ''];
        for (const one of pieces) {
          given += one;
          passed += lines.feed(one);
          const held = unfinished(given);
          expect(passed).to.equal(given.slice(0, given.length - held.length));
          expect(lines.size).to.equal(held.length);
        }
        expect(passed + lines.end()).to.equal(given);
        expect([lines.size, lines.end()]).to.deep.equal([0, '']);
      }),
      tries(500),
    );
  });

  it('that a clean end cuts counts if it is certainly whole', () => {
    const last = (text: string) => {
      const decoder = createSSEDecoder({ maxEventSize: 1000, lenient: true });
      return [...decoder.feed(bytesOf(text)), ...decoder.end()];
    };
    expect(last('id: 7\ndata: a\n\nerror: {"code":500}')).to.deep.equal([
      { name: '', data: 'a', id: '7' },
      { name: 'error', data: '{"code":500}', id: '7' },
    ]);
    expect(last('error: {"code":')).to.deep.equal([]);
  });

  it('is as long as an event may be, and not longer; other lines may be', () => {
    const decoder = () => createSSEDecoder({ maxEventSize: 1000, lenient: true });
    const fits = decoder();
    fits.feed(bytesOf('error:'));
    fits.feed(bytesOf('x'.repeat(994)));
    expect(fits.failure).to.equal(undefined);
    expect(fits.feed(bytesOf('\n\n')).map(({ data }) => data)).to.deep.equal(['x'.repeat(994)]);
    const over = decoder();
    over.feed(bytesOf(`error:${'x'.repeat(995)}`));
    expect(over.failure).to.deep.include({
      code: 'overflow',
      detail: 'event-too-large',
      message: 'A line is larger than 1000 characters',
      retryable: true,
    });
    const comment = decoder();
    for (let i = 0; i < 300; i++) comment.feed(bytesOf(i ? 'error' : ': '));
    expect(comment.failure).to.equal(undefined);
    expect(comment.feed(bytesOf('\ndata: after\n\n')).map(({ data }) => data)).to.deep.equal(['after']);
  });
});
