import { expect, until } from '../support/index.js';
import { answer, button, done, gate, is, log, shows, widget, whole, words } from './helpers.js';
import type { Widget } from './helpers.js';

/** Everything the live regions said, in order. */
function listen(element: Widget) {
  const said: string[] = [];
  const regions = [...element.shadowRoot!.querySelectorAll('[aria-live="polite"], [aria-live="assertive"]')];
  const observer = new MutationObserver((records) => {
    for (const { target } of records) {
      const text = target.textContent;
      const kind = (target as Element).closest('[aria-live]')!.getAttribute('aria-live');
      if (text) said.push(`${kind}: ${text}`);
    }
  });
  for (const region of regions)
    observer.observe(region, { childList: true, characterData: true, subtree: true });
  return said;
}

describe('what a screen reader says', () => {
  it('has its regions, empty, from the first render, and none around the messages', async () => {
    const element = await widget();
    const regions = [...element.shadowRoot!.querySelectorAll('[aria-live]')];
    expect(regions.map((region) => region.getAttribute('aria-live'))).to.deep.equal(['polite', 'assertive']);
    expect(regions.map((region) => region.textContent.trim())).to.deep.equal(['', '']);
    expect(log(element).getAttribute('aria-live')).to.equal('off');
    expect(log(element).getAttribute('aria-label')).to.equal('Messages');
  });

  it('is the start and the end, and no token', async () => {
    const element = await widget(
      answer(words('One '), { wait: 40 }, words('two '), { wait: 40 }, words('three.'), done),
    );
    const said = listen(element);
    await element.send('Count');
    await until(() => shows(log(element), 'three'));
    await until(() => said.length === 2);
    expect(said).to.deep.equal(['polite: Working', 'polite: Answer complete']);
  });

  it('is said again for a second answer, in another place', async () => {
    const element = await widget(whole('One'), whole('Two'));
    const said = listen(element);
    await element.send('Go');
    await until(() => said.length === 2);
    await element.send('Go');
    await until(() => said.length === 4);
    expect(said.slice(2)).to.deep.equal(said.slice(0, 2));
  });

  it('says that an answer was stopped', async () => {
    const element = await widget(answer(words('Half'), gate('never')));
    const said = listen(element);
    void element.send('Go');
    await is(element, 'streaming');
    button(element).click();
    await until(() => said.at(-1) === 'polite: Answer stopped');
  });

  it('says an error at once', async () => {
    const element = await widget({ steps: [words('Half'), { wait: 80 }], end: 'truncate' });
    const said = listen(element);
    await element.send('Go');
    await until(() => said.length === 2);
    expect(said[1]).to.match(/^assertive: The connection broke/);
  });

  it('speaks the words of the page', async () => {
    const element = await widget(whole('Ja'));
    element.strings = { working: 'Einen Moment', answerComplete: 'Fertig' };
    const said = listen(element);
    await element.updateComplete;
    await element.send('Los');
    await until(() => said.length === 2);
    expect(said).to.deep.equal(['polite: Einen Moment', 'polite: Fertig']);
  });
});
