import type { Message, Part, Thread } from '../../src/model/thread.js';
import { textOf } from '../../src/model/thread.js';
import { anthropic } from '../../src/protocols/anthropic.js';
import { expect } from '../support/index.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, replay, replayThroughChat, splits, stream, summary } from './replay.js';

type Event = { type: string; [field: string]: unknown };

const start = (id = 'm1'): Event => ({
  type: 'message_start',
  message: {
    id,
    role: 'assistant',
    model: 'claude',
    content: [],
    usage: { input_tokens: 7, output_tokens: 1 },
  },
});
const open = (index: number, content_block: object): Event => ({
  type: 'content_block_start',
  index,
  content_block,
});
const delta = (index: number, value: object): Event => ({ type: 'content_block_delta', index, delta: value });
const close = (index: number): Event => ({ type: 'content_block_stop', index });
const text = (index: number, ...pieces: string[]): Event[] => [
  open(index, { type: 'text', text: '' }),
  ...pieces.map((piece) => delta(index, { type: 'text_delta', text: piece })),
  close(index),
];
const input = (index: number, ...pieces: string[]): Event[] =>
  pieces.map((partial_json) => delta(index, { type: 'input_json_delta', partial_json }));
const end = (stop_reason: string, rest: object = {}): Event[] => [
  { type: 'message_delta', delta: { stop_reason, ...rest }, usage: { output_tokens: 9 } },
  { type: 'message_stop' },
];

const wire = (...events: Event[]): string => stream(...events.map((event) => [event.type, event]));
const run = (...events: Event[]): Thread => replay(anthropic, [bytesOf(wire(...events))]);
const answer = (thread: Thread): Message => thread.messages[1]!;
const parts = <Type extends Part['type']>(thread: Thread, type: Type): Extract<Part, { type: Type }>[] =>
  answer(thread).parts.filter((part): part is Extract<Part, { type: Type }> => part.type === type);

