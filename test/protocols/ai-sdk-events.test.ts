import type { RunEvent } from '../../src/model/run-event.js';
import { aiSDK } from '../../src/protocols/ai-sdk.js';
import { expect } from '../support/index.js';
import { decoded, decodedBy, decodedWhole, ended, grown, patched } from './decoded.js';
import { hints } from './replay.js';

const called = (id: string, name = 'tool'): RunEvent => ({
  type: 'part-start',
  part: { type: 'tool-call', id, name },
});
const types = (events: readonly RunEvent[]) => events.map(({ type }) => type);

describe('the events of the AI SDK', () => {
  it('name the message, and another one that was merged', () => {
    const start = (messageId?: string, messageMetadata?: object) => ({
      type: 'start',
      messageId,
      messageMetadata,
    });
    expect(decoded(aiSDK, start('m1'), start('m1'), start())).to.deep.equal([
      { type: 'message-start', id: 'm1' },
    ]);
    expect(decoded(aiSDK, start('m1', { a: 1 }))).to.deep.equal([
      { type: 'message-start', id: 'm1' },
      { type: 'message-start', id: 'm1', metadata: { a: 1 } },
    ]);
    const say = { type: 'text-delta', id: '0', delta: 'x' };
    expect(decoded(aiSDK, start('m1'), say, start('m2'), say)).to.deep.equal([
      { type: 'message-start', id: 'm1' },
      grown('text-0', 'x'),
      { type: 'message-start', id: 'm2' },
      grown('text-1', 'x'),
    ]);
  });

  it('tell whether more may follow what is whole', () => {
    // ai `createUIMessageStream`: what `execute` writes after a merged stream comes after its `finish`, however late.
    const after = (...chunks: object[]) => {
      const decoder = aiSDK.decoder(hints);
      for (const chunk of chunks) decodedBy(decoder, chunk);
      return [decoder.finished, decoder.mayGoOn];
    };
    const say = { type: 'text-delta', id: '0', delta: 'x' };
    expect(after(say)[0]).to.equal(false);
    expect(after(say, { type: 'finish' })).to.deep.equal([true, true]);
    expect(after(say, { type: 'abort' })).to.deep.equal([true, false]);
    expect(after(['', '0:"x"'])[0]).to.equal(false);
    expect(after(['', '0:"x"'], ['', 'd:{"finishReason":"stop"}'])).to.deep.equal([true, true]);
  });

  it('say late what can only be said at the end', () => {
    const about = (messageMetadata: object) => ({ type: 'message-metadata', messageMetadata });
    const say = { type: 'text-delta', id: '0', delta: 'x' };
    expect(decoded(aiSDK, about({ a: 1 }))).to.deep.equal([
      { type: 'message-start', id: undefined, metadata: { a: 1 } },
    ]);
    expect(
      decoded(aiSDK, say, about({ a: 1 }), about({ b: 2 }), { type: 'start', messageId: 'm' }),
    ).to.deep.equal([grown('text-0', 'x'), { type: 'message-start', id: 'm' }]);
    const whole = decodedWhole(aiSDK, say, about({ usage: { inputTokens: 3 } }), {
      type: 'finish',
      finishReason: 'stop',
    });
    expect(whole).to.deep.include({ type: 'message-end', metadata: { usage: { inputTokens: 3 } } });
    expect(whole.at(-1)).to.deep.nested.include({
      type: 'run-end',
      finishReason: 'stop',
      'usage.inputTokens': 3,
    });
  });

  it('open a part by its first text, and end it', () => {
    const part = (kind: string, step: string, rest: object = {}) => ({
      type: `${kind}-${step}`,
      id: '0',
      ...rest,
    });
    expect(
      decoded(
        aiSDK,
        part('reasoning', 'start'),
        part('reasoning', 'end'),
        part('reasoning', 'start'),
        part('reasoning', 'delta', { delta: 'hm' }),
        part('reasoning', 'end'),
        part('text', 'delta', { delta: 'a' }),
        part('text', 'delta', { delta: 'b' }),
        part('text', 'start'),
        part('text', 'delta', { delta: 'c' }),
      ),
    ).to.deep.equal([
      grown('reasoning-0', 'hm', 'reasoning'),
      ended('reasoning-0'),
      grown('text-1', 'a'),
      grown('text-1', 'b'),
      grown('text-2', 'c'),
    ]);
  });

  it('bring files, data, notices and sources', () => {
    const url = 'https://a.example/f';
    expect(
      decoded(
        aiSDK,
        { type: 'file', url },
        { type: 'reasoning-file', url, mediaType: 'image/png', filename: 'F' },
        { type: 'data-weather', data: 1 },
        { type: 'data-weather', id: 'w', data: 2 },
        { type: 'data-weather', id: 'w', data: 3 },
      ),
    ).to.deep.equal([
      {
        type: 'part-start',
        part: { type: 'file', id: 'file-0', mediaType: 'application/octet-stream', url, name: undefined },
      },
      { type: 'part-start', part: { type: 'file', id: 'file-1', mediaType: 'image/png', url, name: 'F' } },
      { type: 'part-start', part: { type: 'data', id: 'data-2', name: 'weather', data: 1 } },
      { type: 'part-start', part: { type: 'data', id: 'data-weather:w', name: 'weather', data: 2 } },
      patched('data-weather:w', { data: 3 }),
    ]);
    const notice = (data: unknown) => decoded(aiSDK, { type: 'data-notice', transient: true, data });
    for (const name of ['message', 'text', 'label'])
      expect(notice({ [name]: 'Looking' }), name).to.deep.equal([{ type: 'run-progress', text: 'Looking' }]);
    expect(notice({})).to.deep.equal([]);
    expect(notice('x')).to.deep.equal([]);
  });

  it('take a step back', () => {
    const step = [
      { type: 'text-delta', id: '0', delta: 'a' },
      { type: 'tool-input-start', toolCallId: 'c', toolName: 'look' },
    ];
    const taken = decoded(
      aiSDK,
      { type: 'text-delta', id: '9', delta: 'old' },
      { type: 'start-step' },
      ...step,
      {
        type: 'reset-step',
      },
    );
    expect(taken.slice(3)).to.deep.equal([
      { type: 'part-replace', id: 'text-1', text: '' },
      patched('c', { state: 'error', error: 'The step was started again' }),
    ]);
    expect(decoded(aiSDK, ...step, { type: 'reset-step' }, { type: 'reset-step' })).to.have.length(4);
  });

  it('call tools, ask for approvals, and end', () => {
    const tool = (step: string, rest: object = {}) => ({ type: `tool-${step}`, toolCallId: 'a', ...rest });
    expect(
      decoded(aiSDK, tool('input-start', { toolName: 'look' }), tool('input-delta', { inputTextDelta: '{' })),
    ).to.deep.equal([called('a', 'look'), { type: 'part-delta', id: 'a', delta: '{' }]);
    const one = (step: string, rest: object = {}) => decoded(aiSDK, tool(step, rest)).at(-1);
    expect(one('input-available', { input: 1 })).to.deep.equal(patched('a', { input: 1, state: 'running' }));
    expect(one('input-error', { input: 1 })).to.deep.equal(
      patched('a', { input: 1, state: 'error', error: 'The tool failed' }),
    );
    expect(one('output-available', { output: 2, preliminary: true })).to.deep.equal(
      patched('a', { output: 2, state: 'running' }),
    );
    expect(one('output-available', { output: 2 })).to.deep.equal(
      patched('a', { output: 2, state: 'complete' }),
    );
    expect(one('output-error', { errorText: 'No' })).to.deep.equal(
      patched('a', { state: 'error', error: 'No' }),
    );
    const denied = patched('a', { state: 'error', error: 'The call was denied' });
    expect(one('output-denied')).to.deep.equal(denied);
    const ask = tool('approval-request', { approvalId: 'p', reason: 'Sure?' });
    expect(decoded(aiSDK, ask)).to.deep.equal([called('a'), { type: 'run-paused', reason: 'Sure?' }]);
    expect(decoded(aiSDK, { ...ask, isAutomatic: true })).to.deep.equal([]);
    const answer = (rest: object) => ({ type: 'tool-approval-response', approvalId: 'p', ...rest });
    expect(decoded(aiSDK, ask, answer({ approved: false, reason: 'Never' })).slice(2)).to.deep.equal([
      patched('a', { state: 'error', error: 'Never' }),
    ]);
    expect(decoded(aiSDK, ask, answer({ approved: false }), tool('output-denied')).slice(2)).to.deep.equal([
      denied,
    ]);
    expect(decoded(aiSDK, ask, answer({ approved: true })).slice(2)).to.deep.equal([]);
    expect(decoded(aiSDK, answer({ approved: false }))).to.deep.equal([]);
    const finish = { type: 'finish', finishReason: 'tool-calls' };
    expect(decodedWhole(aiSDK, ask, finish).at(-1)).to.include({ finishReason: 'paused' });
    expect(decodedWhole(aiSDK, ask, answer({ approved: true }), finish).at(-1)).to.include({
      finishReason: 'tool-calls',
    });
    expect(decodedWhole(aiSDK, { type: 'abort' })).to.deep.equal([
      { type: 'run-end', finishReason: 'abort', stopped: true, usage: undefined },
    ]);
  });

  it('of the older stream are lines with a code', () => {
    const line = (code: string, value: unknown) => ['', `${code}:${JSON.stringify(value)}`] as const;
    const tool = (code: string, rest: object) => line(code, { toolCallId: 'a', ...rest });
    expect(decoded(aiSDK, line('0', 'a'), line('g', 'hm'), tool('b', { toolName: 'look' }))).to.deep.equal([
      grown('text-0', 'a'),
      ended('text-0'),
      grown('reasoning-1', 'hm', 'reasoning'),
      ended('reasoning-1'),
      called('a', 'look'),
    ]);
    expect(decoded(aiSDK, tool('c', { argsTextDelta: '{' }))).to.deep.equal([
      called('a'),
      { type: 'part-delta', id: 'a', delta: '{' },
    ]);
    expect(decoded(aiSDK, tool('9', { toolName: 'look', args: 1 }))).to.deep.equal([
      called('a', 'look'),
      patched('a', { input: 1, state: 'running' }),
    ]);
    expect(decoded(aiSDK, tool('a', { result: 2 }))[1]).to.deep.equal(
      patched('a', { output: 2, state: 'complete' }),
    );
    const started = [line('f', { messageId: 'm' }), line('f', { messageId: 'm' }), line('f', {})];
    expect(decoded(aiSDK, ...started)).to.deep.equal([{ type: 'message-start', id: 'm' }]);
    const late = decodedWhole(
      aiSDK,
      ...started,
      line('f', { messageId: 'm2' }),
      line('d', { finishReason: 'stop' }),
    );
    expect(late.slice(1)).to.deep.equal([
      { type: 'message-end', id: 'm2' },
      { type: 'run-end', finishReason: 'stop', usage: undefined },
    ]);
    expect(decodedWhole(aiSDK, line('0', 'a'))).to.deep.equal([grown('text-0', 'a')]);
    expect(decodedWhole(aiSDK, line('d', { finishReason: 'interrupted' }))[0]).to.deep.include({
      code: 'interrupted',
      retryable: true,
      message: 'The model broke off before the answer was finished',
    });
    expect(types(decodedWhole(aiSDK, line('3', 'No'), line('d', { finishReason: 'error' })))).to.deep.equal([
      'run-error',
      'run-end',
    ]);
    expect(types(decodedWhole(aiSDK, line('d', { finishReason: 'error' })))).to.deep.equal([
      'run-error',
      'run-end',
    ]);
    const part = (id: string, name: string, data: unknown) => ({
      type: 'part-start',
      part: { type: 'data', id, name, data },
    });
    expect(decoded(aiSDK, line('2', [1, 2]), line('8', [3]))).to.deep.equal([
      part('data-0', 'data', 1),
      part('data-1', 'data', 2),
      part('annotation-2', 'annotation', 3),
    ]);
    const image = { type: 'file', mediaType: 'application/octet-stream' };
    expect(
      decoded(aiSDK, line('k', { data: 'AA' }), line('k', {}), line('k', { data: 'BB', mimeType: 'a/b' })),
    ).to.deep.equal([
      {
        type: 'part-start',
        part: { ...image, id: 'file-0', url: 'data:application/octet-stream;base64,AA' },
      },
      {
        type: 'part-start',
        part: { type: 'file', mediaType: 'a/b', id: 'file-1', url: 'data:a/b;base64,BB' },
      },
    ]);
    const decoder = aiSDK.decoder(hints);
    for (const code of ['e', 'i', 'j']) expect(decodedBy(decoder, line(code, {})), code).to.deep.equal([]);
    for (const [code, value] of [
      ['x', {}],
      ['x', 'x'],
      ['x', [1]],
      ['0', 3],
      ['9', {}],
      ['0', null],
    ] as const)
      expect(decodedBy(decoder, line(code, value)), code).to.equal(null);
  });
});
