import { textOf, type Thread } from '../../src/model/thread.js';
import { coze } from '../../src/protocols/coze.js';
import { expect } from '../support/index.js';
import { asked, file, text } from './lines.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, replay, replayThroughChat, splits, stream, summary } from './replay.js';

type Event = readonly [string, unknown];

const chat = (name: string, rest: object = {}): Event => [
  `conversation.chat.${name}`,
  { id: 'c', conversation_id: 't1', bot_id: 'b', ...rest },
];
const message = (name: 'delta' | 'completed', rest: object): Event => [
  `conversation.message.${name}`,
  { id: 'm1', conversation_id: 't1', role: 'assistant', type: 'answer', content_type: 'text', ...rest },
];
const delta = (content: string, rest: object = {}) => message('delta', { content, ...rest });
const completed = (content: string, rest: object = {}) => message('completed', { content, ...rest });
const done: Event = ['done', '"[DONE]"'];
const usage = { token_count: 5, output_count: 2, input_count: 3 };
const bytes = (...events: Event[]) => bytesOf(stream(chat('created'), ...events));
const run = (...events: Event[]): Thread => replay(coze, [bytes(...events)]);
const answer = (thread: Thread) => thread.messages.at(-1)!;
const parts = (thread: Thread, type: string) => answer(thread).parts.filter((part) => part.type === type);

