import { openAIChat } from '../../src/protocols/openai-chat.js';
import { expect } from '../support/index.js';
import { answer, calls, chunk, run, sources, text } from './openai-chat-stream.js';
import { hints } from './replay.js';

describe('tool calls of openai-chat', () => {
  it('goes on after the tools that a gateway runs itself', () => {
    // LiteLLM with MCP servers (BerriAI/litellm#31910): both turns, and the wait for the tools, are one stream.
    const first = [
      chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'weather', arguments: '{}' } }] }),
      chunk({}, { finish_reason: 'tool_calls' }),
    ];
    const decoder = openAIChat.decoder(hints);
    const told = (data: object) => {
      decoder.decode({ name: '', data: JSON.stringify(data), id: '' });
      return decoder.finished;
    };
    expect(first.map(told)).to.deep.equal([false, false]);
    expect(told(chunk({ content: 'Sunny' }))).to.equal(false);
    expect(told(chunk({}, { finish_reason: 'stop' }))).to.equal(true);

    expect(run(...first).run).to.include({ status: 'complete', finishReason: 'tool-calls' });
    for (const more of [{ content: 'Sun' }, { reasoning: 'So' }, first[0]!.choices[0]!.delta])
      expect(run(...first, chunk(more)).run?.error?.code).to.equal('interrupted');
    const whole = run(...first, chunk({ content: 'Sunny' }), chunk({}, { finish_reason: 'stop' }));
    expect([text(whole), whole.run?.finishReason]).to.deep.equal(['Sunny', 'stop']);
  });

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

  it('does not show what a tool of the host told the model', () => {
    // MiniMax with its own web search: the result is a chunk that ends as if it were the answer.
    const found = { role: 'tool', tool_call_id: 'a', content: '[{"no":1,"url":"https://a.example/"}]' };
    const result = chunk(found, { finish_reason: 'stop' });
    const thread = run(result, chunk({ role: 'assistant', content: 'Gold' }, { finish_reason: 'stop' }));
    expect([text(thread), thread.run?.status]).to.deep.equal(['Gold', 'complete']);
    expect(run(result).run?.error?.code).to.equal('interrupted');
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
