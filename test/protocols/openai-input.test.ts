import type { Message } from '../../src/model/thread.js';
import { openAIResponses } from '../../src/protocols/openai-responses.js';
import { expect } from '../support/index.js';

describe('requests of openai-responses', () => {
  const words = { type: 'text', id: 't', text: 'See', done: true } as const;
  const file = (mediaType: string, url: string) =>
    ({ type: 'file', id: url, mediaType, url, done: true }) as const;
  const call = { type: 'tool-call', inputText: '', done: true, state: 'complete', output: 1 } as const;
  const messages = [
    { role: 'system', parts: [words] },
    {
      role: 'assistant',
      parts: [
        words,
        { ...call, id: 'call_1', name: 'f', input: { a: 1 } },
        { ...call, id: 'ws_1', name: 'web_search_call' },
        words,
      ],
    },
    {
      role: 'user',
      parts: [
        words,
        file('image/png', 'data:image/png;base64,AA=='),
        file('application/pdf', 'data:application/pdf;base64,AA=='),
        file('application/pdf', 'https://a.example/a.pdf'),
        file('image/png', 'blob:here'),
      ],
    },
  ] as unknown as Message[];
  const question = {
    role: 'user',
    content: [
      { type: 'input_text', text: 'See' },
      { type: 'input_image', image_url: 'data:image/png;base64,AA==' },
      { type: 'input_file', filename: 'file', file_data: 'data:application/pdf;base64,AA==' },
      { type: 'input_file', file_url: 'https://a.example/a.pdf' },
    ],
  };

  it('carry the history, its files and its tools', () => {
    expect(openAIResponses.encode({ text: 'See', messages, threadId: null }).body).to.deep.equal({
      input: [
        { role: 'system', content: 'See' },
        { role: 'assistant', content: 'See' },
        { type: 'function_call', call_id: 'call_1', name: 'f', arguments: '{"a":1}' },
        { type: 'function_call_output', call_id: 'call_1', output: '1' },
        { role: 'assistant', content: 'See' },
        question,
      ],
      stream: true,
    });
  });

  it('carry the question alone where a conversation keeps the rest', () => {
    expect(openAIResponses.encode({ text: 'See', messages, threadId: 'conv_1' }).body).to.deep.equal({
      input: [question],
      stream: true,
      conversation: 'conv_1',
    });
  });
});
