import type { Message, Part, Thread } from '../../src/model/thread.js';
import { textOf } from '../../src/model/thread.js';
import { langGraph } from '../../src/protocols/langgraph.js';
import { expect } from '../support/index.js';
import { bytesOf, replay, stream } from './replay.js';

const run = (...list: (readonly [string, unknown] | unknown)[]): Thread =>
  replay(langGraph, [bytesOf(stream(...list))]);
const answer = (thread: Thread): Message => thread.messages.at(-1)!;
const partsOf = (thread: Thread, type: Part['type']) =>
  answer(thread).parts.filter((part) => part.type === type);

describe('the langgraph protocol, version 2 of the stream', () => {
  it('reads text, thinking, tools and the end', () => {
    const v2 = (method: string, data: object, namespace: string[] = ['agent:1']) => [
      method,
      { type: 'event', method, params: { namespace, data } },
    ];
    const say = (event: string, fields: object) => v2('messages', { event, run_id: 'r', ...fields });
    const thread = run(
      say('message-start', { id: 'm1', role: 'ai', metadata: { model: 'opus' } }),
      say('content-block-start', { index: 0, content: { type: 'reasoning', reasoning: 'Hm' } }),
      say('content-block-delta', { index: 0, delta: { type: 'text-delta', text: 'Hel' } }),
      say('content-block-delta', { index: 0, delta: { type: 'reasoning-delta', reasoning: '!' } }),
      say('content-block-finish', { index: 0, content: { type: 'text', text: 'Hello' } }),
      say('content-block-start', {
        index: 1,
        content: { type: 'tool_call_chunk', id: 'a', name: 'weather', args: '' },
      }),
      say('content-block-delta', {
        index: 1,
        delta: { type: 'block-delta', fields: { type: 'tool_call_chunk', args: '{"a"' } },
      }),
      say('content-block-delta', {
        index: 1,
        delta: { type: 'block-delta', fields: { type: 'tool_call_chunk', args: '{"a":1}' } },
      }),
      say('message-finish', {
        reason: 'tool_use',
        usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
      }),
      v2('tools', { event: 'tool-started', tool_call_id: 'a', tool_name: 'weather', input: '{"a":1}' }),
      v2('tools', { event: 'tool-finished', tool_call_id: 'a', output: { type: 'tool', content: '4 °C' } }),
      v2('lifecycle', { event: 'completed' }, ['agent:1']),
      v2('lifecycle', { event: 'completed' }, []),
      say('message-start', { id: 'late' }),
    );
    expect(textOf(answer(thread))).to.equal('Hello');
    expect(answer(thread)).to.deep.include({ backendId: 'm1', metadata: { model: 'opus' } });
    expect(partsOf(thread, 'reasoning')[0]).to.include({ text: 'Hm!' });
    expect(partsOf(thread, 'tool-call')[0]).to.deep.include({
      input: { a: 1 },
      output: '4 °C',
      state: 'complete',
    });
    expect(thread.run).to.deep.include({
      status: 'complete',
      finishReason: 'tool-calls',
      usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    });
    const failed = run(v2('lifecycle', { event: 'failed', error: 'Boom' }, []));
    expect(failed.run?.error).to.include({ code: 'backend', backendMessage: 'Boom' });
    const asked = run(v2('input.requested', { interrupt_id: 'i', payload: 'Which?' }, []));
    expect(asked.run?.finishReason).to.equal('paused');
  });
});
