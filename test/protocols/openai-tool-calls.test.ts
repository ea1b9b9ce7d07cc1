import { expect } from '../support/index.js';
import { answer, calls, chunk, run, sources } from './openai-chat-stream.js';

describe('tool calls of openai-chat', () => {
  it('reads tool calls that stream their arguments', () => {
    const call = (fields: object) => chunk({ tool_calls: [fields] });
    const thread = run(
      call({ index: 0, id: 'a', function: { name: 'weather', arguments: '' } }),
      call({ index: 1, id: 'b', function: { name: 'time', arguments: '{}' } }),
      call({ index: 0, function: { arguments: '{"city":' } }),
      call({ index: 0, id: '', function: { arguments: '"Oslo"}' } }),
      chunk({}, { finish_reason: 'tool_calls' }),
      '[DONE]',
    );
    expect(calls(thread)).to.deep.equal([
      ['a', 'weather', { city: 'Oslo' }],
      ['b', 'time', {}],
    ]);
    expect(thread.run?.finishReason).to.equal('tool-calls');
  });

  it('tells calls apart without an index, or with the same one', () => {
    const call = (id: string | null, name: string | null, args: unknown, index?: number) =>
      chunk({ tool_calls: [{ index, id, function: { name, arguments: args } }] });
    for (const index of [undefined, 0]) {
      const thread = run(
        call('a', 'one', '{"x"', index),
        call('', null, ':1}', index),
        call('b', 'two', { y: 2 }, index),
        call(null, '', null, index),
        '[DONE]',
      );
      expect(calls(thread)).to.deep.equal([
        ['a', 'one', { x: 1 }],
        ['b', 'two', { y: 2 }],
      ]);
    }
    const late = run(
      call(null, null, '{}', 3),
      call('z', 'late', '', 4),
      call(null, 'named', '', 3),
      '[DONE]',
    );
    expect(calls(late)).to.deep.equal([
      ['call-0', 'named', {}],
      ['z', 'late', undefined],
    ]);
  });

  it('reads the old function calls, custom tools, and tools the host ran', () => {
    expect(
      calls(
        run(
          chunk({ function_call: { name: 'f', arguments: '' } }),
          chunk({ function_call: { arguments: '{"a":1}' } }),
          chunk({}, { finish_reason: 'function_call' }),
        ),
      ),
    ).to.deep.equal([['call-0', 'f', { a: 1 }]]);
    const custom = run(
      chunk({
        tool_calls: [{ index: 0, id: 'c', type: 'custom', custom: { name: 'sql', input: 'SELECT' } }],
      }),
      chunk({ tool_calls: [{ index: 0, custom: { input: ' 1' } }] }),
      '[DONE]',
    );
    expect(answer(custom)?.parts[0]).to.include({ name: 'sql', inputText: 'SELECT 1' });
    const executed = run(
      chunk({ executed_tools: [{ index: 0, type: 'search', arguments: '{"q":1}' }] }),
      chunk({
        executed_tools: [
          {
            index: 0,
            type: 'search',
            arguments: '{"q":1}',
            output: 'found',
            search_results: { results: [{ title: 'T', url: 'https://a.example/' }] },
          },
        ],
      }),
      '[DONE]',
    );
    expect(answer(executed)?.parts).to.have.length(2);
    expect(answer(executed)?.parts[0]).to.deep.include({
      name: 'search',
      input: { q: 1 },
      output: 'found',
      state: 'complete',
    });
    expect(sources(executed)).to.deep.equal([['https://a.example/', 'T']]);
  });
});
