import type { RunEvent } from '../../src/model/run-event.js';
import { hfChatUI } from '../../src/protocols/hf-chat-ui.js';
import { expect } from '../support/index.js';
import { decoded, patched } from './decoded.js';
import { asked, file, text } from './lines.js';

const end = (finishReason?: string) => ({ type: 'run-end', finishReason }) as RunEvent;
const types = (events: readonly RunEvent[]) => events.map(({ type }) => type);

describe('the lines of chat-ui', () => {
  const told = (type: string, rest: object = {}) => ({ type, ...rest });
  const finished = told('status', { status: 'finished' });

  it('tell once which model answers, before or after it began', () => {
    const router = told('routerMetadata', { model: 'm', route: 'r', provider: 'p', other: 'x' });
    const metadata = { model: 'm', route: 'r', provider: 'p' };
    expect(decoded(hfChatUI, router)).to.deep.equal([{ type: 'message-start', metadata }]);
    for (const early of [told('status', { status: 'started' }), told('title', { title: 'T' })])
      expect(types(decoded(hfChatUI, early, router)), early.type).to.include('message-start');
    expect(types(decoded(hfChatUI, told('stream', { token: 'x' }), router))).to.not.include('message-start');
    expect(decoded(hfChatUI, router, finished).slice(1)).to.deep.equal([
      { type: 'message-end', metadata },
      end('stop'),
    ]);
    expect(decoded(hfChatUI, finished)).to.deep.equal([end('stop')]);
  });

  it('end with the whole text, or with what came after tools', () => {
    const say = (token: string) => told('stream', { token });
    const final = (text: string, rest: object = {}) => told('finalAnswer', { text, ...rest });
    const tool = told('tool', { subtype: 'call', uuid: 'a', call: { name: 'look' } });
    const texts = (...events: object[]) =>
      decoded(hfChatUI, ...events).flatMap((event) =>
        event.type === 'part-delta' ? [event.delta] : event.type === 'part-replace' ? [`=${event.text}`] : [],
      );
    expect(texts(say('a\0\0'), final('a'))).to.deep.equal(['a']);
    expect(texts(say('a'), final('b'))).to.deep.equal(['a', '=b']);
    expect(texts(say('a'), tool, final('a'))).to.deep.equal(['a']);
    expect(texts(say('a'), tool, final('b'))).to.deep.equal(['a', '\n\nb']);
    expect(texts(say('a\n\n'), tool, final('b'))).to.deep.equal(['a\n\n', 'b']);
    expect(texts(say('a'), tool, final('\nb'))).to.deep.equal(['a', '\nb']);
    expect(texts(say('\n\na'), tool, final('b\n'))).to.deep.equal(['\n\na', '\n\nb\n']);
    expect(texts(say('a'), told('finalAnswer'))).to.deep.equal(['a']);
    expect(decoded(hfChatUI, say('a'), final('a', { interrupted: true }), finished).at(-1)).to.deep.equal({
      type: 'run-end',
      stopped: true,
    });
  });

  it('say what tools do', () => {
    const tool = (subtype: string, rest: object = {}) =>
      decoded(hfChatUI, told('tool', { subtype, uuid: 'a', ...rest }));
    const call = { name: 'look', parameters: { q: 1 } };
    expect(tool('call', { call })[0]).to.deep.nested.include({ 'part.name': 'look', 'part.input': { q: 1 } });
    expect(tool('result', { result: { call, outputs: [1] } })[0]).to.deep.nested.include({
      'part.name': 'look',
      'part.output': [1],
      'part.state': 'complete',
    });
    const failed = (result: object) => tool('result', { result: { status: 'error', ...result } })[0];
    expect(failed({ message: 'No' })).to.have.nested.property('part.error', 'No');
    expect(failed({})).to.have.nested.property('part.error', 'The tool failed');
    expect(tool('error', { message: 'No' })[0]).to.have.nested.property('part.error', 'No');
    expect(tool('error')[0]).to.have.nested.property('part.error', 'The tool failed');
    const progress = (rest: object) => tool('progress', rest);
    expect(progress({ progress: 1, total: 4 })).to.deep.equal([
      { type: 'run-progress', text: undefined, percent: 25 },
    ]);
    expect(progress({ message: 'Half' })).to.deep.equal([
      { type: 'run-progress', text: 'Half', percent: undefined },
    ]);
    for (const rest of [
      {},
      { progress: 1 },
      { total: 4 },
      { progress: 1, total: 0 },
      { progress: '1', total: 4 },
    ])
      expect(progress(rest), JSON.stringify(rest)).to.deep.equal([]);
    expect(tool('other')).to.deep.equal([]);
  });

  it('bring files and questions', () => {
    const part = (part: object) => ({ type: 'part-start', part });
    const one = told('file', { name: 'F', sha: 's', mime: 'image/png' });
    expect(decoded(hfChatUI, one, told('file'), told('file'))).to.deep.equal([
      part({ type: 'file', id: 's', mediaType: 'image/png', name: 'F' }),
      part({ type: 'file', id: 'file-1', mediaType: 'application/octet-stream', name: undefined }),
      part({ type: 'file', id: 'file-2', mediaType: 'application/octet-stream', name: undefined }),
    ]);
    const request = { elicitationId: 'e', message: 'Who?' };
    const ask = told('elicitation', { subtype: 'request', request });
    expect(decoded(hfChatUI, ask, finished)).to.deep.equal([
      part({ type: 'data', id: 'e', name: 'elicitation', data: request }),
      { type: 'run-paused', reason: 'elicitation' },
      end('paused'),
    ]);
    const answer = told('elicitation', { subtype: 'response', elicitationId: 'e' });
    expect(decoded(hfChatUI, ask, answer, finished).slice(2)).to.deep.equal([
      patched('e', { data: answer }),
      end('stop'),
    ]);
    expect(decoded(hfChatUI, told('elicitation', { subtype: 'request' }))[0]).to.have.nested.property(
      'part.id',
      'elicitation',
    );
  });

  it('are asked for with the files of the question', () => {
    const image = file('image/png', 'data:image/png;base64,AA', 'I');
    const request = asked([
      ['user', [image]],
      ['user', [text('Why?'), file('a/b', 'https://a.example'), file('a/b', 'data:a/b;base64,BB')]],
    ]);
    const files = [{ type: 'base64', name: 'file', value: 'BB', mime: 'a/b' }];
    expect(hfChatUI.encode(request).body).to.deep.equal({ inputs: 'Why?', is_retry: false, files });
    expect(hfChatUI.encode(asked([['user', 'Why?']])).body).to.deep.equal({
      inputs: 'Why?',
      is_retry: false,
    });
    expect(hfChatUI.encode({ text: 'x', messages: [], threadId: null }).body).to.deep.equal({
      inputs: 'x',
      is_retry: false,
    });
  });
});
