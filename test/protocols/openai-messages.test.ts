import type { Message } from '../../src/model/thread.js';
import { openAIChat } from '../../src/protocols/openai-chat.js';
import { expect } from '../support/index.js';

describe('requests of openai-chat', () => {
  it('asks with the history, its files and its tools', () => {
    const ask = (...messages: Partial<Message>[]) => {
      const { body } = openAIChat.encode({ text: '', messages: messages as Message[], threadId: null });
      return (body as { messages: unknown[] }).messages;
    };
    const words = { type: 'text', id: 't', text: 'See', done: true } as const;
    const file = (mediaType: string, url: string, name?: string) =>
      ({ type: 'file', id: url, mediaType, url, name, done: true }) as const;
    const call = { type: 'tool-call', id: 'c', name: 'f', inputText: '{"a":1}', done: true } as const;
    expect(ask({ role: 'system', parts: [words] }, { role: 'user', parts: [words] })).to.deep.equal([
      { role: 'system', content: 'See' },
      { role: 'user', content: 'See' },
    ]);
    expect(
      ask({
        role: 'user',
        parts: [
          words,
          file('image/png', 'https://a.example/i.png'),
          file('audio/x-wav', 'data:audio/x-wav;base64,AA=='),
          file('application/pdf', 'data:application/pdf;base64,AA==', 'a.pdf'),
          file('image/png', 'blob:here'),
        ],
      }),
    ).to.deep.equal([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'See' },
          { type: 'image_url', image_url: { url: 'https://a.example/i.png' } },
          { type: 'input_audio', input_audio: { data: 'AA==', format: 'wav' } },
          { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' } },
        ],
      },
    ]);
    expect(
      ask({
        role: 'assistant',
        parts: [
          words,
          { ...call, state: 'complete', output: { b: 2 } },
          { ...call, id: 'open', state: 'input' },
          { ...words, text: 'Done' },
        ],
      }),
    ).to.deep.equal([
      {
        role: 'assistant',
        content: 'See',
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
      },
      { role: 'tool', tool_call_id: 'c', content: '{"b":2}' },
      { role: 'assistant', content: 'Done' },
    ]);
    // An open call and white space are all of it: hosts refuse an answer that says nothing.
    expect(
      ask({
        role: 'assistant',
        parts: [
          { ...call, state: 'input' },
          { ...words, text: '\n\n' },
        ],
      }),
    ).to.deep.equal([]);
  });
});
