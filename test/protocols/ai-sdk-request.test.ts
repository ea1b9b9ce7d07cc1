import type { Message } from '../../src/model/thread.js';
import { aiSDK } from '../../src/protocols/ai-sdk.js';
import { expect } from '../support/index.js';
import { bytesOf, replay, stream } from './replay.js';

/** The answer that such a stream makes. */
const answered = (...list: unknown[]): Message => replay(aiSDK, [bytesOf(stream(...list))]).messages.at(-1)!;

describe('requests of the ai-sdk protocol', () => {
  it('asks as the SDK’s own transport does', () => {
    const question: Message = {
      id: 'q1',
      role: 'user',
      parts: [
        { type: 'text', id: 't', text: 'Why?', done: true },
        { type: 'file', id: 'f', mediaType: 'image/png', url: 'data:,', name: 'a.png', done: true },
      ],
      status: 'complete',
      createdAt: 0,
      metadata: {},
    };
    const spoken = answered(
      { type: 'start', messageId: 'm1', messageMetadata: { model: 'gpt' } },
      { type: 'reasoning-delta', id: '0', delta: 'Hm' },
      { type: 'tool-input-available', toolCallId: 'a', toolName: 'weather', input: { city: 'Oslo' } },
      { type: 'tool-output-available', toolCallId: 'a', output: { celsius: 4 } },
      { type: 'text-delta', id: '0', delta: 'Four °C' },
      { type: 'source-url', sourceId: 's', url: 'https://a.example/', title: 'A' },
      { type: 'source-document', sourceId: 't', mediaType: 'application/pdf', title: 'No address' },
      { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AA==' },
      '[DONE]',
    );
    const messages = [question, spoken, { ...question, id: 'q2' }];
    const body = (threadId: string | null) =>
      JSON.parse(JSON.stringify(aiSDK.encode({ text: 'Why?', messages, threadId }).body)) as Record<
        string,
        unknown
      >;
    expect(body(null)).to.include({ id: 'q1', trigger: 'submit-message' });
    expect(body('thread')).to.include({ id: 'thread' });
    const asked = [
      { type: 'text', text: 'Why?' },
      { type: 'file', mediaType: 'image/png', url: 'data:,', filename: 'a.png' },
    ];
    expect(body(null).messages).to.deep.equal([
      { id: 'q1', role: 'user', parts: asked },
      {
        id: 'm1',
        role: 'assistant',
        metadata: { model: 'gpt' },
        parts: [
          { type: 'reasoning', text: 'Hm' },
          {
            type: 'tool-weather',
            toolCallId: 'a',
            input: { city: 'Oslo' },
            state: 'output-available',
            output: { celsius: 4 },
          },
          { type: 'step-start' },
          { type: 'text', text: 'Four °C' },
          { type: 'source-url', sourceId: 'source-1', url: 'https://a.example/', title: 'A' },
          { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AA==' },
        ],
      },
      { id: 'q2', role: 'user', parts: asked },
    ]);
  });

  it('sends failed calls and data back, and no call without an outcome', () => {
    const message = answered(
      { type: 'data-weather', id: 'w', data: 1 },
      { type: 'tool-input-available', toolCallId: 'a', toolName: 'rm', input: { x: 1 } },
      { type: 'tool-output-error', toolCallId: 'a', errorText: 'No disk' },
      { type: 'tool-input-available', toolCallId: 'b', toolName: 'rm', input: {} },
      '[DONE]',
    );
    const { body } = aiSDK.encode({ text: '', messages: [message], threadId: null });
    expect((body as { messages: { parts: unknown }[] }).messages[0]?.parts).to.deep.equal([
      { type: 'data-weather', id: 'w', data: 1 },
      { type: 'tool-rm', toolCallId: 'a', input: { x: 1 }, state: 'output-error', errorText: 'No disk' },
    ]);
  });
});
