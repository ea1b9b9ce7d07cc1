import type { Message, Part, Thread } from '../../src/model/thread.js';
import { textOf } from '../../src/model/thread.js';
import { geminiInteractions } from '../../src/protocols/gemini/interactions.js';
import { expect } from '../support/index.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, hints, replay, splits, stream, summary } from './replay.js';

const event = (event_type: string, fields: object = {}) => ({ ...fields, event_type });
const created = event('interaction.created', {
  interaction: { id: 'i1', model: 'gemini-x', status: 'in_progress' },
});
const completed = (status = 'completed', rest: object = {}) =>
  event('interaction.completed', {
    interaction: {
      id: 'i1',
      status,
      usage: {
        total_input_tokens: 3,
        total_tool_use_tokens: 1,
        total_output_tokens: 2,
        total_thought_tokens: 4,
        total_tokens: 10,
      },
      ...rest,
    },
  });
const step = (index: number, start: object, ...deltas: object[]) => [
  event('step.start', { index, step: start }),
  ...deltas.map((delta) => event('step.delta', { index, delta })),
  event('step.stop', { index }),
];
const words = (index: number, ...texts: string[]) =>
  step(index, { type: 'model_output' }, ...texts.map((text) => ({ type: 'text', text })));

const run = (...events: unknown[]): Thread => replay(geminiInteractions, [bytesOf(stream(...events))]);
const answer = (thread: Thread): Message => thread.messages[1]!;
const parts = <Type extends Part['type']>(thread: Thread, type: Type): Extract<Part, { type: Type }>[] =>
  answer(thread).parts.filter((part): part is Extract<Part, { type: Type }> => part.type === type);

