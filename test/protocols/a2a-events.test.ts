import type { RunEvent } from '../../src/model/run-event.js';
import type { Message } from '../../src/model/thread.js';
import { a2a, a2aRest, a2aV1 } from '../../src/protocols/a2a.js';
import { expect } from '../support/index.js';
import { decoded, decodedWhole, ended } from './decoded.js';
import { asked, file, text } from './lines.js';

const end = (finishReason?: string) => ({ type: 'run-end', finishReason }) as RunEvent;

describe('the events of A2A', () => {
  const status = (state: string, text?: string, rest: object = {}) => ({
    statusUpdate: { status: { state, ...(text && { message: { parts: [{ text }] } }) }, ...rest },
  });
  const artifact = (parts: unknown[], rest: object = {}, about: object = { artifactId: 'a', name: 'N' }) => ({
    artifactUpdate: { artifact: { ...about, parts }, ...rest },
  });
  const start = (id?: string, metadata?: object) => ({ type: 'message-start', id, metadata });
  const delta = (id: string, delta: string) => ({ type: 'part-delta', id, delta });

  it('name the thread and the task once', () => {
    const about = { taskId: 't', contextId: 'c' };
    expect(decoded(a2a, { statusUpdate: about }, { statusUpdate: about })).to.deep.equal([
      { type: 'thread-update', id: 'c' },
      start('t', { taskId: 't' }),
    ]);
    expect(decoded(a2a, { task: { id: 't' } })).to.deep.equal([start('t', { taskId: 't' })]);
    expect(
      decoded(a2a, { result: { kind: 'message', messageId: 'm', role: 'agent', parts: [{ text: 'x' }] } }),
    ).to.deep.equal([start('m'), delta('message-m', 'x')]);
    expect(decoded(a2a, { message: { taskId: 't', messageId: 'm' } })).to.deep.equal([
      start('t', { taskId: 't' }),
    ]);
    for (const role of ['user', 'ROLE_USER'])
      expect(decodedWhole(a2a, { message: { role, parts: [{ text: 'x' }] } }), role).to.deep.equal([]);
    expect(decoded(a2a, { message: { role: 'user-agent', parts: [{ text: 'x' }] } })).to.have.length(2);
  });

  it('show what an artifact holds, however it comes', () => {
    const shown = (...events: object[]) => decoded(a2a, ...events).slice(1);
    const key = 'artifact-a';
    expect(shown(artifact([{ text: 'a' }]), artifact([{ text: 'b' }], { append: true }))).to.deep.equal([
      delta(key, 'a'),
      delta(key, 'b'),
    ]);
    expect(
      shown(artifact([{ text: 'a' }]), artifact([{ text: 'a' }]), artifact([{ text: 'c' }])),
    ).to.deep.equal([delta(key, 'a'), { type: 'part-replace', id: key, text: 'c' }]);
    const last = { lastChunk: true };
    expect(shown(artifact([{ text: 'a' }], last))).to.deep.equal([delta(key, 'a'), ended(key)]);
    expect(shown(artifact([{}], last)), 'nothing to end').to.deep.equal([]);
    expect(shown(artifact([{ text: 'a' }], {}, {}))).to.deep.equal([delta('artifact-', 'a')]);
    const url = 'https://a.example/f';
    const files = shown(
      artifact([null, { url }, { text: 'x' }]),
      artifact([{ url }], { append: true }),
      artifact([{ url }]),
    );
    expect(files.flatMap((event) => (event.type === 'part-start' ? [event.part.id] : []))).to.deep.equal([
      `${key}-1`,
      `${key}-3`,
      `${key}-0`,
    ]);
  });

  it('say how the task stands', () => {
    const shown = (...events: object[]) => decoded(a2a, ...events).slice(1);
    expect(shown(status('TASK_STATE_WORKING', 'Looking'))).to.deep.equal([
      { type: 'run-progress', text: 'Looking' },
    ]);
    expect(shown(status('working'))).to.deep.equal([]);
    expect(shown(status('working', 'Looking', { final: true }))).to.deep.equal([
      { type: 'run-progress', text: 'Looking' },
      end(),
    ]);
    expect(shown(status('TASK_STATE_COMPLETED'))).to.deep.equal([end('completed')]);
    expect(shown(status('completed', 'Bye'))).to.deep.equal([delta('message-0', 'Bye'), end('completed')]);
    expect(shown(artifact([{ text: 'Bye' }]), status('completed', 'Bye'))).to.deep.equal([
      delta('artifact-a', 'Bye'),
      end('completed'),
    ]);
    expect(shown(artifact([{ text: 'Hi' }]), status('completed', 'Bye'))).to.have.length(3);
    // The proto of 0.3 and its servers over REST have two l.
    for (const state of ['canceled', 'TASK_STATE_CANCELLED'])
      expect(shown(status(state)), state).to.deep.equal([
        { type: 'run-end', finishReason: 'canceled', stopped: true },
      ]);
    for (const state of ['failed', 'rejected'])
      expect(shown(status(state, 'No'))[0], state).to.include({ backendMessage: 'No', detail: state });
    const paused = { type: 'run-paused', reason: 'Who?' };
    const waiting = { type: 'message-end', metadata: { taskState: 'input-required' } };
    expect(shown(status('input-required', 'Who?'))).to.deep.equal([
      delta('message-0', 'Who?'),
      paused,
      waiting,
      end('paused'),
    ]);
    expect(shown(status('TASK_STATE_AUTH_REQUIRED'))).to.deep.equal([
      { type: 'run-paused', reason: 'auth-required' },
    ]);
    expect(shown(status('auth-required', undefined, { final: true }))).to.have.length(3);
    expect(decodedWhole(a2a, status('auth-required')).at(-1)).to.deep.equal(end('paused'));
  });

  it('are asked for in three ways', () => {
    const parts = [
      text('Why?'),
      file('image/png', 'data:image/png;base64,AA', 'I'),
      file('a/b', 'https://a.example'),
    ];
    const request = asked([['user', parts]], 'c');
    const about = { messageId: 'm0', contextId: 'c' };
    const v1 = {
      ...about,
      role: 'ROLE_USER',
      parts: [
        { text: 'Why?' },
        { raw: 'AA', mediaType: 'image/png', filename: 'I' },
        { url: 'https://a.example', mediaType: 'a/b', filename: undefined },
      ],
    };
    const headers = { 'A2A-Version': '1.0' };
    expect(a2aRest.encode(request)).to.deep.equal({ body: { message: v1 }, headers });
    expect(a2aV1.encode(request)).to.deep.equal({
      body: { jsonrpc: '2.0', id: 'm0', method: 'SendStreamingMessage', params: { message: v1 } },
      headers,
    });
    const v03 = {
      ...about,
      role: 'user',
      parts: [
        { kind: 'text', text: 'Why?' },
        { kind: 'file', file: { mimeType: 'image/png', name: 'I', bytes: 'AA' } },
        { kind: 'file', file: { mimeType: 'a/b', name: undefined, uri: 'https://a.example' } },
      ],
    };
    expect(a2a.encode(request)).to.deep.equal({
      body: { jsonrpc: '2.0', id: 'm0', method: 'message/stream', params: { message: v03 } },
    });
  });

  it('are asked for with the question alone, in the task that asked for it', () => {
    const after = (metadata: object) => {
      const { messages, ...rest } = asked([
        ['assistant', 'Who?'],
        ['user', [text(''), { type: 'source', id: 's', url: 'https://a.example', done: true }]],
      ]);
      const first: Message = { ...messages[0]!, metadata: { ...metadata } };
      const body = a2aRest.encode({ ...rest, text: 'Me', messages: [first, messages[1]!] }).body;
      return (body as { message: Record<string, unknown> }).message;
    };
    const plain = { messageId: 'm1', role: 'ROLE_USER', parts: [{ text: 'Me' }] };
    expect(after({ taskId: 't', taskState: 'input-required' })).to.deep.equal({ ...plain, taskId: 't' });
    expect(after({ taskId: 't', taskState: 'completed' })).to.deep.equal(plain);
    expect(after({ taskState: 'input-required' })).to.deep.equal(plain);
    expect(after({})).to.deep.equal(plain);
    expect(a2a.encode({ text: 'Me', messages: [], threadId: null }).body).to.have.nested.property(
      'params.message.messageId',
      'Me',
    );
  });
});
