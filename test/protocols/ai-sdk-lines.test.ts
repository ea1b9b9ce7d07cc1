import { textOf, type Message, type Thread } from '../../src/model/thread.js';
import { expect } from '../support/index.js';
import { bytesOf, replayThroughChat } from './replay.js';

const answer = (thread: Thread): Message => thread.messages.at(-1)!;
const parts = (thread: Thread) => answer(thread).parts;

/** The lines by way of `fetch`, as the text an AI SDK 4 server labels them. */
const lines = async (...list: string[]): Promise<Thread> => {
  const contentType = 'text/plain; charset=utf-8';
  const chat = await replayThroughChat([bytesOf(list.map((line) => `${line}\n`).join(''))], {
    protocol: 'ai-sdk',
    contentType,
  });
  return chat.thread.get();
};

describe('the older data stream of the ai-sdk protocol', () => {
  it('reads the lines of the data stream', async () => {
    const thread = await lines(
      'f:{"messageId":"m1"}',
      'g:"Hm"',
      'j:{"signature":"x"}',
      'b:{"toolCallId":"a","toolName":"weather"}',
      'c:{"toolCallId":"a","argsTextDelta":"{}"}',
      '9:{"toolCallId":"a","toolName":"weather","args":{"city":"Oslo"}}',
      'a:{"toolCallId":"a","result":4}',
      'e:{"finishReason":"tool-calls"}',
      'f:{"messageId":"m2"}',
      '0:"Four "',
      '0:"°C"',
      'h:{"sourceType":"url","id":"s","url":"https://a.example/"}',
      'k:{"data":"AA==","mimeType":"image/png"}',
      '2:[{"call":"completed"}]',
      'z:{}',
      'd:{"finishReason":"stop","usage":{"promptTokens":3,"completionTokens":2}}',
      '8:["late"]',
    );
    expect(parts(thread).map(({ type }) => type)).to.deep.equal([
      'reasoning',
      'tool-call',
      'text',
      'source',
      'file',
      'data',
      'data',
    ]);
    expect(parts(thread)[1]).to.deep.include({ input: { city: 'Oslo' }, output: 4, state: 'complete' });
    expect(parts(thread)[4]).to.include({ url: 'data:image/png;base64,AA==' });
    expect(textOf(answer(thread))).to.equal('Four °C');
    expect(thread.messages).to.have.length(2);
    expect(answer(thread)).to.include({ backendId: 'm2', status: 'complete' });
    expect(thread.run?.finishReason).to.equal('stop');
    expect(thread.run?.usage).to.include({ inputTokens: 3, outputTokens: 2 });
  });

  it('knows a failed and a cut data stream', async () => {
    expect((await lines('0:"a"', '3:"Busy"', 'd:{"finishReason":"error"}')).run?.error).to.include({
      code: 'backend',
      backendMessage: 'Busy',
    });
    expect((await lines('0:"a"', 'd:{"finishReason":"error"}')).run?.error?.code).to.equal('backend');
    expect((await lines('0:"a"', 'e:{"finishReason":"stop"}')).run?.error?.code).to.equal('interrupted');
  });
});
