import { textOf, type Thread } from '../../src/model/thread.js';
import { completion } from '../../src/protocols/completion.js';
import { expect } from '../support/index.js';
import { asked } from './lines.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, replay, replayThroughChat, splits, stream, summary } from './replay.js';

const run = (...events: unknown[]): Thread => replay(completion, [bytesOf(stream(...events))]);
const answer = (thread: Thread) => thread.messages.at(-1)!;
const text = (thread: Thread) => textOf(answer(thread));

describe('the completion protocol', () => {
  describe('of Text Generation Inference', () => {
    const token = (value: string, rest: object = {}) => ({
      index: 1,
      token: { id: 1, text: value, logprob: -0.1, special: false },
      generated_text: null,
      details: null,
      ...rest,
    });
    const last = (whole: string, details: object | null = null) => ({
      token: { id: 2, text: '</s>', special: true },
      generated_text: whole,
      details,
    });

    it('reads text without special tokens, finish reason and usage', () => {
      const details = { finish_reason: 'length', generated_tokens: 3, input_length: 7 };
      const thread = run(token('Hel'), token('lo'), last('Hello', details));
      expect(text(thread)).to.equal('Hello');
      expect(thread.run).to.deep.include({ status: 'complete', finishReason: 'length' });
      expect(thread.run?.usage).to.include({ inputTokens: 7, outputTokens: 3 });
    });

    it('takes the whole text, but not the prompt in front of it', () => {
      expect(text(run(token(' Hel'), token('lo'), last('Hello')))).to.equal('Hello');
      expect(text(run(token('Hel'), token('lo'), last('Why? Hello')))).to.equal('Hello');
      expect(text(run(last('Hello')))).to.equal('Hello');
    });

    it('keeps the text before an error', () => {
      const thread = run(token('par'), { error: 'Overloaded', error_type: 'overloaded' });
      expect(text(thread)).to.equal('par');
      expect(thread.run?.error).to.include({
        code: 'backend',
        backendMessage: 'Overloaded',
        detail: 'overloaded',
      });
    });

    it('is interrupted without the whole text', () => {
      expect(run(token('par')).run?.error?.code).to.equal('interrupted');
    });
  });

  describe('of llama.cpp', () => {
    const piece = (content: string, rest: object = {}) => ({ index: 0, content, stop: false, ...rest });

    it('reads text, model, finish reason and usage', () => {
      const counts = { tokens_evaluated: 7, tokens_predicted: 2 };
      const thread = run(
        piece('Hel'),
        piece('other', { index: 1 }),
        piece('lo', { stop: true, stop_type: 'limit', model: 'm.gguf', ...counts }),
      );
      expect(text(thread)).to.equal('Hello');
      expect(answer(thread).metadata).to.deep.equal({ model: 'm.gguf' });
      expect(thread.messages).to.have.length(2);
      expect(thread.run).to.include({ status: 'complete', finishReason: 'length' });
      expect(thread.run?.usage).to.include({ inputTokens: 7, outputTokens: 2 });
    });

    it('reads the finish reason of older versions', () => {
      const older = (rest: object) => run(piece('', { stop: true, ...rest })).run?.finishReason;
      expect(older({ stopped_limit: true })).to.equal('length');
      expect(older({ stopped_eos: true, stopped_limit: false })).to.equal('stop');
    });

    it('reads errors on a line of their own and in the data', () => {
      const failure = { code: 500, message: 'context shift failed', type: 'server_error' };
      for (const last of [`error: ${JSON.stringify(failure)}\n\n`, stream({ error: failure })]) {
        const thread = replay(completion, [bytesOf(stream(piece('par')) + last)]);
        expect(text(thread)).to.equal('par');
        expect(thread.run?.error).to.include({
          code: 'backend',
          backendMessage: 'context shift failed',
          detail: '500',
        });
      }
    });

    it('is interrupted without its stop', () => {
      expect(run(piece('par')).run?.error?.code).to.equal('interrupted');
    });
  });

  describe('of Replicate', () => {
    const output = (data: string) => `event: output\nid: 1:0\ndata: ${data.replaceAll('\n', '\ndata: ')}\n\n`;
    const body = (...parts: string[]) => replay(completion, [bytesOf(`: hi\n\n${parts.join('')}`)]);

    it('reads raw text, with its spaces and lines, as it is', () => {
      const thread = body(
        output(''),
        output(' Hel'),
        output('lo\n\n'),
        output('{"a":1}'),
        stream(['done', {}]),
      );
      expect(text(thread)).to.equal(' Hello\n\n{"a":1}');
      expect(thread.run).to.include({ status: 'complete', finishReason: 'stop' });
    });

    it('tells a cancelled prediction from a failed one', () => {
      expect(body(output('a'), stream(['done', { reason: 'canceled' }])).run).to.include({
        status: 'stopped',
        finishReason: 'canceled',
      });
      for (const error of ['Out of memory', '{"detail":"Out of memory"}']) {
        const failed = body(output('a'), stream(['error', error], ['done', { reason: 'error' }]));
        expect(failed.run?.error).to.include({ code: 'backend', backendMessage: 'Out of memory' });
      }
      expect(body(stream(['done', { reason: 'error' }])).run?.error?.code).to.equal('backend');
    });

    it('is interrupted without its done', () => {
      expect(body(output('a')).run?.error?.code).to.equal('interrupted');
    });
  });

  describe('of watsonx', () => {
    const piece = (generated_text: string, rest: object = {}) => [
      'message',
      {
        model_id: 'm',
        results: [{ generated_text, stop_reason: 'not_finished', input_token_count: 0, ...rest }],
      },
    ];

    it('reads text, model, finish reason and usage; a clean close is its end', () => {
      const thread = run(
        piece('', { input_token_count: 7 }),
        piece('Hel', { generated_token_count: 1 }),
        piece('lo', { generated_token_count: 2, stop_reason: 'max_tokens' }),
      );
      expect(text(thread)).to.equal('Hello');
      expect(answer(thread).metadata).to.deep.equal({ model: 'm' });
      expect(thread.run).to.deep.include({ status: 'complete', finishReason: 'length' });
      expect(thread.run?.usage).to.include({ inputTokens: 7, outputTokens: 2 });
    });

    it('reads errors, and is interrupted without a stop reason', () => {
      const errors = [{ code: 'model_no_support', message: 'No such model' }];
      expect(run(piece('a'), ['error', { errors, status_code: 500 }]).run?.error).to.include({
        code: 'backend',
        backendMessage: 'No such model',
      });
      expect(run(piece('a')).run?.error?.code).to.equal('interrupted');
    });
  });

  it('passes over what it does not know', () => {
    const odd = [null, [], 'x', {}, { results: 5 }, { results: [1] }, { token: 'x' }, ['logs', '{}']];
    const thread = run(...odd, { token: {}, generated_text: 5 }, { content: 5, stop: false }, [
      'unheard-of',
      { a: 1 },
    ]);
    expect(answer(thread).parts).to.deep.equal([]);
    expect(thread.run?.error?.code).to.equal('interrupted');
  });

  it('gives the same at every split, named and recognised', async () => {
    for (const body of [
      `data:${JSON.stringify({ token: { text: 'Hä' }, generated_text: 'Hä' })}\n\n`,
      stream({ content: 'Hä', stop: true }),
      'event: output\ndata:  Hä 🎉\n\nevent: done\ndata: {}\n\n',
      stream(['message', { results: [{ generated_text: 'Hä', stop_reason: 'eos_token' }] }]),
    ]) {
      const bytes = bytesOf(body);
      const whole = summary(replay(completion, [bytes]));
      for (const chunks of splits(bytes)) {
        expect(summary(replay(completion, chunks))).to.deep.equal(whole);
        const chat = await replayThroughChat(chunks);
        expect(chat.report.get()?.protocol).to.equal('completion');
        expect(summary(chat.thread.get())).to.deep.equal(whole);
      }
    }
  });

  it('asks with the question alone', () => {
    const request = asked([
      ['user', 'Hi'],
      ['assistant', 'Hello'],
      ['user', 'Why?'],
    ]);
    expect(completion.encode(request).body).to.deep.equal({ inputs: 'Why?', prompt: 'Why?', stream: true });
  });
});

await describeRecorded({
  protocol: 'completion',
  dialects: ['tgi', 'llamacpp', 'replicate', 'watsonx'],
  // Each recording ends by itself, in its server's own words.
  finishReason: () => 'stop',
  ends: ({ terminator, finishReason }) => terminator !== 'eof' || Boolean(finishReason),
});
