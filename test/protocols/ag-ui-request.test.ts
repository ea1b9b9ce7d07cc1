import type { Message } from '../../src/model/thread.js';
import { agUI } from '../../src/protocols/ag-ui.js';
import { expect } from '../support/index.js';
import { bytesOf, replay, stream } from './replay.js';

/** The answer that such a stream makes. */
const answered = (...list: unknown[]): Message => replay(agUI, [bytesOf(stream(...list))]).messages.at(-1)!;

describe('requests of the ag-ui protocol', () => {
  it('asks with a whole RunAgentInput', () => {
    const question: Message = {
      id: 'q1',
      role: 'user',
      parts: [{ type: 'text', id: 't', text: 'Why?', done: true }],
      status: 'complete',
      createdAt: 0,
      metadata: {},
    };
    const file = { type: 'file', id: 'f', mediaType: 'image/png', done: true } as const;
    const withFiles: Message = {
      ...question,
      id: 'q2',
      parts: [
        ...question.parts,
        { ...file, url: 'https://a.example/a.png' },
        { ...file, mediaType: 'application/pdf', url: 'data:application/pdf;base64,AA==' },
      ],
    };
    const spoken = answered(
      { type: 'STATE_SNAPSHOT', snapshot: { n: 1 } },
      { type: 'REASONING_MESSAGE_CHUNK', messageId: 'x', delta: 'Hm' },
      { type: 'TEXT_MESSAGE_CHUNK', messageId: 'm1', delta: 'Looking.' },
      { type: 'TOOL_CALL_CHUNK', toolCallId: 'a', toolCallName: 'weather', delta: '{"city":"Oslo"}' },
      { type: 'TOOL_CALL_RESULT', messageId: 'm3', toolCallId: 'a', content: '4 °C' },
      { type: 'TEXT_MESSAGE_CHUNK', messageId: 'm2', delta: 'Cold.' },
      { type: 'RUN_FINISHED' },
    );
    const messages = [question, spoken, withFiles];
    const body = (threadId: string | null) =>
      JSON.parse(JSON.stringify(agUI.encode({ text: 'Why?', messages, threadId }).body)) as Record<
        string,
        unknown
      >;
    expect(body(null).threadId).to.equal('q1');
    expect(body(null).runId).to.match(/^q2:/);
    expect(body('t1')).to.deep.include({
      threadId: 't1',
      tools: [],
      context: [],
      state: { n: 1 },
      forwardedProps: {},
      messages: [
        { id: 'q1', role: 'user', content: 'Why?' },
        {
          id: 'm1',
          role: 'assistant',
          content: 'Looking.',
          toolCalls: [
            { id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
          ],
        },
        { id: 'a:result', role: 'tool', toolCallId: 'a', content: '4 °C' },
        { id: 'm2', role: 'assistant', content: 'Cold.' },
        {
          id: 'q2',
          role: 'user',
          content: [
            { type: 'text', text: 'Why?' },
            {
              type: 'image',
              source: { type: 'url', value: 'https://a.example/a.png', mimeType: 'image/png' },
            },
            { type: 'document', source: { type: 'data', value: 'AA==', mimeType: 'application/pdf' } },
          ],
        },
      ],
    });
  });

  it('sends the state back as patches without a snapshot have made it', () => {
    // AG-UI, "State": what a run patches first is the state that it was sent.
    const finished = { type: 'RUN_FINISHED' };
    const patches = (...deltas: object[]): Message =>
      answered(...deltas.map((delta) => ({ type: 'STATE_DELTA', delta: [delta] })), finished);
    const add = (path: string, value: unknown) => ({ op: 'add', path, value });
    const stateAfter = (...messages: Message[]) =>
      (agUI.encode({ text: '', messages, threadId: null }).body as { state: unknown }).state;
    expect(stateAfter(patches(add('/n', 1)))).to.deep.equal({ n: 1 });
    const snapshot = answered({ type: 'STATE_SNAPSHOT', snapshot: { list: [1] } }, finished);
    const more = patches(add('/list/-', 2), { op: 'remove', path: '/none' }, add('/list/-', 3));
    expect(stateAfter(snapshot, more)).to.deep.equal({ list: [1, 2, 3] });
    expect(stateAfter(more, snapshot)).to.deep.equal({ list: [1] });
  });

  it('names the messages of an answer it did not stream', () => {
    const base: Message = {
      id: 'x',
      role: 'assistant',
      parts: [],
      status: 'complete',
      createdAt: 0,
      metadata: {},
    };
    const messages: Message[] = [
      {
        ...base,
        parts: [
          {
            type: 'tool-call',
            id: 'a',
            name: 'find',
            inputText: '',
            input: { q: 1 },
            output: { n: 0 },
            state: 'error',
            error: 'No index',
            done: true,
          },
          { type: 'tool-call', id: 'b', name: 'find', inputText: '', state: 'running', done: false },
          { type: 'text', id: 'part-0', text: 'Sorry', done: true },
        ],
      },
    ];
    const { body } = agUI.encode({ text: '', messages, threadId: null });
    expect(JSON.parse(JSON.stringify((body as { messages: unknown }).messages))).to.deep.equal([
      {
        id: 'x',
        role: 'assistant',
        toolCalls: [{ id: 'a', type: 'function', function: { name: 'find', arguments: '{"q":1}' } }],
      },
      { id: 'a:result', role: 'tool', toolCallId: 'a', content: '{"n":0}', error: 'No index' },
      { id: 'x:2', role: 'assistant', content: 'Sorry' },
    ]);
  });
});
