import type { RunEvent } from '../../src/model/run-event.js';
import { dataOf, textOfData } from '../../src/protocols/shared/request-files.js';
import { encodeChatKit, encodeGeneral, encodeOpenAIChat } from '../../src/protocols/shared/request-shapes.js';
import { SourceParts, sourceIn, sourcesIn } from '../../src/protocols/shared/source-parts.js';
import { TextParts } from '../../src/protocols/shared/text-parts.js';
import { ToolCalls } from '../../src/protocols/shared/tool-calls.js';
import { ToolParts } from '../../src/protocols/shared/tool-parts.js';
import { readWholeAnswer } from '../../src/protocols/shared/whole-answer.js';
import { expect } from '../support/index.js';
import { ended, grown, patched } from './decoded.js';
import { asked } from './lines.js';

const called = (id: string, name: string, rest: object = {}): RunEvent => ({
  type: 'part-start',
  part: { type: 'tool-call', id, name, ...rest },
});

describe('the sources of an event', () => {
  const url = 'https://a.example';
  it('are addresses, titles, or objects of them', () => {
    for (const address of [url, 'http://a.example', 'HTTPS://a.example'])
      expect(sourceIn(address)).to.deep.equal({ url: address });
    for (const title of ['Title', 'see https://a.example', 'ftp://a.example'])
      expect(sourceIn(title)).to.deep.equal({ title });
    for (const name of ['url', 'link', 'href', 'uri'])
      expect(sourceIn({ [name]: url }), name).to.deep.equal({ url, title: undefined });
    for (const name of ['title', 'name', 'label', 'filename'])
      expect(sourceIn({ [name]: 'T' }), name).to.deep.equal({ url: undefined, title: 'T' });
    expect(sourceIn({ url: '', title: '' })).to.deep.equal({ url: undefined, title: undefined });
    expect(sourceIn({ source: { url }, title: 'outer' })).to.deep.equal({ url, title: undefined });
    expect(sourceIn(null)).to.deep.equal({});
  });

  it('are a list under a usual name, or the event itself', () => {
    for (const name of ['sources', 'citations', 'references', 'documents'])
      expect(sourcesIn({ [name]: [url, {}] }, false), name).to.deep.equal([{ url }]);
    expect(sourcesIn({ sources: [], citations: [url] }, false)).to.deep.equal([{ url }]);
    expect(sourcesIn({ url }, true)).to.deep.equal([{ url, title: undefined }]);
    expect(sourcesIn({ url }, false)).to.deep.equal([]);
  });

  it('are named once', () => {
    const parts = new SourceParts();
    const event = { sources: [url, { url, title: 'T' }] };
    const part = (id: string, title?: string) => ({
      type: 'part-start',
      part: { type: 'source', id, url, ...(title && { title }) },
    });
    expect(parts.from(event, false)).to.deep.equal([part('source-1'), part('source-2', 'T')]);
    expect(parts.from(event, false)).to.deep.equal([]);
    expect(parts.from({ sources: ['Other'] }, false)[0]).to.have.nested.property('part.id', 'source-3');
  });
});

describe('the text parts of a message', () => {
  it('grow, and are counted out by kind', () => {
    const parts = new TextParts();
    expect(parts.append('')).to.deep.equal([]);
    expect(parts.append('a')).to.deep.equal([grown('text-0', 'a')]);
    expect(parts.append('b')).to.deep.equal([grown('text-0', 'b')]);
    expect(parts.append('hm', 'reasoning')).to.deep.equal([
      ended('text-0'),
      grown('reasoning-1', 'hm', 'reasoning'),
    ]);
    expect(parts.pause()).to.deep.equal([ended('reasoning-1')]);
    expect(parts.pause()).to.deep.equal([]);
    expect(parts.append('c')).to.deep.equal([grown('text-2', 'c')]);
    expect(parts.isCompletedBy('abcd')).to.equal(true);
    expect(parts.isCompletedBy('abd')).to.equal(false);
    expect(parts.replace('abc'), 'the same').to.deep.equal([]);
    expect(parts.replace('x')).to.deep.equal([
      { type: 'part-replace', id: 'text-0', text: '' },
      { type: 'part-replace', id: 'text-2', text: 'x' },
    ]);
  });

  it('say whether they came in pieces', () => {
    const parts = new TextParts();
    parts.append('hm', 'reasoning');
    expect(parts.chunked).to.equal(false);
    parts.append('whole', 'text', false);
    expect(parts.chunked).to.equal(false);
    parts.append('a');
    parts.append('whole', 'text', false);
    expect(parts.chunked).to.equal(true);
    parts.reset();
    expect(parts.chunked).to.equal(false);
    expect(parts.isCompletedBy('new')).to.equal(true);
    expect(parts.append('new'), 'nothing is open').to.deep.equal([grown('text-2', 'new')]);
    expect(new TextParts().replace('x')).to.deep.equal([grown('text-0', 'x')]);
    expect(new TextParts().replace('')).to.deep.equal([]);
  });
});

