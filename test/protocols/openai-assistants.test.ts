import { textOf, type Message, type Thread } from '../../src/model/thread.js';
import { openAIAssistants } from '../../src/protocols/openai-assistants.js';
import { expect } from '../support/index.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, replay, replayThroughChat, splits, stream, summary } from './replay.js';

const named = (name: string, object: string, rest: object) => [
  `thread.${name}`,
  { object: `thread${object}`, thread_id: 'thread_1', ...rest },
];
const created = named('run.created', '.run', { id: 'run_1', status: 'queued', model: 'm' });
const ended = (status: string, rest: object = {}) =>
  named(`run.${status}`, '.run', { id: 'run_1', status, model: 'm', ...rest });
const message = (status: string, content: unknown[] = [], id = 'msg_1') =>
  named(`message.${status}`, '.message', { id, role: 'assistant', status, content });
const delta = (...content: unknown[]) =>
  named('message.delta', '.message.delta', { id: 'msg_1', delta: { content } });
const words = (value: string, annotations: unknown[] = []) => ({
  index: 0,
  type: 'text',
  text: { value, annotations },
});
const details = (...tool_calls: unknown[]) => ({ step_details: { type: 'tool_calls', tool_calls } });
const stepDelta = (...calls: unknown[]) =>
  named('run.step.delta', '.run.step.delta', { id: 'step_1', delta: details(...calls) });
const step = (status: string, rest: object) =>
  named(`run.step.${status}`, '.run.step', { id: 'step_1', status, ...rest });
const done = ['done', '[DONE]'];
const run = (...list: unknown[]): Thread => replay(openAIAssistants, [bytesOf(stream(...list))]);
const answer = (thread: Thread) => thread.messages.at(-1)!;

