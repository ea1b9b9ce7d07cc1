import type { Message, Part, Thread } from '../../src/model/thread.js';
import { textOf } from '../../src/model/thread.js';
import { cohere } from '../../src/protocols/cohere.js';
import { expect } from '../support/index.js';
import { asked, file, text as words } from './lines.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, hints, replay, replayThroughChat, splits, stream, summary } from './replay.js';

const event = (type: string, message?: object, rest: object = {}): [string, object] => [
  type,
  { type, ...(message && { delta: { message } }), ...rest },
];
const start = event('message-start', { role: 'assistant', content: [] }, { id: 'm1' });
const content = (fields: object) => event('content-delta', { content: fields }, { index: 0 });
const text = (...pieces: string[]) => pieces.map((piece) => content({ text: piece }));
const end = (finish_reason = 'COMPLETE', rest: object = {}): [string, object] => [
  'message-end',
  {
    type: 'message-end',
    delta: {
      finish_reason,
      usage: {
        billed_units: { input_tokens: 1, output_tokens: 1 },
        tokens: { input_tokens: 3, output_tokens: 2 },
      },
      ...rest,
    },
  },
];
const call = (index: number, id: string, name: string, ...pieces: (string | null)[]) => [
  event(
    'tool-call-start',
    { tool_calls: { id, type: 'function', function: { name, arguments: '' } } },
    { index },
  ),
  ...pieces.map((piece) =>
    event('tool-call-delta', { tool_calls: { function: { arguments: piece } } }, { index }),
  ),
  event('tool-call-end', undefined, { index }),
];

const run = (...events: unknown[]): Thread => replay(cohere, [bytesOf(stream(...events))]);
const answer = (thread: Thread): Message => thread.messages[1]!;
const parts = <Type extends Part['type']>(thread: Thread, type: Type): Extract<Part, { type: Type }>[] =>
  answer(thread).parts.filter((part): part is Extract<Part, { type: Type }> => part.type === type);

