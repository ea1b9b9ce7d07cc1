import { expect } from '../support/index.js';
import { chunk, reasoning, run, text } from './openai-chat-stream.js';

describe('inline reasoning', () => {
  it('shows inline reasoning apart, however its tags are cut', () => {
    const thought = '<think>\nHm, 2 < 3.\n</think>\n\nThe tag `<think>` opens it.';
    for (const tag of [thought, thought.replaceAll(/(<\/?think)>(?!`)/g, '$1ing>')]) {
      for (let at = 1; at < tag.length; at++) {
        const thread = run(
          ...[tag.slice(0, at), tag.slice(at)].map((content) => chunk({ content })),
          '[DONE]',
        );
        expect(text(thread), `cut at ${at}`).to.equal('The tag `<think>` opens it.');
        expect(reasoning(thread), `cut at ${at}`).to.equal('Hm, 2 < 3.\n');
      }
      const letters = run(...Array.from(tag, (content) => chunk({ content })), '[DONE]');
      expect(text(letters)).to.equal('The tag `<think>` opens it.');
      expect(reasoning(letters)).to.equal('Hm, 2 < 3.\n');
    }
  });

  it('makes reasoning of the text before a closing tag that nothing opened', () => {
    const words = ['Let', ' me', ' see.\n</th', 'ink>\nYes.'];
    const thread = run(...words.map((content) => chunk({ content })), '[DONE]');
    expect(text(thread)).to.equal('Yes.');
    expect(reasoning(thread)).to.equal('Let me see.\n');
  });

  it('leaves tags alone that an answer is about, and shows what was held back at the end', () => {
    for (const content of [
      'A `</think>` closes.',
      '```\n</think>\n```',
      'Use <think> and </think>',
      '<th',
      '\n <b',
    ])
      expect(text(run(chunk({ content }), chunk({}, { finish_reason: 'stop' }), '[DONE]'))).to.equal(content);
    const told = run(chunk({ reasoning: 'Hm.' }), chunk({ content: 'a\n</think>' }), '[DONE]');
    expect(text(told)).to.equal('a\n</think>');
    expect(text(run(chunk({ content: '  <thi' })))).to.equal('  <thi');
  });
});