describe('the anthropic protocol', () => {
  it('reads text, ids, model, usage totals and the stop reason', () => {
    const thread = run(start(), { type: 'ping' }, ...text(0, 'Hel', 'lo'), ...end('end_turn'));
    expect(textOf(answer(thread))).to.equal('Hello');
    expect(answer(thread)).to.deep.include({
      backendId: 'm1',
      status: 'complete',
      metadata: { model: 'claude' },
    });
    expect(thread.run?.finishReason).to.equal('stop');
    expect(thread.run?.usage).to.include({ inputTokens: 7, outputTokens: 9 });
  });

  it('needs no event names', () => {
    const events = [start(), ...text(0, 'a'), ...end('end_turn')];
    expect(summary(replay(anthropic, [bytesOf(stream(...events))]))).to.deep.equal(summary(run(...events)));
  });

  it('is recognised by its first event, also after a ping', async () => {
    const events = [start(), ...text(0, 'a'), ...end('end_turn')];
    for (const before of [[], [{ type: 'ping' }]]) {
      const chat = await replayThroughChat([bytesOf(wire(...before, ...events))]);
      expect(chat.report.get()?.protocol).to.equal('anthropic');
      expect(summary(chat.thread.get())).to.deep.equal(summary(run(...events)));
    }
  });

  it('maps the stop reasons', () => {
    const reasons = [
      'max_tokens',
      'stop_sequence',
      'tool_use',
      'pause_turn',
      'refusal',
      'brand_new',
      'toString',
    ];
    expect(
      reasons.map((reason) => run(start(), ...text(0, 'a'), ...end(reason)).run?.finishReason),
    ).to.deep.equal(['length', 'stop', 'tool-calls', 'paused', 'content-filter', 'brand-new', 'toString']);
  });

  it('keeps what a refusal explains', () => {
    const thread = run(start(), ...end('refusal', { stop_details: { type: 'refusal', explanation: 'No.' } }));
    expect(answer(thread)).to.deep.include({
      status: 'complete',
      metadata: { model: 'claude', refusal: 'No.' },
    });
  });

  it('keeps cited spans one text, with each source once', () => {
    const citation = { type: 'web_search_result_location', url: 'https://a.example/', title: 'A' };
    const thread = run(
      start(),
      ...text(0, 'Known: '),
      open(1, { type: 'text', text: 'cited', citations: [citation] }),
      delta(1, { type: 'citations_delta', citation }),
      delta(1, { type: 'citations_delta', citation: { type: 'char_location', document_title: 'facts.txt' } }),
      delta(1, {
        type: 'citations_delta',
        citation: { type: 'search_result_location', source: 'https://b.example/', title: 'B' },
      }),
      close(1),
      ...text(2, '.'),
      ...end('end_turn'),
    );
    expect(parts(thread, 'text').map((part) => part.text)).to.deep.equal(['Known: cited.']);
    expect(parts(thread, 'source').map(({ url, title }) => [url, title])).to.deep.equal([
      ['https://a.example/', 'A'],
      [undefined, 'facts.txt'],
      ['https://b.example/', 'B'],
    ]);
  });

  it('reads thinking apart from text, each block a part, and passes over what is sealed', () => {
    const thread = run(
      start(),
      open(0, { type: 'thinking', thinking: '', signature: '' }),
      delta(0, { type: 'thinking_delta', thinking: 'Hm' }),
      delta(0, { type: 'signature_delta', signature: 'sealed' }),
      close(0),
      open(1, { type: 'redacted_thinking', data: 'sealed' }),
      close(1),
      open(2, { type: 'thinking', thinking: 'Ah' }),
      close(2),
      ...text(3, 'So.'),
      ...end('end_turn'),
    );
    expect(answer(thread).parts.map((part) => 'text' in part && [part.type, part.text])).to.deep.equal([
      ['reasoning', 'Hm'],
      ['reasoning', 'Ah'],
      ['text', 'So.'],
    ]);
  });

  it('reads tool calls: streamed input, none, and input that was cut', () => {
    const thread = run(
      start(),
      open(0, { type: 'tool_use', id: 'a', name: 'weather', input: {} }),
      ...input(0, '', '{"city":', ' "Oslo"}'),
      close(0),
      open(1, { type: 'tool_use', id: 'b', name: 'time', input: {} }),
      ...input(1, ''),
      close(1),
      open(2, { type: 'tool_use', id: 'c', name: 'write', input: {} }),
      ...input(2, '{"lines": ["o'),
      ...end('max_tokens'),
    );
    expect(
      parts(thread, 'tool-call').map(({ id, name, input: value, state }) => [id, name, value, state]),
    ).to.deep.equal([
      ['a', 'weather', { city: 'Oslo' }, 'input'],
      ['b', 'time', {}, 'input'],
      ['c', 'write', undefined, 'input'],
    ]);
    expect(parts(thread, 'tool-call')[2]?.inputText).to.equal('{"lines": ["o');
  });

  it('pairs the tools of the backend with their results, failed ones and those of an earlier turn too', () => {
    const use = (index: number, type: string, id: string): Event[] => [
      open(index, { type, id, name: `name-${id}`, input: {} }),
      ...input(index, '{}'),
      close(index),
    ];
    const result = (index: number, type: string, tool_use_id: string, rest: object): Event[] => [
      open(index, { type, tool_use_id, ...rest }),
      close(index),
    ];
    const pages = [{ type: 'web_search_result', url: 'https://a.example/', title: 'A' }];
    const failure = { type: 'web_fetch_tool_result_error', error_code: 'url_not_accessible' };
    const thread = run(
      start(),
      ...use(0, 'server_tool_use', 'a'),
      ...use(1, 'server_tool_use', 'b'),
      ...use(2, 'mcp_tool_use', 'c'),
      ...use(3, 'server_tool_use', 'd'),
      ...result(4, 'web_search_tool_result', 'a', { content: pages }),
      ...result(5, 'web_fetch_tool_result', 'b', { content: failure }),
      ...result(6, 'mcp_tool_result', 'c', { is_error: true, content: [{ type: 'text', text: 'Down' }] }),
      ...result(7, 'web_search_tool_result', 'earlier', { content: [] }),
      ...end('pause_turn'),
    );
    expect(
      parts(thread, 'tool-call').map(({ id, name, state, output, error }) => ({
        id,
        name,
        state,
        output,
        error,
      })),
    ).to.deep.equal([
      { id: 'a', name: 'name-a', state: 'complete', output: pages, error: undefined },
      { id: 'b', name: 'name-b', state: 'error', output: failure, error: 'url_not_accessible' },
      { id: 'c', name: 'name-c', state: 'error', output: [{ type: 'text', text: 'Down' }], error: 'Down' },
      { id: 'd', name: 'name-d', state: 'running', output: undefined, error: undefined },
      { id: 'earlier', name: 'web_search', state: 'complete', output: [], error: undefined },
    ]);
  });

  it('keeps the text before an error, and takes an error as the only event', () => {
    const error = {
      type: 'error',
      error: { type: 'overloaded_error', message: 'Overloaded' },
      request_id: 'r',
    };
    for (const before of [[], [start(), ...text(0, 'par')]]) {
      const thread = run(...before, error);
      expect(textOf(answer(thread))).to.equal(before.length ? 'par' : '');
      expect(thread.run?.error).to.deep.include({
        code: 'backend',
        detail: 'overloaded_error',
        backendMessage: 'Overloaded',
      });
    }
  });

  it('passes over a message start that is repeated, and fails at one of another message', () => {
    const again = run(start(), start(), ...text(0, 'a'), ...end('end_turn'));
    expect(again.run?.status).to.equal('complete');
    expect(again.messages).to.have.length(2);
    const spliced = run(start(), ...text(0, 'a'), start('m2'), ...text(0, 'b'), ...end('end_turn'));
    expect(textOf(answer(spliced))).to.equal('a');
    expect(spliced.run?.error).to.include({ code: 'backend', detail: 'message-order' });
  });

  it('is interrupted without its end mark, even after a stop reason', () => {
    expect(run(start(), ...text(0, 'a')).run?.error?.code).to.equal('interrupted');
    expect(run(start(), ...text(0, 'a'), end('end_turn')[0]!).run?.error?.code).to.equal('interrupted');
  });

  it('passes over what it does not know and what is missing', () => {
    const decoder = anthropic.decoder({ header: () => null, framing: 'sse' });
    const decode = (data: string, name = '') => decoder.decode({ id: '', name, data });
    const unknown = [
      'null',
      '[]',
      '{',
      '{"type":"novel"}',
      '{"type":"content_block_delta","delta":{"type":"x"}}',
    ];
    for (const data of unknown) expect(decode(data), data).to.equal(null);
    const known = ['ping', 'message_start', 'content_block_stop', 'message_delta'];
    for (const type of known) expect(decode('{}', type), type).to.be.an('array');
    expect(decode('Bad gateway', 'error')?.[0]).to.include({
      type: 'run-error',
      backendMessage: 'Bad gateway',
    });
  });

  it('gives the same at every split', () => {
    const bytes = bytesOf(
      wire(
        start(),
        ...text(0, 'Hä', 'l😀'),
        open(1, { type: 'tool_use', id: 'a', name: 'weather', input: {} }),
        ...input(1, '{"city": "Ålesund"}'),
        close(1),
        ...end('tool_use'),
      ),
    );
    const whole = summary(replay(anthropic, [bytes]));
    for (const chunks of splits(bytes)) expect(summary(replay(anthropic, chunks))).to.deep.equal(whole);
  });
});

const finishReasons: Record<string, string> = {
  end_turn: 'stop',
  max_tokens: 'length',
  tool_use: 'tool-calls',
  pause_turn: 'paused',
  refusal: 'content-filter',
};

await describeRecorded({
  protocol: 'anthropic',
  dialects: ['anthropic'],
  usage: (usage: { input_tokens: number; output_tokens: number }) => [
    usage.input_tokens,
    usage.output_tokens,
  ],
  finishReason: (reason) => finishReasons[reason],
});
