import { textOf, type Message, type Part, type Thread } from '../../src/model/thread.js';
import { a2a, a2aRest, a2aV1 } from '../../src/protocols/a2a.js';
import { protocolOfPath } from '../../src/protocols/registry.js';
import { expect } from '../support/index.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, hints, replay, replayThroughChat, splits, stream, summary } from './replay.js';

const run = (...list: unknown[]): Thread => replay(a2a, [bytesOf(stream(...list))]);
const answer = (thread: Thread): Message => thread.messages.at(-1)!;
const partsOf = (thread: Thread, type: Part['type']) =>
  answer(thread).parts.filter((part) => part.type === type);

const ids = { taskId: 't1', contextId: 'c1' };
const say = (text: string) => ({ messageId: `m-${text}`, role: 'agent', parts: [{ kind: 'text', text }] });

/** The events of a task in both spellings: 0.3 over JSON-RPC, 1 over REST. */
const spellings = {
  'version 0.3': {
    task: () => ({
      jsonrpc: '2.0',
      id: 1,
      result: { kind: 'task', id: 't1', contextId: 'c1', status: { state: 'submitted' } },
    }),
    status: (state: string, text?: string, final = false) => ({
      jsonrpc: '2.0',
      id: 1,
      result: {
        kind: 'status-update',
        ...ids,
        final,
        status: { state, ...(text && { message: say(text) }) },
      },
    }),
    artifact: (parts: object[], rest: object = {}) => ({
      jsonrpc: '2.0',
      id: 1,
      result: {
        kind: 'artifact-update',
        ...ids,
        artifact: { artifactId: 'a1', name: 'answer', parts },
        ...rest,
      },
    }),
    file: { kind: 'file', file: { uri: 'https://a.test/i.png', mimeType: 'image/png', name: 'i.png' } },
  },
  'version 1': {
    task: () => ({ task: { id: 't1', contextId: 'c1', status: { state: 'TASK_STATE_SUBMITTED' } } }),
    status: (state: string, text?: string) => ({
      statusUpdate: {
        ...ids,
        status: {
          state: `TASK_STATE_${state.toUpperCase().replaceAll('-', '_')}`,
          ...(text && { message: say(text) }),
        },
      },
    }),
    artifact: (parts: object[], rest: object = {}) => ({
      artifactUpdate: { ...ids, artifact: { artifactId: 'a1', name: 'answer', parts }, ...rest },
    }),
    file: { url: 'https://a.test/i.png', mediaType: 'image/png', filename: 'i.png' },
  },
};

for (const [name, { task, status, artifact, file }] of Object.entries(spellings)) {
  describe(`the a2a protocol, ${name}`, () => {
    it('reads a task: progress, an artifact in pieces, files, data and ids', () => {
      const thread = run(
        task(),
        status('working', 'Looking'),
        artifact([{ text: 'Hel' }]),
        artifact([{ text: 'lo' }, file], { append: true, lastChunk: true }),
        artifact([{ data: { n: 1 } }], { append: true }),
        status('completed', undefined, true),
      );
      expect(thread.id).to.equal('c1');
      expect(answer(thread)).to.deep.include({ backendId: 't1', metadata: { taskId: 't1' } });
      expect(textOf(answer(thread))).to.equal('Hello');
      expect(thread.run?.progress).to.deep.equal([{ text: 'Looking' }]);
      expect(partsOf(thread, 'file')[0]).to.include({
        url: 'https://a.test/i.png',
        mediaType: 'image/png',
        name: 'i.png',
      });
      expect(partsOf(thread, 'data')[0]).to.deep.include({ name: 'answer', data: { n: 1 } });
      expect(thread.run).to.include({ status: 'complete', finishReason: 'completed' });
    });

    it('puts an artifact that is not appended in the place of the former', () => {
      const thread = run(
        task(),
        artifact([{ text: 'Draft' }, { data: 1 }]),
        artifact([{ text: 'Final' }, { data: 2 }]),
        status('completed'),
      );
      expect(textOf(answer(thread))).to.equal('Final');
      expect(partsOf(thread, 'data').map((part) => part.type === 'data' && part.data)).to.deep.equal([2]);
    });

    it('shows the last words of a task, unless they repeat its artifact', () => {
      expect(textOf(answer(run(task(), status('completed', 'Done.', true))))).to.equal('Done.');
      const twice = run(task(), artifact([{ text: 'Done.' }]), status('completed', 'Done.', true));
      expect(textOf(answer(twice))).to.equal('Done.');
    });

    it('pauses where input is required', () => {
      const thread = run(task(), status('input-required', 'Which city?', true));
      expect(textOf(answer(thread))).to.equal('Which city?');
      expect(answer(thread).metadata).to.deep.equal({ taskId: 't1', taskState: 'input-required' });
      expect(thread.run).to.include({ status: 'complete', finishReason: 'paused' });
      const signedIn = run(
        task(),
        status('auth-required', 'Sign in'),
        artifact([{ text: 'Hi' }]),
        status('completed'),
      );
      expect(textOf(answer(signedIn))).to.equal('Sign inHi');
    });

    it('fails with the words of the agent, and is stopped where the task was canceled', () => {
      for (const state of ['failed', 'rejected']) {
        const thread = run(task(), artifact([{ text: 'par' }]), status(state, 'Overloaded', true));
        expect(textOf(answer(thread))).to.equal('par');
        expect(thread.run?.error).to.include({
          code: 'backend',
          detail: state,
          backendMessage: 'Overloaded',
        });
      }
      expect(run(task(), status('canceled', undefined, true)).run?.status).to.equal('stopped');
    });

    it('is interrupted where the task had not come to an end', () => {
      const thread = run(task(), artifact([{ text: 'par' }], { lastChunk: true }));
      expect(thread.run?.error?.code).to.equal('interrupted');
    });
  });
}

