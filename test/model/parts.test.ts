import { reduce } from '../../src/model/reduce.js';
import type { PartPatch, RunEvent } from '../../src/model/run-event.js';
import type { PartInit } from '../../src/model/thread.js';
import { expect } from '../support/index.js';
import { after, delta, ended, opened, part, parts, replaced } from './threads.js';

const update = (patch: PartPatch, id = 'a'): RunEvent => ({ type: 'part-update', id, patch });
const call = (rest: object = {}): RunEvent => opened({ type: 'tool-call', id: 'a', name: 'look', ...rest });

describe('a part', () => {
  it('of text starts empty and open, or with the text it came with', () => {
    for (const type of ['text', 'reasoning'] as const) {
      expect(part(after(opened({ type, id: 'a' })))).to.deep.equal({ type, id: 'a', text: '', done: false });
      expect(part(after(opened({ type, id: 'a', text: 'x' })))).to.deep.include({ text: 'x', done: false });
    }
  });

  it('of text grows, is replaced and ends', () => {
    for (const type of ['text', 'reasoning'] as const) {
      const open = opened({ type, id: 'a' });
      expect(part(after(open, delta('x'), delta('y')))).to.deep.equal({
        type,
        id: 'a',
        text: 'xy',
        done: false,
      });
      expect(part(after(open, delta('x'), replaced('z')))).to.deep.include({ text: 'z', done: false });
      expect(part(after(open, delta('x'), ended()))).to.deep.include({ text: 'x', done: true });
    }
  });

  it('of a tool starts waiting for its input, and says what it came with', () => {
    const empty = { type: 'tool-call', id: 'a', name: 'look', inputText: '', state: 'input', done: false };
    expect(part(after(call()))).to.deep.equal(empty);
    const whole = { input: { q: 1 }, inputText: '{"q":1}', output: 'found', state: 'complete' };
    expect(part(after(call(whole)))).to.deep.equal({ ...empty, ...whole });
    expect(part(after(call({ output: undefined })))).to.not.have.property('output');
  });

  it('of any other kind is whole at once, and text adds nothing to it', () => {
    const inits: PartInit[] = [
      { type: 'source', id: 'a', url: 'https://a.example', title: 'A' },
      { type: 'file', id: 'a', mediaType: 'image/png', url: 'https://a.example/i.png' },
      { type: 'data', id: 'a', name: 'weather', data: { degrees: 7 } },
    ];
    for (const init of inits) {
      const thread = after(opened(init));
      expect(part(thread)).to.deep.equal({ ...init, done: true });
      expect(reduce(thread, delta('x'))).to.equal(thread);
      expect(reduce(thread, replaced('x'))).to.equal(thread);
      expect(reduce(thread, ended())).to.equal(thread);
    }
  });

  it('is not opened twice', () => {
    const thread = after(opened({ type: 'text', id: 'a' }), delta('x'), opened({ type: 'text', id: 'b' }));
    expect(reduce(thread, opened({ type: 'text', id: 'a' }))).to.equal(thread);
    expect(parts(thread).map(({ id }) => id)).to.deep.equal(['a', 'b']);
  });

  it('that has ended stays as it is when it ends again', () => {
    const thread = after(opened({ type: 'text', id: 'a' }), delta('x'), ended());
    expect(reduce(thread, ended())).to.equal(thread);
  });

  it('grows among others without touching them', () => {
    const thread = after(
      opened({ type: 'text', id: 'a' }),
      opened({ type: 'text', id: 'b' }),
      delta('x', 'b'),
    );
    expect(parts(thread).map((one) => 'text' in one && one.text)).to.deep.equal(['', 'x']);
  });
});

describe('a part that is shown', () => {
  it('is there: text for one that is not changes nothing', () => {
    const thread = after();
    expect(reduce(thread, delta('x', 'unknown'))).to.equal(thread);
    expect(thread.run?.status).to.equal('loading');
  });

  it('moves the run from loading to streaming, unless it is text still empty', () => {
    const status = (init: PartInit) => after(opened(init)).run?.status;
    expect(status({ type: 'text', id: 'a' })).to.equal('loading');
    expect(status({ type: 'text', id: 'a', text: 'x' })).to.equal('streaming');
    expect(status({ type: 'reasoning', id: 'a' })).to.equal('streaming');
    expect(status({ type: 'source', id: 'a', title: 'A' })).to.equal('streaming');
    expect(status({ type: 'tool-call', id: 'a', name: 'look' })).to.equal('streaming');
  });

  it('says nothing new in a run that has ended', () => {
    const thread = after(opened({ type: 'text', id: 'a' }), delta('x'), { type: 'run-end' });
    expect(reduce(thread, delta('late'))).to.equal(thread);
    expect(reduce(thread, opened({ type: 'text', id: 'b' }))).to.equal(thread);
  });
});

