import { textOf, type Thread } from '../../src/model/thread.js';
import { lobeChat } from '../../src/protocols/lobechat.js';
import { expect } from '../support/index.js';
import { asked } from './lines.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, replay, replayThroughChat, splits, summary } from './replay.js';

type Event = readonly [name: string, data: unknown];

const bytes = (...events: Event[]): Uint8Array =>
  bytesOf(
    events.map(([name, data]) => `id: msg_1\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join(''),
  );
const run = (...events: Event[]): Thread => replay(lobeChat, [bytes(...events)]);
const answer = (thread: Thread) => thread.messages.at(-1)!;
const parts = (thread: Thread, type: string) => answer(thread).parts.filter((part) => part.type === type);
const stop: Event = ['stop', 'stop'];
const usage: Event = ['usage', { totalInputTokens: 3, totalOutputTokens: 2, totalTokens: 5 }];

describe('the lobechat protocol', () => {
  it('reads text, reasoning, id, finish reason, and usage that comes after the stop', () => {
    const thread = run(
      ['data', { id: 'x', role: 'assistant' }],
      ['reasoning', 'Hm'],
      ['reasoning_signature', 'abc'],
      ['reasoning', 'm.'],
      ['text', 'Hel'],
      ['text', null],
      ['text', 'lo'],
      stop,
      usage,
      ['speed', { tps: 9 }],
    );
    expect(textOf(answer(thread))).to.equal('Hello');
    expect(parts(thread, 'reasoning')).to.have.length(1);
    expect(parts(thread, 'reasoning')[0]).to.include({ text: 'Hmm.' });
    expect(answer(thread).backendId).to.equal('msg_1');
    expect(thread.run).to.deep.include({
      status: 'complete',
      finishReason: 'stop',
      usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
    });
  });

  it('tells finish reasons in the words of any model', () => {
    const reason = (...words: string[]) =>
      run(...words.map((word): Event => ['stop', word])).run?.finishReason;
    expect(reason('end_turn', 'message_stop')).to.equal('stop');
    expect(reason('max_tokens', 'message_stop')).to.equal('length');
    expect(reason('tool_use')).to.equal('tool-calls');
    expect(reason('STOP')).to.equal('stop');
    expect(reason('SAFETY')).to.equal('safety');
  });

  it('reads tool calls that stream their arguments', () => {
    const call = (index: number, fields: object): Event => [
      'tool_calls',
      [{ index, type: 'function', ...fields }],
    ];
    const thread = run(
      ['text', 'Checking.'],
      call(0, { id: 'a', function: { name: 'weather', arguments: '' } }),
      call(1, { function: { name: 'time', arguments: '{}' } }),
      call(0, { id: 'a', function: { name: 'weather', arguments: '{"city":' } }),
      call(0, { function: { arguments: '"Oslo"}' } }),
      ['stop', 'tool_calls'],
    );
    expect(
      parts(thread, 'tool-call').map((part) => part.type === 'tool-call' && [part.id, part.name, part.input]),
    ).to.deep.equal([
      ['a', 'weather', { city: 'Oslo' }],
      ['call-1', 'time', {}],
    ]);
    expect(thread.run?.finishReason).to.equal('tool-calls');
  });

  it('reads sources, pictures, and text in pieces', () => {
    const citations = [{ url: 'https://example.com/a', title: 'A' }, { url: 'https://example.com/b' }];
    const thread = run(
      ['grounding', { citations, searchQueries: ['x'] }],
      ['grounding', { citations }],
      ['base64_image', 'data:image/webp;base64,AAAA'],
      ['content_part', { partType: 'text', content: 'Look' }],
      ['content_part', { partType: 'image', content: 'BBBB', mimeType: 'image/jpeg' }],
      ['reasoning_part', { partType: 'text', content: 'Hm' }],
      stop,
    );
    expect(parts(thread, 'source').map((part) => part.type === 'source' && part.url)).to.deep.equal([
      'https://example.com/a',
      'https://example.com/b',
    ]);
    expect(parts(thread, 'file').map((part) => part.type === 'file' && part.url)).to.deep.equal([
      'data:image/webp;base64,AAAA',
      'data:image/jpeg;base64,BBBB',
    ]);
    expect(parts(thread, 'file')[0]).to.include({ mediaType: 'image/webp' });
    expect(textOf(answer(thread))).to.equal('Look');
    expect(parts(thread, 'reasoning')[0]).to.include({ text: 'Hm' });
  });

  it('keeps the text before an error', () => {
    const thread = run(
      ['text', 'par'],
      ['error', { body: { message: 'q' }, message: 'Quota', type: 'QuotaLimitReached' }],
      stop,
    );
    expect(textOf(answer(thread))).to.equal('par');
    expect(thread.run?.error).to.include({
      code: 'backend',
      backendMessage: 'Quota',
      detail: 'QuotaLimitReached',
    });
    expect(run(['error', 'Busy']).run?.error).to.include({ backendMessage: 'Busy' });
    // A chunk that LobeChat itself could not read (`streams/openai/openai.ts`).
    const unread = { body: { message: 'Not a chunk', context: {} }, type: 'StreamChunkError' };
    expect(run(['error', unread]).run?.error).to.include({ backendMessage: 'Not a chunk' });
  });

  it('is complete by its usage alone, and interrupted without any end', () => {
    expect(run(['text', 'a'], usage).run?.status).to.equal('complete');
    expect(run(['text', 'a']).run?.error?.code).to.equal('interrupted');
  });

  it('passes over what it does not know', () => {
    const thread = run(
      ['unheard-of', 1],
      ['text', { a: 1 }],
      ['tool_calls', 'x'],
      ['tool_calls', [1, {}]],
      ['grounding', null],
      ['usage', null],
      ['content_part', null],
      ['text', 'a'],
      stop,
    );
    expect(textOf(answer(thread))).to.equal('a');
    expect(thread.run?.status).to.equal('complete');
  });

  it('gives the same at every split, named and recognised', async () => {
    const body = bytes(['data', { role: 'assistant' }], ['text', 'Hä 🎉'], stop);
    const whole = summary(replay(lobeChat, [body]));
    for (const chunks of splits(body)) {
      expect(summary(replay(lobeChat, chunks))).to.deep.equal(whole);
      const chat = await replayThroughChat(chunks);
      expect(chat.report.get()?.protocol).to.equal('lobechat');
      expect(summary(chat.thread.get())).to.deep.equal(whole);
    }
  });

  it('leaves streams to events whose ids are a count', async () => {
    const body = bytesOf('id: 1\nevent: text\ndata: "Hi"\n\nid: 2\nevent: done\ndata: {}\n\n');
    const chat = await replayThroughChat([body]);
    expect(chat.report.get()?.protocol).to.equal('events');
    expect(chat.thread.get().run?.status).to.equal('complete');
  });

  it('asks in the shape of OpenAI Chat', () => {
    expect(lobeChat.encode(asked([['user', 'Why?']])).body).to.deep.equal({
      messages: [{ role: 'user', content: 'Why?' }],
      stream: true,
    });
  });
});

await describeRecorded({
  protocol: 'lobechat',
  dialects: ['lobechat'],
  usage: ({ totalInputTokens: input, totalOutputTokens: output }: Record<string, number>) => [input, output],
});
