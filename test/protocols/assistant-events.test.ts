import type { RunEvent } from '../../src/model/run-event.js';
import { assistantTransport } from '../../src/protocols/assistant-transport.js';
import { answersIn, joined, withOperations } from '../../src/protocols/assistant-transport/state.js';
import { expect } from '../support/index.js';
import { decoded, ended, grown, patched } from './decoded.js';

const called = (id: string, name = 'tool'): RunEvent => ({
  type: 'part-start',
  part: { type: 'tool-call', id, name },
});
const types = (events: readonly RunEvent[]) => events.map(({ type }) => type);

describe('the state of an assistant transport', () => {
  const set = (path: unknown[], value: unknown) => ({ type: 'set', path, value });
  const append = (path: unknown[], value: unknown) => ({ type: 'append-text', path, value });

  it('is set and grows at a path, and nothing else changes it', () => {
    expect(withOperations(null, [set([], { a: 1 })])).to.deep.equal({ a: 1 });
    expect(withOperations(null, [set(['a', 'b'], 1)])).to.deep.equal({ a: { b: 1 } });
    const state = { list: ['x', 'y'], text: 'a', other: 1 };
    expect(withOperations(state, [set(['list', '1'], 'z')])).to.deep.equal({ ...state, list: ['x', 'z'] });
    expect(withOperations(state, [set(['list', 2], 'z')])).to.deep.equal({ ...state, list: ['x', 'y', 'z'] });
    const twelve = { list: Array.from({ length: 12 }, () => 0) };
    expect(withOperations(twelve, [set(['list', 11], 1)])).to.deep.equal({
      list: [...twelve.list.slice(1), 1],
    });
    for (const key of ['3', '01x', 'x1', '-1', 'length'])
      expect(withOperations(state, [set(['list', key], 'z')]), key).to.deep.equal(state);
    expect(withOperations(state, [append(['text'], 'b')])).to.deep.equal({ ...state, text: 'ab' });
    expect(withOperations(state, [append(['other'], 'b')])).to.deep.equal(state);
    for (const operation of [
      append(['text'], 3),
      append(['none'], 'x'),
      { type: 'other', path: ['text'], value: 'x' },
      { path: ['text'], value: 'x' },
      set(['other', 'deep'], 1),
      null,
      'x',
    ])
      expect(withOperations(state, [operation]), JSON.stringify(operation)).to.deep.equal(state);
    expect(state).to.deep.equal({ list: ['x', 'y'], text: 'a', other: 1 });
  });

  it('has no prototype to change', () => {
    const made = withOperations({}, [set(['__proto__', 'hacked'], true), set(['a'], 1)]) as object;
    expect(made).to.deep.equal({ a: 1 });
    expect(Object.getPrototypeOf(made)).to.equal(Object.prototype);
    expect(({} as { hacked?: boolean }).hacked).to.equal(undefined);
  });

  it('is kept as operations, pieces of one text joined', () => {
    expect(
      joined([], [append(['a'], 'x'), append(['a'], 'y'), append(['b'], 'z'), append(['b'], 3)]),
    ).to.deep.equal([append(['a'], 'xy'), append(['b'], 'z'), append(['b'], 3)]);
    expect(joined([append(['a'], 'x')], [append(['a'], 'y'), null, 'no'])).to.deep.equal([
      append(['a'], 'xy'),
    ]);
    expect(joined([set(['a'], 'x')], [append(['a'], 'y'), set(['a'], 'z')])).to.deep.equal([
      set(['a'], 'x'),
      append(['a'], 'y'),
      set(['a'], 'z'),
    ]);
  });

  it('holds what was said after the last question', () => {
    const said = (...messages: unknown[]) => [...answersIn({ messages })];
    const ai = (content: unknown, role = 'assistant') => ({ role, content });
    expect(
      said(ai('old'), { role: 'user', content: 'q' }, ai('a'), null, ai([{ text: 'b' }], 'ai')),
    ).to.deep.equal([
      ['2', 'a'],
      ['4', 'b'],
    ]);
    expect(said(ai('old'), { type: 'human' }, { type: 'ai', parts: ['x'] }, { role: 'ai' })).to.deep.equal([
      ['2', 'x'],
      ['3', ''],
    ]);
    expect(said({ role: 'tool', content: 'x' }, { content: 'y' })).to.deep.equal([]);
    for (const state of [null, 3, {}, { messages: null }]) expect([...answersIn(state)]).to.deep.equal([]);
  });
});

