import { textOf, type Message, type Thread } from '../../src/model/thread.js';
import { aiSDK } from '../../src/protocols/ai-sdk.js';
import { expect } from '../support/index.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, replay, replayThroughChat, splits, stream, summary } from './replay.js';

const done = '[DONE]';
const run = (...list: (readonly [string, unknown] | unknown)[]): Thread =>
  replay(aiSDK, [bytesOf(stream(...list))]);
const answer = (thread: Thread): Message => thread.messages.at(-1)!;
const parts = (thread: Thread) => answer(thread).parts;
const say = (delta: string, id = '0') => ({ type: 'text-delta', id, delta });

describe('the ai-sdk protocol', () => {
  const everything = [
    { type: 'start', messageId: 'm1', messageMetadata: { model: 'gpt' } },
    { type: 'start-step' },
    { type: 'reasoning-start', id: '0' },
    { type: 'reasoning-delta', id: '0', delta: 'Hm' },
    { type: 'reasoning-delta', id: '0', delta: '' },
    { type: 'reasoning-end', id: '0' },
    { type: 'tool-input-start', toolCallId: 'a', toolName: 'weather' },
    { type: 'tool-input-delta', toolCallId: 'a', inputTextDelta: '{"city":' },
    { type: 'tool-input-delta', toolCallId: 'a', inputTextDelta: '"Oslo"}' },
    { type: 'tool-input-available', toolCallId: 'a', toolName: 'weather', input: { city: 'Oslo' } },
    { type: 'tool-output-available', toolCallId: 'a', output: 'loading', preliminary: true },
    { type: 'tool-output-available', toolCallId: 'a', output: { celsius: 4 } },
    { type: 'finish-step' },
    { type: 'start-step' },
    { type: 'text-start', id: '0' },
    say('Fou'),
    say('r °C'),
    { type: 'text-end', id: '0' },
    { type: 'source-url', sourceId: 's', url: 'https://a.example/', title: 'A' },
    { type: 'source-url', sourceId: 't', url: 'https://a.example/', title: 'A' },
    { type: 'source-document', sourceId: 'u', mediaType: 'application/pdf', title: 'Handbook' },
    { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AA==' },
    { type: 'finish-step' },
    {
      type: 'finish',
      finishReason: 'stop',
      messageMetadata: { totalUsage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 } },
    },
    done,
  ];

  it('reads text, reasoning, tools, sources, files, usage and names', () => {
    const thread = run(...everything);
    expect(parts(thread)).to.deep.equal([
      { type: 'reasoning', id: 'reasoning-0', text: 'Hm', done: true },
      {
        type: 'tool-call',
        id: 'a',
        name: 'weather',
        inputText: '{"city":"Oslo"}',
        input: { city: 'Oslo' },
        output: { celsius: 4 },
        state: 'complete',
        done: true,
      },
      { type: 'text', id: 'text-1', text: 'Four °C', done: true },
      { type: 'source', id: 'source-1', url: 'https://a.example/', title: 'A', done: true },
      { type: 'source', id: 'source-2', title: 'Handbook', done: true },
      { type: 'file', id: 'file-2', mediaType: 'image/png', url: 'data:image/png;base64,AA==', done: true },
    ]);
    expect(answer(thread)).to.deep.include({ backendId: 'm1', status: 'complete' });
    expect(answer(thread).metadata).to.include({ model: 'gpt' });
    expect(thread.run).to.deep.include({
      finishReason: 'stop',
      usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
    });
  });

  it('gives the same at every split', () => {
    const bytes = bytesOf(stream(...everything));
    const whole = summary(replay(aiSDK, [bytes]));
    for (const chunks of splits(bytes)) expect(summary(replay(aiSDK, chunks))).to.deep.equal(whole);
  });

  it('keeps apart text parts that interleave, and those of two steps with one id', () => {
    const thread = run(
      { type: 'text-start', id: 'a' },
      say('one ', 'a'),
      { type: 'text-start', id: 'b' },
      say('two ', 'b'),
      say('more', 'a'),
      { type: 'text-end', id: 'a' },
      { type: 'text-start', id: 'a' },
      say('three', 'a'),
      say('without a start', 'c'),
      done,
    );
    expect(parts(thread).map((part) => part.type === 'text' && part.text)).to.deep.equal([
      'one more',
      'two ',
      'three',
      'without a start',
    ]);
  });

  it('takes the sources of citations', () => {
    const source = { type: 'source', sourceType: 'url', id: 's', url: 'https://b.example/', title: 'B' };
    const end = { type: 'text-end', id: '0', citations: [{ source, startIndex: 0, endIndex: 1 }] };
    expect(parts(run(say('x'), end, done)).at(-1)).to.include({ url: 'https://b.example/', title: 'B' });
  });

  it('shows how tools fail, are denied or are left to the page', () => {
    const call = (id: string) => ({
      type: 'tool-input-available',
      toolCallId: id,
      toolName: 'rm',
      input: {},
    });
    const thread = run(
      { type: 'tool-input-error', toolCallId: 'a', toolName: 'rm', input: 'no', errorText: 'Bad input' },
      call('b'),
      { type: 'tool-output-error', toolCallId: 'b', errorText: 'No disk' },
      call('c'),
      { type: 'tool-approval-request', approvalId: 'p', toolCallId: 'c' },
      { type: 'tool-approval-response', approvalId: 'p', approved: false, reason: 'Not now' },
      { type: 'tool-output-denied', toolCallId: 'c' },
      call('d'),
      { type: 'tool-output-denied', toolCallId: 'd' },
      call('e'),
      { type: 'finish', finishReason: 'tool-calls' },
      done,
    );
    expect(
      parts(thread).map((part) => part.type === 'tool-call' && [part.id, part.state, part.error]),
    ).to.deep.equal([
      ['a', 'error', 'Bad input'],
      ['b', 'error', 'No disk'],
      ['c', 'error', 'Not now'],
      ['d', 'error', 'The call was denied'],
      ['e', 'running', undefined],
    ]);
    expect(thread.run?.finishReason).to.equal('tool-calls');
  });

  it('is paused while a person is asked for an approval', () => {
    const asked = (rest: object) =>
      run(
        { type: 'tool-input-available', toolCallId: 'a', toolName: 'rm', input: {} },
        { type: 'tool-approval-request', approvalId: 'p', toolCallId: 'a', ...rest },
        { type: 'finish', finishReason: 'tool-calls' },
        done,
      ).run?.finishReason;
    expect(asked({})).to.equal('paused');
    expect(asked({ isAutomatic: true })).to.equal('tool-calls');
  });

  it('keeps data parts, updates them by id, and shows transient notices as progress', () => {
    const thread = run(
      { type: 'data-note', transient: true, data: { message: 'Looking', level: 'info' } },
      { type: 'data-note', transient: true, data: 1 },
      { type: 'data-weather', id: 'w', data: { status: 'loading' } },
      { type: 'data-weather', data: 'other' },
      { type: 'data-weather', id: 'w', data: { status: 'done' } },
      done,
    );
    expect(parts(thread)).to.deep.equal([
      { type: 'data', id: 'data-weather:w', name: 'weather', data: { status: 'done' }, done: true },
      { type: 'data', id: 'data-0', name: 'weather', data: 'other', done: true },
    ]);
    expect(thread.run?.progress).to.deep.equal([{ text: 'Looking' }]);
  });

  it('names an answer that began before its start, and keeps merged streams in one answer', () => {
    const thread = run(
      { type: 'data-weather', data: 1 },
      { type: 'start', messageId: 'm1' },
      say('a'),
      { type: 'start' },
      { type: 'message-metadata', messageMetadata: { took: 1 } },
      say('b', '1'),
      done,
    );
    expect(thread.messages).to.have.length(2);
    expect(answer(thread)).to.deep.include({ backendId: 'm1', status: 'complete', metadata: { took: 1 } });
    expect(textOf(answer(thread))).to.equal('ab');
    const named = run(
      { type: 'start', messageId: 'm1' },
      say('a'),
      { type: 'start', messageId: 'm2' },
      say('b'),
      done,
    );
    expect(named.messages.slice(1).map((message) => [message.backendId, textOf(message)])).to.deep.equal([
      ['m1', 'a'],
      ['m2', 'b'],
    ]);
  });

  it('takes back what a step said that is started again', () => {
    const thread = run(
      { type: 'start-step' },
      say('kept'),
      { type: 'finish-step' },
      { type: 'start-step' },
      { type: 'tool-input-start', toolCallId: 'a', toolName: 'search' },
      say('dropped', '1'),
      { type: 'reset-step' },
      say(' and new', '1'),
      done,
    );
    expect(textOf(answer(thread))).to.equal('kept and new');
    expect(parts(thread).find(({ id }) => id === 'a')).to.include({ state: 'error' });
  });

  it('keeps what came before an error, with or without an end', () => {
    const error = { type: 'error', errorText: 'Busy' };
    for (const rest of [[], [done], [{ type: 'finish', finishReason: 'error' }, done]]) {
      const thread = run({ type: 'start', messageId: 'm' }, say('par'), error, ...rest);
      expect(textOf(answer(thread))).to.equal('par');
      expect(thread.run?.error).to.include({ code: 'backend', backendMessage: 'Busy' });
    }
    expect(run(say('a'), { type: 'finish', finishReason: 'error' }, done).run?.error?.code).to.equal(
      'backend',
    );
    expect(run(say('a'), { type: 'finish', finishReason: 'interrupted' }, done).run?.error?.code).to.equal(
      'interrupted',
    );
  });

  it('is stopped by an abort, complete by a finish alone, and interrupted without any end', () => {
    expect(run(say('a'), { type: 'abort', reason: 'x' }, done).run?.status).to.equal('stopped');
    expect(run(say('a'), { type: 'abort' }).run?.status).to.equal('stopped');
    expect(run(say('a'), { type: 'finish', finishReason: 'length' }).run).to.include({
      status: 'complete',
      finishReason: 'length',
    });
    expect(run(say('a'), { type: 'finish-step' }).run?.error?.code).to.equal('interrupted');
  });

  it('passes over what it does not know', () => {
    const thread = run(
      { type: 'hologram' },
      { type: 'tool-hologram', toolCallId: 'x' },
      { type: 'custom', kind: 'a.b' },
      { type: 'steering-message', id: 's', parts: [] },
      { type: 'text-delta' },
      { type: 'file' },
      { type: 'start', messageId: {}, messageMetadata: 'no' },
      'null',
      '[]',
      '{"type":',
      say('a'),
      done,
    );
    expect(thread.run?.status).to.equal('complete');
    expect(textOf(answer(thread))).to.equal('a');
  });

  it('reads a plain text stream when it is named', async () => {
    const chat = await replayThroughChat([bytesOf('Plain\n'), bytesOf('text')], {
      protocol: 'ai-sdk',
      contentType: 'text/plain; charset=utf-8',
    });
    expect(textOf(answer(chat.thread.get()))).to.equal('Plain\ntext');
    expect(chat.status.get()).to.equal('complete');
  });
});

await describeRecorded({
  protocol: 'ai-sdk',
  dialects: ['vercel-ui', 'vercel-data-v4'],
  usage: ({ promptTokens, completionTokens }: Record<string, number | null>) => [
    promptTokens ?? undefined,
    completionTokens ?? undefined,
  ],
  differences: {
    'vercel-ui/v7-abort.sse#status': 'an aborted run is stopped, it never looks complete',
    'vercel-ui/v7-custom-data-parts.sse#sources': 'a document is shown by its title, not by its file name',
  },
});
