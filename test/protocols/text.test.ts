import { Chat } from '../../src/headless.js';
import { textOf, type Thread } from '../../src/model/thread.js';
import { text } from '../../src/protocols/text.js';
import { expect } from '../support/index.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, bytewise, replayThroughChat, splits } from './replay.js';

const contentType = 'text/plain; charset=utf-8';
const read = async (chunks: readonly Uint8Array[], protocol?: string): Promise<Thread> =>
  (await replayThroughChat(chunks, { protocol, contentType })).thread.get();
const said = (thread: Thread): string => textOf(thread.messages.at(-1)!);

describe('the text protocol', () => {
  const words = '  Grüße 👩‍👩‍👧,\r\n\n- “one”\n- two \n';

  it('shows the body as it is, named and recognised, at every split', async () => {
    for (const protocol of ['text', 'auto']) {
      for (const chunks of [[bytesOf(words)], bytewise(bytesOf(words)), ...splits(bytesOf(words))]) {
        const thread = await read(chunks, protocol);
        expect(said(thread)).to.equal(words);
        expect(thread.run?.status).to.equal('complete');
      }
    }
  });

  it('takes a body literally that looks like something else, when it is named', async () => {
    for (const body of ['data: x\n\n', '{"a":1}', '0:"a"\n', '[DONE]']) {
      expect(said(await read([bytesOf(body)], 'text')), body).to.equal(body);
    }
  });

  it('is interrupted by an empty body', async () => {
    expect((await read([], 'text')).run).to.deep.include({ status: 'error' });
  });

  it('keeps what came before the connection broke', async () => {
    let asked = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (asked++) controller.error(new Error('cut'));
          else controller.enqueue(bytesOf('half'));
        },
      },
      { highWaterMark: 0 },
    );
    const chat = new Chat({
      endpoint: '/replayed',
      protocol: 'text',
      fetch: async () => new Response(body, { headers: { 'content-type': contentType } }),
    });
    await chat.send('Why?');
    expect(said(chat.thread.get())).to.equal('half');
    expect(chat.error.get()?.code).to.equal('interrupted');
  });

  it('asks with the general body', () => {
    const { body } = text.encode({ text: 'Why?', messages: [], threadId: 't1' });
    expect(body).to.deep.equal({ message: 'Why?', messages: [], thread_id: 't1' });
  });
});

await describeRecorded({
  protocol: 'text',
  dialects: ['text-stream'],
  // There is no end mark: a clean end is all there ever is.
  ends: () => true,
});
