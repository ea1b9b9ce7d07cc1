import type { Message, Part, Thread } from '../../src/model/thread.js';
import { textOf } from '../../src/model/thread.js';
import { gemini } from '../../src/protocols/gemini.js';
import { expect } from '../support/index.js';
import { bytesOf, replay, stream } from './replay.js';

const run = (...events: unknown[]): Thread => replay(gemini, [bytesOf(stream(...events))]);
const answer = (thread: Thread): Message => thread.messages[1]!;
const parts = <Type extends Part['type']>(thread: Thread, type: Type): Extract<Part, { type: Type }>[] =>
  answer(thread).parts.filter((part): part is Extract<Part, { type: Type }> => part.type === type);

describe('the gemini protocol, from an agent', () => {
  const event = (list: unknown[], rest: object = {}) => ({
    author: 'helper',
    invocationId: 'i1',
    id: `e${Math.random()}`,
    content: { role: 'model', parts: list },
    ...rest,
  });
  const piece = (...list: unknown[]) => event(list, { partial: true });
  const call = { functionCall: { id: 'c1', name: 'weather', args: { city: 'Oslo' } } };
  const result = (value: unknown) => ({ functionResponse: { id: 'c1', name: 'weather', response: value } });

  it('puts the whole event in the place of its pieces', () => {
    const thread = run(
      piece({ text: 'Hm', thought: true }),
      piece({ text: 'It is ' }),
      piece({ text: 'cold' }),
      event(
        [
          { text: 'Hm', thought: true },
          { text: 'It is cold.' },
          { inlineData: { mimeType: 'image/png', data: 'QUJD' } },
        ],
        {
          usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 2 },
        },
      ),
    );
    expect(answer(thread).parts.map((part) => [part.type, 'text' in part && part.text])).to.deep.equal([
      ['reasoning', 'Hm'],
      ['text', 'It is cold.'],
      ['file', false],
    ]);
    expect(answer(thread).metadata).to.deep.equal({ agent: 'helper' });
    expect(thread.run).to.deep.include({ status: 'complete', usage: { inputTokens: 1, outputTokens: 2 } });
  });

  it('pairs calls with their answers, and keeps the texts around them apart', () => {
    const thread = run(
      piece({ text: 'Let me see.' }),
      event([{ text: 'Let me see.' }, call], { finishReason: 'STOP' }),
      event([result({ celsius: 4 })]),
      piece({ text: '4 °C' }),
      event([{ text: '4 °C' }], { finishReason: 'STOP' }),
    );
    expect(answer(thread).parts.map(({ type }) => type)).to.deep.equal(['text', 'tool-call', 'text']);
    expect(parts(thread, 'tool-call')[0]).to.deep.include({
      name: 'weather',
      input: { city: 'Oslo' },
      output: { celsius: 4 },
      state: 'complete',
    });
    expect([textOf(answer(thread)), thread.run?.finishReason]).to.deep.equal(['Let me see.4 °C', 'stop']);
    const failed = run(event([call]), event([result({ error: 'No such city' })]), event([{ text: 'Sorry' }]));
    expect(parts(failed, 'tool-call')[0]).to.include({ state: 'error', error: 'No such city' });
  });

  it('is interrupted after a piece or a call, and paused by a tool that takes long', () => {
    const cut = [
      [piece({ text: 'a' })],
      [event([call], { finishReason: 'STOP' })],
      [event([call]), event([result(1)])],
    ];
    for (const events of cut) expect(run(...events).run?.error?.code).to.equal('interrupted');
    const waiting = run(event([call], { longRunningToolIds: ['c1'] }));
    expect(waiting.run).to.include({ status: 'complete', finishReason: 'paused' });
  });

  it('tells errors, also those whose quotes break the JSON', () => {
    const unquoted = run(piece({ text: 'par' }), '{"error": "cannot parse "city""}');
    expect(unquoted.run?.error).to.include({ code: 'backend', backendMessage: 'cannot parse "city"' });
    expect(textOf(answer(unquoted))).to.equal('par');
    const coded = run(event([], { errorCode: 'SAFETY', errorMessage: 'Blocked' }));
    expect(coded.run?.error).to.include({ detail: 'SAFETY', backendMessage: 'Blocked' });
    const empty = run(
      event([{ text: 'a' }]),
      event([], { errorCode: 'STOP' }),
      event([], { author: 'user' }),
    );
    expect(empty.run?.status).to.equal('complete');
  });
});
