import type { Message, Part, Thread } from '../../src/model/thread.js';
import { textOf } from '../../src/model/thread.js';
import { langGraph } from '../../src/protocols/langgraph.js';
import { expect } from '../support/index.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, hints, replay, splits, stream, summary } from './replay.js';

const run = (...list: (readonly [string, unknown] | unknown)[]): Thread =>
  replay(langGraph, [bytesOf(stream(...list))]);
const answer = (thread: Thread): Message => thread.messages.at(-1)!;
const partsOf = (thread: Thread, type: Part['type']) =>
  answer(thread).parts.filter((part) => part.type === type);

const piece = (fields: object, about: object = {}) => [
  'messages',
  [{ type: 'AIMessageChunk', id: 'm1', content: '', tool_call_chunks: [], ...fields }, about],
];
const last = (fields: object = {}) => piece({ response_metadata: { finish_reason: 'stop' }, ...fields });
const human = { type: 'human', id: 'h1', content: 'Why?' };

describe('the langgraph protocol', () => {
  it('reads pieces: text, thinking, usage, model and ids', () => {
    const thread = run(
      ['metadata', { run_id: 'r', attempt: 1 }],
      piece({ content: [{ type: 'thinking', thinking: 'Hm', index: 0 }] }, { ls_model_name: 'opus' }),
      piece({ content: [{ type: 'text', text: 'Hel', index: 1 }] }),
      piece({ content: 'lo' }),
      last({ usage_metadata: { input_tokens: 3, output_tokens: 2, total_tokens: 5 } }),
    );
    expect(answer(thread)).to.deep.include({ backendId: 'm1', metadata: { model: 'opus' } });
    expect(answer(thread).parts).to.deep.equal([
      { type: 'reasoning', id: 'reasoning-0', text: 'Hm', done: true },
      { type: 'text', id: 'text-1', text: 'Hello', done: true },
    ]);
    expect(thread.run).to.deep.include({
      status: 'complete',
      finishReason: 'stop',
      usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
    });
  });

  it('reads tool calls, their results and the answer after them as one answer', () => {
    const call = (fields: object) => piece({ tool_call_chunks: [fields] });
    const thread = run(
      call({ index: 0, id: 'a', name: 'weather', args: '{"city":' }),
      call({ index: 1, id: 'b', name: 'time', args: '{}' }),
      call({ index: 0, id: null, name: null, args: '"Oslo"}' }),
      last({ response_metadata: { stop_reason: 'tool_use' } }),
      ['messages', [{ type: 'tool', id: 't1', tool_call_id: 'a', content: '4 °C' }, {}]],
      ['messages', [{ type: 'tool', id: 't2', tool_call_id: 'b', content: 'No', status: 'error' }, {}]],
      ['updates', { tools: { messages: [{ type: 'tool', tool_call_id: 'a', content: '4 °C' }] } }],
      piece({ id: 'm2', content: 'It is 4 °C.' }),
      last({ id: 'm2' }),
    );
    expect(thread.messages).to.have.length(2);
    expect(textOf(answer(thread))).to.equal('It is 4 °C.');
    const [weather, time] = partsOf(thread, 'tool-call');
    expect(weather).to.deep.include({
      id: 'a',
      name: 'weather',
      input: { city: 'Oslo' },
      output: '4 °C',
      state: 'complete',
    });
    expect(time).to.deep.include({ id: 'b', name: 'time', state: 'error', error: 'No' });
    expect(thread.run?.finishReason).to.equal('stop');
  });

  it('keeps apart what nodes say side by side, in subgraphs too', () => {
    const thread = run(
      piece({ id: 'a', content: 'one ' }),
      ['messages|sub:1', [{ type: 'AIMessageChunk', id: 'b', content: 'two ', tool_call_chunks: [] }, {}]],
      piece({ id: 'a', content: 'more' }),
      last({ id: 'a' }),
    );
    expect(partsOf(thread, 'text').map((part) => part.type === 'text' && part.text)).to.deep.equal([
      'one more',
      'two ',
    ]);
  });

  it('reads messages so far, and whole states, without the past of the thread', () => {
    const old = { type: 'ai', id: 'm0', content: 'Before' };
    const so = (content: string) => ({ type: 'ai', id: 'm1', content });
    const partial = run(
      ['messages/complete', [human]],
      ['messages/partial', [so('Hel')]],
      ['messages/partial', [so('Hello')]],
      ['messages/complete', [so('Hello!')]],
    );
    const states = run(
      ['values', { messages: [old, human] }],
      ['values', { messages: [old, human, so('Hel')] }],
      ['values', { messages: [old, human, so('Hello!')] }],
    );
    const nameless = (role: string, content: string) => ({ role, content });
    const past = [nameless('assistant', 'Before'), nameless('user', 'Why?')];
    const bare = run(
      ['values', { messages: past }],
      ['values', { messages: [...past, nameless('assistant', 'Hello!')] }],
    );
    expect(textOf(answer(bare))).to.equal('Hello!');
    for (const thread of [partial, states]) {
      expect(textOf(answer(thread))).to.equal('Hello!');
      expect(thread.messages[0]?.backendId).to.equal('h1');
      expect(thread.run?.status).to.equal('complete');
    }
  });

  it('shows a message once in several modes, and takes its last copy', () => {
    const thread = run(
      ['values', { messages: [human] }],
      piece({ content: 'Sometihng' }),
      ['updates', { agent: { messages: [{ type: 'ai', id: 'm1', content: 'Something' }] } }],
      ['values', { messages: [human, { type: 'ai', id: 'm1', content: 'Something' }] }],
    );
    expect(textOf(answer(thread))).to.equal('Something');
  });

  it('does not answer with the past that a node rewrites', () => {
    const thread = run(
      [
        'updates',
        {
          summarize: {
            messages: [{ type: 'remove', id: 'x' }, human, { type: 'ai', id: 'm0', content: 'Old' }],
          },
        },
      ],
      ['updates', { agent: { messages: { type: 'ai', id: 'm1', content: 'New' } } }],
    );
    expect(textOf(answer(thread))).to.equal('New');
  });

  it('reads sources and files', () => {
    const annotations = [{ type: 'url_citation', url: 'https://a.test/', title: 'A' }];
    const thread = run(
      piece({ content: [{ type: 'text', text: 'See', annotations }] }),
      piece({ content: [{ type: 'image_url', image_url: { url: 'https://a.test/i.png' } }] }),
      [
        'updates',
        {
          agent: {
            messages: [{ type: 'ai', id: 'm1', content: [{ type: 'text', text: 'See', annotations }] }],
          },
        },
      ],
    );
    expect(partsOf(thread, 'source')).to.have.length(1);
    expect(partsOf(thread, 'source')[0]).to.include({ url: 'https://a.test/', title: 'A' });
    expect(partsOf(thread, 'file')[0]).to.include({ url: 'https://a.test/i.png', mediaType: 'image/*' });
  });

  it('pauses at an interrupt, once, and shows a plain question', () => {
    const plain = { id: 'i1', value: 'Which city?' };
    const form = { id: 'i2', value: { actions: ['approve'] } };
    const thread = run(
      ['updates', { __interrupt__: [plain, form] }],
      ['values', { __interrupt__: [plain, form] }],
    );
    expect(textOf(answer(thread))).to.equal('Which city?');
    expect(partsOf(thread, 'data').map((part) => part.type === 'data' && part.data)).to.deep.equal([
      plain,
      form,
    ]);
    expect(thread.run).to.include({ status: 'complete', finishReason: 'paused' });
  });

  it('keeps the text before an error, and says the words, not the class', () => {
    const thread = run(piece({ content: 'par' }), ['error', { error: 'ValueError', message: 'Too long' }]);
    expect(textOf(answer(thread))).to.equal('par');
    expect(thread.run?.error).to.include({
      code: 'backend',
      backendMessage: 'Too long',
      detail: 'ValueError',
    });
  });

  it('is interrupted where a piece was open, a tool had just answered, or nothing was said', () => {
    const cut = [
      [piece({ content: 'par' })],
      [last(), ['messages', [{ type: 'tool', tool_call_id: 'a', content: 'x' }, {}]]],
      [
        ['metadata', { run_id: 'r', attempt: 1 }],
        ['values', { messages: [human] }],
      ],
    ];
    for (const list of cut) expect(run(...list).run?.error?.code).to.equal('interrupted');
  });

  it('takes counts after the finish reason, and the last piece as the end', () => {
    const usage_metadata = { input_tokens: 1, output_tokens: 1, total_tokens: 2 };
    expect(run(piece({ content: 'a' }), last(), piece({ usage_metadata })).run).to.deep.include({
      status: 'complete',
      usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
    });
    expect(run(piece({ content: 'a', chunk_position: 'last' })).run?.status).to.equal('complete');
  });

  it('takes custom words as progress, custom objects as data, and counts what it does not know', () => {
    const thread = run(
      ['custom', '"Searching"'],
      ['custom', { type: 'ui', name: 'chart', id: 'u', props: { n: 1 } }],
      ['custom', { type: 'ui', name: 'chart', id: 'u', props: { n: 2 } }],
    );
    expect(thread.run?.progress).to.deep.equal([{ text: 'Searching' }]);
    expect(partsOf(thread, 'data')).to.have.length(1);
    expect(partsOf(thread, 'data')[0]).to.deep.include({ name: 'chart' });
    const decoder = langGraph.decoder(hints);
    for (const [name, data] of [
      ['novel', '{}'],
      ['messages', '{}'],
      ['messages', 'no json'],
      ['messages', 'null'],
    ])
      expect(decoder.decode({ name: name!, data: data!, id: '' })).to.equal(null);
    for (const data of [
      '[]',
      '[null]',
      '[{}]',
      '[{"type":"ai","content":[null,1,{"type":"text"}],"tool_calls":[1]}]',
    ])
      expect(decoder.decode({ name: 'messages', data, id: '' })).to.be.an('array');
    for (const data of ['null', '1', '[]', '{"messages":{"a":1}}', '{"a":{"messages":[3]}}'])
      for (const name of ['updates', 'values', 'custom', 'metadata', 'events', 'messages/metadata'])
        expect(decoder.decode({ name, data, id: '' })).to.be.an('array');
  });

  it('gives the same at every split', () => {
    const bytes = bytesOf(
      stream(
        piece({ content: [{ type: 'thinking', thinking: 'Hä' }] }),
        piece({ content: 'Hällo' }),
        last({ tool_call_chunks: [{ index: 0, id: 'a', name: 'x', args: '{}' }] }),
      ),
    );
    const whole = summary(replay(langGraph, [bytes]));
    for (const chunks of splits(bytes)) expect(summary(replay(langGraph, chunks))).to.deep.equal(whole);
  });
});

await describeRecorded({
  protocol: 'langgraph',
  dialects: ['langgraph'],
  // Every recording without an error ran to its end, though only the close says so.
  ends: ({ error }) => !error,
  usage: (recorded: { input_tokens?: number; output_tokens?: number }) => [
    recorded.input_tokens,
    recorded.output_tokens,
  ],
  finishReason: (recorded, { extra }) =>
    extra && 'interrupts' in extra ? 'paused' : recorded === 'end_turn' ? 'stop' : undefined,
  differences: {
    'langgraph/platform-messages-debug.sse#usage':
      'three models were asked: the run cost their sum, the expectation holds the last alone',
  },
});
