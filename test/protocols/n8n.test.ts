import { textOf, type Thread } from '../../src/model/thread.js';
import { n8n } from '../../src/protocols/n8n.js';
import { expect } from '../support/index.js';
import { asked, expectSameAtEverySplit, lines, runLines } from './lines.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, replayThroughChat } from './replay.js';

const line = (type: string, content?: string, node: object = {}) => ({
  type,
  ...(content !== undefined && { content }),
  metadata: { nodeId: 'n', nodeName: 'Agent', itemIndex: 0, runIndex: 0, timestamp: 1, ...node },
});
const run = (...values: unknown[]): Promise<Thread> => runLines(n8n, ...values);
const answer = (thread: Thread) => thread.messages.at(-1)!;
const texts = (thread: Thread) => answer(thread).parts.map((part) => 'text' in part && part.text);

describe('the n8n protocol', () => {
  it('reads the text of a node, and names the node', async () => {
    const thread = await run(line('begin'), line('item', 'Hel'), line('item', 'lo'), line('end'));
    expect(texts(thread)).to.deep.equal(['Hello']);
    expect(thread.run?.status).to.equal('complete');
    expect(thread.run?.progress).to.deep.equal([{ text: 'Agent' }]);
  });

  it('keeps runs apart that overlap, one part for each node and run', async () => {
    const other = { nodeId: 'o', nodeName: 'Critic' };
    const again = { runIndex: 1 };
    const thread = await run(
      line('begin'),
      line('begin', undefined, other),
      line('item', 'A'),
      line('item', 'B', other),
      line('item', 'a'),
      line('end'),
      line('item', 'b', other),
      line('end', undefined, other),
      line('begin', undefined, again),
      line('item', 'C', again),
      line('end', undefined, again),
    );
    expect(texts(thread)).to.deep.equal(['Aa', 'Bb', 'C']);
    expect(thread.run?.status).to.equal('complete');
  });

  it('is interrupted while a run that began has not ended', async () => {
    const other = { nodeId: 'o' };
    for (const cut of [
      [line('begin'), line('item', 'a')],
      [line('begin'), line('begin', undefined, other), line('item', 'a'), line('end')],
      [line('item', 'a')],
      [],
    ]) {
      const thread = await run(...cut);
      expect(thread.run?.error?.code).to.equal('interrupted');
    }
  });

  it('keeps the text before an error', async () => {
    const thread = await run(line('begin'), line('item', 'par'), line('error', 'Busy'), line('end'));
    expect(texts(thread)).to.deep.equal(['par']);
    expect(thread.run?.error).to.include({ code: 'backend', backendMessage: 'Busy' });
  });

  it('passes over what it does not know, and goes without metadata', async () => {
    const thread = await run(
      { type: 'begin' },
      { type: 'x' },
      null,
      1,
      { type: 'item' },
      [{ output: 'no' }],
      { type: 'item', content: 'a' },
      { type: 'end', metadata: 5 },
    );
    expect(texts(thread)).to.deep.equal(['a']);
    expect(thread.run?.status).to.equal('complete');
  });

  it('reads a workflow that does not stream', async () => {
    for (const [body, contentType] of [
      ['{"output":"Hi"}', 'application/json'],
      ['[{"text":"Hi"}]', 'application/json; charset=utf-8'],
      ['{\n  "output": "Hi"\n}\n', 'application/json'],
      ['"Hi"', 'application/json'],
      ['Hi', 'text/html; charset=utf-8'],
    ] as const) {
      const chat = await replayThroughChat([bytesOf(body)], { protocol: 'n8n', contentType });
      expect(textOf(answer(chat.thread.get())), body).to.equal('Hi');
      expect(chat.thread.get().run?.status).to.equal('complete');
    }
    const cut = await replayThroughChat([bytesOf('{"output":"H')], { protocol: 'n8n' });
    expect(cut.thread.get().run?.error?.code).to.equal('interrupted');
    const failed = await run({ code: 0, message: 'No workflow' });
    expect(failed.run?.error).to.include({ code: 'backend', backendMessage: 'No workflow' });
  });

  it('streams though its body is labelled as JSON', async () => {
    const body = bytesOf(lines(line('begin'), line('item', 'a'), line('end')));
    const chat = await replayThroughChat([body], { protocol: 'n8n', contentType: 'application/json' });
    expect(chat.report.get()).to.include({ framing: 'json-lines', events: 3 });
  });

  it('gives the same at every split, named and recognised', () =>
    expectSameAtEverySplit(n8n, line('begin'), line('item', 'Hä 🎉'), line('end')));

  it('asks under the thread’s id, or the id of its first message', () => {
    const messages = [
      ['user', 'Hi'],
      ['assistant', 'Hello'],
      ['user', 'Why?'],
    ] as const;
    const body = { action: 'sendMessage', chatInput: 'Why?' };
    expect(n8n.encode(asked(messages)).body).to.deep.equal({ ...body, sessionId: 'm0' });
    expect(n8n.encode(asked(messages, 't1')).body).to.deep.equal({ ...body, sessionId: 't1' });
  });
});

await describeRecorded({ protocol: 'n8n', dialects: ['n8n'] });
