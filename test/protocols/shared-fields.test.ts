import { kindOf } from '../../src/protocols/shared/event-kinds.js';
import {
  backendError,
  first,
  itemParts,
  messageIdIn,
  threadIdIn,
  usageIn,
} from '../../src/protocols/shared/event-parts.js';
import { failureTextIn, idIn, stringIn, textIn } from '../../src/protocols/shared/fields.js';
import { finishReasonOf, usageOf } from '../../src/protocols/shared/run-outcome.js';
import { addUsage } from '../../src/protocols/shared/usage-sum.js';
import { expect } from '../support/index.js';

describe('the fields of a value of any shape', () => {
  it('are own, and of the kind that is asked for', () => {
    expect(stringIn({ a: 1, b: 'x', c: 'y' }, 'a', 'b', 'c')).to.equal('x');
    expect(stringIn({}, 'constructor', 'toString')).to.equal(undefined);
    expect(idIn({ a: '', b: true, c: 0 }, 'a', 'b', 'c')).to.equal('0');
    expect(idIn({ a: {}, b: ['x'], c: null }, 'a', 'b', 'c')).to.equal(undefined);
    expect(first({ a: null, b: undefined, c: 0 }, 'a', 'b', 'c')).to.equal(0);
  });

  it('hold text under the usual names, the most telling first, not too deep', () => {
    for (const name of [
      'token',
      'delta',
      'content',
      'text',
      'chunk',
      'answer',
      'response',
      'output',
      'value',
    ])
      expect(textIn({ [name]: 'x' }), name).to.equal('x');
    expect(textIn({ text: 'b', token: 'a' })).to.equal('a');
    expect(textIn({ content: [{ text: 'a' }, { image: 1 }, 'b'] })).to.equal('ab');
    expect(textIn([{ image: 1 }])).to.equal(undefined);
    expect(textIn([])).to.equal(undefined);
    expect(textIn({ a: { b: 'x' } }, ['a', 'b'])).to.equal('x');
    expect(textIn({ text: { text: { text: { text: 'x' } } } })).to.equal('x');
    expect(textIn({ text: { text: { text: { text: { text: 'x' } } } } })).to.equal(undefined);
    expect(textIn([[[['x']]]])).to.equal('x');
    expect(textIn([[[[['x']]]]])).to.equal(undefined);
    for (const nothing of [null, undefined, 3, true, {}]) expect(textIn(nothing)).to.equal(undefined);
  });

  it('say why something failed, wherever they say it', () => {
    const cases: [unknown, string | undefined][] = [
      ['No', 'No'],
      ['', undefined],
      [['a', null, { message: 'b' }], 'a; b'],
      [[null], undefined],
      [{ loc: ['body', 'text'], msg: 'missing' }, 'body.text: missing'],
      [{ path: ['a', 0], message: 'Required' }, 'a.0: Required'],
      [{ loc: ['a'], path: ['b'], msg: 'no' }, 'a: no'],
      [{ msg: 'no' }, 'no'],
      [{ error: { message: 'deep' }, message: 'flat' }, 'deep'],
      [{ error: { issues: [{ path: ['a'], message: 'no' }], message: 'x' } }, 'a: no'],
      [{ error: {}, message: 'flat' }, 'flat'],
      [{ error: 'text', detail: 'more' }, 'text'],
      [{ detail: [{ msg: 'no' }], message: 'x' }, 'no'],
      [{ message: '' }, undefined],
      [3, undefined],
      [null, undefined],
    ];
    for (const [value, text] of cases) expect(failureTextIn(value), JSON.stringify(value)).to.equal(text);
    for (const name of ['message', 'title', 'reason', 'errorText', 'content', 'text', 'data'])
      expect(failureTextIn({ [name]: 'No' }), name).to.equal('No');
  });
});

