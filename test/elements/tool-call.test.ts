import type { RunEvent } from '../../src/model/run-event.js';
import { expect, until } from '../support/index.js';
import { inside, is, shows } from './helpers.js';
import type { Widget } from './helpers.js';
import { asked, failure, last } from './wait-helpers.js';

const call: RunEvent = { type: 'part-start', part: { type: 'tool-call', id: 'a', name: 'look_up' } };

/** A chat whose answer has called a tool, which has not answered. */
async function called() {
  const { element, script } = await asked();
  script.push(call);
  const step = await until(() => inside(last(element), 'chat-stream-tool-call'));
  await until(() => shows(step, 'Look up'));
  return { element, script, step };
}
/** Whether it is shown, and heard, that the tool runs. */
const runs = (step: Element) =>
  inside(step, '.dots') !== null && inside(step, '.sr')?.textContent === 'running';
const rests = (step: Element) => inside(step, '.dots, .sr') === null && inside(step, '.icon') !== null;

describe('a tool call', () => {
  it('is heard to run until its output is there', async () => {
    const { script, step } = await called();
    expect(runs(step), 'it does not run').to.equal(true);
    script.push({ type: 'part-update', id: 'a', patch: { state: 'complete', output: 'Found' } });
    await until(() => rests(step), 'it goes on');
  });

  const ends: Record<string, (element: Widget, push: (event: RunEvent) => void) => Promise<unknown>> = {
    'is stopped': (element) => (element.stop(), is(element, 'stopped')),
    'has failed': (element, push) => (
      push({ type: 'run-error', ...failure({ code: 'interrupted' }) }),
      is(element, 'error')
    ),
    'is complete without it': (element, push) => (push({ type: 'run-end' }), is(element, 'complete')),
  };
  for (const [name, end] of Object.entries(ends))
    it(`does not go on when its answer ${name}`, async () => {
      const { element, script, step } = await called();
      await end(element, (event) => script.push(event));
      await until(() => rests(step), 'it goes on');
    });
});
