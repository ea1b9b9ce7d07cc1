import '../../src/define.js';

import { html } from 'lit';
import type { MessageInput } from '../../src/headless.js';
import { expect, fixture, onCleanup, until } from '../support/index.js';
import { messages, read } from './helpers.js';

/** What a page or a store hands in, of any type. */
async function shown(...given: unknown[]) {
  const warned: unknown[] = [];
  const { warn } = console;
  console.warn = (...words: unknown[]) => void warned.push(words.at(-1));
  onCleanup(() => (console.warn = warn));
  const element = await fixture(
    html`<chat-stream endpoint="/never" .messages=${given as MessageInput[]}></chat-stream>`,
  );
  await customElements.whenDefined('chat-stream-messages');
  return { element, warned };
}

describe('messages that a page hands in', () => {
  it('are shown with their text, their content, or content in pieces as models are told it', async () => {
    const { element, warned } = await shown(
      { role: 'user', text: 'One?' },
      { role: 'assistant', content: 'Two.' },
      { role: 'user', content: [{ type: 'text', text: 'Three?' }] },
      { role: 'assistant', content: null, parts: [{ type: 'text', text: 'Four.' }] },
    );
    await until(() => messages(element).map(read).join(' ').includes('Four.'));
    expect(messages(element).map(read).join(' ')).to.match(/One\?.*Two\..*Three\?.*Four\./s);
    expect(warned).to.deep.equal([]);
  });

  it('are shown but for what is no message and no part of one, and the page is told', async () => {
    const bad = [{ type: 'text', text: 7 }, { type: 'tool-call' }, null, { text: 'of no type' }];
    const none = [
      null,
      { role: 'robot', text: 'x' },
      { role: 'user', content: 7 },
      { role: 'user', parts: 'x' },
    ];
    const { element, warned } = await shown(...none, {
      role: 'assistant',
      parts: [...bad, { type: 'text', text: 'Whole.' }],
    });
    await until(() => messages(element).length && read(messages(element)[0]!).includes('Whole.'));
    expect(messages(element)).to.have.length(1);
    expect(warned).to.deep.equal([...none, ...bad]);
  });
});