describe('what an event says besides', () => {
  it('is where it belongs', () => {
    for (const name of [
      'conversation_id',
      'conversationId',
      'thread_id',
      'threadId',
      'session_id',
      'sessionId',
    ])
      expect(threadIdIn({ [name]: 't' }), name).to.equal('t');
    expect(threadIdIn({ chat_id: 't' })).to.equal('t');
    expect(messageIdIn({ message_id: 1 })).to.equal('1');
    expect(messageIdIn({ messageId: 'm' })).to.equal('m');
  });

  it('is how many tokens it took', () => {
    const none = { inputTokens: undefined, outputTokens: undefined, totalTokens: undefined };
    for (const [name, ours] of [
      ['prompt_tokens', 'inputTokens'],
      ['input_tokens', 'inputTokens'],
      ['inputTokens', 'inputTokens'],
      ['promptTokens', 'inputTokens'],
      ['completion_tokens', 'outputTokens'],
      ['output_tokens', 'outputTokens'],
      ['outputTokens', 'outputTokens'],
      ['completionTokens', 'outputTokens'],
      ['total_tokens', 'totalTokens'],
      ['totalTokens', 'totalTokens'],
    ] as const)
      expect(usageIn({ usage: { [name]: 3 } }), name).to.deep.equal({ ...none, [ours]: 3 });
    expect(usageIn({ usage: { input_tokens: '3' } })).to.equal(undefined);
    expect(usageIn({})).to.equal(undefined);
    for (const [index, ours] of ['inputTokens', 'outputTokens', 'totalTokens'].entries())
      expect(usageOf({ [index]: 3 }, '0', '1', '2')).to.deep.equal({ ...none, [ours]: 3 });
    expect(usageOf({ a: 1, undefined: 7 }, 'a', 'b')).to.deep.equal({ ...none, inputTokens: 1 });
    expect(usageOf({ a: 'x' }, 'a', 'b')).to.equal(undefined);
    expect(addUsage(undefined, { inputTokens: 1 })).to.deep.equal({ ...none, inputTokens: 1 });
    expect(addUsage({ outputTokens: 2 }, { inputTokens: 1 })).to.deep.equal({
      ...none,
      inputTokens: 1,
      outputTokens: 2,
    });
    expect(addUsage({ totalTokens: 2 }, { totalTokens: 3 })).to.deep.equal({ ...none, totalTokens: 5 });
  });

  it('is why it ended', () => {
    for (const [word, ours] of [
      ...['completed', 'finished', 'end_turn', 'EOS', 'eos_token', 'stop_sequence', 'word'].map((word) => [
        word,
        'stop',
      ]),
      ...['limit', 'max_tokens', 'token_limit'].map((word) => [word, 'length']),
      ...['function_call', 'tool_use'].map((word) => [word, 'tool-calls']),
      ['stop', 'stop'],
      ['SAFETY_STOP', 'safety-stop'],
      ['constructor', 'constructor'],
      ['', undefined],
      [undefined, undefined],
    ])
      expect(finishReasonOf(word), String(word)).to.equal(ours);
  });

  it('is that the backend failed', () => {
    const error = { type: 'run-error', code: 'backend', message: 'The backend reported an error' };
    expect(backendError({})).to.deep.equal({
      ...error,
      retryable: true,
      detail: undefined,
      backendMessage: undefined,
    });
    expect(backendError({ code: 7, message: 'No', allow_retry: false })).to.include({
      detail: '7',
      backendMessage: 'No',
      retryable: false,
    });
    expect(backendError({ error: { code: 'a', type: 'b' }, retryable: false })).to.include({
      detail: 'a',
      retryable: false,
    });
    expect(backendError({ error: { type: 'b' }, retryable: 'no' })).to.include({
      detail: 'b',
      retryable: true,
    });
  });

  it('is of a kind, however its name is written', () => {
    for (const name of [
      'text_delta',
      'textDelta',
      'TEXT-DELTA',
      'Text Delta',
      'text.delta',
      'text:delta',
      'text/delta',
    ])
      expect(kindOf(name), name).to.equal('delta');
    expect(kindOf('stream..end')).to.equal('end');
    expect(kindOf('run2End')).to.equal(undefined);
    for (const name of [
      'heartbeat',
      'ping',
      'pong',
      'keepAlive',
      'keep-alive',
      'notification',
      'notice',
      'usage',
    ])
      expect(kindOf(name), name).to.equal('quiet');
    expect(kindOf('constructor')).to.equal(undefined);
    expect(kindOf('')).to.equal(undefined);
  });

  it('is a whole item of text and sources', () => {
    const url = 'https://a.example';
    const item = {
      content: [
        { text: 'a', annotations: [{ url }, {}] },
        null,
        { content: 'b', annotations: [{ source: { title: 'T' } }] },
        'c',
      ],
    };
    expect(itemParts(item)).to.deep.equal([
      { type: 'text', id: 'text-0', text: 'a' },
      { type: 'source', id: 'source-1', url, title: undefined },
      { type: 'text', id: 'text-2', text: 'b' },
      { type: 'source', id: 'source-3', url: undefined, title: 'T' },
      { type: 'text', id: 'text-3', text: 'c' },
    ]);
    expect(itemParts({ content: 'x' })).to.deep.equal([{ type: 'text', id: 'text-0', text: 'x' }]);
    expect(itemParts({ text: 'x' })).to.deep.equal([{ type: 'text', id: 'text-0', text: 'x' }]);
    expect(itemParts({ message: 'x' })).to.deep.equal([{ type: 'text', id: 'text-0', text: 'x' }]);
    expect(itemParts({})).to.deep.equal([]);
  });
});
