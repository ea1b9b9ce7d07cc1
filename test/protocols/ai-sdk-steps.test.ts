import type { Thread } from '../../src/model/thread.js';
import { aiSDK } from '../../src/protocols/ai-sdk.js';
import { expect } from '../support/index.js';
import { bytesOf, replay, stream } from './replay.js';

const done = '[DONE]';
const run = (...list: unknown[]): Thread => replay(aiSDK, [bytesOf(stream(...list))]);
const parts = (thread: Thread) => thread.messages.at(-1)!.parts;

describe('the steps of the ai-sdk protocol', () => {
  it('keeps calls apart whose provider names them alike in every step', () => {
    // vercel/ai#17347: Amazon Bedrock counts the calls of each response from zero.
    const call = (city: string) => [
      { type: 'tool-input-start', toolCallId: 'call_0', toolName: 'weather' },
      { type: 'tool-input-delta', toolCallId: 'call_0', inputTextDelta: `{"city":"${city}"}` },
      { type: 'tool-input-available', toolCallId: 'call_0', toolName: 'weather', input: { city } },
    ];
    const output = (celsius: number) => ({
      type: 'tool-output-available',
      toolCallId: 'call_0',
      output: celsius,
    });
    const thread = run(
      { type: 'start-step' },
      ...call('Oslo'),
      { type: 'finish-step' },
      { type: 'start-step' },
      // An output may come late.
      output(4),
      ...call('Rome'),
      output(20),
      { type: 'finish-step' },
      { type: 'finish' },
      done,
    );
    expect(
      parts(thread).map((part) => part.type === 'tool-call' && [part.inputText, part.output]),
    ).to.deep.equal([
      ['{"city":"Oslo"}', 4],
      ['{"city":"Rome"}', 20],
    ]);
    const again = run(
      ...[{ type: 'start-step' }, ...call('Oslo'), output(4), { type: 'start-step' }, ...call('Rome')],
      { type: 'reset-step' },
      { type: 'finish' },
      done,
    );
    expect(parts(again).map((part) => part.type === 'tool-call' && part.state)).to.deep.equal([
      'complete',
      'error',
    ]);
  });
});
