import { expect, play } from '../support/index.js';
import { ask } from '../transport/helpers.js';
import { calls, chunk, reasoning, run, text } from './openai-chat-stream.js';

describe('what hosts of openai-chat report in words of their own', () => {
  it('is an error, with HTTP 200 and in any chunk', () => {
    // MiniMax, "Text Generation" API reference: `base_resp`; Baidu Qianfan and FastChat: `error_code`; vLLM: an object.
    for (const failure of [
      { id: 'x', choices: null, base_resp: { status_code: 1008, status_msg: 'No credit' } },
      {
        ...chunk({}, { finish_reason: 'stop' }),
        base_resp: { status_code: 1027, status_msg: 'No credit' },
      },
      { error_code: 336501, error_msg: 'No credit' },
      { text: 'No credit', error_code: 50001 },
      { object: 'error', message: 'No credit', type: 'BadRequestError', param: null, code: 400 },
    ]) {
      const thread = run(chunk({ content: 'par' }), failure, '[DONE]');
      expect(text(thread)).to.equal('par');
      expect(thread.run?.error).to.include({ code: 'backend', backendMessage: 'No credit' });
    }
  });

  it('is none where its code says so', () => {
    // lobehub/lobehub#4054: a note beside a whole answer.
    const base_resp = { status_code: 0, status_msg: 'unknown field "frequency_penalty"' };
    const thread = run({ ...chunk({ content: 'Hi' }, { finish_reason: 'stop' }), base_resp });
    expect([text(thread), thread.run?.status]).to.deep.equal(['Hi', 'complete']);
  });

  it('is an error in place of a stream too', async () => {
    const body = '{"id":"x","choices":null,"base_resp":{"status_code":1004,"status_msg":"login fail"}}';
    const headers = { 'content-type': 'application/json' };
    const { url } = await play({ answers: [{ headers, steps: [{ write: body }] }] });
    expect((await ask({ endpoint: url, protocol: 'openai-chat' })).error).to.include({
      code: 'backend',
      backendMessage: 'login fail',
    });
  });

  it('is an error where the answer broke off', () => {
    // DeepSeek and Z.ai, API references, `finish_reason`; SGLang's is `abort`.
    for (const finish_reason of ['insufficient_system_resource', 'network_error', 'abort', 'error']) {
      const thread = run(chunk({ content: 'par' }), chunk({}, { finish_reason }), '[DONE]');
      expect([text(thread), thread.run?.error?.code], finish_reason).to.deep.equal(['par', 'backend']);
    }
    // OpenRouter types a choice's own error.
    const error = { code: 502, message: 'Provider is down' };
    const thread = run(chunk({ content: 'par' }), chunk({}, { finish_reason: 'error', error }), '[DONE]');
    expect(thread.run?.error?.backendMessage).to.equal('Provider is down');
  });
});

describe('what hosts of openai-chat send twice', () => {
  it('is reasoning shown once: as a field, and in tags within the content', () => {
    // MiniMax without `reasoning_split` (can1357/oh-my-pi#2434, vellum-assistant#34556).
    const both = (content: string, reasoning_content: string) => chunk({ content, reasoning_content });
    for (const thread of [
      run(
        both('<think>\n', '\n'),
        both('The user', 'The user'),
        both(' asks.', ' asks.'),
        chunk({ content: '\n</think>\n\nHi' }),
        '[DONE]',
      ),
      run(both('<think>The user asks.</think>', 'The user asks.'), chunk({ content: 'Hi' }), '[DONE]'),
    ]) {
      expect(reasoning(thread)?.trim()).to.equal('The user asks.');
      expect(text(thread)).to.equal('Hi');
    }
    const own = run(
      chunk({ reasoning_content: 'One.' }),
      chunk({ content: '<think>Two.</think>Hi' }),
      '[DONE]',
    );
    expect(reasoning(own)).to.equal('One.Two.');
  });
});

describe('tool calls of hosts that count otherwise', () => {
  const call = (index: number, fields: object) => chunk({ tool_calls: [{ index, ...fields }] });
  const head = (index: number, id: string, name: string, args = '') =>
    call(index, { id, function: { name, arguments: args } });

  it('go on under another index than they began', () => {
    // agno-agi/agno#8880, danny-avila/LibreChat#13987.
    const thread = run(
      head(0, 'a', 'one', '{"x":1}'),
      head(0, 'b', 'two'),
      call(1, { function: { arguments: '{"y"' } }),
      call(1, { function: { arguments: ':2}' } }),
      chunk({}, { finish_reason: 'tool_calls' }),
    );
    expect(calls(thread)).to.deep.equal([
      ['a', 'one', { x: 1 }],
      ['b', 'two', { y: 2 }],
    ]);
  });

  it('are others in another turn, under the same ids too', () => {
    const turn = (q: number) => [
      head(0, 'call_0', 'look', `{"q":${q}}`),
      chunk({}, { finish_reason: 'tool_calls' }),
    ];
    const thread = run(...turn(1), ...turn(2), chunk({ content: 'Done' }, { finish_reason: 'stop' }));
    expect(
      calls(thread)
        ?.filter(Boolean)
        .map((made) => made && made.slice(1)),
    ).to.deep.equal([
      ['look', { q: 1 }],
      ['look', { q: 2 }],
    ]);
    expect(text(thread)).to.equal('Done');
    // vercel/ai#3953: an empty piece may still follow the end.
    for (const rest of [{ tool_calls: [] }, { tool_calls: [{ index: 0, function: { arguments: '' } }] }]) {
      const after = run(...turn(1), chunk(rest));
      expect([after.run?.status, calls(after)?.length]).to.deep.equal(['complete', 1]);
    }
  });
});
