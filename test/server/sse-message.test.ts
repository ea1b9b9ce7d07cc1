import { expect } from 'chai';
import { formatSSE } from '../../src/server/index.js';
import { createSSEDecoder } from '../../src/wire/sse.js';

const read = (text: string) => createSSEDecoder({ maxEventSize: 1e6 }).feed(new TextEncoder().encode(text));

describe('formatSSE', () => {
  it('writes fields in one block with its final empty line', () => {
    expect(formatSSE({ event: 'chunk', id: '7', data: { content: 'Hi' } })).to.equal(
      'event: chunk\nid: 7\ndata: {"content":"Hi"}\n\n',
    );
  });

  it('sends a string as it is and anything else as JSON', () => {
    expect(formatSSE({ data: '[DONE]' })).to.equal('data: [DONE]\n\n');
    expect(formatSSE({ data: null })).to.equal('data: null\n\n');
    expect(formatSSE({ data: ['a', 1] })).to.equal('data: ["a",1]\n\n');
  });

  it('writes retry and comments without data', () => {
    expect(formatSSE({ retry: 3000 })).to.equal('retry: 3000\n\n');
    expect(formatSSE({ comment: 'one\ntwo' })).to.equal(': one\n: two\n\n');
    expect(formatSSE({})).to.equal('');
  });

  for (const data of [
    '',
    ' leading',
    'two\nlines',
    'ends\n',
    '\n',
    '\n\n',
    'event: x',
    'a\u2028b',
    '👩‍👩‍👧‍👦 é',
    ': no comment',
  ]) {
    it(`brings ${JSON.stringify(data)} through unchanged`, () => {
      expect(read(formatSSE({ data }))).to.deep.equal([{ name: '', data, id: '' }]);
    });
  }

  it('turns CR and CRLF within data into LF, so that no line is lost', () => {
    expect(read(formatSSE({ data: 'a\r\nb\rc' }))[0]?.data).to.equal('a\nb\nc');
  });

  for (const field of ['event', 'id'] as const) {
    for (const value of ['a\nb', 'a\rb', 'a\0b']) {
      it(`refuses ${JSON.stringify(value)} as ${field}`, () => {
        expect(() => formatSSE({ [field]: value, data: 1 })).to.throw(TypeError);
      });
    }
  }

  it('refuses what it cannot write', () => {
    expect(() => formatSSE({ data: () => 1 })).to.throw(TypeError);
    expect(() => formatSSE({ retry: 1.5 })).to.throw(TypeError);
    expect(() => formatSSE({ retry: -1 })).to.throw(TypeError);
  });
});
