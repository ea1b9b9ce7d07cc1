import type { MessageInput } from '../../src/model/plain-data.js';
import { expect, onCleanup, until } from '../support/index.js';
import { messages, part } from './helpers.js';
import { atEnd, scrollTo, whole, widget } from './long-thread-helpers.js';

const count = 400;
/** Questions, and answers with code. */
const thread = (): MessageInput[] =>
  Array.from({ length: count }, (_, index) =>
    index % 2
      ? { id: `m${index}`, role: 'assistant', text: `So:\n\n\`\`\`js\nlet a = ${index};\n\`\`\`\n` }
      : { id: `m${index}`, role: 'user', text: `Question ${index}.` },
  );

const codeOf = (message: Element) =>
  part(message, 'chat-stream-markdown').shadowRoot?.querySelector('pre code') ?? undefined;
const isColoured = (message: Element) => !!codeOf(message)?.querySelector('.k');

/** The elements that are observed, and observed no more once they are let go of. */
function observed(): Set<Element> {
  const { prototype } = IntersectionObserver;
  const { observe, unobserve } = prototype;
  onCleanup(() => Object.assign(prototype, { observe, unobserve }));
  const targets = new Set<Element>();
  prototype.observe = function (target) {
    targets.add(target);
    observe.call(this, target);
  };
  prototype.unobserve = function (target) {
    targets.delete(target);
    unobserve.call(this, target);
  };
  return targets;
}

describe('code in a long thread', () => {
  it('is coloured at the end, where the reader is, and elsewhere when the reader comes there', async () => {
    const element = await widget(thread());
    await whole(element, count);
    await atEnd(element);
    await until(() => isColoured(messages(element).at(-1)!));
    for (const index of [1, 101, 201]) {
      const message = messages(element)[index]!;
      await until(() => codeOf(message));
      expect(isColoured(message), `${index}`).to.equal(false);
    }
    await scrollTo(element, () => 0);
    await until(() => isColoured(messages(element)[1]!));
    expect(isColoured(messages(element)[201]!)).to.equal(false);
  });

  it('is not looked at block by block, which would cost something in every frame', async () => {
    const targets = observed();
    const element = await widget(thread());
    await whole(element, count);
    await until(() =>
      messages(element).every((message) => message.hasAttribute('question') || codeOf(message)),
    );
    await until(() => isColoured(messages(element).at(-1)!));
    expect(targets.size).to.be.within(1, 60);
  });
});