describe('tool calls', () => {
  it('that have ids are opened by whatever is said first', () => {
    const calls = new ToolCalls();
    expect(calls.has('a')).to.equal(false);
    expect(calls.append('a', '{"q"')).to.deep.equal([
      called('a', 'tool'),
      { type: 'part-delta', id: 'a', delta: '{"q"' },
    ]);
    expect(calls.has('a')).to.equal(true);
    expect(calls.open('a', 'look')).to.deep.equal([patched('a', { name: 'look' })]);
    expect(calls.open('a', 'look')).to.deep.equal([]);
    expect(calls.open('a')).to.deep.equal([]);
    expect(calls.append('a', '')).to.deep.equal([]);
    expect(calls.append('a', ':1}')).to.deep.equal([{ type: 'part-delta', id: 'a', delta: ':1}' }]);
    expect(calls.run('a')).to.deep.equal([patched('a', { input: { q: 1 }, state: 'running' })]);
    expect(calls.run('b')).to.deep.equal([
      called('b', 'tool'),
      patched('b', { input: undefined, state: 'running' }),
    ]);
    expect(calls.update('c', { name: 'find', output: 1 })).to.deep.equal([
      called('c', 'find'),
      patched('c', { output: 1 }),
    ]);
  });

  it('that may have none are paired with their results', () => {
    const parts = new ToolParts();
    const running = { state: 'running', input: undefined };
    expect(parts.call({ name: 'look' })).to.deep.equal([called('call-0', 'look', running)]);
    expect(parts.call({})).to.deep.equal([called('call-1', 'tool', running)]);
    expect(parts.call({ id: 'a', name: 'find' })).to.deep.equal([called('a', 'find', running)]);
    expect(parts.call({ id: 'a', name: 'find', input: '{"q":1}' }), 'again').to.deep.equal([
      patched('a', { name: 'find', input: { q: 1 } }),
    ]);
    expect(parts.call({ id: 'a', name: 'found' })).to.deep.equal([patched('a', { name: 'found' })]);
    const outcome = { output: 1, state: 'complete', error: undefined };
    expect(parts.result({ id: 'a', output: 1 })).to.deep.equal([patched('a', outcome)]);
    expect(parts.result({ name: 'tool', output: 1 })).to.deep.equal([patched('call-1', outcome)]);
    expect(parts.result({ output: 1 })).to.deep.equal([patched('call-0', outcome)]);
    expect(parts.result({ output: 1 }), 'of no call').to.deep.equal([called('call-2', 'tool', outcome)]);
    parts.call({ id: 'b', name: 'look' });
    expect(parts.result({ id: 'c', output: 1 })).to.deep.equal([called('c', 'tool', outcome)]);
    expect(parts.result({ name: 'other', output: 1 })).to.deep.equal([called('call-3', 'other', outcome)]);
  });

  it('are told in many words', () => {
    const call = (event: object) => new ToolParts().call(event as Record<string, unknown>)[0];
    for (const name of ['tool_call_id', 'toolCallId', 'call_id', 'id'])
      expect(call({ [name]: 'a' }), name).to.have.nested.property('part.id', 'a');
    for (const name of ['name', 'tool_name', 'toolName', 'tool', 'function'])
      expect(call({ [name]: 'look' }), name).to.have.nested.property('part.name', 'look');
    expect(call({ function: { name: 'look' } })).to.have.nested.property('part.name', 'look');
    for (const name of ['input', 'arguments', 'args', 'parameters'])
      expect(call({ [name]: 'q' }), name).to.have.nested.property('part.input', 'q');
    expect(call({ input: { q: 1 } })).to.deep.nested.include({ 'part.input': { q: 1 } });
    expect(call({ input: '[1]' })).to.deep.nested.include({ 'part.input': [1] });
    expect(call({ tool_call: { name: 'look' }, name: 'no' })).to.have.nested.property('part.name', 'look');
    const result = (event: object) => new ToolParts().result(event as Record<string, unknown>)[0];
    for (const name of ['result', 'output', 'data', 'content'])
      expect(result({ [name]: 'x' }), name).to.have.nested.property('part.output', 'x');
    for (const [error, text] of [
      ['No', 'No'],
      [{ message: 'No' }, 'No'],
      [{ text: 'No' }, 'No'],
      [true, 'The tool failed'],
    ])
      expect(result({ error })).to.deep.nested.include({ 'part.error': text, 'part.state': 'error' });
  });
});