describe('the input of a tool call', () => {
  it('grows or is replaced as text, and is parsed when the call ends', () => {
    expect(part(after(call(), delta('{"q"'), delta(':1}')))).to.deep.include({ inputText: '{"q":1}' });
    expect(part(after(call(), delta('{"q"'), replaced('{"q":2}'), ended()))).to.deep.include({
      inputText: '{"q":2}',
      input: { q: 2 },
      done: true,
    });
    expect(part(after(call(), delta('{"q":1}')))).to.not.have.property('input');
  });

  it('stays unknown where it is no JSON, or nothing came', () => {
    expect(part(after(call(), delta('{"q":'), ended()))).to.deep.include({ input: undefined, done: true });
    expect(part(after(call(), ended()))).to.deep.include({ input: undefined, inputText: '', done: true });
  });

  it('that the backend has parsed itself is kept, whatever its text', () => {
    for (const input of [{ q: 1 }, null, false, '']) {
      expect(part(after(call({ input, inputText: '{"q":2}' }), ended()))).to.deep.include({ input });
    }
  });
});

describe('an update of a part', () => {
  it('sets the fields that its kind has, and no others', () => {
    const all: PartPatch = {
      name: 'other',
      input: 1,
      inputText: '1',
      output: 2,
      error: 'no',
      url: 'https://b.example',
      title: 'B',
      data: 3,
    };
    const updated = (init: PartInit) => part(after(opened(init), update(all)));
    expect(updated({ type: 'text', id: 'a' })).to.deep.equal({
      type: 'text',
      id: 'a',
      text: '',
      done: false,
    });
    expect(updated({ type: 'reasoning', id: 'a' })).to.not.have.any.keys('name', 'data', 'url');
    expect(updated({ type: 'source', id: 'a' })).to.deep.equal({
      type: 'source',
      id: 'a',
      url: 'https://b.example',
      title: 'B',
      done: true,
    });
    expect(updated({ type: 'file', id: 'a', mediaType: 'image/png' })).to.deep.equal({
      type: 'file',
      id: 'a',
      mediaType: 'image/png',
      url: 'https://b.example',
      name: 'other',
      done: true,
    });
    expect(updated({ type: 'data', id: 'a', name: 'weather', data: 0 })).to.deep.equal({
      type: 'data',
      id: 'a',
      name: 'weather',
      data: 3,
      done: true,
    });
    expect(updated({ type: 'tool-call', id: 'a', name: 'look' })).to.deep.equal({
      type: 'tool-call',
      id: 'a',
      name: 'other',
      input: 1,
      inputText: '1',
      output: 2,
      state: 'input',
      error: 'no',
      done: false,
    });
  });

  it('takes no field that is undefined, or that only its prototype has', () => {
    const thread = after(call({ output: 'found' }));
    expect(reduce(thread, update({ output: undefined }))).to.equal(thread);
    expect(reduce(thread, update(Object.create({ output: 'other' }) as PartPatch))).to.equal(thread);
    expect(reduce(thread, update({}))).to.equal(thread);
  });

  it('closes a tool call that is over, and only that', () => {
    for (const state of ['complete', 'error'] as const)
      expect(part(after(call({ inputText: '{"q":1}' }), update({ state })))).to.deep.include({
        state,
        done: true,
        input: { q: 1 },
      });
    expect(part(after(call(), update({ state: 'running' })))).to.deep.include({
      state: 'running',
      done: false,
    });
  });

  it('reaches a part of an earlier answer, the newest of that id, and no other part', () => {
    const data = (id: string): RunEvent => opened({ type: 'data', id, name: 'form', data: id });
    const thread = after(
      { type: 'message-start', id: 'm1' },
      data('a'),
      { type: 'message-start', id: 'm2' },
      data('b'),
      data('a'),
      { type: 'message-start', id: 'm3' },
      data('c'),
    );
    const next = reduce(thread, update({ data: 'used' }));
    const shown = next.messages
      .slice(1)
      .map((message) => message.parts.map((one) => one.type === 'data' && one.data));
    expect(shown).to.deep.equal([['a'], ['b', 'used'], ['c']]);
    expect(next.messages[1]).to.equal(thread.messages[1]);
    expect(next.messages[3]).to.equal(thread.messages[3]);
  });

  it('reaches a part after the run, and leaves the thread as it is where there is none', () => {
    const thread = after(opened({ type: 'data', id: 'a', name: 'form', data: 1 }), { type: 'run-end' });
    expect(part(reduce(thread, update({ data: 2 })))).to.deep.include({ data: 2 });
    expect(reduce(thread, update({ data: 2 }, 'unknown'))).to.equal(thread);
  });

  it('of the newest answer leaves the same id of an earlier one alone', () => {
    const data: RunEvent = opened({ type: 'data', id: 'a', name: 'form', data: 1 });
    const thread = after(
      { type: 'message-start', id: 'm1' },
      data,
      { type: 'message-start', id: 'm2' },
      data,
    );
    const next = reduce(thread, update({ data: 2 }));
    expect(next.messages[1]).to.equal(thread.messages[1]);
    expect(part(next)).to.deep.include({ data: 2 });
  });
});
