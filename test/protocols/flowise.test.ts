import { textOf, type Thread } from '../../src/model/thread.js';
import { flowise } from '../../src/protocols/flowise.js';
import { expect } from '../support/index.js';
import { asked, file, text } from './lines.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, replay, replayThroughChat, splits, stream, summary } from './replay.js';

type Event = readonly [event: string, data?: unknown, rest?: object];

/** As Flowise frames it: a line `message:` that is no field, then the event. */
const bytes = (...events: Event[]): Uint8Array =>
  bytesOf(
    events
      .map(([event, data, rest]) => `message:\n${stream({ event, data, ...rest })}`)
      .join(':heartbeat\n\n'),
  );
const run = (...events: Event[]): Thread => replay(flowise, [bytes(...events)]);
const answer = (thread: Thread) => thread.messages.at(-1)!;
const parts = (thread: Thread, type: string) => answer(thread).parts.filter((part) => part.type === type);
const end: Event = ['end', '[DONE]'];

describe('the flowise protocol', () => {
  it('reads text, reasoning, ids, suggestions and usage', () => {
    const thread = run(
      ['start', 'Hel'],
      ['thinking', 'Hm'],
      ['thinking', 'm.'],
      ['thinking', '', { duration: 2 }],
      ['token', 'Hel'],
      ['token', 'lo'],
      ['usageMetadata', { input_tokens: 3, output_tokens: 2, total_tokens: 5 }],
      ['usageMetadata', { input_tokens: 1, output_tokens: 1, total_tokens: 2 }],
      ['metadata', { chatId: 'c1', chatMessageId: 'm1', followUpPrompts: ['And?', 5] }],
      end,
    );
    expect(textOf(answer(thread))).to.equal('Hello');
    expect(parts(thread, 'reasoning')).to.have.length(1);
    expect(parts(thread, 'reasoning')[0]).to.include({ text: 'Hmm.' });
    expect(answer(thread)).to.deep.include({
      backendId: 'm1',
      status: 'complete',
      metadata: { suggestions: ['And?'] },
    });
    expect(thread.id).to.equal('c1');
    expect(thread.run?.usage).to.deep.equal({ inputTokens: 4, outputTokens: 3, totalTokens: 7 });
  });

  it('pairs the tools that were called with those that were used', () => {
    const weather = { tool: 'weather', toolInput: { city: 'Oslo' }, toolOutput: 'rain' };
    const broken = { tool: 'time', toolInput: 'now', toolOutput: '', error: 'No clock' };
    const thread = run(
      ['calledTools', [{ ...weather, toolOutput: '' }]],
      ['token', 'It is '],
      ['usedTools', [weather, null, [broken]]],
      ['usedTools', [weather, broken]],
      ['token', 'raining'],
      end,
    );
    expect(parts(thread, 'tool-call')).to.have.length(2);
    expect(parts(thread, 'tool-call')[0]).to.deep.include({
      name: 'weather',
      input: { city: 'Oslo' },
      output: 'rain',
      state: 'complete',
    });
    expect(parts(thread, 'tool-call')[1]).to.include({ name: 'time', state: 'error', error: 'No clock' });
    expect(textOf(answer(thread))).to.equal('It is raining');
  });

  it('counts a tool that was called twice with the same outcome as two calls', () => {
    const roll = { tool: 'roll', toolInput: {}, toolOutput: '6' };
    const once: Event[] = [
      ['calledTools', [roll]],
      ['usedTools', [roll]],
    ];
    const calls = parts(run(...once, ...once, end), 'tool-call');
    expect(calls.map((part) => 'state' in part && part.state)).to.deep.equal(['complete', 'complete']);
  });

  it('reads sources, once each', () => {
    const page = { pageContent: 'p', metadata: { source: 'https://example.com/a', title: 'A' } };
    const thread = run(
      ['sourceDocuments', [page, { metadata: { source: 'notes.pdf' } }, {}, null]],
      ['sourceDocuments', [page]],
      ['usedTools', [{ tool: 'search', toolOutput: '', sourceDocuments: [page] }]],
      end,
    );
    expect(parts(thread, 'source')).to.deep.equal([
      { type: 'source', id: 'source-1', url: 'https://example.com/a', title: 'A', done: true },
      { type: 'source', id: 'source-2', title: 'notes.pdf', done: true },
    ]);
  });

  it('reads files and other artifacts', () => {
    const thread = run(
      [
        'artifacts',
        [
          { type: 'png', data: 'FILE-STORAGE::plot.png' },
          { type: 'jpg', data: 'https://example.com/a.jpg' },
          { type: 'html', data: '<b>x</b>' },
        ],
      ],
      ['fileAnnotations', [{ filePath: 'https://example.com/t.csv', fileName: 't.csv' }]],
      end,
    );
    expect(parts(thread, 'file')).to.deep.equal([
      { type: 'file', id: 'file-0', mediaType: 'image/png', name: 'plot.png', done: true },
      { type: 'file', id: 'file-1', mediaType: 'image/jpeg', url: 'https://example.com/a.jpg', done: true },
      {
        type: 'file',
        id: 'file-3',
        mediaType: 'application/octet-stream',
        url: 'https://example.com/t.csv',
        name: 't.csv',
        done: true,
      },
    ]);
    expect(parts(thread, 'data')[0]).to.deep.include({ name: 'artifact' });
  });

  it('shows the steps of a flow, and waits where a person is asked', () => {
    const thread = run(
      ['agentFlowEvent', 'INPROGRESS'],
      ['nextAgentFlow', { nodeId: 'n', nodeLabel: 'Search', status: 'INPROGRESS' }],
      ['nextAgentFlow', { nodeId: 'n', nodeLabel: 'Search', status: 'FINISHED' }],
      ['nextAgent', 'Writer'],
      ['agentReasoning', [{ agentName: 'a' }]],
      ['agentReasoning', [{ agentName: 'a' }, { agentName: 'b' }]],
      ['agentFlowExecutedData', []],
      ['action', null],
      ['action', { id: 'x', mapping: { approve: 'Yes', reject: 'No' } }],
      end,
    );
    expect(thread.run?.progress).to.deep.equal([{ text: 'Search' }, { text: 'Writer' }]);
    expect(parts(thread, 'data').map((part) => part.type === 'data' && [part.name, part.data])).to.deep.equal(
      [
        ['agentReasoning', [{ agentName: 'a' }, { agentName: 'b' }]],
        ['action', { id: 'x', mapping: { approve: 'Yes', reject: 'No' } }],
      ],
    );
    expect(thread.run?.finishReason).to.equal('paused');
  });

  it('keeps the text before an error, whatever follows', () => {
    const thread = run(['token', 'par'], ['error', 'Busy'], ['metadata', { chatId: 'c1' }], end);
    expect(textOf(answer(thread))).to.equal('par');
    expect(thread.run?.error).to.include({ code: 'backend', backendMessage: 'Busy' });
    expect(thread.id).to.equal('c1');
  });

  it('is stopped where somebody aborted it, and interrupted without an end', () => {
    const stopped = run(['token', 'a'], ['abort', '[DONE]'], end);
    expect(stopped.run).to.include({ status: 'stopped', finishReason: 'abort' });
    expect(run(['token', 'a'], ['metadata', { chatId: 'c' }]).run?.error?.code).to.equal('interrupted');
  });

  it('passes over what it does not know', () => {
    const thread = run(
      ['token', { text: 'x' }],
      ['token'],
      ['usedTools', 'x'],
      ['metadata', []],
      ['nextAgent', {}],
      ['unheard-of', 1],
      ['token', 'a'],
      end,
    );
    expect(textOf(answer(thread))).to.equal('a');
    expect(thread.run?.status).to.equal('complete');
  });

  it('gives the same at every split, named and recognised', async () => {
    const body = bytes(['start', 'Hä'], ['token', 'Hä 🎉'], ['metadata', { chatId: 'c' }], end);
    const whole = summary(replay(flowise, [body]));
    for (const chunks of splits(body)) {
      expect(summary(replay(flowise, chunks))).to.deep.equal(whole);
      const chat = await replayThroughChat(chunks);
      expect(chat.report.get()?.protocol).to.equal('flowise');
      expect(summary(chat.thread.get())).to.deep.equal(whole);
    }
  });

  it('asks with the chat id, or with what was said before while there is none', () => {
    const messages = [
      ['user', 'Hi'],
      ['assistant', 'Hello'],
      ['user', 'Why?'],
    ] as const;
    expect(flowise.encode(asked(messages, 'c1')).body).to.deep.equal({
      question: 'Why?',
      streaming: true,
      chatId: 'c1',
    });
    expect(flowise.encode(asked(messages)).body).to.deep.equal({
      question: 'Why?',
      streaming: true,
      history: [
        { role: 'userMessage', content: 'Hi' },
        { role: 'apiMessage', content: 'Hello' },
      ],
    });
  });

  it('asks with the files of the question', () => {
    const data = 'data:image/png;base64,AAAA';
    const files = [file('image/png', data, 'a.png'), file('image/png', 'https://example.com/b.png')];
    expect(flowise.encode(asked([['user', [text('What?'), ...files]]])).body).to.deep.equal({
      question: 'What?',
      streaming: true,
      uploads: [
        { type: 'file', data, name: 'a.png', mime: 'image/png' },
        { type: 'url', data: 'https://example.com/b.png', name: 'file', mime: 'image/png' },
      ],
    });
  });
});

await describeRecorded({
  protocol: 'flowise',
  dialects: ['flowise'],
  usage: ({ input_tokens: input, output_tokens: output }: Record<string, number>) => [input, output],
  differences: {
    'flowise/abort.sse#status': 'aborted at the server: the run is stopped, never complete',
  },
});
