import { Body } from '../../src/transport/body.js';
import { defaultLimits } from '../../src/wire/limits.js';
import { expect, play } from '../support/index.js';
import { ask, hello } from './helpers.js';

describe('what an answer is, by its first bytes', () => {
  const answer = async (chunks: readonly string[], type = 'text/plain') => {
    const steps = chunks.flatMap((write) => [{ write }, { wait: 5 }]);
    const { url } = await play({ answers: [{ headers: { 'content-type': type }, steps }] });
    return url;
  };

  it('text that begins like an event stream, or a line of a code, is text', async () => {
    for (const words of ['date', 'idea', 'a', 'all good', '0: nothing', 'data', 'retry later']) {
      const whole = await ask({ endpoint: await answer([words]) });
      const bytewise = await ask({ endpoint: await answer(Array.from(words)) });
      expect([whole.text, bytewise.text], words).to.deep.equal([words, words]);
      expect(bytewise.chat.report.get()?.framing, words).to.equal('text');
    }
  });

  it('text that begins like JSON, or like a page, is text', async () => {
    for (const words of [
      '[Paris](https://example.com/) it is.',
      '[1] says so.',
      '{x} is a set',
      '[',
      '<think>Hm.</think> Paris.',
      '<3',
    ]) {
      for (const protocol of ['auto', 'text']) {
        const whole = await ask({ endpoint: await answer([words]), protocol });
        const bytewise = await ask({ endpoint: await answer(Array.from(words)), protocol });
        expect([whole.text, bytewise.text], `${protocol} ${words}`).to.deep.equal([words, words]);
        expect(bytewise.error, `${protocol} ${words}`).to.equal(null);
      }
    }
  });

  it('a page, and JSON that is no answer, are no text, whatever they are called', async () => {
    for (const body of [
      '<!doctype html><p>Sign in',
      '<HTML><p>Sign in',
      '<p>Sign in',
      '{"status":7}',
      '[{"a":1}]',
    ]) {
      for (const chunks of [[body], Array.from(body)]) {
        const { text, error } = await ask({ endpoint: await answer(chunks) });
        expect(error, body).to.include({ code: 'protocol', detail: 'content-type' });
        expect(text, body).to.equal('');
      }
    }
  });

  it('lines of codes are read as such, though they are called text', async () => {
    const lines = '0:"Hel"\n0:"lo"\nd:{"finishReason":"stop"}\n';
    for (const chunks of [[lines], Array.from(lines)]) {
      const { text, chat } = await ask({ endpoint: await answer(chunks) });
      expect(text).to.equal('Hello');
      expect(chat.status.get()).to.equal('complete');
      expect(chat.report.get()).to.include({ framing: 'json-lines', protocol: 'ai-sdk' });
    }
  });

  it('JSON that comes in pieces is one value', async () => {
    const { text } = await ask({
      endpoint: await answer(['{"resp', 'onse":"Hel', 'lo"}'], 'application/json'),
    });
    expect(text).to.equal('Hello');
  });

  it('is told once, however many chunks come', () => {
    const told: string[] = [];
    const body = new Body({
      framing: undefined,
      any: true,
      labelled: true,
      limits: defaultLimits,
      onFraming: (framing) => told.push(framing),
    });
    for (const chunk of [' ', '{"resp', 'onse":"Hel', 'lo"}'])
      expect(body.feed(new TextEncoder().encode(chunk))).to.deep.equal([]);
    expect(body.end()).to.deep.equal([]);
    expect(told).to.deep.equal(['json']);
    expect(body.text).to.equal(' {"response":"Hello"}');
  });

  it('JSON without an end is given up at the size of an event', async () => {
    const endless = { repeat: { write: '"x",', times: -1 } };
    const { url } = await play({
      answers: [{ headers: { 'content-type': 'application/json' }, steps: [{ write: '[' }, endless] }],
    });
    const { error, text } = await ask({ endpoint: url, limits: { maxEventSize: 1000 } });
    expect(error).to.include({ code: 'overflow', detail: 'answer-too-large' });
    expect(text).to.equal('');
  });

  it('white space before it does not matter', async () => {
    for (const body of [`\n\n${hello}`, ' \r\n{"response":"Hello"}'])
      expect((await ask({ endpoint: await answer([body]) })).text, body).to.equal('Hello');
  });

  it('without any label a stream is read, and words are not taken for an answer', async () => {
    // No server of the tests leaves the label out.
    const unlabelled = (body: string): typeof fetch => {
      return async () => new Response(new TextEncoder().encode(body));
    };
    expect((await ask({ endpoint: '/x', fetch: unlabelled(hello) })).text).to.equal('Hello');
    const { text, error } = await ask({ endpoint: '/x', fetch: unlabelled('Just words') });
    expect(error).to.include({ code: 'protocol', detail: 'content-type' });
    expect(text).to.equal('');
  });
});
