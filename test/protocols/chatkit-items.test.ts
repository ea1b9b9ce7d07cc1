import type { Part, Thread } from '../../src/model/thread.js';
import { chatkit } from '../../src/protocols/chatkit.js';
import { expect } from '../support/index.js';
import {
  added,
  answers,
  delta,
  done,
  message,
  output,
  parts,
  progress,
  removed,
  run,
  texts,
  updated,
  widget,
  workflow,
} from './chatkit-events.js';
import { hints } from './replay.js';

describe('items of a ChatKit thread', () => {
  it('makes sources of annotations, each once', () => {
    const page = { type: 'annotation', source: { type: 'url', title: 'Page', url: 'https://a.example/' } };
    const file = { type: 'annotation', source: { type: 'file', title: 'Spec', filename: 'spec.pdf' } };
    const entity = { type: 'annotation', source: { type: 'entity', id: 'e-1', title: 'Trace 42' } };
    const note = (annotation: object) =>
      updated('m1', {
        type: 'assistant_message.content_part.annotation_added',
        content_index: 0,
        annotation,
      });
    const thread = run(
      added(message('m1')),
      delta('m1', 'See.'),
      note(page),
      note(file),
      note(page),
      done({ ...message('m1'), content: [output('See.', [page, file, entity])] }),
    );
    expect(
      parts(thread).flatMap((part) => (part.type === 'source' ? [part.url ?? part.title] : [])),
    ).to.deep.equal(['https://a.example/', 'Spec', 'Trace 42']);
  });

  it('makes reasoning of a reasoning workflow, in the message of the answer it led to', () => {
    const thought = (content: string) => ({ type: 'thought', content });
    const search = {
      type: 'web_search',
      title: 'Searching',
      queries: ['q'],
      sources: [{ url: 'https://a.example/' }],
    };
    const task = (type: string, task_index: number, value: object) =>
      updated('w1', { type: `workflow.task.${type}`, task_index, task: value });
    const thread = run(
      added(workflow('w1', 'reasoning')),
      task('added', 0, thought('First')),
      task('updated', 0, thought('First I')),
      task('added', 1, search),
      done(workflow('w1', 'reasoning', thought('First I think'), search)),
      added(message('m1')),
      delta('m1', 'So.'),
      done(message('m1', 'So.')),
    );
    expect(answers(thread)).to.have.length(1);
    expect(answers(thread)[0]?.backendId).to.equal('m1');
    expect(parts(thread).map((part) => [part.type, 'text' in part ? part.text : ''])).to.deep.equal([
      ['reasoning', 'First I think'],
      ['reasoning', 'Searching'],
      ['source', ''],
      ['text', 'So.'],
    ]);
  });

  it('makes progress of tasks and of other workflows, each step once', () => {
    const step = (title: string, more: object = {}) => ({ type: 'custom', title, ...more });
    const thread = run(
      progress('Looking', 'search'),
      done({ id: 'k1', type: 'task', task: step('Reading', { icon: 'document', content: '3 files' }) }),
      added(workflow('w1', 'custom', step('Sorting'))),
      updated('w1', {
        type: 'workflow.task.updated',
        task_index: 0,
        task: step('Sorting', { status_indicator: 'complete' }),
      }),
      updated('w1', { type: 'workflow.task.added', task_index: 1, task: step('Writing') }),
      done(workflow('w1', 'custom', step('Sorting'), step('Writing'))),
      done(message('m1', 'Done.')),
    );
    expect(thread.run?.progress).to.deep.equal([
      { text: 'Looking', icon: 'search' },
      { text: 'Reading', icon: 'document' },
      { text: 'Sorting' },
      { text: 'Writing' },
    ]);
    expect(thread.run?.status).to.equal('complete');
    expect(texts(thread)).to.deep.equal(['Done.']);
  });

  it('makes notices and effects data of the answer they come with', () => {
    const thread = run(
      { type: 'notice', level: 'warning', message: 'Almost **full**', title: 'Quota' },
      { type: 'client_effect', name: 'highlight', data: { selector: '#a' } },
      done(message('m1', 'Hi')),
    );
    expect(answers(thread)).to.have.length(1);
    expect(answers(thread)[0]).to.include({ backendId: 'm1', status: 'complete' });
    expect(parts(thread).map((part) => part.type === 'data' && [part.name, part.data])).to.deep.equal([
      ['notice', { level: 'warning', message: 'Almost **full**', title: 'Quota' }],
      ['client-effect', { name: 'highlight', data: { selector: '#a' } }],
      false,
    ]);
  });

  it('pauses for a tool of the client', () => {
    const call = {
      id: 'c1',
      type: 'client_tool_call',
      status: 'pending',
      call_id: 'call1',
      name: 'pick',
      arguments: { a: [1] },
    };
    const thread = run(done(message('m1', 'Wait.')), done(call));
    expect(parts(thread)[1]).to.deep.include({
      type: 'tool-call',
      id: 'call1',
      name: 'pick',
      input: { a: [1] },
      state: 'running',
    });
    expect(thread.run).to.include({ status: 'complete', finishReason: 'paused' });
    const over = run(added(call), done({ ...call, status: 'completed', output: { b: 1 } }));
    expect(parts(over)[0]).to.deep.include({ state: 'complete', output: { b: 1 } });
  });

  it('pauses for a question with choices', () => {
    const inputs = [{ id: 'q1', question: 'Which?', type: 'multiple_choice', options: [{ value: 'A' }] }];
    const thread = run(done({ id: 's1', type: 'structured_input', status: 'pending', inputs }));
    expect(parts(thread)[0]).to.deep.include({
      type: 'data',
      id: 's1',
      name: 'structured-input',
      data: { inputs },
    });
    expect(thread.run?.finishReason).to.equal('paused');
  });

  it('shows the last state of an image', () => {
    const image = (name: string) => ({ id: 'i', url: `https://a.example/${name}.png` });
    const thread = run(
      added({ id: 'g1', type: 'generated_image' }),
      updated('g1', { type: 'generated_image.updated', image: image('half'), progress: 0.5 }),
      done({ id: 'g1', type: 'generated_image', image: image('whole') }),
    );
    expect(parts(thread)).to.deep.equal([
      { type: 'file', id: 'g1', mediaType: 'image/*', url: 'https://a.example/whole.png', done: true },
    ]);
    expect(thread.run?.progress).to.deep.equal([{ percent: 50 }]);
  });

  describe('widgets', () => {
    const title = { type: 'Title', value: 'Report' };
    const body = { type: 'Markdown', id: 'body', value: '', streaming: true };
    const tree = (thread: Thread) =>
      (parts(thread)[0] as Part & { type: 'data' }).data as { children: object[] };
    const text = (value: string, over: boolean) =>
      updated('w1', {
        type: 'widget.streaming_text.value_delta',
        component_id: 'body',
        delta: value,
        done: over,
      });

    it('are data named widget, with the id of the item, and grow by their texts', () => {
      const thread = run(
        added(widget('w1', title, body)),
        text('One ', false),
        text('two', true),
        done(widget('w1', title, { ...body, value: 'One two', streaming: false })),
      );
      expect(parts(thread)[0]).to.deep.include({ type: 'data', id: 'w1', name: 'widget' });
      expect(answers(thread)[0]?.backendId).to.equal('w1');
      expect(tree(thread).children[1]).to.deep.include({ value: 'One two', streaming: false });
    });

    it('change only where they are told to', () => {
      const decoder = chatkit.decoder(hints);
      const decode = (event: object) => decoder.decode({ name: '', data: JSON.stringify(event), id: '' });
      const [, first] = decode(added(widget('w1', title, { type: 'Col', children: [body] }))) ?? [];
      const before = (first as { part: { data: { children: object[] } } }).part.data;
      const [patch] = decode(text('x', false)) ?? [];
      const after = (patch as unknown as { patch: { data: { children: object[] } } }).patch.data;
      expect(after.children[0]).to.equal(before.children[0]);
      expect(after.children[1]).to.deep.include({ children: [{ ...body, value: 'x' }] });
      expect(before.children[1]).to.deep.include({ children: [body] });
      expect(
        decode(
          updated('w1', { type: 'widget.component.updated', component_id: 'nowhere', component: title }),
        ),
      ).to.deep.equal([]);
      const [swap] =
        decode(updated('w1', { type: 'widget.component.updated', component_id: 'body', component: title })) ??
        [];
      expect(JSON.stringify(swap)).to.include('"children":[{"type":"Title"').and.not.include('Markdown');
    });

    it('take a new root', () => {
      const root = { type: 'Card', children: [title] };
      const thread = run(
        added(widget('w1', body)),
        updated('w1', { type: 'widget.root.updated', widget: root }),
        done({ ...widget('w1'), widget: root }),
      );
      expect(tree(thread)).to.deep.equal(root);
    });

    it('stream beside a text that streams', () => {
      const thread = run(
        added(message('m1')),
        delta('m1', 'Here '),
        added(widget('w1', body)),
        delta('m1', 'it '),
        text('One', true),
        done(widget('w1', { ...body, value: 'One' })),
        delta('m1', 'is.'),
        done(message('m1', 'Here it is.')),
        done(message('m2', 'More.')),
      );
      expect(texts(thread)).to.deep.equal(['Here it is.', 'More.']);
      expect(answers(thread).map(({ backendId }) => backendId)).to.deep.equal(['m1', 'm2']);
      expect(parts(thread).map(({ type }) => type)).to.deep.equal(['text', 'data', 'text']);
    });

    it('of earlier answers can be updated by a run of their own', () => {
      const decoder = chatkit.decoder(hints);
      const event = updated('w0', { type: 'widget.root.updated', widget: { type: 'Card', children: [] } });
      expect(decoder.decode({ name: '', data: JSON.stringify(event), id: '' })).to.deep.equal([
        { type: 'part-update', id: 'w0', patch: { data: { type: 'Card', children: [] } } },
      ]);
      expect(decoder.end()).to.deep.equal([{ type: 'run-end', finishReason: undefined }]);
    });
  });

  it('takes back what was removed, and shows what comes in its place', () => {
    const thread = run(added(message('m1')), delta('m1', 'Bad'), removed('m1'), done(message('m2', 'Good')));
    expect(texts(thread)).to.deep.equal(['Good']);
    expect(thread.run?.status).to.equal('complete');
    const cut = run(added(message('m1')), delta('m1', 'Bad'), removed('m1'));
    expect(texts(cut).join('')).to.equal('');
    expect(cut.run?.error?.code).to.equal('interrupted');
  });

  it('takes back one item of a message that holds others', () => {
    const thread = run(
      added(message('m1')),
      delta('m1', 'Bad'),
      added(widget('w1')),
      removed('m1'),
      done(widget('w1')),
    );
    expect(texts(thread)).to.deep.equal(['']);
    expect(parts(thread).some((part) => part.type === 'data' && part.data !== null)).to.equal(true);
  });

  it('takes back reasoning with the answer it led to', () => {
    const thread = run(
      done(workflow('w1', 'reasoning', { type: 'thought', content: 'Hm' })),
      added(message('m1')),
      delta('m1', 'Bad'),
      removed('m1'),
      done(message('m2', 'Good')),
    );
    expect(parts(thread).map(({ type }) => type)).to.deep.equal(['text']);
  });

  it('replaces an item, while it is open and after', () => {
    const replaced = (item: object) => ({ type: 'thread.item.replaced', item });
    expect(
      texts(run(added(message('m1')), delta('m1', 'Old'), replaced(message('m1', 'New')))),
    ).to.deep.equal(['New']);
    expect(texts(run(done(message('m1', 'Old')), replaced(message('m1', 'New'))))).to.deep.equal(['New']);
    expect(texts(run(done(message('m1', 'One')), done(message('m1', 'One'))))).to.deep.equal(['One']);
  });
});