describe('the a2a protocol', () => {
  it('reads a task that comes whole, and a message without a task', () => {
    const status = { state: 'completed' };
    const artifacts = [{ artifactId: 'a', parts: [{ text: 'Hi' }] }];
    const whole = run({ task: { id: 't1', contextId: 'c1', status, artifacts } });
    expect(textOf(answer(whole))).to.equal('Hi');
    expect(whole.run?.status).to.equal('complete');
    const message = run({
      message: { messageId: 'm1', contextId: 'c1', parts: [{ text: 'Hi' }], role: 'ROLE_AGENT' },
    });
    expect(textOf(answer(message))).to.equal('Hi');
    expect(answer(message).backendId).to.equal('m1');
    expect(message).to.deep.include({ id: 'c1' });
    expect(message.run?.status).to.equal('complete');
  });

  it('reads errors, in the stream and in its place with status 200', async () => {
    const error = { jsonrpc: '2.0', id: 1, error: { code: -32601, message: 'Invalid method.' } };
    expect(run(error).run?.error).to.include({ code: 'backend', backendMessage: 'Invalid method.' });
    for (const protocol of ['a2a', 'auto']) {
      const body = [bytesOf(JSON.stringify(error))];
      const chat = await replayThroughChat(body, {
        protocol,
        contentType: 'application/json; charset=utf-8',
      });
      expect(chat.thread.get().run?.error).to.include({ code: 'backend', backendMessage: 'Invalid method.' });
    }
  });

  it('counts what it does not know', () => {
    const decoder = a2a.decoder(hints);
    for (const data of ['null', 'no json', '[]', '{}', '{"result":1}', '{"kind":"novel"}', '{"task":1}'])
      expect(decoder.decode({ name: '', data, id: '' })).to.equal(null);
    for (const value of [
      { task: {} },
      { task: { artifacts: [1, {}], status: 1 } },
      { artifactUpdate: {} },
      { artifactUpdate: { artifact: { parts: [1, null, {}, { file: 1 }] } } },
      { statusUpdate: { status: { message: 1 } } },
      { message: { parts: 1 } },
    ])
      expect(decoder.decode({ name: '', data: JSON.stringify(value), id: '' })).to.be.an('array');
  });

  it('asks in the words of each version', () => {
    const base = { status: 'complete', createdAt: 0 } as const;
    const image = { type: 'file', id: 'f', mediaType: 'image/png', name: 'i.png', done: true } as const;
    const messages: Message[] = [
      { ...base, id: 'q1', role: 'user', parts: [], metadata: {} },
      {
        ...base,
        id: 'a1',
        role: 'assistant',
        parts: [],
        metadata: { taskId: 't1', taskState: 'input-required' },
      },
      {
        ...base,
        id: 'q2',
        role: 'user',
        metadata: {},
        parts: [
          { type: 'text', id: 't', text: 'Oslo', done: true },
          { ...image, url: 'https://a.test/i.png' },
          { ...image, url: 'data:image/png;base64,AA==' },
        ],
      },
    ];
    const request = { text: 'Oslo', messages, threadId: 'c1' };
    const file = { mimeType: 'image/png', name: 'i.png' };
    expect(a2a.encode(request)).to.deep.equal({
      body: {
        jsonrpc: '2.0',
        id: 'q2',
        method: 'message/stream',
        params: {
          message: {
            messageId: 'q2',
            role: 'user',
            ...ids,
            parts: [
              { kind: 'text', text: 'Oslo' },
              { kind: 'file', file: { ...file, uri: 'https://a.test/i.png' } },
              { kind: 'file', file: { ...file, bytes: 'AA==' } },
            ],
          },
        },
      },
    });
    const attached = { mediaType: 'image/png', filename: 'i.png' };
    const message = {
      messageId: 'q2',
      role: 'ROLE_USER',
      ...ids,
      parts: [{ text: 'Oslo' }, { ...attached, url: 'https://a.test/i.png' }, { ...attached, raw: 'AA==' }],
    };
    const headers = { 'A2A-Version': '1.0' };
    expect(a2aRest.encode(request)).to.deep.equal({ body: { message }, headers });
    expect(a2aV1.encode(request)).to.deep.equal({
      body: { jsonrpc: '2.0', id: 'q2', method: 'SendStreamingMessage', params: { message } },
      headers,
    });
    const first = a2aRest.encode({ text: 'Hi', messages: [], threadId: null }).body;
    expect(first).to.deep.equal({ message: { messageId: 'Hi', role: 'ROLE_USER', parts: [{ text: 'Hi' }] } });
    expect(protocolOfPath('https://a.test/v1/message:stream')).to.equal('a2a-rest');
  });

  it('gives the same at every split', () => {
    const { task, artifact, status } = spellings['version 0.3'];
    const bytes = bytesOf(stream(task(), artifact([{ text: 'Hä' }]), status('completed', 'Ö', true)));
    const whole = summary(replay(a2a, [bytes]));
    for (const chunks of splits(bytes)) expect(summary(replay(a2a, chunks))).to.deep.equal(whole);
  });
});

await describeRecorded({
  protocol: 'a2a',
  dialects: ['a2a'],
  // A message without a task has no end but the close.
  ends: ({ error }) => !error,
  finishReason: (recorded) => {
    const state = recorded.replace('TASK_STATE_', '').toLowerCase().replaceAll('_', '-');
    return state === 'input-required' ? 'paused' : state;
  },
});