describe('the openai-assistants protocol', () => {
  it('reads text, citations, usage and ids', () => {
    const citation = { type: 'file_citation', text: '[1]', file_citation: { file_id: 'file_1' } };
    const thread = run(
      created,
      message('in_progress'),
      delta(words('Hel')),
      delta(words('lo', [citation])),
      message('completed', [words('Hello', [citation])]),
      ended('completed', { usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } }),
      done,
    );
    expect(textOf(answer(thread))).to.equal('Hello');
    expect(answer(thread)).to.deep.include({ backendId: 'msg_1', metadata: { model: 'm' } });
    expect(answer(thread).parts[1]).to.include({ type: 'source', title: 'file_1' });
    expect(thread.id).to.equal('thread_1');
    expect(thread.run).to.deep.include({
      status: 'complete',
      finishReason: 'stop',
      usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    });
  });

  it('reads tools before the text they belong to, in one message', () => {
    const thread = run(
      created,
      stepDelta({ index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: '' } }),
      stepDelta({ index: 0, type: 'function', function: { arguments: '{"a":' } }),
      stepDelta({ index: 0, type: 'function', function: { arguments: '1}' } }),
      stepDelta({ index: 1, id: 'call_2', type: 'code_interpreter', code_interpreter: { input: '1+1' } }),
      step(
        'completed',
        details(
          { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"a":1}', output: 'rain' } },
          { id: 'call_2', type: 'code_interpreter', code_interpreter: { input: '1+1', outputs: ['2'] } },
        ),
      ),
      message('in_progress'),
      delta(words('So.')),
      message('completed', [words('So.')]),
      message('in_progress', [], 'msg_2'),
      message('completed', [words('More.')], 'msg_2'),
      ended('completed'),
      done,
    );
    expect(thread.messages.map(({ backendId }) => backendId)).to.deep.equal([undefined, 'msg_1', 'msg_2']);
    const [first, second, last] = thread.messages[1]!.parts;
    expect(first).to.deep.include({ name: 'f', input: { a: 1 }, output: 'rain', state: 'complete' });
    expect(second).to.deep.include({ name: 'code_interpreter', inputText: '1+1', output: ['2'] });
    expect(last).to.include({ type: 'text', text: 'So.' });
    expect(textOf(thread.messages[2]!)).to.equal('More.');
  });

  it('reads refusals and images', () => {
    const thread = run(
      created,
      delta({ index: 0, type: 'refusal', refusal: 'No.' }),
      delta({ index: 1, type: 'image_url', image_url: { url: 'https://a.example/i.png' } }),
      delta({ index: 2, type: 'image_file', image_file: { file_id: 'file_1' } }),
      ended('completed'),
      done,
    );
    expect(textOf(answer(thread))).to.equal('No.');
    expect(answer(thread).parts.slice(1)).to.deep.equal([
      { type: 'file', id: 'image-0', mediaType: 'image/*', url: 'https://a.example/i.png', done: true },
      { type: 'file', id: 'image-1', mediaType: 'image/*', name: 'file_1', done: true },
    ]);
  });

  it('says why a run ended', () => {
    const reason = (word: string) => ({ incomplete_details: { reason: word } });
    expect(run(created, ended('requires_action'), done).run?.finishReason).to.equal('tool-calls');
    expect(run(ended('incomplete', reason('max_completion_tokens'))).run?.finishReason).to.equal('length');
    expect(run(ended('incomplete', reason('content_filter'))).run?.finishReason).to.equal('content-filter');
    expect(run(created, delta(words('a')), ended('cancelled'), done).run?.status).to.equal('stopped');
    expect(run(created, delta(words('a'))).run?.error?.code).to.equal('interrupted');
  });

  it('keeps the text before an error', () => {
    const failure = { code: 'rate_limit_exceeded', message: 'Busy' };
    for (const error of [
      ended('failed', { last_error: failure }),
      ['error', { error: failure }],
      ['error', failure],
      ['error', 'Busy'],
    ]) {
      const thread = run(created, delta(words('par')), error, done);
      expect(textOf(answer(thread))).to.equal('par');
      expect(thread.run?.error).to.include({ code: 'backend', backendMessage: 'Busy' });
    }
    expect(run(created, ended('expired'), done).run?.error?.code).to.equal('backend');
    const broken = step('failed', {
      last_error: { message: 'No' },
      ...details({ id: 'c', type: 'code_interpreter', code_interpreter: {} }),
    });
    expect(answer(run(created, broken, done)).parts[0]).to.include({ state: 'error', error: 'No' });
  });

  it('passes over what it does not know', () => {
    const decoder = openAIAssistants.decoder({ header: () => null, framing: 'sse' });
    for (const data of ['null', '[]', '{}', '{"object":"thread.new"}', '{"object'])
      expect(decoder.decode({ name: 'thread.new', data, id: '' }), data).to.equal(null);
    for (const object of ['thread', 'thread.run', 'thread.message.delta', 'thread.run.step.delta'])
      expect(decoder.decode({ name: '', data: JSON.stringify({ object }), id: '' })).to.deep.equal([]);
  });

  it('is recognised by its first event, and gives the same at every split', async () => {
    const bytes = bytesOf(stream(created, delta(words('Häl')), delta(words('lo')), ended('completed'), done));
    const whole = summary(replay(openAIAssistants, [bytes]));
    for (const chunks of splits(bytes))
      expect(summary(replay(openAIAssistants, chunks))).to.deep.equal(whole);
    const chat = await replayThroughChat([bytes]);
    expect(chat.report.get()?.protocol).to.equal('openai-assistants');
    expect(summary(chat.thread.get())).to.deep.equal(whole);
  });

  it('asks for a run of a new thread, or in the one there is', () => {
    const said = { type: 'text', id: 't', text: 'See', done: true } as const;
    const url = 'https://a.example/i.png';
    const image = { type: 'file', id: 'f', mediaType: 'image/png', url, done: true } as const;
    const messages = [
      { role: 'system', parts: [said] },
      { role: 'assistant', parts: [said] },
      { role: 'user', parts: [said, image] },
    ] as unknown as Message[];
    const question = {
      role: 'user',
      content: [
        { type: 'text', text: 'See' },
        { type: 'image_url', image_url: { url } },
      ],
    };
    expect(openAIAssistants.encode({ text: 'See', messages, threadId: null }).body).to.deep.equal({
      thread: { messages: [{ role: 'assistant', content: 'See' }, question] },
      instructions: 'See',
      stream: true,
    });
    expect(openAIAssistants.encode({ text: 'See', messages, threadId: 'thread_1' }).body).to.deep.equal({
      additional_messages: [question],
      stream: true,
    });
  });
});

interface RecordedUsage {
  prompt_tokens?: number;
  completion_tokens?: number;
}

await describeRecorded({
  protocol: 'openai-assistants',
  dialects: ['openai-assistants'],
  usage: ({ prompt_tokens, completion_tokens }: RecordedUsage) => [prompt_tokens, completion_tokens],
  finishReason: () => 'stop',
  differences: {
    'openai-assistants/text.sse#id': 'a message has its own id; the expectation names the run',
    'openai-assistants/longer-text.sse#id': 'a message has its own id; the expectation names the run',
    'openai-assistants/text.sse#finish': 'its `incomplete_details` say that a limit cut it: `length`',
  },
});