describe('the coze protocol', () => {
  it('reads text once, though it comes twice, with ids, usage and suggestions', () => {
    const thread = run(
      chat('in_progress'),
      delta('Hel'),
      delta('lo'),
      completed('Hello'),
      completed('{"msg_type":"generate_answer_finish"}', { id: 'm2', type: 'verbose' }),
      completed('And?', { id: 'm3', type: 'follow_up' }),
      chat('completed', { status: 'completed', usage }),
      done,
    );
    expect(textOf(answer(thread))).to.equal('Hello');
    expect(thread.id).to.equal('t1');
    expect(answer(thread)).to.deep.include({ backendId: 'm1', metadata: { suggestions: ['And?'] } });
    expect(thread.run).to.deep.include({
      status: 'complete',
      finishReason: 'stop',
      usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
    });
  });

  it('takes the completed text in place of its pieces, each answer for itself', () => {
    const thread = run(
      delta('Helo', { reasoning_content: 'Hm' }),
      completed('Hello', { reasoning_content: 'Hmm.' }),
      completed(' again', { id: 'm2' }),
      completed('', { id: 'm3' }),
      done,
    );
    expect(textOf(answer(thread))).to.equal('Hello again');
    expect(parts(thread, 'text')).to.have.length(2);
    expect(parts(thread, 'reasoning')[0]).to.include({ text: 'Hmm.', done: true });
    expect(answer(thread).backendId).to.equal('m1');
  });

  it('pairs tools with their outputs, oldest first', () => {
    const call = (id: string, name: string) =>
      completed(JSON.stringify({ name, arguments: { city: 'Oslo' }, plugin: 'p' }), {
        id,
        type: 'function_call',
      });
    const output = (content: string) => completed(content, { id: `o${content}`, type: 'tool_response' });
    const thread = run(
      call('a', 'weather'),
      call('b', 'time'),
      output('4'),
      output('noon'),
      delta('Ok'),
      done,
    );
    expect(parts(thread, 'tool-call')[0]).to.deep.include({
      id: 'a',
      name: 'weather',
      input: { city: 'Oslo' },
      output: '4',
      state: 'complete',
    });
    expect(parts(thread, 'tool-call')[1]).to.include({ id: 'b', name: 'time', output: 'noon' });
    expect(textOf(answer(thread))).to.equal('Ok');
  });

  it('waits where the page is to run a tool', () => {
    const call = { id: 'x', type: 'function', function: { name: 'ask', arguments: '{"a":1}' } };
    const action = { type: 'submit_tool_outputs', submit_tool_outputs: { tool_calls: [call] } };
    const thread = run(chat('requires_action', { required_action: action }), done);
    expect(parts(thread, 'tool-call')[0]).to.deep.include({ id: 'x', name: 'ask', input: { a: 1 } });
    expect(thread.run?.finishReason).to.equal('paused');

    const told = completed('{"name":"ask","arguments":"{}"}', { type: 'function_call' });
    const once = run(told, chat('requires_action', { required_action: action }), done);
    expect(parts(once, 'tool-call')).to.have.length(1);
  });

  it('reads recalled knowledge, pictures and cards', () => {
    const chunks = [
      { slice: 's', meta: { link: { url: 'https://example.com/a', title: 'A' } } },
      { slice: 's', meta: { link: { url: 'https://example.com/a', title: 'A' } } },
      { slice: 's', meta: { document: { name: 'notes.pdf' } } },
    ];
    const recall = { msg_type: 'knowledge_recall', data: JSON.stringify({ chunks }) };
    const objects = [
      { type: 'text', text: 'Look:' },
      { type: 'image', file_url: 'https://example.com/a.png' },
    ];
    const thread = run(
      completed(JSON.stringify(recall), { id: 'm0', type: 'verbose' }),
      completed(JSON.stringify(objects), { content_type: 'object_string' }),
      completed('{"a":1}', { id: 'm2', content_type: 'card' }),
      done,
    );
    expect(parts(thread, 'source').map((part) => part.type === 'source' && part.title)).to.deep.equal([
      'A',
      'notes.pdf',
    ]);
    expect(textOf(answer(thread))).to.equal('Look:');
    expect(parts(thread, 'file')[0]).to.include({ mediaType: 'image/*', url: 'https://example.com/a.png' });
    expect(parts(thread, 'data')[0]).to.deep.include({ name: 'card', data: { a: 1 } });
  });

  it('keeps the text before an error, in both its shapes', () => {
    const last_error = { code: 5000, msg: 'Busy' };
    for (const error of [['error', { code: 5000, msg: 'Busy' }], chat('failed', { last_error })] as Event[]) {
      const thread = run(delta('par'), error, done);
      expect(textOf(answer(thread))).to.equal('par');
      expect(thread.run?.error).to.include({ code: 'backend', backendMessage: 'Busy', detail: '5000' });
    }
  });

  it('is complete by a chat that completed, and interrupted without any end', () => {
    expect(run(delta('a'), chat('completed', { usage })).run?.status).to.equal('complete');
    expect(run(delta('a'), completed('a')).run?.error?.code).to.equal('interrupted');
    expect(run(delta('a'), chat('canceled')).run?.status).to.equal('stopped');
  });

  it('passes over what it does not know', () => {
    const thread = run(
      ['conversation.unheard-of', {}],
      ['conversation.message.delta', {}],
      ['conversation.message.completed', { type: 'function_call', content: 'x' }],
      ['conversation.message.completed', { type: 'verbose', content: '[]' }],
      ['conversation.audio.delta', { content: 'AAAA' }],
      ['conversation.chat.requires_action', { required_action: 5 }],
      ['ping', ''],
      delta('a'),
      done,
    );
    expect(textOf(answer(thread))).to.equal('a');
    expect(thread.run?.status).to.equal('complete');
  });

  it('gives the same at every split, named and recognised', async () => {
    const body = bytes(delta('Hä 🎉'), done);
    const whole = summary(replay(coze, [body]));
    for (const chunks of splits(body)) {
      expect(summary(replay(coze, chunks))).to.deep.equal(whole);
      const seen = await replayThroughChat(chunks);
      expect(seen.report.get()?.protocol).to.equal('coze');
      expect(summary(seen.thread.get())).to.deep.equal(whole);
    }
  });

  it('asks with the messages, and their files where they have an address', () => {
    const files = [
      file('image/png', 'https://example.com/a.png'),
      file('application/pdf', 'https://example.com/a.pdf'),
      file('image/png', 'data:image/png;base64,AAAA'),
    ];
    const request = asked([
      ['system', 'Be brief'],
      ['user', 'Hi'],
      ['assistant', 'Hello'],
      ['user', [text('What?'), ...files]],
    ]);
    const content = [
      { type: 'text', text: 'What?' },
      { type: 'image', file_url: 'https://example.com/a.png' },
      { type: 'file', file_url: 'https://example.com/a.pdf' },
    ];
    expect(coze.encode(request).body).to.deep.equal({
      stream: true,
      additional_messages: [
        { role: 'user', type: 'question', content_type: 'text', content: 'Hi' },
        { role: 'assistant', type: 'answer', content_type: 'text', content: 'Hello' },
        { role: 'user', type: 'question', content_type: 'object_string', content: JSON.stringify(content) },
      ],
    });
  });
});

await describeRecorded({
  protocol: 'coze',
  dialects: ['coze'],
  usage: ({ input_count: input, output_count: output }: Record<string, number>) => [input, output],
  finishReason: () => 'stop',
  differences: {
    'coze/error.sse#protocol': 'a code and a message alone could be anybody’s; events reads the same error',
  },
});
