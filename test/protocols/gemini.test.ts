import type { Message, Part, Thread } from '../../src/model/thread.js';
import { textOf } from '../../src/model/thread.js';
import { gemini } from '../../src/protocols/gemini.js';
import { expect } from '../support/index.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, hints, replay, replayThroughChat, splits, stream, summary } from './replay.js';

const response = (parts: unknown, rest: object = {}, outer: object = {}) => ({
  candidates: [{ content: { role: 'model', parts }, index: 0, ...rest }],
  modelVersion: 'gemini-x',
  responseId: 'r1',
  ...outer,
});
const stop = { finishReason: 'STOP' };
const run = (...events: unknown[]): Thread => replay(gemini, [bytesOf(stream(...events))]);
const answer = (thread: Thread): Message => thread.messages[1]!;
const parts = <Type extends Part['type']>(thread: Thread, type: Type): Extract<Part, { type: Type }>[] =>
  answer(thread).parts.filter((part): part is Extract<Part, { type: Type }> => part.type === type);
const tools = (thread: Thread) =>
  parts(thread, 'tool-call').map(({ name, input, output, state }) => [name, input, output, state]);

describe('the gemini protocol', () => {
  it('reads text, thoughts, ids, model, usage and the finish reason', () => {
    const thread = run(
      response([{ text: 'Hm', thought: true }]),
      response([{ text: 'Hel' }, { text: 'lo' }, { text: '', thoughtSignature: 's' }], stop, {
        usageMetadata: {
          promptTokenCount: 3,
          toolUsePromptTokenCount: 4,
          candidatesTokenCount: 5,
          thoughtsTokenCount: 6,
          totalTokenCount: 18,
        },
      }),
    );
    expect(answer(thread).parts.map((part) => 'text' in part && [part.type, part.text])).to.deep.equal([
      ['reasoning', 'Hm'],
      ['text', 'Hello'],
    ]);
    expect(answer(thread)).to.deep.include({
      backendId: 'r1',
      status: 'complete',
      metadata: { model: 'gemini-x' },
    });
    expect(thread.run?.finishReason).to.equal('stop');
    expect(thread.run?.usage).to.deep.equal({ inputTokens: 7, outputTokens: 11, totalTokens: 18 });
  });

  it('is complete by a finish reason, and interrupted without one', () => {
    expect(run(response([{ text: 'a' }])).run?.error?.code).to.equal('interrupted');
    // Some models repeat it with every event: only the close is the end.
    const thread = run(response([{ text: 'a' }], stop), response([{ text: 'b' }], stop));
    expect([textOf(answer(thread)), thread.run?.status]).to.deep.equal(['ab', 'complete']);
  });

  it('maps the finish reasons', () => {
    const reasons = ['MAX_TOKENS', 'SAFETY', 'IMAGE_RECITATION', 'MALFORMED_FUNCTION_CALL', 'FAKE'];
    expect(
      reasons.map((finishReason) => run(response([{ text: 'a' }], { finishReason })).run?.finishReason),
    ).to.deep.equal(['length', 'content-filter', 'content-filter', 'malformed-function-call', 'fake']);
    const explained = run(response([], { finishReason: 'SAFETY', finishMessage: 'Why' }));
    expect(answer(explained).metadata).to.include({ finishMessage: 'Why' });
  });

  it('reads whole function calls, with and without ids, and says so at the end', () => {
    const thread = run(
      response([
        { functionCall: { name: 'weather', args: { city: 'Oslo' } }, thoughtSignature: 's' },
        { functionCall: { id: 'given', name: 'time' } },
      ]),
      response([{ text: '' }], stop),
    );
    expect(tools(thread)).to.deep.equal([
      ['weather', { city: 'Oslo' }, undefined, 'running'],
      ['time', {}, undefined, 'running'],
    ]);
    expect(parts(thread, 'tool-call')[1]?.id).to.equal('given');
    expect(thread.run?.finishReason).to.equal('tool-calls');
  });

  it('puts streamed arguments together by their paths', () => {
    const piece = (fields: object, willContinue = true) =>
      response([{ functionCall: { partialArgs: [fields], willContinue } }]);
    const events = [
      response([{ functionCall: { name: 'cook', willContinue: true } }]),
      piece({ jsonPath: '$.steps[0].name', stringValue: 'Cut', willContinue: true }),
      piece({ jsonPath: '$.steps[0].name', stringValue: ' it' }),
      piece({ jsonPath: "$.steps[1]['a b']", numberValue: 2 }),
      piece({ jsonPath: '$.hot', boolValue: false }),
      piece({ jsonPath: '$.more', nullValue: 'NULL_VALUE' }),
      piece({ jsonPath: '$.__proto__.evil', boolValue: true }),
      piece({ jsonPath: '$.steps[4000000000]', boolValue: true }),
      piece({ jsonPath: '$.hot.deeper', boolValue: true }),
    ];
    const input = { steps: [{ name: 'Cut it' }, { 'a b': 2 }], hot: false, more: null };
    const second = response([{ functionCall: { name: 'serve', args: {} } }], stop);
    for (const end of [[response([{ functionCall: {} }]), second], [second]]) {
      const thread = run(...events, ...end);
      expect(tools(thread)).to.deep.equal([
        ['cook', input, undefined, 'running'],
        ['serve', {}, undefined, 'running'],
      ]);
    }
    expect(({} as { evil?: unknown }).evil).to.equal(undefined);
    // What has come so far is shown, and kept if the rest never comes.
    const cut = run(...events.slice(0, 2));
    expect(parts(cut, 'tool-call')[0]?.input).to.deep.equal({ steps: [{ name: 'Cut' }] });
    expect(parts(cut, 'tool-call')[0]?.inputText).to.equal('{"steps":[{"name":"Cut"}]}');
  });

  it('reads code and its result, pictures and files', () => {
    const thread = run(
      response([{ executableCode: { language: 'PYTHON', code: '1+1' } }]),
      response([{ codeExecutionResult: { outcome: 'OUTCOME_OK', output: '2\n' } }]),
      response([{ executableCode: { language: 'PYTHON', code: '1/0' } }]),
      response([{ codeExecutionResult: { outcome: 'OUTCOME_FAILED', output: 'ZeroDivisionError' } }]),
      response([
        { inlineData: { mimeType: 'image/png', data: 'QU-_' } },
        { inlineData: { mimeType: 'image/png', data: 'QUJD' }, thought: true },
        { fileData: { mimeType: 'video/mp4', fileUri: 'https://a.example/v' } },
      ]),
      response([{ text: 'Done' }], stop),
    );
    expect(tools(thread)).to.deep.equal([
      ['executableCode', { language: 'PYTHON', code: '1+1' }, '2\n', 'complete'],
      ['executableCode', { language: 'PYTHON', code: '1/0' }, 'ZeroDivisionError', 'error'],
    ]);
    expect(parts(thread, 'file').map(({ mediaType, url }) => [mediaType, url])).to.deep.equal([
      ['image/png', 'data:image/png;base64,QU+/'],
      ['video/mp4', 'https://a.example/v'],
    ]);
    expect(thread.run?.finishReason).to.equal('stop');
  });

  it('names each source once, whoever cites it', () => {
    const grounding = (...groundingChunks: object[]) => ({ groundingMetadata: { groundingChunks } });
    const web = { web: { uri: 'https://a.example/', title: 'A' } };
    const thread = run(
      response([{ text: 'a' }], grounding(web)),
      response([{ text: 'b' }], grounding(web, { retrievedContext: { title: 'facts.txt' } })),
      response([], { citationMetadata: { citationSources: [{ uri: 'https://b.example/' }] } }),
      response([], { ...stop, citationMetadata: { citations: [{ uri: 'https://c.example/', title: 'C' }] } }),
    );
    expect(parts(thread, 'source').map(({ url, title }) => [url, title])).to.deep.equal([
      ['https://a.example/', 'A'],
      [undefined, 'facts.txt'],
      ['https://b.example/', undefined],
      ['https://c.example/', 'C'],
    ]);
    expect(textOf(answer(thread))).to.equal('ab');
    expect(parts(thread, 'text')).to.have.length(1);
  });

  it('tells errors, before and within an answer, and blocked questions', () => {
    const error = { error: { code: 503, message: 'Overloaded', status: 'UNAVAILABLE' } };
    for (const before of [[], [response([{ text: 'par' }], stop)]]) {
      const thread = run(...before, error);
      expect(textOf(answer(thread))).to.equal(before.length ? 'par' : '');
      expect(thread.run?.error).to.include({ code: 'backend', detail: '503', backendMessage: 'Overloaded' });
    }
    const blocked = run({ promptFeedback: { blockReason: 'SAFETY', blockReasonMessage: 'No' } });
    expect(blocked.run?.error).to.include({
      code: 'backend',
      detail: 'SAFETY',
      backendMessage: 'No',
      retryable: false,
    });
  });

  it('passes over what it does not know, and what is missing', () => {
    const decoder = gemini.decoder(hints);
    const decode = (data: string) => decoder.decode({ id: '', name: '', data });
    for (const data of ['null', '[]', '{', '{"this":1}']) expect(decode(data), data).to.equal(null);
    const odd = [
      {},
      { candidates: [null, { content: {} }, { content: { parts: [null, 'x', {}, { y: {} }] } }] },
    ];
    for (const value of odd) {
      expect(decode(JSON.stringify({ usageMetadata: {}, ...value }))).to.deep.equal([]);
    }
    expect(
      decode(JSON.stringify(response([{ functionCall: {} }, { functionCall: { partialArgs: [1] } }]))),
    ).to.be.an('array');
    const second = run({ candidates: [{ index: 1, content: { parts: [{ text: 'other' }] } }] });
    expect(textOf(answer(second))).to.equal('');
  });

  it('reads the list that comes without alt=sse, one event or several', async () => {
    const events = [response([{ text: 'Hel' }]), response([{ text: 'lo' }], stop)];
    const through = (value: unknown, protocol: string) =>
      replayThroughChat([bytesOf(JSON.stringify(value, null, 2))], {
        protocol,
        contentType: 'application/json',
      });
    for (const protocol of ['gemini', 'auto']) {
      const chat = await through(events, protocol);
      expect(summary(chat.thread.get())).to.deep.equal(summary(run(...events)));
      const one = await through(events.slice(1), protocol);
      expect([one.status.get(), textOf(one.messages.get()[1]!)]).to.deep.equal(['complete', 'lo']);
      const cut = await through([...events, { error: { code: 503, message: 'Busy' } }], protocol);
      expect(cut.thread.get().run?.error).to.include({ code: 'backend', backendMessage: 'Busy' });
      const other = await through([{ some: 'list' }], protocol);
      expect(other.thread.get().run?.error?.code).to.equal('protocol');
    }
  });

  it('gives the same at every split', () => {
    const bytes = bytesOf(
      stream(response([{ text: 'Hä' }]), response([{ text: 'l😀' }], stop)).replaceAll('\n', '\r\n'),
    );
    const whole = summary(replay(gemini, [bytes]));
    for (const chunks of splits(bytes)) expect(summary(replay(gemini, chunks))).to.deep.equal(whole);
  });
});

await describeRecorded({
  protocol: 'gemini',
  dialects: ['gemini', 'adk'],
  ends: ({ finishReason }, { dialect }) => dialect === 'adk' || finishReason !== null,
  usage: (usage: Record<string, number>) => [
    (usage.promptTokenCount ?? 0) + (usage.toolUsePromptTokenCount ?? 0),
    (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0),
  ],
  finishReason: (reason, { toolCalls = [] }) => {
    if (/^(SAFETY|RECITATION)$/.test(reason)) return 'content-filter';
    const called = toolCalls.some(({ name }) => name !== 'executableCode');
    return called && reason === 'STOP' ? 'tool-calls' : undefined;
  },
  differences: {
    'gemini/fb-invalid-json.sse#protocol': 'nothing in {"this":…} tells the protocol',
    'gemini/fb-invalid-json.sse#code':
      'a stream of which nothing is understood fails as the wrong protocol, not as interrupted',
  },
});
