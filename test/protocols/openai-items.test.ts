import { textOf } from '../../src/model/thread.js';
import { expect } from '../support/index.js';
import {
  answer,
  completed,
  created,
  event,
  item,
  parts,
  response,
  run,
  text,
} from './openai-responses-stream.js';

describe('output items of openai-responses', () => {
  it('keeps several messages and refusals apart', () => {
    const list = parts(
      text('One.', 0),
      text('Two.', 1),
      event('refusal.delta', { output_index: 1, content_index: 1, delta: 'No' }),
      event('refusal.done', { output_index: 1, content_index: 1, refusal: 'No.' }),
    );
    expect(list.map((part) => part.type === 'text' && part.text)).to.deep.equal(['One.', 'Two.', 'No.']);
  });

  it('repairs what was missed from whole items and from the last event', () => {
    const whole = { content: [{ type: 'output_text', text: 'Whole.' }] };
    const last = event('completed', response({ output: [{ type: 'message', ...whole }] }));
    // The last event says nothing new of items that were seen whole, even where it leaves some out.
    const reasoning = item('reasoning', { summary: [{ text: 'Hm' }] });
    for (const list of [
      [text('ole.', 2, 1), item('message', whole, 2), completed],
      [last],
      [text('Wh'), last],
      [reasoning, item('message', whole, 1), last],
    ])
      expect(textOf(answer(run(created, ...list)))).to.equal('Whole.');
  });

  it('shows once what a gateway counts otherwise in its last event', () => {
    // BerriAI/litellm#36375, teabranch/open-responses-server#63: text streams at 0, though reasoning is there in the end.
    const said = { type: 'message', content: [{ type: 'output_text', text: 'Hello' }] };
    const output = [{ type: 'reasoning', summary: [{ text: 'Hm' }] }, said];
    for (const streamed of [
      [text('Hel'), text('lo')],
      [text('Hel'), text('lo'), item('message', said)],
      [text('Hel')],
    ])
      expect(textOf(answer(run(created, ...streamed, event('completed', response({ output })))))).to.equal(
        'Hello',
      );
  });

  it('keeps a message apart that begins as the one before', () => {
    const whole = (words: string, at: number) =>
      item('message', { content: [{ type: 'output_text', text: words }] }, at);
    expect(parts(text('One.', 0), whole('One.', 0), whole('One. Two.', 1))).to.have.length(2);
  });

  it('keeps calls apart that a gateway gives one place', () => {
    const call = (id: string, q: number, step: string) =>
      item(
        'function_call',
        { id: `fc_${id}`, call_id: id, name: 'look', arguments: step === 'done' ? `{"q":${q}}` : '' },
        0,
        step,
      );
    const seen = (...steps: object[]) =>
      parts(...steps).map((part) => part.type === 'tool-call' && [part.id, part.input]);
    const both = [
      ['a', { q: 1 }],
      ['b', { q: 2 }],
    ];
    expect(
      seen(call('a', 1, 'added'), call('a', 1, 'done'), call('b', 2, 'added'), call('b', 2, 'done')),
    ).to.deep.equal(both);
    expect(
      seen(call('a', 1, 'added'), call('b', 2, 'added'), call('a', 1, 'done'), call('b', 2, 'done')),
    ).to.deep.equal(both);
  });

  it('knows items by their ids where a server gives no places', () => {
    // llama.cpp `server-task.cpp`, `to_json_oaicompat_resp_stream`.
    const whole = (type: string, rest: object) => ({ type, ...rest });
    const thought = whole('reasoning', { id: 'rs', content: [{ type: 'reasoning_text', text: 'Hm' }] });
    const said = whole('message', { id: 'msg', content: [{ type: 'output_text', text: 'Hello' }] });
    const calls = ['fc_1', 'fc_2'].map((call_id) =>
      whole('function_call', { call_id, name: call_id, arguments: '{"a":1}' }),
    );
    const added = (of: object) => event('output_item.added', { item: { ...of, arguments: '', content: [] } });
    const done = (of: object) => event('output_item.done', { item: of });
    const list = parts(
      added(thought),
      event('reasoning_text.delta', { item_id: 'rs', delta: 'Hm' }),
      added(said),
      event('output_text.delta', { item_id: 'msg', delta: 'Hel' }),
      event('output_text.delta', { item_id: 'msg', delta: 'lo' }),
      ...calls.flatMap((call, at) => [
        added(call),
        event('function_call_arguments.delta', { item_id: `fc_${at + 1}`, delta: '{"a":1}' }),
      ]),
      done(thought),
      event('output_text.done', { item_id: 'msg', text: 'Hello' }),
      done(said),
      ...calls.map(done),
      event('completed', response({ output: [thought, said, ...calls] })),
    );
    expect(list.map((part) => ('text' in part ? part.text : part.id))).to.deep.equal([
      'Hm',
      'Hello',
      'fc_1',
      'fc_2',
    ]);
    expect(list.at(-1)).to.deep.include({ name: 'fc_2', input: { a: 1 }, inputText: '{"a":1}' });
  });

  it('reads reasoning, its summary in pieces or whole', () => {
    const piece = (summary_index: number, delta: string) =>
      event('reasoning_summary_text.delta', { output_index: 0, summary_index, delta });
    const summary = [{ text: 'One.' }, { text: 'Two.' }];
    for (const list of [
      [piece(0, 'On'), piece(0, 'e.'), piece(1, 'Two.'), item('reasoning', { summary })],
      [item('reasoning', { summary })],
    ])
      expect(parts(...list)).to.deep.equal([
        { type: 'reasoning', id: 'reasoning-0', text: 'One.\n\nTwo.', done: true },
      ]);
    expect(parts(item('reasoning', { summary: [], encrypted_content: 'x' }))).to.deep.equal([]);
    const raw = event('reasoning_text.delta', { output_index: 0, content_index: 0, delta: 'Raw.' });
    expect(parts(raw)[0]).to.include({ type: 'reasoning', text: 'Raw.' });
  });

  it('reads functions and custom tools, by their call id', () => {
    const call = { id: 'fc_1', call_id: 'call_1', name: 'weather' };
    const thread = run(
      created,
      item('function_call', { ...call, arguments: '' }, 0, 'added'),
      event('function_call_arguments.delta', { output_index: 0, delta: '{"city":' }),
      event('function_call_arguments.delta', { output_index: 0, delta: '"Oslo"}' }),
      event('function_call_arguments.done', { output_index: 0, arguments: '{"city":"Oslo"}' }),
      item('function_call', { ...call, arguments: '{"city":"Oslo"}' }),
      item('custom_tool_call', { call_id: 'call_2', name: 'sql', input: 'SELECT 1' }, 1),
      item('function_call_output', { call_id: 'call_1', output: 'rain' }, 2),
      event('function_call_arguments.delta', { output_index: 9, delta: '{}' }),
      completed,
    );
    expect(answer(thread).parts).to.have.length(2);
    expect(answer(thread).parts[0]).to.deep.include({
      id: 'call_1',
      name: 'weather',
      input: { city: 'Oslo' },
      output: 'rain',
      state: 'complete',
    });
    expect(answer(thread).parts[1]).to.include({ id: 'call_2', name: 'sql', inputText: 'SELECT 1' });
    expect(thread.run?.finishReason).to.equal('tool-calls');
  });

  it('reads the tools the server runs, step by step', () => {
    const search = { type: 'search', query: 'Oslo' };
    const steps = [
      item('web_search_call', { id: 'ws_1' }, 0, 'added'),
      event('web_search_call.searching', { output_index: 0 }),
    ];
    expect(answer(run(created, ...steps)).parts[0]).to.include({ name: 'web_search_call', state: 'running' });
    expect(
      parts(
        ...steps,
        item('web_search_call', { id: 'ws_1', status: 'completed', action: search }),
        item('code_interpreter_call', { id: 'ci_1' }, 1, 'added'),
        event('code_interpreter_call_code.delta', { output_index: 1, delta: '1+1' }),
        item('code_interpreter_call', { id: 'ci_1', code: '1+1', outputs: [{ logs: '2' }] }, 1),
        item('file_search_call', { id: 'fs_1', queries: ['a'], results: null }, 2),
        item('mcp_call', { id: 'mcp_1', name: 'roll', arguments: '{"d":6}', error: { message: 'No' } }, 3),
        item('mcp_list_tools', { tools: [] }, 4),
      ).map((part) => part.type === 'tool-call' && [part.name, part.input, part.output, part.state]),
    ).to.deep.equal([
      ['web_search_call', search, undefined, 'complete'],
      ['code_interpreter_call', { code: '1+1' }, [{ logs: '2' }], 'complete'],
      ['file_search_call', { queries: ['a'] }, undefined, 'complete'],
      ['roll', { d: 6 }, undefined, 'error'],
    ]);
  });

  it('shows previews of an image, then the image', () => {
    const preview = event('image_generation_call.partial_image', {
      output_index: 0,
      partial_image_b64: 'AA==',
      output_format: 'webp',
    });
    const done = item('image_generation_call', { id: 'ig_1', output_format: 'webp', result: 'BB==' });
    expect(parts(preview)[0]).to.include({ type: 'file', url: 'data:image/webp;base64,AA==' });
    const files = parts(preview, preview, done).filter(({ type }) => type === 'file');
    expect(files).to.deep.equal([
      {
        type: 'file',
        id: 'image-0',
        mediaType: 'image/webp',
        url: 'data:image/webp;base64,BB==',
        done: true,
      },
    ]);
  });

  it('pauses for an approval', () => {
    const ask = item('mcp_approval_request', { id: 'mcpr_1', name: 'send', arguments: '{"to":"a"}' });
    const paused = run(created, ask, completed);
    expect(paused.run).to.include({ status: 'complete', finishReason: 'paused' });
    expect(answer(paused).parts[0]).to.deep.include({ id: 'mcpr_1', name: 'send', input: { to: 'a' } });
  });
});