describe('the events of an assistant transport', () => {
  const start = (part: object) => ({ type: 'part-start', part });
  const to = (index: number, type: string, rest: object = {}) => ({ type, path: [index], ...rest });

  it('go to the part that their path counts', () => {
    expect(
      decoded(
        assistantTransport,
        start({ type: 'reasoning' }),
        start({ type: 'text' }),
        to(1, 'text-delta', { textDelta: 'a' }),
        to(0, 'text-delta', { textDelta: 'hm' }),
        to(1, 'part-finish'),
        start({ type: 'tool-call', toolCallId: 'a', toolName: 'look' }),
        to(2, 'text-delta', { textDelta: '{"q":1}' }),
        to(2, 'tool-call-args-text-finish'),
        to(2, 'result', { result: 1, isPreliminary: true }),
        to(2, 'result', { result: 2 }),
        to(2, 'result', { result: 3, isError: true }),
        to(2, 'part-finish'),
      ),
    ).to.deep.equal([
      grown('text-1', 'a'),
      grown('reasoning-0', 'hm', 'reasoning'),
      ended('text-1'),
      called('a', 'look'),
      { type: 'part-delta', id: 'a', delta: '{"q":1}' },
      patched('a', { input: { q: 1 }, state: 'running' }),
      patched('a', { output: 1 }),
      patched('a', { output: 2, state: 'complete' }),
      patched('a', { output: 3, state: 'error' }),
    ]);
  });

  it('bring files, data and the state', () => {
    const part = (part: object) => ({ type: 'part-start', part });
    const made = (rest: object) => decoded(assistantTransport, start({ type: 'file', ...rest }));
    const octets = 'application/octet-stream';
    const filed = (mediaType: string, url: string, name?: string) => [
      part({ type: 'file', id: 'file-0', mediaType, url, name }),
    ];
    expect(made({ data: 'AA' })).to.deep.equal(filed(octets, `data:${octets};base64,AA`));
    expect(made({ data: 'AA', mimeType: 'a/b', filename: 'F' })).to.deep.equal(
      filed('a/b', 'data:a/b;base64,AA', 'F'),
    );
    for (const url of ['data:a/b;base64,AA', 'https://a.example', 'HTTP://a.example'])
      expect(made({ data: url })).to.deep.equal(filed(octets, url));
    expect(made({ data: 'xhttps://a' })).to.deep.equal(filed(octets, `data:${octets};base64,xhttps://a`));
    expect(
      decoded(assistantTransport, start({ type: 'data', name: 'w', data: 1 }), start({ type: 'data' }), {
        type: 'annotations',
        annotations: [2],
      }),
    ).to.deep.equal([
      part({ type: 'data', id: 'data:0', name: 'w', data: 1 }),
      part({ type: 'data', id: 'data:1', name: 'data', data: undefined }),
      part({ type: 'data', id: 'data:2', name: 'annotations', data: 2 }),
    ]);
    const first = {
      type: 'set',
      path: ['messages'],
      value: [
        { role: 'ai', content: 'a' },
        { role: 'ai', content: '' },
      ],
    };
    const more = { type: 'append-text', path: ['messages', 0, 'content'], value: 'b' };
    const gone = { type: 'set', path: ['messages'], value: [] };
    const update = (operation: object) => ({ type: 'update-state', operations: [operation] });
    expect(decoded(assistantTransport, update(first), update(more), update(gone))).to.deep.equal([
      part({ type: 'data', id: 'state', name: 'state', data: [first] }),
      { type: 'part-replace', id: 'message-0', text: 'a' },
      patched('state', { data: [first, more] }),
      { type: 'part-replace', id: 'message-0', text: 'ab' },
      patched('state', { data: [first, more, gone] }),
      { type: 'part-replace', id: 'message-0', text: '' },
      { type: 'part-replace', id: 'message-1', text: '' },
    ]);
    const said = [start({ type: 'text' }), to(0, 'text-delta', { textDelta: 'x' }), update(first)];
    expect(decoded(assistantTransport, ...said), 'the parts are the answer').to.have.length(2);
    const thought = [start({ type: 'reasoning' }), to(0, 'text-delta', { textDelta: 'x' }), update(first)];
    expect(decoded(assistantTransport, ...thought)).to.have.length(3);
  });

  it('name the message, count and end', () => {
    const step = (messageId: string) => ({ type: 'step-start', messageId });
    const finish = (type: string, rest: object) => ({ type, ...rest });
    expect(decoded(assistantTransport, step('m'), step('n'))).to.deep.equal([
      { type: 'message-start', id: 'm' },
    ]);
    const usage = (inputTokens: number, outputTokens: number) => ({ usage: { inputTokens, outputTokens } });
    expect(
      decoded(
        assistantTransport,
        finish('step-finish', { finishReason: 'tool-calls', ...usage(1, 2) }),
        finish('step-finish', usage(3, 4)),
        ['', ' [DONE] '],
      ),
    ).to.deep.equal([
      { type: 'run-end', finishReason: 'tool-calls', usage: { inputTokens: 4, outputTokens: 6 } },
    ]);
    const whole = [
      finish('step-finish', usage(1, 2)),
      finish('message-finish', { finishReason: 'stop', ...usage(9, 9) }),
    ];
    expect(
      decoded(assistantTransport, ...whole, finish('message-finish', {}), ['', '[DONE]'])[0],
    ).to.deep.nested.include({
      finishReason: 'stop',
      'usage.inputTokens': 9,
    });
    const failed = finish('message-finish', { finishReason: 'error' });
    expect(types(decoded(assistantTransport, failed, ['', '[DONE]']))).to.deep.equal([
      'run-error',
      'run-end',
    ]);
    expect(
      types(decoded(assistantTransport, { type: 'error', error: 'No' }, failed, ['', '[DONE]'])),
    ).to.deep.equal(['run-error', 'run-end']);
  });
});
