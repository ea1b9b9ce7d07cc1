import { textOf, type Message, type Part, type Thread } from '../../src/model/thread.js';
import { dify } from '../../src/protocols/dify.js';
import { expect } from '../support/index.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, hints, replay, splits, stream, summary } from './replay.js';

const run = (...list: unknown[]): Thread => replay(dify, [bytesOf(stream(...list))]);
const answer = (thread: Thread): Message => thread.messages.at(-1)!;
const partsOf = (thread: Thread, type: Part['type']) =>
  answer(thread).parts.filter((part) => part.type === type);

const event = (name: string, fields: object = {}) => ({
  event: name,
  task_id: 't1',
  message_id: 'm1',
  conversation_id: 'c1',
  ...fields,
});
const say = (text: string) => event('message', { answer: text });
const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };

describe('the dify protocol', () => {
  it('reads text, thinking, usage, sources and ids', () => {
    const resource = { dataset_name: 'Docs', document_name: 'a.md', position: 1 };
    const thread = run(
      event('reasoning_chunk', { data: { reasoning: 'Hm', is_final: false } }),
      say('Hel'),
      say('lo'),
      event('message_end', {
        metadata: { usage, retriever_resources: [resource, { ...resource, position: 2 }] },
      }),
    );
    expect(thread.id).to.equal('c1');
    expect(answer(thread)).to.deep.include({ backendId: 'm1', metadata: { taskId: 't1' } });
    expect(textOf(answer(thread))).to.equal('Hello');
    expect(partsOf(thread, 'reasoning')[0]).to.include({ text: 'Hm', done: true });
    expect(partsOf(thread, 'source').map((part) => part.type === 'source' && part.title)).to.deep.equal([
      'a.md',
    ]);
    expect(thread.run).to.deep.include({
      status: 'complete',
      usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
    });
  });

  it('reads the steps of an agent, sent again as they grow, and its files', () => {
    const thought = (fields: object) => event('agent_thought', { id: 's1', position: 1, ...fields });
    const step = { thought: 'Drawing', tool: 'draw', tool_input: '{"draw":{"prompt":"cat"}}' };
    const thread = run(
      thought({ thought: '', tool: '' }),
      event('agent_message', { answer: 'Drawing' }),
      thought(step),
      event('message_file', { id: 'f0', type: 'image', belongs_to: 'user', url: 'https://a.test/q.png' }),
      event('message_file', {
        id: 'f1',
        type: 'image',
        belongs_to: 'assistant',
        url: 'https://a.test/c.png',
      }),
      thought({ ...step, observation: '{"draw":"done"}' }),
      thought({ ...step, observation: '{"draw":"done"}' }),
      event('agent_message', { answer: 'Here.' }),
      event('message_end', { files: [{ type: 'image', url: 'https://a.test/c.png' }] }),
    );
    expect(textOf(answer(thread))).to.equal('DrawingHere.');
    expect(partsOf(thread, 'reasoning')).to.have.length(0);
    expect(partsOf(thread, 'tool-call')).to.have.length(1);
    expect(partsOf(thread, 'tool-call')[0]).to.deep.include({
      id: 's1',
      name: 'draw',
      input: { draw: { prompt: 'cat' } },
      output: { draw: 'done' },
      state: 'complete',
    });
    expect(partsOf(thread, 'file')).to.have.length(1);
    expect(partsOf(thread, 'file')[0]).to.include({ url: 'https://a.test/c.png', mediaType: 'image/*' });
  });

  it('puts a moderated answer in the place of what was shown', () => {
    const thread = run(
      say('Something bad'),
      event('message_replace', { answer: 'Sorry.' }),
      event('message_end'),
    );
    expect(textOf(answer(thread))).to.equal('Sorry.');
  });

  it('shows the nodes of a workflow as progress, and ends at the later of the two marks', () => {
    const node = (title: string) => event('node_started', { data: { title } });
    const finished = event('workflow_finished', { data: { status: 'succeeded' } });
    const started = [event('workflow_started', { data: {} }), node('Search'), node('LLM'), say('Hi')];
    for (const list of [
      [...started, event('message_end', { metadata: { usage } }), finished],
      [...started, finished, event('message_end', { metadata: { usage } })],
    ]) {
      const thread = run(...list);
      expect(thread.run?.progress).to.deep.equal([{ text: 'Search' }, { text: 'LLM' }]);
      expect(thread.run).to.deep.include({ status: 'complete', finishReason: 'succeeded' });
      expect(thread.run?.usage?.outputTokens).to.equal(2);
    }
    expect(run(...started, finished).run?.status).to.equal('complete');
    expect(run(...started, event('message_end')).run?.status).to.equal('complete');
  });

  it('reads a workflow without a chat', () => {
    const bare = (name: string, data: object) => ({ event: name, task_id: 't', workflow_run_id: 'w', data });
    const thread = run(
      bare('workflow_started', {}),
      bare('text_chunk', { text: 'Hel' }),
      bare('text_chunk', { text: 'lo' }),
      bare('workflow_finished', { status: 'partial-succeeded' }),
      bare('text_chunk', { text: ' after the end' }),
    );
    expect(textOf(answer(thread))).to.equal('Hello');
    expect(thread.run?.finishReason).to.equal('partial-succeeded');
  });

  it('shows the outputs of a workflow that streams no text', () => {
    const bare = (name: string, data: object) => ({ event: name, task_id: 't', workflow_run_id: 'w', data });
    const finished = (outputs: object | null) =>
      bare('workflow_finished', { status: 'succeeded', outputs, total_tokens: 0 });
    const started = bare('workflow_started', {});
    const said = (...list: unknown[]): string => textOf(answer(run(started, ...list)));
    expect(said(finished({ result: 'Hello' }))).to.equal('Hello');
    expect(said(finished({ title: 'One', score: 2, rest: 'Two' }))).to.equal('One\n\nTwo');
    expect(said(bare('text_chunk', { text: 'Hello' }), finished({ result: 'Hello' }))).to.equal('Hello');
    expect(said(finished(null))).to.equal('');
  });

  it('pauses for a form, which is data for the page', () => {
    const form = { form_id: 'f', form_content: 'Please review.', actions: [{ id: 'ok' }] };
    const thread = run(
      event('workflow_started', { data: {} }),
      event('human_input_required', { data: form }),
      event('workflow_paused', { data: { status: 'paused' } }),
    );
    expect(partsOf(thread, 'data')[0]).to.deep.include({ name: 'human-input', data: form });
    expect(thread.run).to.include({ status: 'complete', finishReason: 'paused' });
  });

  it('keeps the text before an error', () => {
    const failure = { status: 400, code: 'completion_request_error', message: 'Rate limit' };
    for (const [list, backendMessage] of [
      [[say('par'), event('error', failure)], 'Rate limit'],
      [[say('par'), event('workflow_finished', { data: { status: 'failed', error: 'Boom' } })], 'Boom'],
    ] as const) {
      const thread = run(...list);
      expect(textOf(answer(thread))).to.equal('par');
      expect(thread.run?.error).to.include({ code: 'backend', backendMessage });
    }
  });

  it('is interrupted without an end', () => {
    expect(run(say('par')).run?.error?.code).to.equal('interrupted');
  });

  it('passes over what means nothing, and counts what it does not know', () => {
    const decoder = dify.decoder(hints);
    const decode = (data: string, name = '') => decoder.decode({ name, data, id: '' });
    for (const quiet of ['ping', 'tts_message', 'tts_message_end', 'node_finished', 'loop_next'])
      expect(decode(JSON.stringify({ event: quiet }))).to.deep.equal([]);
    expect(decode('', 'ping')).to.deep.equal([]);
    for (const data of ['null', '[]', 'no json', '{"event":"novel"}', '{"event":1}', '{}'])
      expect(decode(data)).to.equal(null);
    for (const known of ['message', 'agent_thought', 'message_file', 'message_end', 'human_input_required'])
      expect(decode(JSON.stringify({ event: known, metadata: 1, data: [], files: [1] }))).to.be.an('array');
  });

  it('asks with the question, the conversation and files that have an address', () => {
    const file = { type: 'file', mediaType: 'image/png', done: true } as const;
    const messages: Message[] = [
      {
        id: '1',
        role: 'user',
        status: 'complete',
        createdAt: 0,
        metadata: {},
        parts: [
          { type: 'text', id: 't', text: 'Hi', done: true },
          { ...file, id: 'a', url: 'https://a.test/i.png' },
          { ...file, id: 'b', url: 'data:image/png;base64,AA==' },
          { ...file, id: 'c', url: 'https://a.test/i.pdf', mediaType: 'application/pdf' },
        ],
      },
    ];
    const body = { inputs: {}, query: 'Hi', response_mode: 'streaming', user: 'anonymous' };
    const remote = { transfer_method: 'remote_url' };
    expect(dify.encode({ text: 'Hi', messages, threadId: 'c1' }).body).to.deep.equal({
      ...body,
      conversation_id: 'c1',
      files: [
        { ...remote, type: 'image', url: 'https://a.test/i.png' },
        { ...remote, type: 'document', url: 'https://a.test/i.pdf' },
      ],
    });
    expect(dify.encode({ text: 'Hi', messages: [], threadId: null }).body).to.deep.equal({
      ...body,
      conversation_id: '',
    });
  });

  it('gives the same at every split', () => {
    const bytes = bytesOf(stream(say('Hä'), event('message_replace', { answer: 'Ö' }), event('message_end')));
    const whole = summary(replay(dify, [bytes]));
    for (const chunks of splits(bytes)) expect(summary(replay(dify, chunks))).to.deep.equal(whole);
  });
});

await describeRecorded({
  protocol: 'dify',
  dialects: ['dify'],
  usage: (recorded: { prompt_tokens?: number; completion_tokens?: number }) => [
    recorded.prompt_tokens,
    recorded.completion_tokens,
  ],
});
