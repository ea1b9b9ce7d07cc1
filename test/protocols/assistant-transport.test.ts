import { textOf, type Message, type Thread } from '../../src/model/thread.js';
import { assistantTransport } from '../../src/protocols/assistant-transport.js';
import { expect } from '../support/index.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, replay, splits, stream, summary } from './replay.js';

const done = '[DONE]';
const run = (...list: (readonly [string, unknown] | unknown)[]): Thread =>
  replay(assistantTransport, [bytesOf(stream(...list))]);
const answer = (thread: Thread): Message => thread.messages.at(-1)!;
const parts = (thread: Thread) => answer(thread).parts;
const start = (part: unknown) => ({ type: 'part-start', part, path: [] });
const say = (at: number, textDelta: string) => ({ type: 'text-delta', textDelta, path: [at] });
const update = (...operations: unknown[]) => ({ type: 'update-state', operations });
const set = (path: string[], value: unknown) => ({ type: 'set', path, value });
const append = (path: string[], value: unknown) => ({ type: 'append-text', path, value });

describe('the assistant-transport protocol', () => {
  const everything = [
    { type: 'step-start', messageId: 'm1' },
    start({ type: 'reasoning' }),
    say(0, 'Hm'),
    { type: 'part-finish', path: [0] },
    start({ type: 'tool-call', toolCallId: 'a', toolName: 'weather' }),
    say(1, '{"city":'),
    start({ type: 'hologram' }),
    say(1, '"Oslo"}'),
    { type: 'tool-call-args-text-finish', path: [1] },
    { type: 'result', result: 'loading', isPreliminary: true, path: [1] },
    { type: 'result', result: 4, isError: false, path: [1] },
    { type: 'part-finish', path: [1] },
    { type: 'step-finish', finishReason: 'tool-calls', usage: { inputTokens: 1, outputTokens: 2 } },
    { type: 'step-start', messageId: 'm2' },
    start({ type: 'source', sourceType: 'url', id: 's', url: 'https://a.example/', title: 'A' }),
    start({ type: 'text' }),
    say(4, 'Four '),
    start({ type: 'file', data: 'AA==', mimeType: 'image/png' }),
    say(4, '°C'),
    start({ type: 'data', name: 'chart', data: [1] }),
    { type: 'data', data: [{ progress: 1 }] },
    { type: 'step-finish', finishReason: 'stop', usage: { inputTokens: 3, outputTokens: 4 } },
    done,
  ];

  it('addresses parts by their path', () => {
    const thread = run(...everything);
    expect(parts(thread)).to.deep.equal([
      { type: 'reasoning', id: 'reasoning-0', text: 'Hm', done: true },
      {
        type: 'tool-call',
        id: 'a',
        name: 'weather',
        inputText: '{"city":"Oslo"}',
        input: { city: 'Oslo' },
        output: 4,
        state: 'complete',
        done: true,
      },
      { type: 'source', id: 'source-1', url: 'https://a.example/', title: 'A', done: true },
      { type: 'text', id: 'text-4', text: 'Four °C', done: true },
      { type: 'file', id: 'file-5', mediaType: 'image/png', url: 'data:image/png;base64,AA==', done: true },
      { type: 'data', id: 'data:0', name: 'chart', data: [1], done: true },
      { type: 'data', id: 'data:1', name: 'data', data: { progress: 1 }, done: true },
    ]);
    expect(thread.messages).to.have.length(2);
    expect(answer(thread)).to.include({ backendId: 'm1', status: 'complete' });
    expect(thread.run).to.deep.include({
      finishReason: 'stop',
      usage: { inputTokens: 4, outputTokens: 6 },
    });
  });

  it('gives the same at every split', () => {
    const bytes = bytesOf(stream(...everything));
    const whole = summary(replay(assistantTransport, [bytes]));
    for (const chunks of splits(bytes))
      expect(summary(replay(assistantTransport, chunks))).to.deep.equal(whole);
  });

  it('believes the whole message about its usage', () => {
    const thread = run(
      { type: 'step-finish', finishReason: 'stop', usage: { inputTokens: 1, outputTokens: 1 } },
      { type: 'message-finish', finishReason: 'length', usage: { inputTokens: 9, outputTokens: 9 } },
      done,
    );
    expect(thread.run?.finishReason).to.equal('length');
    expect(thread.run?.usage).to.include({ inputTokens: 9, outputTokens: 9 });
  });

  it('shows the messages of a state where no parts are streamed', () => {
    const thread = run(
      update(set([], { messages: [{ type: 'human', content: 'Why?' }] })),
      update(set(['messages', '1'], { type: 'ai', content: 'Bec' })),
      update(append(['messages', '1', 'content'], 'au')),
      update(append(['messages', '1', 'content'], 'se.')),
      update(set(['messages', '2'], { role: 'assistant', parts: [{ type: 'text', text: ' So.' }] })),
      update(
        set(['messages', '9'], 'no such place'),
        'no',
        append(['messages'], 'x'),
        set(['__proto__', 'x'], 1),
      ),
      done,
    );
    expect(textOf(answer(thread))).to.equal('Because. So.');
    expect('x' in {}).to.equal(false);
    const again = run(
      update(set(['messages', '2'], { role: 'assistant', content: 'Earlier' })),
      update(set(['messages', '3'], { role: 'user', content: 'Why?' })),
      update(set(['messages', '4'], { role: 'assistant', content: 'Because' })),
      done,
    );
    expect(textOf(answer(again))).to.equal('Because');
    expect(
      textOf(
        answer(run(update(set(['messages'], [{ role: 'ai', content: 'x' }])), start({ type: 'text' }), done)),
      ),
    ).to.equal('x');
  });

  it('keeps the text before an error, and is interrupted without its end mark', () => {
    const text = [start({ type: 'text' }), say(0, 'par')];
    for (const rest of [[], [{ type: 'message-finish', finishReason: 'error' }, done]]) {
      const thread = run(...text, { type: 'error', error: 'Busy', code: 'E1' }, ...rest);
      expect(textOf(answer(thread))).to.equal('par');
      expect(thread.run?.error).to.include({ code: 'backend', detail: 'E1', backendMessage: 'Busy' });
    }
    // A warning does not end the message (assistant-stream `DataStream.ts`).
    const warned = run(
      { type: 'error', error: 'Slow today', severity: 'warning' },
      { type: 'error', error: 'Another model', severity: 'info' },
      ...text,
      done,
    );
    expect(textOf(answer(warned))).to.equal('par');
    expect(warned.run).to.deep.include({
      status: 'complete',
      progress: [{ text: 'Slow today' }, { text: 'Another model' }],
    });
    const silent = run(...text, { type: 'message-finish', finishReason: 'error' }, done);
    expect(silent.run?.error?.code).to.equal('backend');
    const cut = run(...text, { type: 'message-finish', finishReason: 'stop' });
    expect(cut.run?.error?.code).to.equal('interrupted');
  });

  it('shows how a tool fails', () => {
    const call = start({ type: 'tool-call', toolCallId: 'a', toolName: 'rm' });
    const thread = run(call, { type: 'result', result: 'No disk', isError: true, path: [0] }, done);
    expect(parts(thread)[0]).to.include({ name: 'rm', state: 'error', output: 'No disk' });
  });

  it('passes over what it does not know', () => {
    const thread = run(
      'null',
      '{"type":',
      { type: 'hologram' },
      { type: 'text-delta', textDelta: 'x' },
      { type: 'text-delta', textDelta: 'x', path: [7] },
      { type: 'text-delta', textDelta: 'x', path: [0, 0] },
      { type: 'part-start' },
      start({ type: 'file' }),
      start({ type: 'text' }),
      say(2, 'a'),
      { type: 'result', path: [2] },
      { type: 'update-state' },
      done,
    );
    expect(textOf(answer(thread))).to.equal('a');
    expect(thread.run?.status).to.equal('complete');
  });

  it('asks by a command, with the state as all answers made it', () => {
    const question: Message = {
      id: 'q',
      role: 'user',
      parts: [
        { type: 'text', id: 't', text: 'Why?', done: true },
        { type: 'file', id: 'f', mediaType: 'image/png', url: 'data:,', done: true },
        { type: 'file', id: 'g', mediaType: 'text/plain', url: 'data:,', done: true },
      ],
      status: 'complete',
      createdAt: 0,
      metadata: {},
    };
    const first = answer(run(update(set(['list'], ['a'])), update(append(['list', '0'], 'b')), done));
    const second = answer(run(update(append(['list', '0'], 'c'), set(['list', '1'], 'd')), done));
    const command = {
      type: 'add-message',
      message: {
        role: 'user',
        parts: [
          { type: 'text', text: 'Why?' },
          { type: 'image', image: 'data:,' },
        ],
      },
    };
    const encode = (messages: Message[], threadId: string | null) =>
      assistantTransport.encode({ text: 'Why?', messages, threadId }).body;
    expect(encode([question], null)).to.deep.equal({ commands: [command], state: null });
    expect(encode([question, first, question, second, question], 't1')).to.deep.equal({
      commands: [command],
      state: { list: ['abc', 'd'] },
      threadId: 't1',
    });
  });
});

await describeRecorded({
  protocol: 'assistant-transport',
  dialects: ['assistant-transport'],
  usage: ({ inputTokens, outputTokens }: { inputTokens: number; outputTokens: number }) => [
    inputTokens,
    outputTokens,
  ],
});