describe('the cohere protocol', () => {
  it('reads text, thoughts, id, usage and the finish reason', () => {
    const thread = run(
      start,
      event('content-start', { content: { type: 'thinking', thinking: '' } }, { index: 0 }),
      content({ thinking: 'Hm' }),
      event('content-end', undefined, { index: 0 }),
      event('content-start', { content: { type: 'text', text: '' } }, { index: 1 }),
      ...text('Hel', 'lo'),
      end(),
      '[DONE]',
    );
    expect(answer(thread).parts.map((part) => 'text' in part && [part.type, part.text])).to.deep.equal([
      ['reasoning', 'Hm'],
      ['text', 'Hello'],
    ]);
    expect(answer(thread)).to.include({ backendId: 'm1', status: 'complete' });
    expect(thread.run?.finishReason).to.equal('stop');
    expect(thread.run?.usage).to.include({ inputTokens: 3, outputTokens: 2 });
  });

  it('tells the plan as progress, and reads the calls, with arguments and without', () => {
    const plan = ['I will', ' look.'].map((tool_plan) => event('tool-plan-delta', { tool_plan }));
    const thread = run(
      start,
      ...plan,
      ...call(0, 'a', 'weather', '{"city":', '"Oslo"}'),
      ...call(1, 'b', 'time', null),
      end('TOOL_CALL'),
    );
    expect(thread.run?.progress).to.deep.equal([{ text: 'I will look.' }]);
    expect(textOf(answer(thread))).to.equal('');
    expect(parts(thread, 'tool-call').map(({ id, name, input }) => [id, name, input])).to.deep.equal([
      ['a', 'weather', { city: 'Oslo' }],
      ['b', 'time', {}],
    ]);
    expect(thread.run?.finishReason).to.equal('tool-calls');
  });

  it('names each cited document once', () => {
    const cite = (...sources: object[]) =>
      event('citation-start', { citations: { start: 0, end: 1, sources } }, { index: 0 });
    const titled = { type: 'document', id: 'doc:0', document: { id: 'doc:0', title: 'facts.txt' } };
    const thread = run(
      start,
      ...text('a'),
      cite(titled, { type: 'document', id: 'doc:1', document: { text: 'bare' } }),
      event('citation-end', undefined, { index: 0 }),
      cite(titled, {
        type: 'tool',
        id: 'search_x:0',
        tool_output: { url: 'https://a.example/', title: 'A' },
      }),
      cite({ type: 'tool', id: 'time_x:0', tool_output: { zone: 'UTC' } }),
      ...text('b'),
      end(),
    );
    expect(parts(thread, 'source').map(({ url, title }) => [url, title])).to.deep.equal([
      [undefined, 'facts.txt'],
      [undefined, 'doc:1'],
      ['https://a.example/', 'A'],
    ]);
    expect(parts(thread, 'text').map((part) => part.text)).to.deep.equal(['ab']);
  });

  it('tells errors, at the end of an answer and bare', () => {
    const failures = [
      [end('ERROR', { error: 'Reset' }), '[DONE]'],
      [{ id: 'x', message: 'Reset' }],
      [end('TIMEOUT')],
    ];
    for (const failure of failures) {
      const thread = run(start, ...text('par'), ...failure);
      expect(textOf(answer(thread))).to.equal('par');
      expect(thread.run?.error?.code).to.equal('backend');
      expect(thread.run?.error?.backendMessage).to.match(/^(Reset|TIMEOUT)$/);
    }
    expect(run(start, end('ERROR_TOXIC')).run).to.include({
      status: 'complete',
      finishReason: 'content-filter',
    });
    expect(run(start, end('MAX_TOKENS')).run?.finishReason).to.equal('length');
  });

  it('ends with message-end, failing that with [DONE], and is interrupted without either', () => {
    expect(run(start, ...text('a'), '[DONE]').run?.status).to.equal('complete');
    expect(run(start, ...text('a')).run?.error?.code).to.equal('interrupted');
  });

  it('reads the answers of version 1', async () => {
    const lines = [
      { is_finished: false, event_type: 'stream-start', generation_id: 'g1' },
      {
        is_finished: false,
        event_type: 'search-results',
        documents: [{ id: 'd', title: 'A', url: 'https://a.example/' }],
      },
      { is_finished: false, event_type: 'text-generation', text: 'Hel' },
      { is_finished: false, event_type: 'text-generation', text: 'lo' },
      { is_finished: false, event_type: 'citation-generation', citations: [] },
      {
        is_finished: false,
        event_type: 'tool-calls-generation',
        tool_calls: [{ name: 'time', parameters: { zone: 'UTC' } }],
      },
      {
        is_finished: true,
        event_type: 'stream-end',
        finish_reason: 'COMPLETE',
        response: { text: 'Hello', meta: { tokens: { input_tokens: 3, output_tokens: 2 } } },
      },
    ];
    const chunks = [bytesOf(lines.map((line) => JSON.stringify(line)).join('\n'))];
    const chat = await replayThroughChat(chunks, { contentType: 'application/stream+json' });
    expect(chat.report.get()?.protocol).to.equal('cohere');
    const thread = chat.thread.get();
    expect(textOf(answer(thread))).to.equal('Hello');
    expect(answer(thread).parts.map(({ type }) => type)).to.deep.equal(['source', 'text', 'tool-call']);
    expect(parts(thread, 'tool-call')[0]).to.deep.include({ name: 'time', input: { zone: 'UTC' } });
    expect(answer(thread).backendId).to.equal('g1');
    expect(thread.run?.usage).to.include({ inputTokens: 3, outputTokens: 2 });
  });

  it('passes over what it does not know, and what is missing', () => {
    const decoder = cohere.decoder(hints);
    const decode = (value: unknown) => decoder.decode({ id: '', name: '', data: JSON.stringify(value) });
    for (const value of [null, [], {}, { type: 'novel' }, { event_type: 'novel' }])
      expect(decode(value)).to.equal(null);
    for (const type of ['content-delta', 'tool-call-delta', 'tool-call-end', 'citation-start', 'debug'])
      expect(decode({ type }), type).to.deep.equal([]);
  });

  it('gives the same at every split', () => {
    const bytes = bytesOf(
      stream(start, ...text('Hä', 'l😀'), ...call(0, 'a', 'weather', '{"city":"Ålesund"}'), end()),
    );
    const whole = summary(replay(cohere, [bytes]));
    for (const chunks of splits(bytes)) expect(summary(replay(cohere, chunks))).to.deep.equal(whole);
  });

  it('asks with the history, and pictures as content parts', () => {
    const { body } = cohere.encode(
      asked([
        ['system', 'Be brief.'],
        ['user', 'Hi'],
        ['assistant', ''],
        [
          'user',
          [words('And this?'), file('image/png', 'data:image/png;base64,QUJD'), file('text/csv', 'data:,a')],
        ],
      ]),
    );
    expect(body).to.deep.equal({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'And this?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,QUJD' } },
          ],
        },
      ],
      stream: true,
    });
  });
});

await describeRecorded({
  protocol: 'cohere',
  dialects: ['cohere'],
  usage: ({ tokens }: { tokens: { input_tokens: number; output_tokens: number } }) => [
    tokens.input_tokens,
    tokens.output_tokens,
  ],
  finishReason: (reason) => ({ COMPLETE: 'stop', TOOL_CALL: 'tool-calls' })[reason],
  differences: {
    'cohere/citations-reasoning.sse#sources': 'the document has a title, which says more than its id',
  },
});
