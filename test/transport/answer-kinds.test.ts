import { events, type RunEvent, type WireEvent } from '../../src/headless.js';
import type { Protocol } from '../../src/protocols/protocol.js';
import { expect } from '../support/index.js';
import { asked, open, reply } from './backend.js';
import { hello } from './helpers.js';

const typed = (body: BodyInit | null, type?: string) => () =>
  type === undefined ? new Response(open([String(body)]).body) : reply(body, { 'content-type': type });

const whole = 'application/json';
const notStream = 'The answer is JSON, not a stream';

/** A protocol that notes what it is given. */
function noting(framing?: Protocol['framing']) {
  const seen: WireEvent[] = [];
  const framings: string[] = [];
  const decode = (event: WireEvent): RunEvent[] => {
    seen.push(event);
    return [{ type: 'part-delta', id: 'text', delta: event.data }];
  };
  const protocol: Protocol = {
    ...events,
    ...{ name: 'noting', framing },
    decoder: (hints) => {
      framings.push(hints.framing);
      return { decode, end: () => [] };
    },
  };
  return { protocol, seen, framings };
}

describe('the kind of an answer', () => {
  it('is what its content type says, unless the protocol knows better', async () => {
    const pdf = await asked([typed(hello, 'application/pdf')], { protocol: noting().protocol });
    expect(pdf.error).to.include({ code: 'protocol', detail: 'content-type', retryable: true });
    expect(pdf.error?.message).to.equal('The answer is application/pdf, not a stream');
    expect((await asked([typed(hello, 'application/pdf')])).error, 'where any is read').to.include({
      detail: 'content-type',
    });
    const own = noting('json-lines');
    const { report } = await asked([typed('{"a":1}\n{"b":2}\n', 'application/pdf')], {
      protocol: own.protocol,
    });
    expect(own.seen.map(({ data }) => data)).to.deep.equal(['{"a":1}', '{"b":2}']);
    expect(own.framings).to.deep.equal(['json-lines']);
    expect(report.framing).to.equal('json-lines');
  });

  it('that is no stream is closed', async () => {
    const { body, left } = open(['%PDF']);
    await asked([() => reply(body, { 'content-type': 'application/pdf' })]);
    await left;
  });

  it('is no text where nothing says so', async () => {
    const { error } = await asked([() => new Response(new Blob(['Just words']).stream())]);
    expect(error?.message).to.equal('The answer has no content type, and is no stream');
    expect((await asked([typed('Just words', 'text/plain')])).text).to.equal('Just words');
  });

  it('is none without a body', async () => {
    for (const status of [204, 205]) {
      const { error } = await asked([() => reply(null, {}, status)]);
      expect(error).to.include({ code: 'interrupted', detail: 'empty', retryable: true });
      expect(error?.message).to.equal('The answer has no body');
    }
    const { error } = await asked([() => reply(null)]);
    expect(error).to.include({ code: 'protocol', detail: 'no-body', retryable: true });
    expect(error?.message).to.equal('The body of the answer cannot be read as a stream');
  });
});

describe('JSON in place of a stream', () => {
  const item = (text: string) => JSON.stringify({ type: 'text', content: text });
  const end = '{"type":"done"}';

  it('may be the stream in brackets', async () => {
    const { text, report, error } = await asked([typed(`[${item('Hel')},\n${item('lo')},${end}]`, whole)]);
    expect({ text, error }).to.deep.equal({ text: 'Hello', error: undefined });
    expect(report).to.include({ framing: 'json', events: 3, protocol: 'events' });
  });

  it('is given to its protocol as lines without a name', async () => {
    const { protocol, seen, framings } = noting();
    await asked([typed('[{"a":1},{"b":2}]', whole)], { protocol });
    expect(seen).to.deep.equal([
      { name: '', data: '{"a":1}', id: '' },
      { name: '', data: '{"b":2}', id: '' },
    ]);
    expect(framings).to.deep.equal(['json-lines']);
  });

  it('may be lines, from two on', async () => {
    for (const lines of [`${item('Hello')}\n${end}`, `${item('Hel')}\n${item('lo')}\n${end}\n`])
      expect((await asked([typed(lines, whole)])).text).to.equal('Hello');
    const { error, text } = await asked([typed(`${item('Hello')},`, whole)]);
    expect(error).to.include({ code: 'protocol', detail: 'content-type', message: notStream });
    expect(text).to.equal('');
  });

  it('is no answer where none of it is understood', async () => {
    for (const body of ['[]', '[1,2]', `[${item('Hello')},1]`, '[{"a":1},{"b":2}]', '{"status":"ok"}', '{']) {
      const { error, text } = await asked([typed(body, whole)]);
      expect(error, body).to.include({ code: 'protocol', detail: 'content-type', message: notStream });
      expect(text, body).to.equal('');
    }
  });

  it('may be an answer with more in its list than is understood', async () => {
    const { text, error } = await asked([typed(`[{"a":1},${item('Hello')},{"b":2},${end}]`, whole)]);
    expect({ text, error }).to.deep.equal({ text: 'Hello', error: undefined });
  });
});
