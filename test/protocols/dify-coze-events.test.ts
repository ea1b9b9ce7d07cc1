import type { RunEvent } from '../../src/model/run-event.js';
import { coze } from '../../src/protocols/coze.js';
import { dify } from '../../src/protocols/dify.js';
import { expect } from '../support/index.js';
import { decoded, decodedWhole } from './decoded.js';
import { hints } from './replay.js';

const types = (events: readonly RunEvent[]) => events.map(({ type }) => type);
const text = (events: readonly RunEvent[]) =>
  events.map((event) =>
    event.type === 'part-delta' ? event.delta : event.type === 'part-replace' ? `=${event.text}` : '',
  );
const files = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'part-start' && event.part.type === 'file' ? [event.part] : []));

describe('the events of Dify', () => {
  const told = (event: string, rest: object = {}) => ({ event, ...rest });

  it('bring text in the words of apps and of workflows', () => {
    const answer = (event: string, answer: string) => told(event, { answer });
    const data = (event: string, data: object) => told(event, { data });
    expect(
      text(
        decoded(
          dify,
          answer('message', 'a'),
          answer('agent_message', 'b'),
          data('text_chunk', { text: 'c' }),
        ),
      ),
    ).to.deep.equal(['a', 'b', 'c']);
    expect(text(decoded(dify, answer('message', 'a'), answer('message_replace', 'b')))).to.deep.equal([
      'a',
      '=b',
    ]);
    expect(text(decoded(dify, answer('message', 'a'), data('text_replace', { text: 'c' })))).to.deep.equal([
      'a',
      '=c',
    ]);
    expect(decoded(dify, data('reasoning_chunk', { reasoning: 'hm' }))[0]).to.deep.include({
      delta: 'hm',
      kind: 'reasoning',
    });
  });

  it('name the thread and the answer once, with the task that a stop needs', () => {
    const names = { conversation_id: 'c', message_id: 'm', task_id: 't' };
    expect(decoded(dify, told('ping', names), told('ping', { ...names, message_id: 'm2' }))).to.deep.equal([
      { type: 'thread-update', id: 'c' },
      { type: 'message-start', id: 'm', metadata: { taskId: 't' } },
    ]);
    expect(decoded(dify, told('ping', { message_id: 'm' }))).to.deep.equal([
      { type: 'message-start', id: 'm', metadata: undefined },
    ]);
  });

  it('say what a workflow is doing', () => {
    for (const event of ['node_started', 'iteration_started', 'loop_started'])
      expect(decoded(dify, told(event, { data: { title: 'Look' } }))).to.deep.equal([
        { type: 'run-progress', text: 'Look' },
      ]);
    const log = (status: string) => decoded(dify, told('agent_log', { data: { status, label: 'Think' } }));
    expect(log('start')).to.deep.equal([{ type: 'run-progress', text: 'Think' }]);
    expect(log('success')).to.deep.equal([]);
  });

  it('show a file once, whatever it is, and none of the person’s own', () => {
    const file = (rest: object) => told('message_file', rest);
    const url = 'https://a.example/f';
    expect(files(decoded(dify, file({ id: 'f', type: 'image', url }), file({ id: 'f', url })))).to.deep.equal(
      [{ type: 'file', id: 'file-f', mediaType: 'image/*', url, name: undefined }],
    );
    expect(files(decoded(dify, file({ url, type: 'document', filename: 'F' })))).to.deep.equal([
      { type: 'file', id: 'file-1', mediaType: 'application/octet-stream', url, name: 'F' },
    ]);
    expect(files(decoded(dify, file({ url, type: 'image', mime_type: 'image/png' })))[0]?.mediaType).to.equal(
      'image/png',
    );
    for (const type of ['images', 'an-image', undefined])
      expect(files(decoded(dify, file({ url, type })))[0]?.mediaType).to.equal('application/octet-stream');
    expect(files(decoded(dify, file({ url, belongs_to: 'user' })))).to.deep.equal([]);
    expect(files(decoded(dify, file({ belongs_to: 'assistant' })))).to.deep.equal([]);
    const end = told('message_end', { files: [null, { remote_url: url, type: 'audio' }] });
    expect(files(decoded(dify, end))[0]).to.include({ url, mediaType: 'audio/*' });
  });

  it('show the tools of an agent, and what they gave back', () => {
    const thought = (rest: object) =>
      decoded(dify, told('agent_thought', { id: 'a', tool: 'look;find', ...rest }));
    const call = thought({ tool_input: '{"q":1}' });
    expect(call[0]).to.deep.include({ type: 'part-start' });
    expect(call[0]).to.have.nested.property('part.name', 'look, find');
    expect(call[0]).to.deep.nested.include({ 'part.input': { q: 1 }, 'part.state': 'running' });
    const outputs = (observation: unknown) =>
      thought({ observation }).flatMap((event) => (event.type === 'part-update' ? [event.patch.output] : []));
    expect(outputs('{"a":1}')).to.deep.include({ a: 1 });
    expect(outputs('sunny')).to.include('sunny');
    expect(outputs({ a: 2 })).to.deep.include({ a: 2 });
    expect(thought({ id: undefined })).to.deep.equal([]);
    expect(thought({ tool: '' })).to.deep.equal([]);
    const twice = told('agent_thought', { id: 'a', tool: 'look', observation: 'x' });
    expect(decoded(dify, twice, twice)).to.deep.equal(decoded(dify, twice));
  });

  it('ask a person with a form', () => {
    const data = { form_id: 'f', form_content: 'Who?' };
    expect(decoded(dify, told('human_input_required', { data }))).to.deep.equal([
      { type: 'part-start', part: { type: 'data', id: 'form-f', name: 'human-input', data } },
      { type: 'run-paused', reason: 'Who?' },
    ]);
    const end = { type: 'run-end', finishReason: 'paused', usage: undefined };
    expect(decoded(dify, told('workflow_paused'))).to.deep.equal([{ type: 'run-paused' }, end]);
  });

  it('end with the message, or with the workflow that goes on after it', () => {
    const end = (finishReason?: string) => ({ type: 'run-end', finishReason, usage: undefined });
    const named = told('message', { message_id: 'm', answer: 'x' });
    const started = told('workflow_started');
    const over = (status: string) => told('workflow_finished', { data: { status, error: 'No' } });
    expect(decoded(dify, told('message_end'))).to.deep.equal([end()]);
    expect(decoded(dify, started, told('message_end'))).to.deep.equal([]);
    expect(decoded(dify, started, told('message_end'), over('partial_succeeded'))).to.deep.equal([
      end('partial-succeeded'),
    ]);
    expect(types(decoded(dify, named, started, over('succeeded')))).to.not.include('run-end');
    expect(types(decodedWhole(dify, named, started, over('succeeded')))).to.include('run-end');
    expect(types(decoded(dify, named, started, over('succeeded'), told('message_end')))).to.include(
      'run-end',
    );
    expect(decoded(dify, started, over('succeeded'))).to.deep.equal([end('succeeded')]);
    expect(types(decoded(dify, started, over('failed')))).to.deep.equal(['run-error']);
    expect(decodedWhole(dify, named).at(-1)?.type).to.equal('part-delta');
  });

  it('are known or not', () => {
    const decode = (name: string, data: string) => dify.decoder(hints).decode({ name, data, id: '' });
    expect(decode('ping', '')).to.deep.equal([]);
    expect(decode('other', '')).to.equal(null);
    expect(decode('', '{"event":"node_retry"}')).to.deep.equal([]);
    expect(decode('', '{"event":"a_node_retry"}')).to.equal(null);
    expect(decode('', '{"event":"other"}')).to.equal(null);
    expect(decode('ping', '{}')).to.deep.equal([]);
  });
});

