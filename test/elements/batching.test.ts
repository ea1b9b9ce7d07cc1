import { countFrames, hideTab } from '../chat/tab.js';
import { expect, until } from '../support/index.js';
import { answer, done, gate, log, messages, read, shows, widget, words } from './helpers.js';

const burst = (tokens: number) =>
  Array.from({ length: tokens }, (_, n) => words(`word${n}${n % 25 === 24 ? '\n\n' : ' '}`));
/** The numbers of the words that a person reads, in order. */
const numbers = (node: Node) => (read(node).match(/(?<=word)\d+/g) ?? []).map(Number);
const upTo = (tokens: number) => [...Array(tokens).keys()];

/** An answer whose events come in one piece. */
const atOnce = (...steps: ReturnType<typeof words>[]) =>
  answer({ write: steps.map((step) => ('write' in step ? step.write : '')).join('') });

describe('a flood', () => {
  it('is shown whole and in order, and the page paints on the way', async () => {
    const all = 30_000;
    const element = await widget(atOnce(...burst(all), done));
    await customElements.whenDefined('chat-stream-markdown');
    /** In each frame. */
    const shown: number[] = [];
    void element.send('Go');
    await until(() => {
      const last = messages(element)[1];
      shown.push(last ? numbers(last).length : 0);
      return element.status === 'complete' && shows(log(element), `word${all - 1}`);
    });
    expect(numbers(messages(element)[1]!)).to.deep.equal(upTo(all));
    expect(shown, 'only ever grows').to.deep.equal([...shown].sort((a, b) => a - b));
    const parts = new Set(shown.filter((count) => count > 0 && count < all));
    expect(parts.size, 'frames with a part of it').to.be.greaterThan(0);
  });

  it('is one notice a frame', async () => {
    const token = 'data: {"type":"text","content":"x "}\n\n';
    const half = { repeat: { write: token, times: 3000 } };
    // In halves: all of it may come before a first frame.
    const element = await widget(answer(half, gate('half'), half, done));
    const frames = countFrames();
    const notices: number[] = [];
    element.chat.messages.subscribe(() => element.chat.busy && notices.push(frames()));
    const answered = element.send('Go');
    await until(() => notices.length && shows(log(element), 'x x'));
    await element.server.release('half');
    await answered;
    expect(notices.filter((frame, index) => notices.indexOf(frame) !== index)).to.deep.equal([]);
    const all = 'x'.repeat(6000);
    await until(() => read(messages(element)[1]!).replace(/\s/g, '').includes(all), 'not all came');
  });

  it('in a hidden tab is there when the reader comes back', async () => {
    const element = await widget(answer(gate('hidden'), ...burst(2000), done));
    const over = element.send('Go');
    await element.server.reached('hidden');
    const tab = hideTab();
    await element.server.release('hidden');
    await over;
    await until(() => read(log(element)).includes('word1999'), 'waits for a frame');
    tab.show();
    await new Promise(requestAnimationFrame);
    expect(numbers(messages(element)[1]!)).to.deep.equal(upTo(2000));
  });
});
