import { waitFor } from '../../src/transport/wait.js';
import { expect } from '../support/index.js';
import { heldTimers, listeners, replace } from './helpers.js';

const never = (): AbortSignal => new AbortController().signal;

describe('a wait', () => {
  it('is over at its time', async () => {
    const timers = heldTimers();
    replace(Date, 'now', () => 5000);
    const wait = waitFor({ until: 7500 }, never());
    const [timer] = timers.values();
    expect(timer?.delay).to.equal(2500);
    timer!.run();
    await wait;
  });

  it('for the network alone has no time', async () => {
    const timers = heldTimers();
    const wait = waitFor({ until: null }, never());
    expect(timers.size).to.equal(0);
    dispatchEvent(new Event('online'));
    await wait;
  });

  for (const [how, end] of [
    ['when the network comes back', () => dispatchEvent(new Event('online'))],
    ['when it is stopped', (_hurry, stop) => stop.abort()],
    ['when it is told to', (hurry) => hurry()],
  ] as [string, (hurry: () => void, stop: AbortController) => void][]) {
    it(`is over ${how}, and leaves nothing behind`, async () => {
      const timers = heldTimers();
      const stop = new AbortController();
      const count = listeners(window, stop.signal);
      let hurry = () => {};
      const wait = waitFor({ until: Date.now() + 60_000 }, stop.signal, (told) => (hurry = told));
      expect(timers.size).to.equal(1);
      expect(count()).to.equal(2);
      end(hurry, stop);
      await wait;
      expect(timers.size).to.equal(0);
      expect(count()).to.equal(0);
    });
  }

  it('that is stopped before it begins is none', async () => {
    const stop = new AbortController();
    stop.abort();
    await waitFor({ until: null }, stop.signal);
  });

  it('works where nothing tells of the network, as in Node', async () => {
    replace(window, 'addEventListener', undefined);
    replace(window, 'removeEventListener', undefined);
    await waitFor({ until: Date.now() }, never());
  });
});