describe('the events of Coze', () => {
  const told = (step: string, rest: object = {}) =>
    [`conversation.message.${step}`, { id: 'm', ...rest }] as const;
  const delta = (content: unknown, rest: object = {}) => told('delta', { type: 'answer', content, ...rest });
  const done = (type: string, content?: unknown, rest: object = {}) =>
    told('completed', { type, content, ...rest });

  it('bring text and thoughts, and end them', () => {
    const thought = { reasoning_content: 'hm', content_type: 'text' };
    const events = decoded(coze, delta('', thought), delta('a'), delta('b', { content_type: 'text' }));
    expect(text(events)).to.deep.equal(['hm', 'a', 'b']);
    expect(text(decoded(coze, delta('x', { content_type: 'card' })))).to.deep.equal([]);
    expect(decoded(coze, told('delta', { type: 'verbose', content: 'x' }))).to.deep.equal([]);
    expect(decoded(coze, delta('a'), delta('b'), done('answer', 'ab')).slice(2)).to.deep.equal([
      { type: 'part-end', id: 'm' },
    ]);
    expect(decoded(coze, delta('a'), done('answer', '')).slice(1)).to.deep.equal([
      { type: 'part-end', id: 'm' },
    ]);
    expect(decoded(coze, done('answer', '')), 'nothing shown').to.deep.equal([]);
    expect(text(decoded(coze, delta('a'), done('answer', 'c')))).to.deep.equal(['a', '=c', '']);
    expect(decoded(coze, done('answer', 'c', { reasoning_content: 'hm' }))).to.deep.equal([
      { type: 'part-replace', id: 'm:reasoning', text: 'hm', kind: 'reasoning' },
      { type: 'part-end', id: 'm:reasoning' },
      { type: 'part-replace', id: 'm', text: 'c', kind: 'text' },
      { type: 'part-end', id: 'm' },
    ]);
  });

  it('bring what is no text', () => {
    const url = 'https://a.example/f';
    const objects = [{ type: 'text', text: 'a' }, { type: 'image', file_url: url }, null, { type: 'image' }]
      .concat([{ type: 'audio', file_url: url }])
      .concat([{ type: 'file', file_url: url, name: 'F' } as never, { text: 'b' } as never]);
    const events = decoded(coze, done('answer', JSON.stringify(objects), { content_type: 'object_string' }));
    expect(text(events.slice(0, 1))).to.deep.equal(['=ab']);
    expect(files(events)).to.deep.equal([
      { type: 'file', id: 'file-0', mediaType: 'image/*', url, name: undefined },
      { type: 'file', id: 'file-1', mediaType: 'audio/*', url, name: undefined },
      { type: 'file', id: 'file-2', mediaType: 'application/octet-stream', url, name: 'F' },
    ]);
    expect(decoded(coze, done('answer', '{}', { content_type: 'object_string' }))).to.deep.equal([]);
    const card = (content: string) => decoded(coze, done('answer', content, { content_type: 'card' }));
    const data = (value: unknown) => [
      { type: 'part-start', part: { type: 'data', id: 'm', name: 'card', data: value } },
    ];
    expect(card('{"a":1}')).to.deep.equal(data({ a: 1 }));
    expect(card('{"a":')).to.deep.equal(data('{"a":'));
    expect(decoded(coze, done('answer', 'x', { content_type: 'audio' }))).to.deep.equal([]);
  });

  it('call tools, and say what they gave back', () => {
    const call = done('function_call', '{"name":"look","arguments":{"q":1}}', { id: 'c' });
    const events = decoded(coze, call, done('tool_response', 'sunny'));
    expect(events[0]).to.have.nested.property('part.name', 'look');
    expect(events[0]).to.deep.nested.include({ 'part.input': { q: 1 }, 'part.state': 'running' });
    expect(events.at(-1)).to.have.nested.property('patch.output', 'sunny');
    expect(decoded(coze, call, done('tool_output', 'sunny'))).to.deep.equal(events);
    expect(decoded(coze, done('function_call', 'no JSON'))[0]).to.have.nested.property('part.name', 'tool');
  });

  it('bring sources of what was found, and nothing of other notes', () => {
    const chunks = [
      { meta: { link: { url: 'https://a.example' }, document: { name: 'D' } } },
      null,
      { meta: { link: { title: 'T', url: 'https://b.example' }, document: { name: 'E' } } },
    ];
    const note = (data: unknown, msg_type = 'knowledge_recall') =>
      decoded(coze, done('verbose', JSON.stringify({ msg_type, data })));
    const sources = (events: readonly RunEvent[]) =>
      events.flatMap((event) =>
        event.type === 'part-start' && event.part.type === 'source'
          ? [[event.part.url, event.part.title]]
          : [],
      );
    const found = [
      ['https://a.example', 'D'],
      ['https://b.example', 'T'],
    ];
    expect(sources(note({ chunks }))).to.deep.equal(found);
    expect(sources(note(JSON.stringify({ chunks })))).to.deep.equal(found);
    expect(note({ chunks }, 'other')).to.deep.equal([]);
    expect(note(null)).to.deep.equal([]);
    expect(decoded(coze, done('verbose', 'no JSON'))).to.deep.equal([]);
  });

  it('suggest what to ask next', () => {
    const events = decodedWhole(coze, delta('x'), done('follow_up', 'Why?'), done('follow_up', ''), [
      'conversation.chat.completed',
      { id: 'chat', status: 'completed' },
    ]);
    expect(events).to.deep.include({ type: 'message-end', id: 'm', metadata: { suggestions: ['Why?'] } });
  });

  it('name the thread once, and are known or not', () => {
    const created = (conversation_id: string) => ['conversation.chat.created', { conversation_id }] as const;
    expect(decoded(coze, created('c'), created('c'))).to.deep.equal([{ type: 'thread-update', id: 'c' }]);
    const decode = (name: string, data: string) => coze.decoder(hints).decode({ name, data, id: '' });
    expect(decode('conversation.other', '{}')).to.equal(null);
    expect(decode('message.delta', '{"type":"answer","content":"x"}')).to.equal(null);
    expect(decode('conversation.message.other', '{}')).to.equal(null);
  });
});
