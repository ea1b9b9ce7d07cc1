import { textOf, type Thread } from '../../src/model/thread.js';
import { hfChatUI } from '../../src/protocols/hf-chat-ui.js';
import { expect } from '../support/index.js';
import { asked, expectSameAtEverySplit, file, runLines, text } from './lines.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, replayThroughChat } from './replay.js';

const status = (word: string, rest: object = {}) => ({ type: 'status', status: word, ...rest });
const token = (value: string) => ({ type: 'stream', token: value.padEnd(16, '\0') });
const final = (value: string, interrupted = false) => ({ type: 'finalAnswer', text: value, interrupted });
const tool = (subtype: string, rest: object = {}) => ({ type: 'tool', subtype, uuid: 'u', ...rest });
const finished = status('finished');
const run = (...values: unknown[]): Promise<Thread> => runLines(hfChatUI, ...values);
const answer = (thread: Thread) => thread.messages.at(-1)!;
const parts = (thread: Thread, type: string) => answer(thread).parts.filter((part) => part.type === type);

describe('the hf-chat-ui protocol', () => {
  it('reads text without its padding, the title, and what answered', async () => {
    const thread = await run(
      status('started'),
      { type: 'routerMetadata', route: 'code', model: 'm' },
      { type: 'title', title: '<think></think> Greeting ' },
      status('keepAlive'),
      token('Hel'),
      token('lo'),
      { type: 'routerMetadata', route: '', model: '', provider: 'p' },
      final('Hello'),
      finished,
    );
    expect(textOf(answer(thread))).to.equal('Hello');
    expect(thread.title).to.equal('Greeting');
    expect(thread.messages).to.have.length(2);
    expect(answer(thread).metadata).to.deep.equal({ model: 'm', route: 'code', provider: 'p' });
    expect(thread.run).to.include({ status: 'complete', finishReason: 'stop' });
  });

  it('reads reasoning apart from the text, and what it says it is doing', async () => {
    const thread = await run(
      { type: 'reasoning', subtype: 'status', status: 'Thinking…' },
      { type: 'reasoning', subtype: 'stream', token: 'Hm' },
      { type: 'reasoning', subtype: 'stream', token: 'm.' },
      token('Hello'),
      finished,
    );
    expect(parts(thread, 'reasoning')[0]).to.include({ text: 'Hmm.' });
    expect(textOf(answer(thread))).to.equal('Hello');
    expect(thread.run?.progress).to.deep.equal([{ text: 'Thinking…' }]);
  });

  it('reads tools, their progress, results and failures', async () => {
    const call = { name: 'search', parameters: { query: 'oslo' } };
    const thread = await run(
      tool('call', { call }),
      tool('eta', { eta: 3 }),
      tool('progress', { progress: 1, total: 2, message: 'Reading' }),
      tool('progress', { progress: 3 }),
      tool('result', { result: { status: 'success', call, outputs: [{ text: '4' }] } }),
      tool('call', { uuid: 'v', call }),
      tool('result', { uuid: 'v', result: { status: 'error', call, message: 'No net' } }),
      tool('call', { uuid: 'w', call }),
      tool('error', { uuid: 'w', message: 'Gone' }),
      token('4 °C'),
      finished,
    );
    const [first, second, third] = parts(thread, 'tool-call');
    expect(first).to.deep.include({ id: 'u', name: 'search', input: { query: 'oslo' }, state: 'complete' });
    expect(first).to.deep.include({ output: [{ text: '4' }] });
    expect(second).to.include({ id: 'v', state: 'error', error: 'No net' });
    expect(third).to.include({ id: 'w', state: 'error', error: 'Gone' });
    expect(thread.run?.progress).to.deep.equal([{ text: 'Reading', percent: 50 }]);
  });

  it('takes the final answer as the whole text, or as the rest of it after tools', async () => {
    const used = tool('call', { call: { name: 'search' } });
    for (const [shown, whole] of [
      [[token('Helo'), final('Hello')], 'Hello'],
      [[final('Hello')], 'Hello'],
      [[token('Let me see.'), used, token('4'), final('4')], 'Let me see.4'],
      [[token('A'), used, final('AB')], 'AB'],
      [[token('A'), used, final('B')], 'A\n\nB'],
    ] as const) {
      expect(textOf(answer(await run(...shown, finished)))).to.equal(whole);
    }
  });

  it('is stopped where the final answer was interrupted', async () => {
    const thread = await run(token('Hel'), final('Hel', true), finished);
    expect(thread.run?.status).to.equal('stopped');
    expect(textOf(answer(thread))).to.equal('Hel');
  });

  it('reads files, and waits for the answer to a form', async () => {
    const request = { elicitationId: 'e', server: 's', message: 'Which?' };
    const asks = { type: 'elicitation', subtype: 'request', request };
    const thread = await run({ type: 'file', name: 'a.png', sha: 'f00', mime: 'image/png' }, asks, finished);
    expect(parts(thread, 'file')[0]).to.include({ id: 'f00', name: 'a.png', mediaType: 'image/png' });
    expect(parts(thread, 'data')[0]).to.deep.include({ name: 'elicitation', data: request });
    expect(thread.run?.finishReason).to.equal('paused');

    const resolved = { type: 'elicitation', subtype: 'resolved', elicitationId: 'e', action: 'accept' };
    const going = await run(asks, resolved, token('ok'), finished);
    expect(parts(going, 'data')[0]).to.deep.include({ data: resolved });
    expect(going.run?.finishReason).to.equal('stop');
  });

  it('keeps the text before an error, and is interrupted without its end', async () => {
    const failed = await run(token('par'), status('error', { message: 'Busy', statusCode: 503 }));
    expect(textOf(answer(failed))).to.equal('par');
    expect(failed.run?.error).to.include({ code: 'backend', backendMessage: 'Busy', detail: '503' });
    expect((await run(token('par'), final('par'))).run?.error?.code).to.equal('interrupted');
  });

  it('passes over what it does not know', async () => {
    const odd = [null, 1, {}, { type: 'unheard-of' }, { type: 'tool' }, { type: 'title' }, { type: 'file' }];
    const thread = await run(
      ...odd,
      { type: 'stream', token: 5 },
      { type: 'elicitation' },
      token('a'),
      finished,
    );
    expect(textOf(answer(thread))).to.equal('a');
    expect(thread.run?.status).to.equal('complete');
  });

  it('reads on after the blanks that follow the final answer', async () => {
    const lines = [token('a'), final('a')].map((value) => JSON.stringify(value)).join('\n');
    const body = bytesOf(`${lines}\n${' '.repeat(4096)}${JSON.stringify(finished)}\n`);
    const chat = await replayThroughChat([body], {
      protocol: 'hf-chat-ui',
      contentType: 'application/jsonl',
    });
    expect(chat.thread.get().run?.status).to.equal('complete');
  });

  it('gives the same at every split, named and recognised', () =>
    expectSameAtEverySplit(hfChatUI, status('started'), token('Hä 🎉'), finished));

  it('asks with the question and its files; the server keeps the thread', () => {
    const files = [
      file('image/png', 'data:image/png;base64,AAAA', 'a.png'),
      file('image/png', 'https://example.com/a.png'),
    ];
    const request = asked([
      ['user', 'Hi'],
      ['user', [text('What?'), ...files]],
    ]);
    expect(hfChatUI.encode(request).body).to.deep.equal({
      inputs: 'What?',
      is_retry: false,
      files: [{ type: 'base64', name: 'a.png', value: 'AAAA', mime: 'image/png' }],
    });
  });
});

await describeRecorded({ protocol: 'hf-chat-ui', dialects: ['hf-chat-ui'] });
