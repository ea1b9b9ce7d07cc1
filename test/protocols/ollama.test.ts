import { textOf, type Part, type Thread } from '../../src/model/thread.js';
import { ollama } from '../../src/protocols/ollama.js';
import { expect } from '../support/index.js';
import { asked, expectSameAtEverySplit, file, lines, runLines, text } from './lines.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, replayThroughChat } from './replay.js';

const chat = (message: object, rest: object = {}) => ({
  model: 'm',
  created_at: '2025-01-01T00:00:00Z',
  message: { role: 'assistant', content: '', ...message },
  done: false,
  ...rest,
});
const done = { done: true, done_reason: 'stop', prompt_eval_count: 3, eval_count: 2, total_duration: 9 };
const run = (...values: unknown[]) => runLines(ollama, ...values);
const answer = (thread: Thread) => thread.messages.at(-1)!;

describe('the ollama protocol', () => {
  it('reads text, thinking, model, finish reason and usage of /api/chat', async () => {
    const thread = await run(
      chat({ thinking: 'Hm' }),
      chat({ thinking: 'm.' }),
      chat({ content: 'Hel' }),
      chat({ content: 'lo' }),
      chat({}, done),
    );
    expect(answer(thread).parts.map((part) => [part.type, 'text' in part && part.text])).to.deep.equal([
      ['reasoning', 'Hmm.'],
      ['text', 'Hello'],
    ]);
    expect(answer(thread).metadata).to.deep.equal({ model: 'm' });
    expect(thread.run).to.deep.include({ status: 'complete', finishReason: 'stop' });
    expect(thread.run?.usage).to.include({ inputTokens: 3, outputTokens: 2 });
  });

  it('reads /api/generate, whose last line has no message', async () => {
    const thread = await run(
      { model: 'm', response: 'Hel', done: false },
      { model: 'm', response: 'lo', done: false },
      { model: 'm', response: '', context: [1, 2], ...done, done_reason: 'length' },
    );
    expect(textOf(answer(thread))).to.equal('Hello');
    expect(thread.run).to.include({ status: 'complete', finishReason: 'length' });
  });

  it('reads tool calls with and without an id, as what the model stopped for', async () => {
    const thread = await run(
      chat({ content: 'Let me see.' }),
      chat({ tool_calls: [{ function: { name: 'weather', arguments: { city: 'Oslo' } } }] }),
      chat({ tool_calls: [{ id: 'x', function: { index: 1, name: 'time', arguments: '{"zone":"CET"}' } }] }),
      chat({}, done),
    );
    expect(answer(thread).parts.filter(({ type }) => type === 'tool-call')).to.deep.equal([
      {
        type: 'tool-call',
        id: 'call-0',
        name: 'weather',
        input: { city: 'Oslo' },
        inputText: '',
        state: 'input',
        done: true,
      },
      {
        type: 'tool-call',
        id: 'x',
        name: 'time',
        input: { zone: 'CET' },
        inputText: '{"zone":"CET"}',
        state: 'input',
        done: true,
      },
    ]);
    expect(thread.run?.finishReason).to.equal('tool-calls');
  });

  it('keeps the text before an error, and calls a run without its last line interrupted', async () => {
    const failed = await run(chat({ content: 'par' }), { error: 'unexpected EOF' });
    expect(textOf(answer(failed))).to.equal('par');
    expect(failed.run?.error).to.include({ code: 'backend', backendMessage: 'unexpected EOF' });
    expect((await run(chat({ content: 'par' }))).run?.error?.code).to.equal('interrupted');
  });

  it('passes over what it does not know', async () => {
    const odd = [null, [], 1, 'x', {}, { done: 'yes' }, chat({ content: 5, tool_calls: [1, {}] }), { done }];
    const thread = await run(...odd, { message: null, response: 'a', done: true });
    expect(textOf(answer(thread))).to.equal('a');
    expect(thread.run?.status).to.equal('complete');
  });

  it('streams though its body is labelled as JSON', async () => {
    const body = bytesOf(lines(chat({ content: 'a' }), chat({ content: 'b' }, done)));
    const seen = await replayThroughChat([body], { protocol: 'ollama', contentType: 'application/json' });
    expect(textOf(answer(seen.thread.get()))).to.equal('ab');
    expect(seen.report.get()).to.include({ framing: 'json-lines', events: 2 });
  });

  it('gives the same at every split, named and recognised', () =>
    expectSameAtEverySplit(ollama, chat({ content: 'Hä' }), chat({ content: '🎉' }, done)));

  describe('asks', () => {
    const encode = (...messages: Parameters<typeof asked>[0]) => ollama.encode(asked(messages)).body;

    it('with the thread for /api/chat, and the question for /api/generate', () => {
      expect(encode(['user', 'Hi'], ['assistant', 'Hello'], ['user', 'Why?'])).to.deep.equal({
        messages: [
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: 'Hello' },
          { role: 'user', content: 'Why?' },
        ],
        prompt: 'Why?',
        stream: true,
      });
    });

    it('with pictures as base64, and nothing else that is attached', () => {
      const files = [
        file('image/png', 'data:image/png;base64,AAAA'),
        file('image/png', 'https://example.com/a.png'),
        file('text/plain', 'data:text/plain;base64,BBBB'),
      ];
      expect(encode(['user', [text('What?'), ...files]])).to.deep.equal({
        messages: [{ role: 'user', content: 'What?', images: ['AAAA'] }],
        prompt: 'What?',
        images: ['AAAA'],
        stream: true,
      });
    });

    it('with tool calls and their results, what follows them as a message of its own', () => {
      const call = (rest: object): Part =>
        ({ type: 'tool-call', id: 'c', name: 'weather', inputText: '', done: true, ...rest }) as Part;
      const parts = [
        text('Let me see.'),
        call({ state: 'complete', input: { city: 'Oslo' }, output: { celsius: 4 } }),
        call({ state: 'error', error: 'No such city' }),
        call({ state: 'input', input: {} }),
        text('It is 4 °C.'),
      ];
      const { messages } = encode(['assistant', parts], ['user', 'Thanks']) as { messages: unknown };
      expect(messages).to.deep.equal([
        {
          role: 'assistant',
          content: 'Let me see.',
          tool_calls: [
            { function: { name: 'weather', arguments: { city: 'Oslo' } } },
            { function: { name: 'weather', arguments: {} } },
          ],
        },
        { role: 'tool', tool_name: 'weather', content: '{"celsius":4}' },
        { role: 'tool', tool_name: 'weather', content: 'No such city' },
        { role: 'assistant', content: 'It is 4 °C.' },
        { role: 'user', content: 'Thanks' },
      ]);
    });
  });
});

await describeRecorded({
  protocol: 'ollama',
  dialects: ['ollama'],
  usage: ({ prompt_eval_count: input, eval_count: output }: Record<string, number>) => [input, output],
  finishReason: (recorded, { toolCalls }) => (toolCalls?.length ? 'tool-calls' : recorded),
});
