import '../../src/define.js';

import { Chat, textOf } from '../../src/headless.js';
import { done, lastText, say } from '../chat/helpers.js';
import { messages, read } from '../elements/helpers.js';
import { drawn, failureShown, sentences, widgetWith } from '../support/fault-widget.js';
import { expect, onCleanup, play, slowness, until } from '../support/index.js';
import type { Answer, Step } from '../support/play.js';

const megabyte = 1024 * 1024;
const chromium = PerformanceObserver.supportedEntryTypes.includes('longtask');

/** The longest task of the page from here on, in milliseconds; 0 where the engine does not tell. */
function longestTask(): () => number {
  let longest = 0;
  if (!chromium) return () => longest;
  const note = (entries: PerformanceEntry[]) => {
    for (const { duration } of entries) longest = Math.max(longest, duration);
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: 'longtask' });
  onCleanup(() => observer.disconnect());
  return () => (note(observer.takeRecords()), longest);
}

/** A machine under load takes its time for anything: what is asked for is that nothing takes seconds. */
const worst = (): number => 1000 * slowness();

async function run(answer: Answer) {
  const server = await play({ answers: [answer] });
  const longest = longestTask();
  const chat = new Chat({ endpoint: server.url });
  const start = performance.now();
  await chat.send('Why?');
  return { chat, server, took: performance.now() - start, longest: longest() };
}

describe('sizes', () => {
  const filler: Step = { repeat: { write: 'x'.repeat(1024), times: 10 * 1024 } };
  for (const [what, ...steps] of [
    ['an event of 10 MB', { write: 'data: {"type":"text","content":"' }, filler, { write: '"}\n\n' }],
    ['a line that never ends', { write: 'data: ' }, { repeat: { write: 'x'.repeat(1024), times: -1 } }],
    ['an event of lines without an end', { repeat: { write: `data: ${'x'.repeat(1000)}\n`, times: -1 } }],
  ] as [string, ...Step[]][]) {
    it(`${what} ends as too large, with what came before it`, async () => {
      const { chat, server, took, longest } = await run({
        ...{ steps: [{ write: say('before') }, ...steps], end: 'hang' },
      });
      expect(chat.error.get()).to.include({ code: 'overflow', detail: 'event-too-large' });
      expect(lastText(chat)).to.equal('before');
      expect(took).to.be.below(20_000 * slowness());
      expect(longest).to.be.below(worst());
      expect((await server.closed()).closed?.by).to.equal('client');
    });
  }

  for (const [what, write] of [
    ['a comment', ': '],
    ['a line that is no field', ''],
  ] as const) {
    it(`${what} that never ends is no event and takes no room, and ends as what brings nothing`, async () => {
      const endless: Step = { repeat: { write: 'x'.repeat(1024), times: -1 } };
      const server = await play({ answers: [{ steps: [{ write: say('before') + write }, endless] }] });
      const chat = new Chat({ endpoint: server.url, limits: { progressTimeout: 2000 } });
      await chat.send('Why?');
      expect(chat.error.get()?.code).to.be.oneOf(['overflow', 'timeout']);
      expect(lastText(chat)).to.equal('before');
      expect((await server.closed()).closed?.by).to.equal('client');
    });
  }

  it('an answer of 100 MB stops at the limit, its text kept, the connection closed', async () => {
    const { chat, server, took, longest } = await run({
      steps: [{ repeat: { write: say('x'.repeat(1000)), times: 100 * 1024 } }],
      end: 'hang',
    });
    expect(chat.error.get()).to.include({ code: 'overflow', detail: 'answer-too-large' });
    const { length } = lastText(chat);
    expect(length).to.be.within(8_000_000, 8_000_000 + megabyte);
    expect(took).to.be.below(60_000 * slowness());
    expect(longest).to.be.below(worst());
    expect((await server.closed()).closed?.by).to.equal('client');
  });

  it('is told to a person in words, the text kept and marked', async () => {
    const server = await play({
      answers: [{ steps: [{ repeat: { write: say('word '.repeat(20)), times: -1 } }] }],
    });
    const { element, said } = await widgetWith({ endpoint: server.url, limits: { maxAnswerSize: 100_000 } });
    await element.send('Why?');
    await drawn(element);
    expect(failureShown(element)).to.include(sentences.overflow);
    expect(said.at(-1)).to.equal(`assertive: ${sentences.overflow}`);
    await until(() => read(messages(element).at(-1)!).includes('Incomplete'));
    expect(textOf(element.messages.at(-1)!).length).to.be.within(100_000, 400_000);
  });

  it('of a million tiny events leave the page responsive', async () => {
    const { chat, took, longest } = await run({
      steps: [{ repeat: { write: say('a'), times: 1_000_000 } }, { write: done }],
    });
    expect(chat.status.get()).to.equal('complete');
    expect(lastText(chat)).to.have.length(1_000_000);
    expect(took).to.be.below(100_000 * slowness());
    expect(longest).to.be.below(worst());
  });

  it('of a million comments and blank lines are nothing', async () => {
    const { chat, longest } = await run({
      steps: [
        { repeat: { write: ': x\n', times: 1_000_000 } },
        { repeat: { write: '\n', times: 1_000_000 } },
        { write: say('a') + done },
      ],
    });
    expect(chat.status.get()).to.equal('complete');
    expect(lastText(chat)).to.equal('a');
    expect(longest).to.be.below(worst());
  });

  it('of 50,000 events at once are drawn without a long task, in the element too', async () => {
    const server = await play({
      answers: [{ steps: [{ repeat: { write: say('word '), times: 50_000 } }, { write: done }] }],
    });
    const { element } = await widgetWith({ endpoint: server.url });
    const longest = longestTask();
    await element.send('Why?');
    await until(() => read(messages(element).at(-1)!).length > 240_000, 'not drawn');
    expect(longest()).to.be.below(worst());
  });
});
