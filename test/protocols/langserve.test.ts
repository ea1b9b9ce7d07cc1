import { textOf, type Message, type Part, type Thread } from '../../src/model/thread.js';
import { langServe } from '../../src/protocols/langserve.js';
import { expect } from '../support/index.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, hints, replay, splits, stream, summary } from './replay.js';

const run = (...list: (readonly [string, unknown] | unknown)[]): Thread =>
  replay(langServe, [bytesOf(stream(...list))]);
const answer = (thread: Thread): Message => thread.messages.at(-1)!;
const partsOf = (thread: Thread, type: Part['type']) =>
  answer(thread).parts.filter((part) => part.type === type);

const start = ['metadata', { run_id: 'r1' }];
const piece = (data: unknown) => ['data', JSON.stringify(data)];
const chunk = (fields: object) =>
  piece({ type: 'AIMessageChunk', id: 'm1', content: '', tool_call_chunks: [], ...fields });

describe('the langserve protocol', () => {
  it('reads text, and takes the close as the end once there was a piece', () => {
    const thread = run(start, piece('Hel'), piece(''), piece('lo'));
    expect(textOf(answer(thread))).to.equal('Hello');
    expect(thread.run?.status).to.equal('complete');
    expect(run(start).run?.error?.code).to.equal('interrupted');
  });

  it('reads the messages of a model, also as LangChain serialises them', () => {
    const thread = run(
      start,
      chunk({ additional_kwargs: { reasoning_content: 'Hm' }, response_metadata: { model_name: 'opus' } }),
      chunk({ content: 'Hel' }),
      piece({
        lc: 1,
        type: 'constructor',
        id: ['langchain_core', 'messages', 'AIMessageChunk'],
        kwargs: { id: 'm1', content: 'lo' },
      }),
      chunk({ tool_call_chunks: [{ index: 0, id: 'a', name: 'weather', args: '{"city":"Oslo"}' }] }),
      chunk({
        response_metadata: { finish_reason: 'tool_calls' },
        usage_metadata: { input_tokens: 3, output_tokens: 2, total_tokens: 5 },
      }),
    );
    expect(answer(thread)).to.deep.include({ backendId: 'm1', metadata: { model: 'opus' } });
    expect(textOf(answer(thread))).to.equal('Hello');
    expect(partsOf(thread, 'reasoning')[0]).to.include({ text: 'Hm' });
    expect(partsOf(thread, 'tool-call')[0]).to.deep.include({
      id: 'a',
      name: 'weather',
      input: { city: 'Oslo' },
    });
    expect(thread.run).to.deep.include({
      finishReason: 'tool-calls',
      usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
    });
  });

  it('reads the fields of a retrieval chain', () => {
    const page = { page_content: 'x', metadata: { source: 'https://a.test/', title: 'A' } };
    const thread = run(
      start,
      piece({ input: 'Why?' }),
      piece({ context: [page, page, { page_content: 'y', metadata: { source: 'b.md' } }] }),
      piece({ answer: 'Hel' }),
      piece({ answer: 'lo' }),
    );
    expect(textOf(answer(thread))).to.equal('Hello');
    expect(
      partsOf(thread, 'source').map((part) => part.type === 'source' && [part.url, part.title]),
    ).to.deep.equal([
      ['https://a.test/', 'A'],
      [undefined, 'b.md'],
    ]);
  });

  it('reads the steps of an agent', () => {
    const action = { tool: 'weather', tool_input: { city: 'Oslo' }, log: '' };
    const thread = run(
      start,
      piece({ actions: [action], messages: [{ type: 'ai', content: '' }] }),
      piece({ steps: [{ action, observation: '4 °C' }], messages: [] }),
      piece({ output: 'It is 4 °C.', messages: [{ type: 'ai', content: 'It is 4 °C.' }] }),
    );
    expect(textOf(answer(thread))).to.equal('It is 4 °C.');
    expect(partsOf(thread, 'tool-call')).to.have.length(1);
    expect(partsOf(thread, 'tool-call')[0]).to.deep.include({
      name: 'weather',
      input: { city: 'Oslo' },
      output: '4 °C',
      state: 'complete',
    });
  });

  it('keeps the text before an error', () => {
    const thread = run(start, piece('par'), [
      'error',
      { status_code: 500, message: 'Internal Server Error' },
    ]);
    expect(textOf(answer(thread))).to.equal('par');
    expect(thread.run?.error).to.include({
      code: 'backend',
      detail: '500',
      backendMessage: 'Internal Server Error',
    });
    expect(run(start, ['error', 'Busy']).run?.error).to.include({ backendMessage: 'Busy' });
  });

  it('counts what it does not know', () => {
    const decoder = langServe.decoder(hints);
    const decode = (name: string, data: string) => decoder.decode({ name, data, id: '' });
    expect(decode('novel', '{}')).to.equal(null);
    for (const data of ['no json', '1', 'true', '{}', '{"a":1}']) expect(decode('data', data)).to.equal(null);
    for (const data of ['null', '[]', '[null,1]', '{"actions":[1],"steps":[{}],"context":[null,{}]}'])
      expect(decode('data', data)).to.be.an('array');
  });

  it('asks with the messages of the thread, and its id as the session', () => {
    const base = { status: 'complete', createdAt: 0, metadata: {} } as const;
    const says = (id: string, role: Message['role'], text: string): Message => ({
      ...base,
      id,
      role,
      parts: [{ type: 'text', id: 't', text, done: true }],
    });
    const messages = [says('1', 'user', 'Hi'), says('2', 'assistant', 'Hello'), says('3', 'user', 'Why?')];
    const input = {
      messages: [
        { type: 'human', content: 'Hi' },
        { type: 'ai', content: 'Hello' },
        { type: 'human', content: 'Why?' },
      ],
    };
    expect(langServe.encode({ text: 'Why?', messages, threadId: null }).body).to.deep.equal({ input });
    expect(langServe.encode({ text: 'Why?', messages, threadId: 's' }).body).to.deep.equal({
      input,
      config: { configurable: { session_id: 's' } },
    });
  });

  it('gives the same at every split', () => {
    const bytes = bytesOf(stream(start, piece('Hä'), chunk({ content: 'llo' })).replaceAll('\n', '\r\n'));
    const whole = summary(replay(langServe, [bytes]));
    for (const chunks of splits(bytes)) expect(summary(replay(langServe, chunks))).to.deep.equal(whole);
  });
});

await describeRecorded({
  protocol: 'langserve',
  dialects: ['langserve'],
  // The end mark has no data and never arrives: the close after a piece is the end.
  ends: ({ error }) => !error,
});
