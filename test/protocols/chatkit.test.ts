import { chatkit } from '../../src/protocols/chatkit.js';
import { recognise } from '../../src/protocols/recognise.js';
import { expect } from '../support/index.js';
import {
  added,
  answers,
  delta,
  done,
  message,
  output,
  progress,
  run,
  texts,
  updated,
  workflow,
} from './chatkit-events.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, hints, replay, splits, stream, summary } from './replay.js';

describe('the chatkit protocol', () => {
  it('reads a streamed answer, its ids, its thread and its options', () => {
    const thread = run(
      { type: 'thread.created', thread: { id: 't1', status: { type: 'active' } } },
      done({ id: 'u1', type: 'user_message', content: [{ type: 'input_text', text: 'Why?' }] }),
      { type: 'stream_options', stream_options: { allow_cancel: true } },
      added(message('m1')),
      updated('m1', {
        type: 'assistant_message.content_part.added',
        content_index: 0,
        content: output(''),
      }),
      delta('m1', 'Hel'),
      delta('m1', 'lo'),
      { type: 'thread.updated', thread: { id: 't1', title: 'A greeting' } },
      updated('m1', {
        type: 'assistant_message.content_part.done',
        content_index: 0,
        content: output('Hello.'),
      }),
      done(message('m1', 'Hello.')),
    );
    expect(thread).to.include({ id: 't1', title: 'A greeting' });
    expect(thread.run?.status).to.equal('complete');
    expect(thread.messages).to.have.length(2);
    expect(thread.messages[0]?.backendId).to.equal('u1');
    expect(answers(thread)[0]).to.deep.include({
      backendId: 'm1',
      status: 'complete',
      metadata: { streamOptions: { allow_cancel: true } },
      parts: [{ type: 'text', id: 'm1-0', text: 'Hello.', done: true }],
    });
  });

  it('takes the whole item for the truth about its texts', () => {
    const thread = run(
      added(message('m1')),
      delta('m1', 'Draft'),
      delta('m1', 'two', 1),
      done(message('m1', 'Final')),
    );
    expect(texts(thread)).to.deep.equal(['Final']);
  });

  it('keeps options that come late, without opening a second message', () => {
    const thread = run(
      added(message('m1')),
      delta('m1', 'a'),
      { type: 'stream_options', stream_options: { allow_cancel: false } },
      delta('m1', 'b'),
      done(message('m1', 'ab')),
    );
    expect(texts(thread)).to.deep.equal(['ab']);
    expect(answers(thread)[0]?.metadata).to.deep.equal({ streamOptions: { allow_cancel: false } });
  });

  it('shows nothing of hidden context, and ends at the end of the turn', () => {
    const thread = run(
      done(message('m1', 'Hi')),
      progress('Tidying'),
      done({ id: 'h1', type: 'hidden_context_item', content: 'secret' }),
      done({ id: 'h2', type: 'sdk_hidden_context', content: 'secret' }),
      done({ id: 'e1', type: 'end_of_turn' }),
    );
    expect(JSON.stringify(thread)).not.to.include('secret');
    expect(thread.run?.status).to.equal('complete');
  });

  it('keeps what was whole before an error, and says whether to try again', () => {
    for (const allow_retry of [true, false]) {
      const thread = run(done(message('m1', 'Hi')), {
        type: 'error',
        code: 'custom',
        message: 'Busy',
        allow_retry,
      });
      expect(texts(thread)).to.deep.equal(['Hi']);
      expect(answers(thread)[0]?.status).to.equal('complete');
      expect(thread.run?.error).to.include({
        code: 'backend',
        detail: 'custom',
        backendMessage: 'Busy',
        retryable: allow_retry,
      });
    }
  });

  it('is interrupted without a whole item, with one still open, or with more announced', () => {
    for (const events of [
      [],
      [done({ id: 'u1', type: 'user_message' })],
      [{ type: 'notice', level: 'info', message: 'Hm' }],
      [added(message('m1')), delta('m1', 'Half')],
      [done(message('m1', 'One')), added(message('m2')), delta('m2', 'Half')],
      [done(workflow('w1', 'reasoning', { type: 'thought', content: 'Hm' }))],
      [done(message('m1', 'One')), progress('Going on')],
    ]) {
      expect(run(...events).run?.error?.code, JSON.stringify(events)).to.equal('interrupted');
    }
  });

  it('shows the text of items of a type of the server’s own, and counts what it does not know', () => {
    expect(texts(run(done({ id: 'x1', type: 'system_message', content: 'A form waits' })))).to.deep.equal([
      'A form waits',
    ]);
    const decoder = chatkit.decoder(hints);
    const decode = (data: string) => decoder.decode({ name: '', data, id: '' });
    for (const odd of [
      'null',
      '[]',
      '{}',
      '"a"',
      'no json',
      '{"type":"thread.item.done"}',
      '{"type":"thread.exploded"}',
    ])
      expect(decode(odd), odd).to.equal(null);
  });

  it('never throws, whatever fields hold', () => {
    const types = [
      'thread.created',
      'thread.item.added',
      'thread.item.done',
      'thread.item.replaced',
      'thread.item.updated',
      'thread.item.removed',
      'progress_update',
      'notice',
      'client_effect',
      'stream_options',
      'error',
    ];
    const items = [
      'user_message',
      'assistant_message',
      'client_tool_call',
      'widget',
      'generated_image',
      'structured_input',
      'task',
      'workflow',
    ];
    const updates = [
      'assistant_message.content_part.text_delta',
      'assistant_message.content_part.added',
      'assistant_message.content_part.annotation_added',
      'widget.root.updated',
      'widget.component.updated',
      'widget.streaming_text.value_delta',
      'workflow.task.added',
      'generated_image.updated',
    ];
    for (const value of [undefined, null, 1, 'a', [], [null], {}, { type: 1, id: null }]) {
      const named = Object.fromEntries(
        ['id', 'content', 'widget', 'image', 'task', 'workflow', 'inputs', 'arguments'].map((name) => [
          name,
          value,
        ]),
      );
      const events = types.flatMap((type) => [
        {
          type,
          thread: value,
          item: value,
          item_id: value,
          update: value,
          text: value,
          stream_options: value,
          message: value,
        },
        ...items.map((item) => ({ type, item: { ...named, id: 'i', type: item } })),
        ...updates.map((update) => ({
          type,
          item_id: 'i',
          update: {
            ...named,
            type: update,
            component_id: 'a',
            component: value,
            delta: value,
            annotation: value,
          },
        })),
      ]);
      expect(() => run(...events)).not.to.throw();
    }
    const deep = '{"children":['.repeat(3000) + ']}'.repeat(3000);
    const item = `data: {"type":"thread.item.added","item":{"id":"w1","type":"widget","widget":${deep}}}\n\n`;
    const update = { type: 'widget.streaming_text.value_delta', component_id: 'x', delta: 'y' };
    expect(() => replay(chatkit, [bytesOf(item + stream(updated('w1', update)))])).not.to.throw();
  });

  it('gives the same at every split', () => {
    const bytes = bytesOf(
      stream(
        { type: 'thread.created', thread: { id: 't1' } },
        added(workflow('w1', 'reasoning', { type: 'thought', content: 'Hm 🙂' })),
        done(workflow('w1', 'reasoning', { type: 'thought', content: 'Hm 🙂' })),
        added(message('m1')),
        delta('m1', 'Grüße 👩‍👩‍👧'),
        done(message('m1', 'Grüße 👩‍👩‍👧')),
      ),
    );
    const whole = JSON.stringify(summary(replay(chatkit, [bytes])));
    for (const chunks of splits(bytes))
      expect(JSON.stringify(summary(replay(chatkit, chunks)))).to.equal(whole);
  });

  it('is recognised by its first event', () => {
    for (const event of [
      { type: 'stream_options', stream_options: {} },
      { type: 'thread.created', thread: {} },
      done(message('m1', 'Hi')),
      { type: 'error', code: 'stream.error', allow_retry: true },
    ])
      expect(recognise({ name: '', data: JSON.stringify(event), id: '' }, hints)).to.equal('chatkit');
  });

  it('asks for a thread, in a thread, and tells of actions', () => {
    const input = { content: [{ type: 'input_text', text: 'Why?' }], attachments: [], inference_options: {} };
    expect(chatkit.encode({ text: 'Why?', messages: [], threadId: null }).body).to.deep.equal({
      type: 'threads.create',
      params: { input },
    });
    expect(chatkit.encode({ text: 'Why?', messages: [], threadId: 't1' }).body).to.deep.equal({
      type: 'threads.add_user_message',
      params: { thread_id: 't1', input },
    });
    const request = { text: '', messages: [], threadId: 't1' };
    const told = chatkit.encodeAction?.(request, { type: 'save', payload: { a: 1 }, itemId: 'w1' });
    expect(told?.body).to.deep.equal({
      type: 'threads.custom_action',
      params: { thread_id: 't1', item_id: 'w1', action: { type: 'save', payload: { a: 1 } } },
    });
  });
});

await describeRecorded({
  protocol: 'chatkit',
  dialects: ['chatkit', 'chatkit-rails'],
  ends: () => true,
  finishReason: () => undefined,
  differences: {
    'chatkit/reasoning.sse#sources':
      'files and entities are named to a person by their title, not by file name or id',
  },
});
