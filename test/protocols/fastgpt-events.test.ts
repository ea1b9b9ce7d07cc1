import { expect } from '../support/index.js';
import { answer, chunk, run, text } from './openai-chat-stream.js';
import { bytesOf, replayThroughChat, stream } from './replay.js';

describe('FastGPT, read by openai-chat', () => {
  it('reads what FastGPT tells of its workflow', () => {
    const tool = (fields: object) => ({ tool: { id: 't', ...fields } });
    const thread = run(
      ['flowNodeStatus', { status: 'running', name: 'Search' }],
      ['toolCall', tool({ functionName: 'find', toolName: 'Find', params: '' })],
      ['toolParams', tool({ params: '{"q":' })],
      ['toolParams', tool({ params: '1}' })],
      ['toolResponse', tool({ response: 'found' })],
      ['updateVariables', { a: 1 }],
      ['answer', chunk({ content: 'Here.' }, { finish_reason: 'stop' })],
      ['interactive', { interactive: { type: 'userSelect' } }],
      ['answer', '[DONE]'],
      ['flowResponses', []],
    );
    expect(thread.run?.progress).to.deep.equal([{ text: 'Search' }]);
    expect(answer(thread)?.parts[0]).to.deep.include({
      name: 'find',
      input: { q: 1 },
      output: 'found',
      state: 'complete',
    });
    expect(text(thread)).to.equal('Here.');
    expect(answer(thread)?.parts[2]).to.include({ type: 'data', name: 'interactive' });
    expect(thread.run).to.include({ status: 'complete', finishReason: 'stop' });
  });

  it('is told by its own events, not by names that others use too', async () => {
    const end = ['done', {}];
    for (const [first, protocol] of [
      [['flowNodeStatus', { status: 'running', name: 'Search' }], 'openai-chat'],
      [['toolCall', { tool: { id: 't', functionName: 'find' } }], 'openai-chat'],
      [['fastAnswer', chunk({ content: 'a' })], 'openai-chat'],
      [['answer', { text: 'a' }], 'events'],
    ] as const) {
      const chat = await replayThroughChat([bytesOf(stream(first, end))]);
      expect(chat.report.get()?.protocol, first[0]).to.equal(protocol);
    }
  });
});
