import { Body, framingOf, type BodyOptions } from '../../src/transport/body.js';
import { defaultLimits } from '../../src/wire/limits.js';
import { expect } from '../support/index.js';

const bytes = (text: string) => new TextEncoder().encode(text);

/** A body that is given these pieces, and what it makes of them. */
function fed(pieces: readonly (string | Uint8Array)[], options: Partial<BodyOptions> = {}) {
  const told: string[] = [];
  const onFraming = (framing: string) => void told.push(framing);
  const whole = { framing: undefined, any: true, labelled: true, limits: defaultLimits, onFraming };
  const body = new Body({ ...whole, ...options });
  const events = pieces.flatMap((piece) => body.feed(typeof piece === 'string' ? bytes(piece) : piece));
  return { body, told, data: () => events.map(({ data }) => data) };
}

/** What it turns out to be, with its last byte here too. */
function kindOf(text: string, options: Partial<BodyOptions> = {}): string {
  const { body, told } = fed([text], options);
  body.end();
  return told.join();
}

describe('the framing that a content type promises', () => {
  for (const [type, framing] of [
    ['text/event-stream', 'sse'],
    ['Text/Event-Stream ; charset=utf-8', 'sse'],
    ['application/x-ndjson', 'json-lines'],
    ['application/ndjson', 'json-lines'],
    ['application/jsonl; charset=utf-8', 'json-lines'],
    ['application/json-lines', 'json-lines'],
    ['application/json', 'json'],
    ['application/problem+json; v=1', 'json'],
    ['text/plain', undefined],
    ['application/octet-stream', undefined],
    ['', undefined],
    [null, undefined],
    ['text/html', null],
    ['application/jsonp', null],
  ] as const) {
    it(`is ${framing} for ${type}`, () => {
      expect(framingOf(type)).to.equal(framing);
    });
  }
});

describe('the first bytes of a body', () => {
  for (const stream of [
    'data: a\n\n',
    'event: x\ndata: a\n\n',
    'id: 1\ndata: a\n\n',
    'retry: 5\ndata: a\n\n',
    ': hi\n\ndata: a\n\n',
  ]) {
    it(`tell an event stream one by one: ${JSON.stringify(stream)}`, () => {
      const { told, data } = fed(Array.from(stream));
      expect(told).to.deep.equal(['sse']);
      expect(data()).to.deep.equal(['a']);
    });
  }

  it('tell text as soon as it can be nothing else', () => {
    for (const text of ['hello', 'Say a', 'Hello a:', 'dark', 'see 0:"x"'])
      expect(fed([text]).told, text).to.deep.equal(['text']);
    for (const text of ['d', 'dat', 'data', '0', 'a:']) expect(fed([text]).told, text).to.deep.equal([]);
    for (const line of ['0:"x"', 'a:[1]', 'd:{}'])
      expect(fed([line]).told, line).to.deep.equal(['json-lines']);
  });

  it('count for less than what the protocol says, but for JSON and pages', () => {
    expect(kindOf('{"a":1}', { framing: 'text' })).to.equal('text');
    expect(kindOf('{"a":1}', { framing: 'json-lines' })).to.equal('json-lines');
    expect(kindOf('{"a":1}', { framing: 'sse' })).to.equal('json');
    expect(kindOf('comment: x', { framing: 'sse' })).to.equal('sse');
    expect(kindOf('"Hello"', { framing: 'json' })).to.equal('json');
    expect(kindOf('data: a', { framing: 'json' })).to.equal('sse');
    for (const framing of ['sse', 'json-lines', 'text', undefined] as const)
      expect(() => kindOf('\n <p>', { framing })).to.throw('The answer is an HTML page, not a stream');
  });

  it('tell nothing where there is nothing but space', () => {
    expect(kindOf('')).to.equal('');
    expect(kindOf(' \n')).to.equal('');
  });

  it('are no answer where a protocol is named, or nothing says what they are', () => {
    expect(() => kindOf('Words', { any: false })).to.throw('The answer is plain text, not a stream');
    expect(() => kindOf('d', { any: false })).to.throw('plain text');
    expect(() => kindOf('Words', { labelled: false })).to.throw('The answer has no content type');
  });
});

describe('a body', () => {
  it('keeps characters that were cut in two', () => {
    const json = bytes('{"a":"é"}');
    const { body } = fed([json.slice(0, 7), json.slice(7)]);
    expect(body.text).to.equal('{"a":"é"}');
    const text = bytes('é!');
    expect(
      fed([text.slice(0, 1), text.slice(1)])
        .data()
        .join(''),
    ).to.equal('é!');
  });

  it('that is one value may be as long as an event, and no longer', () => {
    const limits = { ...defaultLimits, maxEventSize: 10 };
    expect(fed(['["345678"]'], { limits }).told).to.deep.equal(['json']);
    expect(() => fed(['["345678"', ']', ' '], { limits })).to.throw('The answer is too large');
  });

  it('of events has a limit for each of them', () => {
    const limits = { ...defaultLimits, maxEventSize: 20 };
    const line = `"${'x'.repeat(10)}"\n`;
    for (const [framing, long] of [
      ['json-lines', 'x'.repeat(30)],
      ['sse', `data: ${'x'.repeat(30)}`],
    ] as const) {
      const { body } = fed([framing === 'sse' ? 'data: a\n\n' : line], { framing, limits });
      expect(body.failure).to.equal(undefined);
      body.feed(bytes(long));
      expect(body.failure).to.include({ code: 'overflow', detail: 'event-too-large' });
    }
  });

  it('of events may hold an error that is none', () => {
    const { data } = fed(['data: a\n\n', '{"error":"Busy"}\n\n']);
    expect(data()).to.deep.equal(['a', '{"error":"Busy"}']);
  });
});