describe('the gemini-interactions protocol', () => {
  it('reads text, thoughts, ids, model, usage and the end', () => {
    const thread = run(
      created,
      event('interaction.status_update', { interaction_id: 'i1', status: 'in_progress' }),
      ...step(
        0,
        { type: 'thought' },
        { type: 'thought_summary', content: { type: 'text', text: 'Hm' } },
        { type: 'thought_signature', signature: 's' },
      ),
      ...words(1, 'Hel', 'lo'),
      completed(),
    );
    expect(answer(thread).parts.map((part) => 'text' in part && [part.type, part.text])).to.deep.equal([
      ['reasoning', 'Hm'],
      ['text', 'Hello'],
    ]);
    expect(answer(thread)).to.deep.include({ backendId: 'i1', metadata: { model: 'gemini-x' } });
    expect(thread).to.include({ id: 'i1' });
    expect(thread.run).to.deep.include({
      status: 'complete',
      finishReason: 'stop',
      usage: { inputTokens: 4, outputTokens: 6, totalTokens: 10 },
    });
  });

  it('reads the events of the first version, which had contents', () => {
    const thread = run(
      event('interaction.start', { interaction: { id: 'i1', model: 'gemini-x' } }),
      event('content.start', { index: 0, content: { type: 'text' } }),
      event('content.delta', { index: 0, delta: { type: 'text', text: 'Hello' } }),
      event('content.stop', { index: 0 }),
      event('content.delta', {
        index: 1,
        delta: { type: 'function_call', id: 'c', name: 'time', arguments: { zone: 'UTC' } },
      }),
      event('interaction.complete', { interaction: { id: 'i1', status: 'requires_action' } }),
      ['done', '[DONE]'],
    );
    expect(textOf(answer(thread))).to.equal('Hello');
    expect(parts(thread, 'tool-call')[0]).to.deep.include({ id: 'c', name: 'time', input: { zone: 'UTC' } });
    expect(thread.run?.finishReason).to.equal('tool-calls');
  });

  it('reads calls of functions and of tools of the backend, with their results', () => {
    const thread = run(
      created,
      ...step(
        0,
        { type: 'function_call', id: 'f', name: 'weather', arguments: {} },
        { type: 'arguments_delta', arguments: '{"city":' },
        { type: 'arguments_delta', arguments: '"Oslo"}' },
      ),
      ...step(1, { type: 'function_call', id: 'g', name: 'time', arguments: {} }),
      ...step(
        2,
        { type: 'google_search_call', id: 's' },
        { type: 'google_search_call', arguments: { queries: ['a'] } },
      ),
      ...step(
        3,
        { type: 'google_search_result', call_id: 's' },
        { type: 'google_search_result', result: [{ title: 'A' }] },
      ),
      ...step(4, { type: 'mcp_server_tool_call', id: 'm', name: 'lookup' }),
      ...step(
        5,
        { type: 'mcp_server_tool_result', call_id: 'm' },
        { type: 'mcp_server_tool_result', result: 'Down', is_error: true },
      ),
      ...step(6, { type: 'url_context_call', id: 'u' }),
      ...step(7, { type: 'code_execution_result', call_id: 'earlier', result: '2' }),
      completed('requires_action'),
    );
    expect(
      parts(thread, 'tool-call').map(({ id, name, input, output, state, error }) => [
        id,
        name,
        input,
        output,
        state,
        error,
      ]),
    ).to.deep.equal([
      ['f', 'weather', { city: 'Oslo' }, undefined, 'input', undefined],
      ['g', 'time', {}, undefined, 'input', undefined],
      ['s', 'google_search_call', { queries: ['a'] }, [{ title: 'A' }], 'complete', undefined],
      ['m', 'lookup', {}, 'Down', 'error', 'Down'],
      ['u', 'url_context_call', {}, undefined, 'running', undefined],
      ['earlier', 'code_execution_result', undefined, '2', 'complete', undefined],
    ]);
  });

  it('reads sources and pictures', () => {
    const annotation = { type: 'url_citation', url: 'https://a.example/', title: 'A' };
    const thread = run(
      created,
      ...step(
        0,
        { type: 'model_output' },
        { type: 'text', text: 'See ', annotations: [annotation] },
        { type: 'text', text: 'this' },
        {
          type: 'text_annotation_delta',
          annotations: [annotation, { ...annotation, url: 'https://b.example/' }],
        },
        { type: 'image', mime_type: 'image/png', data: 'QUJD' },
      ),
      completed(),
    );
    expect(parts(thread, 'source').map(({ url }) => url)).to.deep.equal([
      'https://a.example/',
      'https://b.example/',
    ]);
    expect(parts(thread, 'file')[0]).to.include({
      mediaType: 'image/png',
      url: 'data:image/png;base64,QUJD',
    });
    expect(parts(thread, 'text').map(({ text }) => text)).to.deep.equal(['See this']);
  });

  it('shows every picture of a step, and what a thought begins with', () => {
    // Both as `@ai-sdk/google` reads them (`build-google-interactions-stream-transform.ts`).
    const picture = (data: string) => ({ type: 'image', mime_type: 'image/png', data });
    const thread = run(
      created,
      ...step(
        0,
        { type: 'thought', summary: [{ type: 'text', text: 'Hm' }] },
        { type: 'thought_summary', content: { type: 'text', text: 'm.' } },
      ),
      ...step(1, { type: 'model_output' }, picture('QUJD'), { type: 'text', text: 'and' }, picture('REVG')),
      ...step(2, { type: 'model_output' }, picture('R0hJ')),
      completed(),
    );
    expect(parts(thread, 'reasoning').map(({ text }) => text)).to.deep.equal(['Hmm.']);
    expect(parts(thread, 'file').map(({ url }) => url?.split(',')[1])).to.deep.equal([
      'QUJD',
      'REVG',
      'R0hJ',
    ]);
  });

  it('says why an interaction stopped', () => {
    const reason = (...events: unknown[]) => run(created, ...events).run?.finishReason;
    expect(reason(...words(0, 'par'), completed('incomplete'))).to.equal('length');
    expect(reason(...words(0, 'par'), completed('requires_continuation'))).to.equal('length');
    const call = step(0, { type: 'function_call', id: 'f', name: 'weather', arguments: {} });
    const result = step(1, { type: 'function_result', call_id: 'f', result: 'Sunny' });
    expect(reason(...call, completed())).to.equal('tool-calls');
    expect(reason(...call, ...result, completed())).to.equal('stop');
  });

  it('ends where a status was told that nothing follows, though no end mark is', () => {
    // @google/genai `InteractionStatusUpdate`: any status an interaction may end in.
    const told = (status: string) =>
      run(created, ...words(0, 'par'), event('interaction.status_update', { status })).run;
    expect(told('requires_action')).to.include({ status: 'complete', finishReason: 'tool-calls' });
    expect(told('completed')).to.include({ status: 'complete', finishReason: 'stop' });
    expect(told('failed')?.error?.code).to.equal('backend');
    expect(told('cancelled')?.status).to.equal('stopped');
    expect(told('in_progress')?.error?.code).to.equal('interrupted');
    expect(run(created, completed('cancelled')).run?.status).to.equal('stopped');
  });

  it('tells errors, and is interrupted without its end mark', () => {
    const error = { error: { code: 'overloaded', message: 'Busy' } };
    for (const failure of [event('error', error), error, completed('failed', error)]) {
      const thread = run(created, ...words(0, 'par'), failure);
      expect(textOf(answer(thread))).to.equal('par');
      expect(thread.run?.error).to.include({ code: 'backend', detail: 'overloaded', backendMessage: 'Busy' });
    }
    expect(run(created, ...words(0, 'par')).run?.error?.code).to.equal('interrupted');
    expect(run(created, completed('budget_exceeded')).run?.finishReason).to.equal('budget-exceeded');
  });

  it('passes over what it does not know, and what is missing', () => {
    const decoder = geminiInteractions.decoder(hints);
    const decode = (value: unknown) => decoder.decode({ id: '', name: '', data: JSON.stringify(value) });
    for (const value of [null, [], {}, event('novel'), event('step.delta', { delta: { type: 'novel' } })])
      expect(decode(value), JSON.stringify(value)).to.equal(null);
    for (const value of [
      event('step.stop'),
      event('interaction.created'),
      event('step.delta', { delta: { type: 'image' } }),
    ])
      expect(decode(value), JSON.stringify(value)).to.be.an('array');
  });

  it('gives the same at every split', () => {
    const bytes = bytesOf(stream(created, ...words(0, 'Hä', 'l😀'), completed()));
    const whole = summary(replay(geminiInteractions, [bytes]));
    for (const chunks of splits(bytes))
      expect(summary(replay(geminiInteractions, chunks))).to.deep.equal(whole);
  });
});

await describeRecorded({
  protocol: 'gemini-interactions',
  dialects: ['gemini-interactions'],
  usage: (usage: Record<string, number>) => [
    (usage.total_input_tokens ?? 0) + (usage.total_tool_use_tokens ?? 0),
    (usage.total_output_tokens ?? 0) + (usage.total_thought_tokens ?? 0),
  ],
  finishReason: (status) => ({ completed: 'stop', requires_action: 'tool-calls' })[status],
  differences: {
    'gemini-interactions/google-search.jsonl#tool 0 input':
      'the queries come as a whole object in a delta, which the expectation leaves out',
  },
});
