import { expect, until } from '../support/index.js';
import { clock, seconds } from '../support/time.js';
import {
  answer,
  broken,
  button,
  cutBehind,
  done,
  gate,
  is,
  list,
  log,
  shows,
  widget,
  whole,
  words,
} from './helpers.js';
import type { Widget } from './helpers.js';
import { asked, failure, goOn, last, network, text, waitFor } from './wait-helpers.js';

const turn = () => new Promise((resolve) => setTimeout(resolve));

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
    const element = await widget(broken(words('Half')));
    const said = listen(element);
    await cutBehind(element, 'Half');
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

describe('what a screen reader says of trouble', () => {
  it('is that the connection is lost, and that the answer goes on, once each', async () => {
    const { element, script } = await asked();
    const said = listen(element);
    script.push(text('Half'));
    await until(() => shows(last(element), 'Half'));
    for (const left of [20_000, 30_000]) {
      script.push(waitFor('resume', left));
      await until(() => shows(last(element), 'Reconnecting in'));
      script.push(goOn);
      await until(() => !shows(last(element), 'Connection lost'));
    }
    expect(said).to.deep.equal(['polite: Connection lost. Reconnecting']);
    for (const word of [' one', ' two', ' three']) {
      script.push(text(word));
      await until(() => shows(last(element), word.trim()));
    }
    script.push({ type: 'run-end' });
    await until(() => said.length === 3);
    expect(said.slice(1)).to.deep.equal(['polite: Answering', 'polite: Answer complete']);
  });

  it('is no second of a wait', async () => {
    const time = clock();
    const { element, script } = await asked();
    const said = listen(element);
    script.push(waitFor('retry', 4900));
    for (const left of [5, 4, 3]) {
      await until(() => shows(last(element), `in ${left} s`));
      time.pass(1000);
    }
    expect(said).to.deep.equal(['polite: Trying again']);
  });

  it('is that there is no network, also when a wait turns out to be for that', async () => {
    const { element, script } = await asked();
    const said = listen(element);
    script.push(waitFor('resume', 20_000));
    await until(() => said.length === 1);
    script.push(waitFor('resume', null));
    await until(() => said.length === 2);
    expect(said[1]).to.equal('polite: You are offline. Going on when the connection is back.');
  });

  it('is the failure alone when a wait was in vain', async () => {
    const { element, script } = await asked();
    const said = listen(element);
    script.push(waitFor('retry', 20_000));
    await until(() => said.length === 1);
    script.push({ type: 'run-error', ...failure({ code: 'http', status: 503 }) });
    await is(element, 'error');
    await until(() => said.length === 2);
    await until(() => !shows(last(element), 'Trying again'));
    expect(said[1]).to.match(/^assertive: The service has a problem of its own/);
    network(false);
    await element.updateComplete;
    expect(said).to.have.length(2);
  });

  it('is after ten seconds that it still works, once and politely', async () => {
    const time = seconds(10);
    const { element, script } = await asked();
    const said = listen(element);
    await until(() => time.pending() === 1);
    time.pass();
    await until(() => said.length === 1);
    expect(said).to.deep.equal(['polite: Still working']);
    // A wait says for itself that nothing comes; after it the clock has nothing more to say.
    script.push(waitFor('retry', 20_000));
    await until(() => said.length === 2);
    script.push(goOn);
    await until(() => shows(last(element), 'Still working'));
    expect(time.pending()).to.equal(0);
    expect(said).to.deep.equal(['polite: Still working', 'polite: Trying again']);
  });

  it('starts the ten seconds anew after a wait', async () => {
    const time = seconds(10);
    const { element, script } = await asked();
    await until(() => time.pending() === 1);
    script.push(waitFor('retry', 20_000));
    await until(() => time.pending() === 0);
    script.push(goOn);
    await until(() => time.pending() === 1);
    element.stop();
    await until(() => time.pending() === 0);
  });
});

describe('what a screen reader says of a growing answer, where the page wants it', () => {
  it('is the newest whole sentences, every five seconds', async () => {
    const time = seconds(5);
    const { element, script } = await asked();
    element.announce = 'sentences';
    const said = listen(element);
    const tell = async (delta: string, ...more: string[]) => {
      script.push(text(delta));
      await until(() =>
        shows(
          last(element),
          delta
            .replace(/[^\w .]/g, '')
            .trim()
            .split('. ')
            .at(-1)!,
        ),
      );
      time.pass();
      // What was said is told with the next task.
      await turn();
      expect(said.splice(0)).to.deep.equal(more.map((words) => `polite: ${words}`));
    };
    await element.updateComplete;
    await tell('No end ye');
    await tell('t. And **bold** words. Then', 'No end yet. And bold words.');
    await tell(' nothing ends');
    await tell('. Now', 'Then nothing ends.');
    const long = `${'So it goes on and on. '.repeat(20)}Here it ends. `;
    script.push(text(` it does. ${long}Not`));
    await until(() => shows(last(element), 'Here it ends. Not'));
    time.pass();
    await turn();
    expect(said).to.have.length(1);
    expect(said[0]!.length).to.be.lessThan(215).and.greaterThan(150);
    expect(said[0]).to.match(/^polite: So it goes .*on\. Here it ends\.$/);
    script.push(text(' quite.'), { type: 'run-end' });
    await is(element, 'complete');
    // What is left is the announcer's own, which empties its regions.
    await until(() => said.length === 2 && time.pending() === 1);
    expect(said[1]).to.equal('polite: Answer complete');
  });

  it('is no code, and not the same twice', async () => {
    const time = seconds(5);
    const { element, script } = await asked();
    element.announce = 'sentences';
    const said = listen(element);
    script.push(text('# Title\n\nRead. It\n\n```js\nlet a = 1.\n```\n\n- One. \n- Two'));
    await until(() => shows(last(element), 'Two'));
    time.pass();
    await turn();
    expect(said).to.deep.equal(['polite: Title Read. It One.']);
    time.pass();
    time.pass();
    await turn();
    expect(said).to.have.length(1);
  });

  it('needs no clock by default', async () => {
    const time = seconds(5);
    const { element, script } = await asked();
    const said = listen(element);
    script.push(text('One. Two. Three.'));
    await until(() => shows(last(element), 'Three'));
    await list(element).updateComplete;
    expect(said).to.deep.equal([]);
    // What is held back is the announcer's own, which empties its regions.
    time.pass();
    await turn();
    expect(said).to.deep.equal([]);
  });
});