describe('a body that is a whole answer', () => {
  const text = (body: unknown) =>
    readWholeAnswer(JSON.stringify(body))?.flatMap((event) =>
      event.type === 'part-delta' ? [event.delta] : [],
    );

  it('has its text under a usual name', () => {
    for (const name of [
      'response',
      'answer',
      'content',
      'text',
      'output',
      'reply',
      'result',
      'generated_text',
    ])
      expect(text({ [name]: 'x' }), name).to.deep.equal(['x']);
    expect(text({ message: 'x' })).to.deep.equal(['x']);
    expect(text({ message: { content: 'x' } })).to.deep.equal(['x']);
    expect(text({ data: { answer: 'x' } })).to.deep.equal(['x']);
    expect(text({ choices: [{ message: { content: 'x' } }] })).to.deep.equal(['x']);
    expect(text({ choices: [{ text: 'x' }] })).to.deep.equal(['x']);
    expect(text([{ output: 'x' }])).to.deep.equal(['x']);
    expect(text('x')).to.deep.equal(['x']);
    expect(readWholeAnswer('"x"')).to.deep.equal([
      { type: 'part-delta', id: 'text-0', delta: 'x' },
      { type: 'run-end' },
    ]);
  });

  it('may be an error, or nothing', () => {
    for (const name of ['detail', 'code', 'status'])
      expect(readWholeAnswer(JSON.stringify({ message: 'No', [name]: 'x' }))?.[0]?.type, name).to.equal(
        'run-error',
      );
    expect(readWholeAnswer('{"error":"No","text":"x"}')?.[0]?.type).to.equal('run-error');
    for (const body of ['', 'x', '{}', '[]', '3', 'null', '[{"text":"a"},{"text":"b"}]'])
      expect(readWholeAnswer(body), body).to.equal(undefined);
  });

  it('says what else is known', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    const choice = { message: { content: 'x' }, finish_reason: 'stop' };
    const body = { id: 'i', thread_id: 't', choices: [choice], usage, sources: ['S'] };
    expect(readWholeAnswer(JSON.stringify(body))).to.deep.equal([
      { type: 'thread-update', id: 't' },
      { type: 'message-start', id: 'i' },
      { type: 'part-delta', id: 'text-0', delta: 'x' },
      { type: 'part-start', part: { type: 'source', id: 'source-1', title: 'S' } },
      {
        type: 'run-end',
        usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
        finishReason: 'stop',
      },
    ]);
    expect(readWholeAnswer('{"id":"i","message_id":"m","text":"x","url":"u"}')?.slice(1, 3)).to.deep.equal([
      { type: 'message-start', id: 'm' },
      { type: 'part-delta', id: 'text-0', delta: 'x' },
    ]);
    expect(readWholeAnswer('{"text":"x","url":"https://a.example"}')).to.have.length(4);
  });
});

describe('a question', () => {
  const messages = [
    ['user', 'Why?'],
    ['assistant', 'So.'],
    ['user', 'How?'],
  ] as const;
  const plain = messages.map(([role, content]) => ({ role, content }));

  it('is asked in the general shape, in OpenAI’s and in ChatKit’s', () => {
    expect(encodeGeneral(asked(messages)).body).to.deep.equal({ message: 'How?', messages: plain });
    expect(encodeGeneral(asked(messages, 't')).body).to.deep.equal({
      message: 'How?',
      messages: plain,
      thread_id: 't',
    });
    expect(encodeOpenAIChat(asked(messages)).body).to.deep.equal({ messages: plain, stream: true });
    const text = asked(messages).text;
    const input = { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} };
    expect(encodeChatKit(asked(messages)).body).to.deep.equal({ type: 'threads.create', params: { input } });
    expect(encodeChatKit(asked(messages, 't')).body).to.deep.equal({
      type: 'threads.add_user_message',
      params: { thread_id: 't', input },
    });
  });

  it('holds files as base64', () => {
    expect(dataOf('data:text/plain;base64,SGk=')).to.equal('SGk=');
    expect(dataOf('DATA:;BASE64,SGk=')).to.equal('SGk=');
    for (const url of ['https://a.example/?data:x;base64,SGk=', 'data:text/plain,Hi', ''])
      expect(dataOf(url), url).to.equal(undefined);
    expect(textOfData('w6k=')).to.equal('é');
    expect(textOfData('%')).to.equal(undefined);
  });
});
